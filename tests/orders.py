"""Parts, their suppliers and jobs that wait for them, as tests of orders begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import HoldReason
from smallcmms.services import parts, purchase_orders, work_orders
from smallcmms.services.purchase_orders import NewLine
from smallcmms.store.store import Store
from tests.build import Story

MONDAY = date(2026, 7, 13)


@dataclass(frozen=True)
class Shelf:
    """The ids of three parts: two of one supplier, one of another; and of the shop's shelf."""

    filters: int
    capacitor: int
    coupler: int
    shop: int


def shelf(store: Store) -> Shelf:
    """Return parts of two suppliers: filters in packs of 6, a capacitor, a motor coupler."""
    filters = _part(
        store, "FLT-2", "Filter 20×25×2", "4.10", "Miami Valley Supply", keep=Decimal(12),
        purchase_unit="pack", purchase_factor=Decimal(6), supplier_number="MV-2025",
    )  # fmt: skip
    capacitor = _part(store, "CAP-45", "Run capacitor", "11.20", "Miami Valley Supply")
    coupler = _part(store, "CPL-1", "Motor coupler", "21.60", "Great Lakes Pump", keep=Decimal(1))
    shop = next(each.id for each in parts.locations(store) if each.name == "Shop")
    return Shelf(filters, capacitor, coupler, shop)


def _part(store: Store, number: str, name: str, cost: str, supplier: str, **more: Any) -> int:
    return parts.add(store, number=number, name=name, cost=Decimal(cost), supplier=supplier, **more)


def waiting_job(store: Store, story: Story, *needs: tuple[int, int], title: str = "Boiler") -> int:
    """Return a work order that wants so many of these parts and waits for them."""
    order = work_orders.add(
        store,
        title=title,
        wrong="It does not light",
        level=Level.HIGH,
        customer_id=story.customer_id,
        site_id=story.site_id,
    )
    for part_id, quantity in needs:
        work_orders.add_part(store, order, part_id=part_id, quantity=Decimal(quantity))
    work_orders.approve(store, order)
    work_orders.hold(store, order, reason=HoldReason.PARTS)
    return order


def placed(store: Store, *lines: NewLine, promised_on: date | None = None) -> int:
    """Return an order of one supplier that was placed."""
    (order,) = purchase_orders.make(store, lines)
    purchase_orders.order(store, order, promised_on=promised_on)
    return order


def line(part_id: int, quantity: int, **more: Any) -> NewLine:
    """Return a line that orders so many of a part."""
    return NewLine(part_id=part_id, quantity=Decimal(quantity), **more)
