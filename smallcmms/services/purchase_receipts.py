"""Receipts: what comes of an order goes on a shelf, at its cost, to the work that waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import purchase_orders as rules
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.domain.stock import LocationKind, MoveKind
from smallcmms.models import Part, PurchaseOrder, PurchaseOrderLine, StockLocation
from smallcmms.services.purchase_order_pages import get
from smallcmms.services.steps import edits, events, part_holds, shops, stock
from smallcmms.services.steps import purchase_orders as steps
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class Received:
    """How far an order has come by a receipt, and the work orders that wait no longer for it."""

    status: PurchaseOrderStatus
    parts_are_in: tuple[str, ...]


def receive(
    store: Store,
    purchase_order_id: int,
    *,
    received: Mapping[int, Decimal],
    location_id: int | None = None,
    received_on: date | None = None,
    unit_costs: Mapping[int, Decimal] | None = None,
) -> Received:
    """Put what came of an order on a shelf: so much of each line, at what it cost.

    It may be more than was ordered. The cost of a part enters its moving average; work that was
    short of it is given it, and work that waited for nothing else is to be scheduled.

    Raises:
        RuleBroken: nothing came, the order is not placed or over, or the day is still to come.
    """
    at = store.now()
    with steps.changing(store, "Receive {number}", purchase_order_id) as (session, kept):
        lines = {line.id: line for line in steps.lines_of(session, kept.id)}
        came = {line_id: quantity for line_id, quantity in received.items() if quantity}
        on = _received_on(session, at, kept, received_on)
        _check_receipt(came, lines)
        place = location_id or _shop_shelf(session)
        costs = unit_costs or {}
        for line_id, quantity in came.items():
            line = lines[line_id]
            cost = costs.get(line_id, line.unit_cost)
            _put_away(session, at, line, quantity, place=place, on=on, cost=cost)
        was = kept.status
        steps.settle(kept, lines.values(), on)
        moment = steps.moment(session, at, on)
        told = {"was": was.value, "now": kept.status.value, "happened_at": moment}
        told |= {"parts": _words(session, came, lines)}
        events.note(session, at, "purchase_order", kept.id, "received", **told)  # type: ignore[arg-type]
        parts = {lines[each].part_id for each in came} - {None}
        works = {lines[each].work_order_id for each in came} - {None}
        waited = part_holds.settle(session, at, parts, works)  # type: ignore[arg-type]
        return Received(kept.status, tuple(waited))


def receive_rest(
    store: Store,
    purchase_order_id: int,
    *,
    location_id: int | None = None,
    received_on: date | None = None,
) -> Received:
    """Put all that an order still owes on a shelf, at the cost that it was ordered for.

    Raises:
        RuleBroken: as for ``receive``.
    """
    coming = {line.id: line.coming for line in get(store, purchase_order_id).lines}
    return receive(
        store,
        purchase_order_id,
        received=coming,
        location_id=location_id,
        received_on=received_on,
    )


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
