"""Receipts: what comes of an order goes on a shelf, at its cost, to the work that waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import purchase_orders as rules
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.domain.stock import LocationKind, MoveKind, ReservationStatus
from smallcmms.models import Part, PurchaseOrder, PurchaseOrderLine, StockLocation
from smallcmms.services.steps import (
    edits,
    events,
    part_holds,
    purchase_orders,
    reservations,
    shops,
    stock,
)


@dataclass(frozen=True, slots=True)
class Received:
    """How far an order has come by a receipt, and the work orders that wait no longer for it."""

    status: PurchaseOrderStatus
    parts_are_in: tuple[str, ...]


def take_in(
    session: Session,
    at: datetime,
    order: PurchaseOrder,
    received: Mapping[int, Decimal],
    *,
    on: date | None = None,
    location_id: int | None = None,
    costs: Mapping[int, Decimal] | None = None,
) -> Received:
    """Put so much of each line on a shelf, at what it cost; the shop's own shelf unless told.

    The cost of a part enters its moving average. What was bought for a job goes to that job, the
    rest to who is short of it; work that waited for nothing else is to be scheduled.

    Raises:
        RuleBroken: nothing came, the order is not placed or over, or the day is still to come.
    """
    lines = {line.id: line for line in purchase_orders.lines_of(session, order.id)}
    came = {line_id: quantity for line_id, quantity in received.items() if quantity}
    on = _received_on(session, at, order, on)
    _check_receipt(came, lines)
    place = location_id or _shop_shelf(session)
    for line_id, quantity in came.items():
        cost = (costs or {}).get(line_id, lines[line_id].unit_cost)
        _put_away(session, at, lines[line_id], quantity, place=place, on=on, cost=cost)
    was = order.status
    purchase_orders.settle(order, lines.values(), on)
    events.note(
        session, at, "purchase_order", order.id, "received",
        was=was.value, now=order.status.value, parts=_words(session, came, lines),
        happened_at=purchase_orders.moment(session, at, on),
    )  # fmt: skip
    waited = _give(session, at, [lines[line_id] for line_id in came])
    return Received(order.status, tuple(waited))


def _give(session: Session, at: datetime, lines: Iterable[PurchaseOrderLine]) -> list[str]:
    """Give what came to the jobs that it was bought for, then to who is short of it."""
    parts, works = set(), set()
    for line in lines:
        if line.part_id is not None:
            parts.add(line.part_id)
        if line.work_order_id is not None:
            works.add(line.work_order_id)
            for each in reservations.open_of(session, line.work_order_id):
                if each.part_id == line.part_id:
                    each.status = ReservationStatus.ACTIVE
    return part_holds.settle(session, at, parts, works)


def _received_on(
    session: Session, at: datetime, kept: PurchaseOrder, received_on: date | None
) -> date:
    if not kept.status.is_open:
        rules.move(kept.status, PurchaseOrderStatus.RECEIVED)
    today = shops.current(session).day(at)
    on = received_on or today
    if on > today:
        raise RuleBroken("This day is still to come.", "received_on")
    if kept.ordered_on is not None and on < kept.ordered_on:
        raise RuleBroken("It cannot come before it was ordered.", "received_on")
    return on


def _check_receipt(came: Mapping[int, Decimal], lines: Mapping[int, PurchaseOrderLine]) -> None:
    edits.need(came, "Say what came in.", "received")
    for line_id, quantity in came.items():
        if line_id not in lines:
            raise RuleBroken("This line is not on the order.", "received")
        if quantity < 0:
            raise RuleBroken("A receipt is more than zero.", "received")


def _words(
    session: Session, came: Mapping[int, Decimal], lines: Mapping[int, PurchaseOrderLine]
) -> str:
    """Return what came as a timeline says it: 4 CTR-40-2, 1 Gasket."""
    told = []
    for line_id, quantity in came.items():
        part = session.get(Part, lines[line_id].part_id or 0)
        told.append(f"{quantity.normalize():f} {part.number if part else lines[line_id].text}")
    return ", ".join(told)


def _shop_shelf(session: Session) -> int:
    shelf = select(StockLocation.id).where(
        StockLocation.kind == LocationKind.SHOP, StockLocation.archived_on.is_(None)
    )
    return session.scalars(shelf.order_by(StockLocation.id).limit(1)).one()


def _put_away(
    session: Session,
    at: datetime,
    line: PurchaseOrderLine,
    quantity: Decimal,
    *,
    place: int,
    on: date,
    cost: Decimal,
) -> None:
    line.received += quantity
    if line.part_id is None:
        return
    stock.move(
        session,
        at,
        part_id=line.part_id,
        location_id=place,
        kind=MoveKind.RECEIPT,
        quantity=quantity,
        moved_on=on,
        unit_cost=cost,
        purchase_order_line_id=line.id,
    )
