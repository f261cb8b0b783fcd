"""add: write a new record."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from smallcmms.cli import kinds, machines
from smallcmms.cli.desk import Desk
from smallcmms.cli.fields import Read, day, kind, level, lines, number, read, text, whole
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.lines import LineKind
from smallcmms.domain.rates import RateClass
from smallcmms.services import (
    assets,
    contacts,
    customers,
    job_templates,
    lookups,
    parts,
    rates,
    sites,
    suppliers,
    technicians,
    work_orders,
)
from smallcmms.store.store import Store

Fields = dict[str, Any]


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("fields", nargs="*", metavar="NAME=VALUE")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Write the record and answer its number, or its id where it has none."""
    known, write = KINDS[options.kind]
    fields = read(options.fields, known)
    with desk.opened() as store:
        desk.say(write(store, fields))


def _need(fields: Fields, name: str) -> Any:
    if name not in fields:
        raise RuleBroken("Say {name}=…", field=name, name=name)
    return fields.pop(name)


def _customer(store: Store, fields: Fields) -> str:
    customer_id = customers.add(store, name=_need(fields, "name"), **fields)
    return customers.get(store, customer_id).number


def _contact(store: Store, fields: Fields) -> str:
    customer_id = lookups.customer(store, _need(fields, "customer"))
    return str(contacts.add_contact(store, customer_id, name=_need(fields, "name"), **fields))


def _site(store: Store, fields: Fields) -> str:
    customer_id = lookups.customer(store, _need(fields, "customer"))
    return str(sites.add_site(store, customer_id, address=_need(fields, "address"), **fields))


def _location(store: Store, fields: Fields) -> str:
    site_id = _the_site(store, fields)
    return str(sites.add_location(store, site_id, path=_need(fields, "path")))


def _asset(store: Store, fields: Fields) -> str:
    site_id = _the_site(store, fields)
    told = machines.told(store, fields)
    asset_id = assets.add(store, site_id=site_id, name=_need(told, "name"), **told)
    return assets.get(store, asset_id).row.number


def _technician(store: Store, fields: Fields) -> str:
    return str(technicians.add(store, name=_need(fields, "name"), **fields))


def _supplier(store: Store, fields: Fields) -> str:
    return str(suppliers.add(store, name=_need(fields, "name"), **fields))


def _part(store: Store, fields: Fields) -> str:
    taken = {name: _need(fields, name) for name in ("number", "name", "cost")}
    parts.add(store, **taken, **machines.superseded(store, fields))
    return str(taken["number"])


def _count(store: Store, fields: Fields) -> str:
    part_id = lookups.part(store, _need(fields, "part"))
    return str(
        parts.count(
            store,
            part_id,
            location_id=lookups.place(store, _need(fields, "place")),
            counted=_need(fields, "quantity"),
            counted_on=fields.get("day", store.now().date()),
        )
    )


def _receipt(store: Store, fields: Fields) -> str:
    part_id = lookups.part(store, _need(fields, "part"))
    return str(
        parts.receive(
            store,
            part_id,
            location_id=lookups.place(store, _need(fields, "place")),
            quantity=_need(fields, "quantity"),
            moved_on=fields.get("day", store.now().date()),
            unit_cost=fields.get("cost"),
        )
    )


def _template(store: Store, fields: Fields) -> str:
    taken = [_template_part(store, entry) for entry in fields.pop("parts", [])]
    return str(
        job_templates.add(
            store,
            name=_need(fields, "name"),
            lines=[job_templates.read_line(entry) for entry in fields.pop("lines", [])],
            parts=taken,
            **fields,
        )
    )


def _template_part(store: Store, entry: str) -> tuple[int, Decimal]:
    name, sign, quantity = entry.rpartition("*")
    return lookups.part(store, name if sign else entry), number(quantity) if sign else Decimal(1)


def _rate(store: Store, fields: Fields) -> str:
    customer = fields.pop("customer", None)
    return str(
        rates.set_rate(
            store,
            kind=_need(fields, "kind"),
            price=_need(fields, "price"),
            from_on=fields.get("from_on", store.now().date()),
            customer_id=None if customer is None else lookups.customer(store, customer),
        )
    )


def _tax(store: Store, fields: Fields) -> str:
    kinds_of_line = [kind(LineKind)(entry) for entry in _need(fields, "line_kinds")]
    return str(
        rates.add_tax(
            store,
            name=_need(fields, "name"),
            percent=_need(fields, "percent"),
            from_on=fields.get("from_on", store.now().date()),
            line_kinds=kinds_of_line,
        )
    )


def _work_order(store: Store, fields: Fields) -> str:
    urgency = fields.pop("level", Level.MEDIUM)
    if "asset" in fields:
        asset = assets.get(store, lookups.asset(store, fields.pop("asset"))).row
        fields |= {
            "asset_id": asset.id,
            "site_id": asset.site_id,
            "location_id": asset.location_id,
            "customer_id": asset.customer_id,
        }
    title = _need(fields, "title")
    order_id = work_orders.add(store, title=title, level=urgency, **fields)
    return work_orders.get(store, order_id).number


def _the_site(store: Store, fields: Fields) -> int:
    customer = fields.pop("customer", None)
    customer_id = None if customer is None else lookups.customer(store, customer)
    return lookups.site(store, _need(fields, "site"), customer_id=customer_id)


_WHERE: dict[str, Read] = {"customer": text, "site": text}
_STOCK: dict[str, Read] = {"part": text, "place": text, "quantity": number, "day": day}
KINDS: dict[str, tuple[dict[str, Read], Callable[[Store, Fields], str]]] = {
    "customer": (kinds.CUSTOMER, _customer),
    "contact": ({"customer": text, **kinds.CONTACT}, _contact),
    "site": ({"customer": text, **kinds.SITE}, _site),
    "location": ({**_WHERE, "path": text}, _location),
    "asset": ({**_WHERE, **machines.ASSET}, _asset),
    "stub": ({**_WHERE, "place": text, "name": text}, machines.add_stub),
    "class": (kinds.ASSET_CLASS, machines.add_class),
    "meter": (machines.METER, machines.add_meter),
    "reading": (machines.READING, machines.add_reading),
    "warranty": (machines.WARRANTY, machines.add_warranty),
    "technician": (kinds.TECHNICIAN, _technician),
    "part": (kinds.PART, _part),
    "supplier": (kinds.SUPPLIER, _supplier),
    "count": (_STOCK, _count),
    "receipt": ({**_STOCK, "cost": number}, _receipt),
    "template": (
        {
            "name": text,
            "title": text,
            "lines": lines,
            "parts": lines,
            "safety": lines,
            "planned_minutes": whole,
            "flat_price": number,
        },
        _template,
    ),
    "rate": (
        {"kind": kind(RateClass), "price": number, "from_on": day, "customer": text},
        _rate,
    ),
    "tax": ({"name": text, "percent": number, "from_on": day, "line_kinds": lines}, _tax),
    "work-order": ({"level": level, "asset": text, **kinds.WORK_ORDER}, _work_order),
}
