"""restock: what a truck lacks of what it should carry, and bring it there; load it for a day."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from decimal import Decimal

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import load_lists, lookups, restock
from smallcmms.services.restock import RestockLine
from smallcmms.store.store import Store
from smallcmms.texts import _, _n


def arguments(parser: ArgumentParser, word: str) -> None:
    """Say what the word takes."""
    if word == "load":
        parser.add_argument("technician")
        parser.add_argument("--on", type=fields.day, help=_("the day, today unless told"))
        parser.add_argument("--no-restock", action="store_true", help=_("for the jobs alone"))
        return
    parser.add_argument("truck")
    parser.add_argument("take", nargs="*", metavar="PART=QUANTITY", help=_("as proposed, or this"))
    parser.add_argument("--from", dest="source", help=_("the shop, or another place"))
    parser.add_argument("--do", action="store_true", help=_("bring it there"))


def run(desk: Desk, options: Namespace, word: str) -> None:
    """Answer what is proposed, or how many parts were moved."""
    with desk.opened() as store:
        if word == "load":
            desk.say(_load(desk, store, options))
            return
        truck_id = lookups.place(store, options.truck)
        from_id = lookups.place(store, options.source) if options.source else None
        if not options.do:
            if options.take:
                raise RuleBroken("Say --do to bring it there.")
            for line in restock.propose(store, truck_id=truck_id, from_id=from_id).lines:
                desk.say(_written(line))
            return
        take = _taken(store, options.take) if options.take else None
        moved = restock.do_restock(store, truck_id=truck_id, take=take, from_id=from_id)
        desk.say(_n("{n} part brought", "{n} parts brought", moved))


def _load(desk: Desk, store: Store, options: Namespace) -> str:
    moved = load_lists.load(
        store,
        technician_id=lookups.technician(store, options.technician),
        on=options.on or desk.formats(store).today(store.now()),
        is_restocked=not options.no_restock,
    )
    return _n("{n} part brought", "{n} parts brought", moved)


def _taken(store: Store, typed: list[str]) -> dict[int, Decimal]:
    taken = {}
    for each in typed:
        name, sign, quantity = each.rpartition("=")
        if not sign:
            raise RuleBroken("{word} is no PART=QUANTITY.", word=each)
        taken[lookups.part(store, name)] = fields.number(quantity)
    return taken


def _written(line: RestockLine) -> str:
    facts = (line.par, line.on_truck, line.take, line.short)
    return "\t".join((line.bin, line.number, line.name, *map(fields.plain, facts)))
