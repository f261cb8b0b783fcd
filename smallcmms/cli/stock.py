"""stock: what comes in, goes out, lies somewhere else, and who keeps it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import NotFound
from smallcmms.formats import Formats
from smallcmms.services import asset_classes, lookups, parts, reservations, stock, work_orders
from smallcmms.store.store import Store
from smallcmms.texts import _

_MOST_MOVES = 50


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    come = _step(steps, "receive", "put parts that came in on a shelf", ("place", "quantity"))
    come.add_argument("--cost", type=fields.number, help=_("what one unit cost"))
    _step(steps, "transfer", "move parts to another place", ("from", "to", "quantity"))
    adjust = _step(steps, "adjust", "correct what lies in a place", ("place", "by"))
    scrap = _step(steps, "scrap", "throw parts away", ("place", "quantity"))
    _step(steps, "count", "write down what was counted", ("place", "quantity"))
    back = steps.add_parser("reverse", help=_("take a move back by its opposite"))
    back.add_argument("move", type=fields.whole, help=_("the move's number in the list of moves"))
    unused = steps.add_parser("put-back", help=_("put a part that was not needed back"))
    unused.add_argument("number", help=_("the work order"))
    _part_and(unused, ("place", "quantity"))
    for parser_of in (adjust, scrap, back):
        parser_of.add_argument("--reason", default="")
    moves = _step(steps, "moves", "list the moves of a part, the newest first", ())
    moves.add_argument("--limit", type=fields.whole, default=_MOST_MOVES)
    _step(steps, "where", "say where a part lies, what is kept of it and what is coming", ())
    kept = steps.add_parser("reserved", help=_("list what a part, or a work order, is kept for"))
    kept.add_argument("number", help=_("a part or a work order"))
    _step(steps, "par", "say how much of a part a place should carry", ("place", "quantity"))
    fit = _step(steps, "fits", "list what a part fits, or say one more asset or class", ())
    fit.add_argument("what", nargs="?", help=_("A-0114, or the name of a class"))
    fitting = steps.add_parser("for", help=_("list the parts that fit an asset"))
    fitting.add_argument("asset")


def _step(steps: Any, name: str, does: str, more: Sequence[str]) -> ArgumentParser:
    parser: ArgumentParser = steps.add_parser(name, help=_(does))
    _part_and(parser, more)
    return parser


def _part_and(parser: ArgumentParser, more: Sequence[str]) -> None:
    parser.add_argument("part", help=_("the part’s number or name"))
    for name in more:
        is_number = name in {"quantity", "by"}
        parser.add_argument(name, type=fields.number if is_number else fields.text)
    parser.add_argument("--day", type=fields.day, help=_("when it was, as 2026-07-13"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Do the step, and answer what a person wants to see of it."""
    with desk.opened() as store:
        _STEPS[options.step](desk, store, options)


def _receive(desk: Desk, store: Store, options: Namespace) -> None:
    told = {"quantity": options.quantity, "unit_cost": options.cost}
    _moved(desk, store, options, stock.receive, **_at(desk, store, options), **told)


def _transfer(desk: Desk, store: Store, options: Namespace) -> None:
    _moved(
        desk, store, options, stock.transfer,
        from_id=lookups.place(store, getattr(options, "from")),
        to_id=lookups.place(store, options.to),
        quantity=options.quantity,
        moved_on=_day(desk, store, options),
    )  # fmt: skip


def _adjust(desk: Desk, store: Store, options: Namespace) -> None:
    told = {"by": options.by, "reason": options.reason}
    _moved(desk, store, options, stock.adjust, **_at(desk, store, options), **told)


def _scrap(desk: Desk, store: Store, options: Namespace) -> None:
    told = {"quantity": options.quantity, "reason": options.reason}
    _moved(desk, store, options, stock.scrap, **_at(desk, store, options), **told)


def _count(desk: Desk, store: Store, options: Namespace) -> None:
    at = _at(desk, store, options)
    told = {"counted": options.quantity, "counted_on": at.pop("moved_on")}
    _moved(desk, store, options, stock.count, **at, **told)


def _reverse(desk: Desk, store: Store, options: Namespace) -> None:
    desk.say(str(stock.reverse(store, options.move, reason=options.reason)))


def _put_back(desk: Desk, store: Store, options: Namespace) -> None:
    part_id = lookups.part(store, options.part)
    page = work_orders.get(store, lookups.of(store, "work_order", options.number))
    used = [line.id for line in page.used if line.part_id == part_id and line.quantity]
    if not used:
        raise NotFound("No part of the register was used there.")
    told = {"quantity": options.quantity, **_at(desk, store, options)}
    desk.say(str(stock.put_back(store, used[-1], **told)))


def _moved(
    desk: Desk, store: Store, options: Namespace, verb: Callable[..., int | None], **told: Any
) -> None:
    """Do a verb and answer the number of its move; nothing where nothing moved."""
    made = verb(store, lookups.part(store, options.part), **told)
    if made is not None:
        desk.say(str(made))


def _at(desk: Desk, store: Store, options: Namespace) -> dict[str, Any]:
    return {
        "location_id": lookups.place(store, options.place),
        "moved_on": _day(desk, store, options),
    }


def _day(desk: Desk, store: Store, options: Namespace) -> date:
    day: date | None = options.day
    return day or desk.formats(store).today(store.now())


def _moves(desk: Desk, store: Store, options: Namespace) -> None:
    formats, part_id = desk.formats(store), lookups.part(store, options.part)
    for move in stock.moves(store, part_id, options.limit):
        about = " ".join(filter(None, (move.work_order, move.order, move.other_place)))
        why = move.reason or move.override_reason
        line = (
            str(move.id), move.moved_on.isoformat(), move.kind.value,
            formats.quantity(move.quantity), move.place, about, why,
            formats.quantity(move.on_hand),
        )  # fmt: skip
        desk.say("\t".join(line).rstrip())


def _where(desk: Desk, store: Store, options: Namespace) -> None:
    formats, part_id = desk.formats(store), lookups.part(store, options.part)
    standing = stock.standings(store, [part_id])[part_id]
    for place in standing.by_place:
        desk.say(f"{place.name}\t{formats.quantity(place.quantity)}")
    said = ("on_hand", "reserved", "available", "on_order", "projected")
    for name in said:
        desk.say(f"{name}\t{formats.quantity(getattr(standing, name))}")


def _reserved(desk: Desk, store: Store, options: Namespace) -> None:
    formats, found = desk.formats(store), lookups.record(store, options.number)
    ask = reservations.of_part if found.record == "part" else reservations.of_work_order
    for each in ask(store, found.id):
        desk.say("\t".join(_kept(each, formats)))


def _kept(each: reservations.ReservationRow, formats: Formats) -> Sequence[str]:
    quantity, state = formats.quantity(each.quantity), each.status.value
    return each.work_order, each.title, each.part_number, quantity, state


def _par(_desk: Desk, store: Store, options: Namespace) -> None:
    place_id, quantity = lookups.place(store, options.place), Decimal(options.quantity)
    part_id = lookups.part(store, options.part)
    parts.set_par(store, part_id, location_id=place_id, quantity=quantity)


def _fits(desk: Desk, store: Store, options: Namespace) -> None:
    part_id = lookups.part(store, options.part)
    if options.what is not None:
        parts.add_fit(store, part_id, **_fitted(store, options.what))
        return
    for fit in parts.get(store, part_id).fits:
        desk.say(f"{fit.number}\t{fit.label}".strip())


def _fitted(store: Store, what: str) -> dict[str, int]:
    for each in asset_classes.rows(store):
        if each.name.casefold() == what.strip().casefold():
            return {"asset_class_id": each.id}
    return {"asset_id": lookups.asset(store, what)}


def _for(desk: Desk, store: Store, options: Namespace) -> None:
    formats = desk.formats(store)
    for part in parts.for_asset(store, lookups.asset(store, options.asset)):
        desk.say(f"{part.number}\t{part.name}\t{part.bin}\t{formats.quantity(part.available)}")


_STEPS = {
    "receive": _receive,
    "transfer": _transfer,
    "adjust": _adjust,
    "scrap": _scrap,
    "count": _count,
    "reverse": _reverse,
    "put-back": _put_back,
    "moves": _moves,
    "where": _where,
    "reserved": _reserved,
    "par": _par,
    "fits": _fits,
    "for": _for,
}
