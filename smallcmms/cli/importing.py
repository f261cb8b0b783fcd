"""import: bring a list or a building in from another program's file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from smallcmms.cli.desk import Desk
from smallcmms.domain.buildings import Building, BuildingPlan
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import CUSTOM, LEFT_OUT, Kind, Outcome, Plan, squeezed
from smallcmms.domain.tables import Book
from smallcmms.exchange import cobie, tables
from smallcmms.services import imports
from smallcmms.store.store import Store
from smallcmms.texts import _

_WORDS = {
    Outcome.NEW: "new",
    Outcome.CHANGED: "changed",
    Outcome.SAME: "same",
    Outcome.DUPLICATE: "duplicate",
    Outcome.REFUSED: "refused",
}
_NOTHING = "-"


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("kind", choices=[kind.value for kind in Kind])
    parser.add_argument("file", type=Path, help=_("CSV, xlsx, xls or ods; for cobie an xlsx"))
    parser.add_argument("--dry-run", action="store_true", help=_("look, and write nothing"))
    parser.add_argument("--yes", action="store_true", help=_("change records that are there"))
    parser.add_argument("--customer", help=_("whose it is where the file does not say it"))
    parser.add_argument("--site", help=_("where it stands where the file does not say it"))
    _table_arguments(parser)
    _cobie_arguments(parser)


def _table_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--sheet", help=_("the sheet's name"))
    parser.add_argument(
        "--map",
        nargs="+",
        action="extend",
        default=[],
        metavar="HEADER=FIELD",
        help=_("what a column is; - for nothing, custom for a field of its own"),
    )
    parser.add_argument("--decimal", choices=(".", ","), help=_("the file's decimal sign"))
    parser.add_argument("--dates", choices=("ymd", "dmy", "mdy"), help=_("the order of its days"))
    parser.add_argument("--delimiter", default="")
    parser.add_argument("--encoding", default="")
    making = parser.add_mutually_exclusive_group()
    making.add_argument("--make-missing", dest="make", action="store_const", const=True,
                        help=_("make what rows name and is not there"))  # fmt: skip
    making.add_argument("--no-make", dest="make", action="store_const", const=False)


def _cobie_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--class", dest="classes", nargs="+", action="extend", default=[])
    parser.add_argument("--all-classes", action="store_true")
    parser.add_argument("--list-classes", action="store_true")
    parser.add_argument("--no-jobs", dest="has_jobs", action="store_false",
                        help=_("leave out the work that comes again"))  # fmt: skip
    parser.add_argument("--no-spares", dest="has_spares", action="store_false",
                        help=_("leave out the spare parts"))  # fmt: skip


def run(desk: Desk, options: Namespace, word: str) -> int:  # noqa: ARG001
    """Look through the file, say what becomes of its rows, and bring them in.

    Answers 1 where rows were left out.
    """
    data = options.file.read_bytes()
    if options.kind == Kind.COBIE:
        building = cobie.read(data, options.file.name)
        if options.list_classes:
            _list_classes(desk, building)
            return 0
        with desk.opened() as store:
            plan = _building_plan(store, building, options)
            return _finish(desk, store, imports.preview_building(store, building, plan), options)
    book = tables.read(
        data, options.file.name, encoding=options.encoding, delimiter=options.delimiter
    )
    with desk.opened() as store:
        told = imports.preview(store, book, _plan(store, book, options))
        return _finish(desk, store, told, options)


def _list_classes(desk: Desk, building: Building) -> None:
    for each in building.classes:
        sign = "*" if each.name in building.worth else " "
        desk.say(f"{sign} {each.count:>5}  {each.name}  {each.category}".rstrip())


def _building_plan(store: Store, building: Building, options: Namespace) -> BuildingPlan:
    plan = imports.guess_building(store, building)
    if options.all_classes:
        plan = replace(plan, classes=tuple(each.name for each in building.classes))
    elif options.classes:
        plan = replace(plan, classes=tuple(options.classes))
    plan = replace(plan, has_jobs=options.has_jobs, has_spares=options.has_spares)
    return replace(plan, customer=options.customer or plan.customer)


def _plan(store: Store, book: Book, options: Namespace) -> Plan:
    plan = imports.guess(store, Kind(options.kind), book, sheet=_sheet(book, options.sheet))
    for told in options.map:
        plan = _mapped(plan, told)
    if options.map:
        plan = imports.spoken(store, book, replace(plan, decimal="", date_order=""))
    return replace(
        plan,
        decimal=options.decimal or plan.decimal,
        date_order=options.dates or plan.date_order,
        customer=options.customer or plan.customer,
        site=options.site or plan.site,
        is_making=plan.is_making if options.make is None else options.make,
    )


def _sheet(book: Book, name: str | None) -> int | None:
    if name is None:
        return None
    names = [sheet.name for sheet in book.sheets]
    if name not in names:
        known = ", ".join(names)
        raise RuleBroken("There is no sheet {name}. There are {known}.", name=name, known=known)
    return names.index(name)


def _mapped(plan: Plan, told: str) -> Plan:
    header, sign, field = told.rpartition("=")
    found = [column for column in plan.columns if squeezed(column.header) == squeezed(header)]
    if not sign or not found:
        known = ", ".join(column.header for column in plan.columns)
        message = "{word} is no HEADER=FIELD of this file. Its headers: {known}."
        raise RuleBroken(message, word=told, known=known)
    known_fields = [each.key for each in imports.fields(plan.kind)]
    if field not in (_NOTHING, CUSTOM, *known_fields):
        message = "There is no field {name}. Known: {known}."
        raise RuleBroken(message, name=field, known=", ".join(known_fields))
    return plan.put(found[0].position, LEFT_OUT if field == _NOTHING else field)


def _finish(desk: Desk, store: Store, told: imports.Preview, options: Namespace) -> int:
    _tell(desk, told)
    if options.dry_run:
        return _left_out(told)
    done = imports.run(store, told, is_agreed=options.yes)
    if done.batch_id is None:
        desk.say(_("Nothing to bring in."))
    else:
        desk.say(_("Brought in {name}. Take it back with undo.", name=told.name))
    return _left_out(told)


def _tell(desk: Desk, told: imports.Preview) -> None:
    """Say how the file is read, each row that does not simply come in, and the counts."""
    _tell_plan(desk, told)
    for row in told.rows:
        if row.reasons or row.changes:
            desk.say(f"{row.row:>6} {_WORDS[row.outcome]:<9} {' '.join(row.title.split())}")
            for said in row.reasons:
                desk.say(f"       {_said(said)}")
            for change in row.changes:
                desk.say(f"       {_(change.label)}: {change.was} -> {change.now}")
    for said in told.also:
        desk.say(_said(said))
    counts = (f"{count} {_WORDS[outcome]}" for outcome, count in told.counts.items() if count)
    desk.say(", ".join(counts) or _("No rows."))


def _tell_plan(desk: Desk, told: imports.Preview) -> None:
    plan = told.plan
    if plan is None:
        return
    labels = {each.key: each.label for each in imports.fields(plan.kind)}
    for column in plan.columns:
        if column.field != LEFT_OUT:
            desk.say(f"{column.header} = {_(labels.get(column.field, column.field))}")
    if plan.decimal:
        desk.say(_("Decimal sign: {sign}", sign=plan.decimal))
    if plan.date_order:
        desk.say(_("Order of days: {order}", order=plan.date_order))


def _said(said: imports.Said) -> str:
    text = " ".join(_(said.message, **said.values).split())
    return f"{said.column}: {text}" if said.column else text


def _left_out(told: imports.Preview) -> int:
    left: Sequence[Outcome] = (Outcome.REFUSED, Outcome.DUPLICATE)
    return int(any(told.counts[outcome] for outcome in left))
