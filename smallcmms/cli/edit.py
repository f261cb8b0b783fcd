"""edit: change fields of a record."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from smallcmms.cli import kinds, machines
from smallcmms.cli.desk import Desk
from smallcmms.cli.fields import Read, is_id, read
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import (
    asset_classes,
    contacts,
    customers,
    lookups,
    meters,
    parts,
    shop,
    sites,
    suppliers,
    technicians,
    warranties,
    work_orders,
    working_hours,
)
from smallcmms.store.store import Store
from smallcmms.texts import _


def _edit_part(store: Store, part_id: int, **fields: Any) -> None:
    parts.edit(store, part_id, **machines.superseded(store, fields))


NUMBERED: dict[str, tuple[dict[str, Read], Callable[..., None]]] = {
    "customer": (kinds.CUSTOMER, customers.edit),
    "asset": (machines.ASSET, machines.edit),
    "part": (kinds.PART, _edit_part),
    "work_order": (kinds.WORK_ORDER, work_orders.edit),
}
BY_ID: dict[str, tuple[dict[str, Read], Callable[..., None]]] = {
    "class": (kinds.ASSET_CLASS, asset_classes.edit),
    "meter": (kinds.METER, meters.edit),
    "reading": (kinds.READING, meters.correct),
    "warranty": (kinds.WARRANTY, warranties.edit),
    "contact": (kinds.CONTACT, contacts.edit_contact),
    "site": (kinds.SITE, sites.edit_site),
    "technician": (kinds.TECHNICIAN, technicians.edit),
    "supplier": (kinds.SUPPLIER, suppliers.edit),
}


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument(
        "number",
        help=_("C-014, A-0133, contact:3, site:1, technician:2, shop, hours or holidays"),
    )
    parser.add_argument("fields", nargs="+", metavar="NAME=VALUE")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Change the fields in one step."""
    with desk.opened() as store:
        if options.number == "shop":
            shop.edit(store, **read(options.fields, kinds.SHOP))
            return
        if options.number == "hours":
            _edit_hours(store, read(options.fields, kinds.WEEK))
            return
        if options.number == "holidays":
            working_hours.set_holidays(store, read(options.fields, kinds.HOLIDAYS).get("days", []))
            return
        known, change, record_id = _target(store, options.number)
        change(store, record_id, **read(options.fields, known))


def _edit_hours(store: Store, told: dict[str, Any]) -> None:
    week = list(working_hours.get(store).week)
    for place, name in enumerate(kinds.WEEK):
        week[place] = told.get(name, week[place])
    working_hours.set_week(store, week)


def _target(store: Any, number: str) -> tuple[dict[str, Read], Callable[..., None], int]:
    kind, sign, row_id = number.partition(":")
    if sign and kind in BY_ID and is_id(row_id):
        return (*BY_ID[kind], int(row_id))
    found = lookups.record(store, number)
    if found.record not in NUMBERED:
        raise RuleBroken("{number} cannot be edited like this.", number=found.number)
    return (*NUMBERED[found.record], found.id)
