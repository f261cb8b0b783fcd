"""print tags: tags of assets on labels, or the test page of a label sheet, into a PDF file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace

from smallcmms.cli import fields, tag_sheets
from smallcmms.cli.desk import Desk, tell_missing
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.tag_messages import SecondCode
from smallcmms.reports import tag_test
from smallcmms.reports import tags as report
from smallcmms.services import lookups, sites, tag_printing
from smallcmms.services.papers import tags
from smallcmms.services.tag_printing import Habits
from smallcmms.store.store import Store
from smallcmms.texts import _


def arguments(parser: ArgumentParser) -> None:
    """Say what the word takes; what is left out is as it was the last time."""
    parser.add_argument("assets", nargs="*", help=_("numbers, short codes or names"))
    parser.add_argument("--site", help=_("every asset of a site"))
    parser.add_argument("--place", help=_("of the site, one place and all below it"))
    parser.add_argument("--all", action="store_true", help=_("every asset there is"))
    parser.add_argument("--untagged", action="store_true", help=_("only those without a tag yet"))
    tag_sheets.arguments(parser)
    parser.add_argument("--length", type=fields.number, help=_("of a tape, in mm"))
    parser.add_argument("--second-code", type=fields.kind(SecondCode), help="none, email, text")
    parser.add_argument("--test-page", action="store_true", help=_("outlines and rulers only"))
    parser.add_argument("--guides", action="store_true", help=_("outlines, to look at"))


def run(desk: Desk, store: Store, options: Namespace) -> None:
    """Write the PDF; what is printed counts as on the sheet, the test page does not."""
    told = _habits(store, options)
    asset_ids = [] if options.test_page else _assets(store, options)
    sheet = tags.tags(store, asset_ids, told=told, has_guides=options.guides)
    rendered = tag_test.render(sheet) if options.test_page else report.render(sheet)
    tell_missing(rendered.missing)
    options.output.write_bytes(rendered.pdf)
    if not options.test_page and not options.guides:
        tag_sheets.count_on(desk, store, asset_ids, told)


def _habits(store: Store, options: Namespace) -> Habits:
    told = tag_sheets.habits(store, options)
    if options.length is not None:
        told = replace(told, length_mm=options.length)
    if options.second_code is not None:
        told = replace(told, second=options.second_code)
    return told


def _assets(store: Store, options: Namespace) -> Sequence[int]:
    """Return the assets that are named, or those of a place.

    Raises:
        RuleBroken: none are named, or none are left.
    """
    if options.assets:
        return [lookups.asset(store, each) for each in options.assets]
    if not (options.site or options.all or options.untagged):
        raise RuleBroken("Say whose tags: assets, --site, --all or --untagged.")
    site_id = lookups.site(store, options.site) if options.site else None
    found = tag_printing.wanting(
        store,
        site_id=site_id,
        location_id=_place(store, site_id, options.place) if options.place else None,
        is_untagged=options.untagged,
    )
    if not found:
        raise RuleBroken("There is no asset to print a tag for.")
    return found


def _place(store: Store, site_id: int | None, typed: str) -> int:
    if site_id is None:
        raise RuleBroken("A place is in a site: --site SITE --place PLACE.")
    wanted = " ".join(typed.replace(">", "›").split()).casefold()
    for place in sites.locations(store, site_id):
        if wanted in {place.path.casefold(), place.path.rpartition(" › ")[2].casefold()}:
            return place.id
    raise NotFound("There is no place {path} there.", path=typed)
