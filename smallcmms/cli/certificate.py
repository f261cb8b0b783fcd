"""certificate: what technicians hold and what work asks for; away: when they are not there."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import asset_classes, certificates, lookups, technicians
from smallcmms.store.store import Store
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:
    """Say what the word takes."""
    if word == "away":
        parser.add_argument("technician")
        parser.add_argument("first", type=fields.day, help=_("as 2026-07-20"))
        parser.add_argument("last", type=fields.day, nargs="?")
        parser.add_argument("--back", action="store_true", help=_("take it back"))
        return
    parser.add_argument("verb", choices=("list", "add", "ask"))
    parser.add_argument("kind", nargs="?")
    parser.add_argument("--technician")
    parser.add_argument("--number", default="")
    parser.add_argument("--issued", type=fields.day)
    parser.add_argument("--expires", type=fields.day)
    parser.add_argument("--class", dest="asset_class")
    parser.add_argument("--asset")
    parser.add_argument("--site")


def run(desk: Desk, options: Namespace, word: str) -> None:
    """List, add or ask for certificates; note an absence or take it back."""
    with desk.opened() as store:
        if word == "away":
            for number in _away(store, options):
                desk.say(_("{number}\toff the board", number=number))
        elif options.verb == "list":
            _list(desk, store)
        elif options.verb == "add":
            certificates.add(
                store,
                lookups.technician(store, options.technician or ""),
                kind=options.kind or "",
                number=options.number,
                issued_on=options.issued,
                expires_on=options.expires,
            )
        else:
            certificates.ask_for(store, kind=options.kind or "", **_where(store, options))


def _list(desk: Desk, store: Store) -> None:
    for each in certificates.rows(store):
        day = each.expires_on.isoformat() if each.expires_on else "-"
        desk.say(f"{each.technician}\t{each.kind}\t{each.number}\t{day}")
    for need in certificates.needs(store):
        desk.say(f"{need.kind}\t{need.record}\t{need.where}")


def _where(store: Store, options: Namespace) -> dict[str, int]:
    where: dict[str, int] = {}
    if options.asset_class:
        found = [each.id for each in asset_classes.rows(store) if each.name == options.asset_class]
        if not found:
            raise RuleBroken("There is no asset class {name}.", name=options.asset_class)
        where["asset_class_id"] = found[0]
    if options.asset:
        where["asset_id"] = lookups.asset(store, options.asset)
    if options.site:
        where["site_id"] = lookups.site(store, options.site)
    return where


def _away(store: Store, options: Namespace) -> tuple[str, ...]:
    """Note an absence or take it back; return the work that is off the board by it."""
    who = lookups.technician(store, options.technician)
    days = {"first_on": options.first, "last_on": options.last or options.first}
    if options.back:
        technicians.remove_absence(store, who, **days)
        return ()
    return technicians.add_absence(store, who, **days)
