"""print load-list, print part-labels: the papers of the stock, into a PDF file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk, tell_missing
from smallcmms.cli.print_tags import nudge
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.label_sheets import cut
from smallcmms.reports import load_list as load_report
from smallcmms.reports import tags as tag_report
from smallcmms.services import label_sheets, lookups, tag_printing
from smallcmms.services.papers.load_list import load_list
from smallcmms.services.papers.part_labels import part_labels
from smallcmms.services.tag_printing import Habits
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
    parser.add_argument("-o", "--output", type=fields.paper, required=True)
    parser.add_argument("--sheet", default="", help=_("5160; all: list label-sheets"))
    parser.add_argument("--start", type=fields.whole, help=_("the first free label"))
    parser.add_argument("--nudge", type=nudge, metavar="X,Y", help=_("right and down, in mm"))
    parser.add_argument("--guides", action="store_true", help=_("outlines, to look at"))


def run_labels(desk: Desk, store: Store, options: Namespace) -> None:
    """Write the shelf tags; what is printed counts as on the sheet."""
    told, part_ids = _habits(store, options), _parts(store, options)
    labels = label_sheets.get(store, told.sheet)
    if told.length_mm is not None:
        labels = cut(labels, float(told.length_mm))
    sheet = part_labels(
        store,
        part_ids,
        labels=labels,
        start_at=told.start_at,
        nudge_x_mm=told.nudge_x_mm,
        nudge_y_mm=told.nudge_y_mm,
        has_guides=options.guides,
    )
    rendered = tag_report.render(sheet)
    tell_missing(rendered.missing)
    options.output.write_bytes(rendered.pdf)
    if not options.guides:
        after = tag_printing.printed(store, part_ids, told, record="part")
        desk.say(_("{count} tags; the next free label is {number}.",
                   count=len(part_ids), number=after.start_at))  # fmt: skip


def _habits(store: Store, options: Namespace) -> Habits:
    told = tag_printing.habits(store, options.sheet)
    if options.start is not None:
        told = replace(told, start_at=options.start)
    if options.nudge is not None:
        told = replace(told, nudge_x_mm=options.nudge[0], nudge_y_mm=options.nudge[1])
    return told


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
