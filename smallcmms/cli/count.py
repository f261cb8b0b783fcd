"""count: count what lies in a place with a sheet, and book what differs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from decimal import Decimal

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk, tell_missing
from smallcmms.domain.errors import RuleBroken
from smallcmms.reports import count_sheet as report
from smallcmms.services import lookups, stock_counts
from smallcmms.services.papers.count_sheet import count_sheet
from smallcmms.services.stock_counts import CountLine, CountPage
from smallcmms.store.store import Store
from smallcmms.texts import _

_OF_NUMBER = ("print", "show", "enter", "again", "cancel")


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    kinds = parser.add_subparsers(dest="kind", required=True)
    begin = kinds.add_parser("begin", help=_("take down what should lie in a place"))
    begin.add_argument("place")
    begin.add_argument("parts", nargs="*", help=_("these parts alone"))
    begin.add_argument("--by", default="")
    kinds.add_parser("list", help=_("the counts, those under way first"))
    parsers = {name: kinds.add_parser(name) for name in _OF_NUMBER}
    for each in parsers.values():
        each.add_argument("number")
    parsers["print"].add_argument("-o", "--output", type=fields.paper, required=True)
    parsers["print"].add_argument("--again", action="store_true", help=_("what to count again"))
    enter = parsers["enter"]
    enter.add_argument("figures", nargs="*", metavar="PART=FIGURE", help=_("blank: not counted"))
    enter.add_argument("--at", help=_("when it was counted, as 2026-07-13T07:10"))
    enter.add_argument("--book", action="store_true", help=_("what differs becomes moves"))
    parsers["again"].add_argument("parts", nargs="+", help=_("lines to count once more"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Do one step of a count, and answer its number, its lines, or what it came to."""
    with desk.opened() as store:
        if options.kind == "begin":
            desk.say(_begin(store, options))
        elif options.kind == "list":
            for line in _listed(store):
                desk.say(line)
        else:
            count_id = lookups.of(store, "stock_count", options.number)
            for line in _step(desk, store, count_id, options):
                desk.say(line)


def _begin(store: Store, options: Namespace) -> str:
    count_id = stock_counts.begin(
        store,
        location_id=lookups.place(store, options.place),
        part_ids=[lookups.part(store, each) for each in options.parts] or None,
        counted_by=options.by,
    )
    return stock_counts.get(store, count_id).row.number


def _listed(store: Store) -> list[str]:
    ids = stock_counts.find(store)
    found = stock_counts.rows(store, ids)
    return [
        f"{row.number}\t{row.status.value}\t{row.place}\t{row.counted}/{row.lines}\t{row.counted_by}"
        for row in (found[count_id] for count_id in ids)
    ]


def _step(desk: Desk, store: Store, count_id: int, options: Namespace) -> Sequence[str]:
    """Do a step of a count that is begun, and return what is said of it."""
    if options.kind == "print":
        return [_print(store, count_id, options)]
    if options.kind == "enter":
        return _enter(desk, store, count_id, options)
    if options.kind == "again":
        lines = _lines(store, count_id)
        wanted = [_line(lines, store, each).id for each in options.parts]
        stock_counts.recount(store, count_id, wanted)
    elif options.kind == "cancel":
        stock_counts.cancel(store, count_id)
        return []
    return [_written(line) for line in stock_counts.get(store, count_id).lines]


def _print(store: Store, count_id: int, options: Namespace) -> str:
    sheet = count_sheet(store, count_id, is_recount_only=options.again)
    rendered = report.render(sheet)
    tell_missing(rendered.missing)
    stock_counts.keep_sheet(store, count_id, pdf=rendered.pdf)
    options.output.write_bytes(rendered.pdf)
    return sheet.code


def _enter(desk: Desk, store: Store, count_id: int, options: Namespace) -> list[str]:
    """Write figures in and show what differs; book it when that is asked for."""
    counted, lines = dict[int, Decimal | None](), _lines(store, count_id)
    for typed in options.figures:
        name, sign, figure = typed.rpartition("=")
        if not sign:
            raise RuleBroken("{word} is no PART=FIGURE.", word=typed)
        counted[_line(lines, store, name).id] = fields.number(figure) if figure else None
    counted_at = desk.at(store, options.at) if options.at else None
    if counted_at and not counted and not options.book:
        stock_counts.say_when(store, count_id, counted_at=counted_at)
    elif not options.book:
        stock_counts.note(store, count_id, counted, counted_at=counted_at)
    else:
        stock_counts.enter(store, count_id, counted, counted_at=counted_at)
    return _differences(desk, store, stock_counts.get(store, count_id))


def _lines(store: Store, count_id: int) -> dict[int, CountLine]:
    return {line.part_id: line for line in stock_counts.get(store, count_id).lines}


def _line(lines: Mapping[int, CountLine], store: Store, name: str) -> CountLine:
    """Return the line of a part by its number or name."""
    line = lines.get(lookups.part(store, name))
    if line is None:
        raise RuleBroken("{part} is not on the sheet.", part=name)
    return line


def _differences(desk: Desk, store: Store, page: CountPage) -> list[str]:
    formats = desk.formats(store)
    told = [_written(line) for line in page.lines if line.variance]
    whole = _("{off} of {lines} differ, {value} at cost", off=page.off,
              lines=page.row.counted, value=formats.money(page.value_off))  # fmt: skip
    return [*told, whole]


def _written(line: CountLine) -> str:
    value = "" if line.value is None else str(line.value)
    quantities = map(fields.plain, (line.expected, line.counted, line.variance))
    return "\t".join((line.bin, line.number, line.name, *quantities, value))
