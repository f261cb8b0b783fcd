"""Work that waits for parts: which order brings them, until when, and what to do when they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.stock import ReservationStatus
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.models import PurchaseOrder, Reservation, Supplier
from smallcmms.models.part import KEEPING
from smallcmms.services.steps import purchase_orders as steps
from smallcmms.services.steps import purchase_receipts as receipts
from smallcmms.services.steps import shops
from smallcmms.services.steps import work_orders as work_steps
from smallcmms.services.steps.purchase_orders import Coming
from smallcmms.services.steps.work_order_facts import changing
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class Awaited:
    """The order that a job waits for: the latest of them where there are several.

    ``days_late`` is 0 where it is in time; a draft is not placed yet.
    """

    purchase_order_id: int
    number: str
    supplier: str
    phone: str
    promised_on: date | None
    days_late: int
    is_draft: bool


class Came(NamedTuple):
    """What "Part is in" did: the orders that it took in, and whether the work waits no longer."""

    orders: tuple[str, ...]
    is_ended: bool


def of(store: Store, work_order_ids: Sequence[int]) -> dict[int, Awaited]:
    """Return what these jobs wait for; one that no order brings anything for is left out."""
    with store.read() as session:
        coming = steps.coming(session, shops.current(session).day(store.now()))
        waits = _waits(session, work_order_ids, coming)
        worst = {each: max(found, key=_how_bad) for each, found in waits.items() if found}
        sellers = _sellers(session, {each.purchase_order_id for each in worst.values()})
    return {
        work_order_id: Awaited(
            each.purchase_order_id,
            each.number,
            *sellers[each.purchase_order_id],
            each.promised_on,
            each.days_late,
            each.is_draft,
        )
        for work_order_id, each in worst.items()
    }


def late_orders(store: Store) -> int:
    """Return how many orders are past their promised day."""
    with store.read() as session:
        coming = steps.coming(session, shops.current(session).day(store.now()))
    return len({each.purchase_order_id for each in coming if each.days_late})


def part_is_in(store: Store, work_order_id: int) -> Came:
    """Take in what orders owe a job that waits for parts, today and at their cost: one step.

    Work that no order brings anything for simply waits no longer.

    Raises:
        RuleBroken: it does not wait, or what it waits for is on a draft that was never placed.
    """
    at = store.now()
    with changing(store, "Part is in for {number}", work_order_id) as (session, order):
        if order.status is not WorkOrderStatus.ON_HOLD:
            raise RuleBroken("{number} does not wait.", number=order.number)
        today = shops.current(session).day(at)
        owed = _waits(session, [order.id], steps.coming(session, today)).get(order.id, [])
        placed = [each for each in owed if not each.is_draft]
        if owed and not placed:
            message = "{number} is a draft. Place the order first."
            raise RuleBroken(message, number=owed[0].number)
        for order_id, came in _by_order(placed).items():
            receipts.take_in(session, at, steps.found(session, order_id), came)
        if not placed:
            work_steps.resume(session, at, order)
        session.flush()
        numbers = dict.fromkeys(each.number for each in placed)
        return Came(tuple(numbers), order.status is not WorkOrderStatus.ON_HOLD)


def _by_order(each: Iterable[Coming]) -> dict[int, dict[int, Decimal]]:
    found: dict[int, dict[int, Decimal]] = {}
    for one in each:
        found.setdefault(one.purchase_order_id, {})[one.line_id] = one.quantity
    return found


def _waits(
    session: Session, work_order_ids: Sequence[int], coming: Iterable[Coming]
) -> dict[int, list[Coming]]:
    """Return what comes for each job: bought for it, or of a part that it is short of."""
    short = select(Reservation.work_order_id, Reservation.part_id).where(
        Reservation.work_order_id.in_(work_order_ids),
        Reservation.status == ReservationStatus.SHORT,
        literal_column(KEEPING),
    )
    wants: dict[int, set[int]] = {each: set() for each in work_order_ids}
    for work_order_id, part_id in session.execute(short):
        wants[work_order_id].add(part_id)
    each_coming = list(coming)
    return {
        work_order_id: [
            each
            for each in each_coming
            if each.work_order_id == work_order_id
            or (each.work_order_id is None and each.part_id in parts)
        ]
        for work_order_id, parts in wants.items()
    }


def _how_bad(each: Coming) -> tuple[int, bool, date]:
    return each.days_late, each.is_draft, each.promised_on or date.max


def _sellers(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    query = (
        select(PurchaseOrder.id, Supplier.name, Supplier.phone)
        .join(PurchaseOrder.supplier)
        .where(PurchaseOrder.id.in_(ids))
    )
    return {order_id: (name, phone) for order_id, name, phone in session.execute(query)}
