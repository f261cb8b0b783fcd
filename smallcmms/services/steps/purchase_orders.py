"""Purchase orders as other steps and verbs see them: what is still to come, when, for which job."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from smallcmms.domain import purchase_orders as rules
from smallcmms.domain.errors import NotFound
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.models import PurchaseOrder, PurchaseOrderLine
from smallcmms.services.steps import events, shops
from smallcmms.store.store import Store, about

_IS_OPEN = text("purchase_order.status IN ('draft', 'ordered', 'part_received')")
"""The words of the partial index."""


@dataclass(frozen=True, slots=True)
class Coming:
    """So much of a part, or of something in words, that an order still owes.

    A draft owes nothing yet: ``is_draft`` tells it apart. ``days_late`` is 0 where it is in time.
    """

    purchase_order_id: int
    line_id: int
    number: str
    part_id: int | None
    work_order_id: int | None
    quantity: Decimal
    promised_on: date | None
    days_late: int
    is_draft: bool


def found(session: Session, purchase_order_id: int) -> PurchaseOrder:
    """Return a purchase order.

    Raises:
        NotFound: there is none.
    """
    order = session.get(PurchaseOrder, purchase_order_id)
    if order is None:
        raise NotFound("There is no such purchase order.")
    return order


@contextmanager
def changing(
    store: Store, label: str, purchase_order_id: int
) -> Iterator[tuple[Session, PurchaseOrder]]:
    """Open a change about a purchase order, named after its number.

    Raises:
        NotFound: there is none.
    """
    with store.change(label) as session:
        order = found(session, purchase_order_id)
        about(session, "purchase_order", order.id, number=order.number)
        yield session, order


def go(
    session: Session,
    at: datetime,
    order: PurchaseOrder,
    to: PurchaseOrderStatus,
    kind: str,
    **told: Any,
) -> None:
    """Take an order to another state as the rules allow, and write the event.

    Raises:
        RuleBroken: there is no such step.
    """
    was = order.status
    order.status = rules.move(was, to)
    events.note(session, at, "purchase_order", order.id, kind, was=was.value, now=to.value, **told)


def moment(session: Session, at: datetime, on: date) -> datetime:
    """Return when something was that is told by its day: now, or noon of an earlier day."""
    shop = shops.current(session)
    return at if on == shop.day(at) else datetime.combine(on, time(12), shop.zone)


def lines_of(session: Session, purchase_order_id: int) -> list[PurchaseOrderLine]:
    """Return the lines of an order as they stand on it."""
    query = select(PurchaseOrderLine).where(
        PurchaseOrderLine.purchase_order_id == purchase_order_id
    )
    in_order = query.order_by(PurchaseOrderLine.sequence, PurchaseOrderLine.id)
    return list(session.scalars(in_order))


def coming(session: Session, today: date) -> list[Coming]:
    """Return everything that open orders and drafts still have to bring, the first due first."""
    query = (
        select(PurchaseOrder, PurchaseOrderLine)
        .join(PurchaseOrderLine, PurchaseOrderLine.purchase_order_id == PurchaseOrder.id)
        .where(_IS_OPEN)
        .order_by(PurchaseOrder.promised_on.is_(None), PurchaseOrder.promised_on, PurchaseOrder.id)
    )
    return [
        _coming(order, line, today)
        for order, line in session.execute(query)
        if line.received < line.quantity
    ]


def _coming(order: PurchaseOrder, line: PurchaseOrderLine, today: date) -> Coming:
    return Coming(
        purchase_order_id=order.id,
        line_id=line.id,
        number=order.number,
        part_id=line.part_id,
        work_order_id=line.work_order_id,
        quantity=rules.outstanding(line.quantity, line.received),
        promised_on=order.promised_on,
        days_late=rules.days_late(order.status, order.promised_on, today),
        is_draft=order.status is PurchaseOrderStatus.DRAFT,
    )


def on_order(
    session: Session, part_ids: Collection[int] | None = None, *, has_drafts: bool = False
) -> dict[int, Decimal]:
    """Return how much of these parts suppliers still owe, or of all parts that they owe.

    A draft is not ordered; with ``has_drafts`` what stands on one counts too.
    """
    owed: dict[int, Decimal] = {}
    for each in coming(session, date.min):
        is_asked = part_ids is None or each.part_id in part_ids
        if each.part_id is not None and is_asked and (has_drafts or not each.is_draft):
            owed[each.part_id] = owed.get(each.part_id, Decimal(0)) + each.quantity
    return owed


def by_part(each: Iterable[Coming]) -> dict[int, list[Coming]]:
    """Return what is coming of each part, the first due first; drafts are left out."""
    sorted_out: dict[int, list[Coming]] = {}
    for one in each:
        if one.part_id is not None and not one.is_draft:
            sorted_out.setdefault(one.part_id, []).append(one)
    return sorted_out


def settle(order: PurchaseOrder, lines: Iterable[PurchaseOrderLine], on: date) -> None:
    """Say how far an order has come, by what of its lines is in.

    Raises:
        RuleBroken: it is a draft, or over.
    """
    to = rules.after_receipt((line.quantity, line.received) for line in lines)
    order.status = rules.move(order.status, to)
    order.received_on = on if to is PurchaseOrderStatus.RECEIVED else None


def taken_back(session: Session, at: datetime, line_id: int, quantity: Decimal) -> None:
    """Take a receipt off its order's line, because its move was reversed; the order is open again.

    ``quantity`` is what had come in, above zero.
    """
    line = session.get_one(PurchaseOrderLine, line_id)
    line.received -= quantity
    order = session.get_one(PurchaseOrder, line.purchase_order_id)
    was = order.status
    if was is PurchaseOrderStatus.CANCELLED:
        return
    is_begun = any(each.received for each in lines_of(session, order.id))
    order.status = PurchaseOrderStatus.PART_RECEIVED if is_begun else PurchaseOrderStatus.ORDERED
    order.received_on = None
    now = order.status.value
    events.note(session, at, "purchase_order", order.id, "taken_back", was=was.value, now=now)
