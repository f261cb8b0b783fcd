"""print load-list, print part-labels: the papers of the stock, into a PDF file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from smallcmms.cli import fields, tag_sheets
from smallcmms.cli.desk import Desk, tell_missing
from smallcmms.domain.errors import RuleBroken
from smallcmms.reports import load_list as load_report
from smallcmms.reports import tags as tag_report
from smallcmms.services import lookups, tag_printing
from smallcmms.services.papers.load_list import load_list
from smallcmms.services.papers.part_labels import part_labels
from smallcmms.store.store import Store
from smallcmms.texts import _


def load_arguments(parser: ArgumentParser) -> None:
    """Say what a load list takes."""
    parser.add_argument("technician")
    parser.add_argument("--on", type=fields.day, help=_("the day, today unless told"))
    parser.add_argument("-o", "--output", type=fields.paper, required=True)


def run_load(desk: Desk, store: Store, options: Namespace) -> None:
    """Write the load list of a technician's day."""
    on = options.on or desk.formats(store).today(store.now())
    rendered = load_report.render(
        load_list(store, lookups.technician(store, options.technician), on)
    )
    tell_missing(rendered.missing)
    options.output.write_bytes(rendered.pdf)


def label_arguments(parser: ArgumentParser) -> None:
    """Say what shelf tags take; what is left out is as it was the last time."""
    parser.add_argument("parts", nargs="*", help=_("numbers or names"))
    parser.add_argument("--place", help=_("every part that lies in a place"))
    parser.add_argument("--all", action="store_true", help=_("every part there is"))
    parser.add_argument("--untagged", action="store_true", help=_("only those without a tag yet"))
    tag_sheets.arguments(parser)
    parser.add_argument("--guides", action="store_true", help=_("outlines, to look at"))


def run_labels(desk: Desk, store: Store, options: Namespace) -> None:
    """Write the shelf tags; what is printed counts as on the sheet."""
    told, part_ids = tag_sheets.habits(store, options), _parts(store, options)
    sheet = part_labels(store, part_ids, told=told, has_guides=options.guides)
    rendered = tag_report.render(sheet)
    tell_missing(rendered.missing)
    options.output.write_bytes(rendered.pdf)
    if not options.guides:
        tag_sheets.count_on(desk, store, part_ids, told, record="part")


def _parts(store: Store, options: Namespace) -> Sequence[int]:
    """Return the parts that are named, or those of a place.

    Raises:
        RuleBroken: none are named, or none are left.
    """
    if options.parts:
        return [lookups.part(store, each) for each in options.parts]
    if not (options.place or options.all or options.untagged):
        raise RuleBroken("Say whose tags: parts, --place, --all or --untagged.")
    place_id = lookups.place(store, options.place) if options.place else None
    found = tag_printing.wanting_parts(store, location_id=place_id, is_untagged=options.untagged)
    if not found:
        raise RuleBroken("There is no part to print a tag for.")
    return found
