"""Booking on a work order: working time at the rates of its day, parts at their cost and price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.rates import RateClass
from smallcmms.domain.stock import LocationKind, MoveKind
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.models import (
    Labour,
    Part,
    PlannedPart,
    StockLocation,
    Technician,
    UsedPart,
    WorkOrder,
)
from smallcmms.services.steps import rates, shops, stock

_BOOKABLE = {
    WorkOrderStatus.APPROVED,
    WorkOrderStatus.SCHEDULED,
    WorkOrderStatus.IN_PROGRESS,
}
_PRICE_STEP = Decimal("0.0001")
NOTHING = Decimal(0)


def is_bookable(order: WorkOrder) -> None:
    """See that time and parts can be booked.

    Raises:
        RuleBroken: the work is not approved, waits, or is done.
    """
    if order.status not in _BOOKABLE:
        message = "{number} is {status}. Nothing can be booked on it now."
        raise RuleBroken(message, number=order.number, status=order.status.value)


def is_past(session: Session, at: datetime, day: date, field: str) -> None:
    """See that a day is not still to come.

    Raises:
        RuleBroken: it is.
    """
    if day > shops.current(session).day(at):
        raise RuleBroken("This day is still to come.", field)


def book_time(
    session: Session,
    at: datetime,
    order: WorkOrder,
    *,
    technician_id: int,
    worked_on: date,
    minutes: int,
    labour_class: LabourClass,
    visit_id: int | None = None,
) -> Labour:
    """Book working time; driving is billed only where the shop bills it.

    Raises:
        RuleBroken: the shop has no rate for billable time of this kind.
    """
    bill_rate, is_billable = hourly(session, order, labour_class, worked_on, technician_id)
    technician = session.get_one(Technician, technician_id)
    entry = Labour(
        work_order_id=order.id,
        visit_id=visit_id,
        technician_id=technician_id,
        labour_class=labour_class,
        worked_on=worked_on,
        minutes=minutes,
        cost_rate=technician.cost_rate or NOTHING,
        bill_rate=bill_rate,
        is_billable=is_billable,
        recorded_at=at,
    )
    session.add(entry)
    return entry


def hourly(
    session: Session,
    order: WorkOrder,
    labour_class: LabourClass,
    worked_on: date,
    technician_id: int,
) -> tuple[Decimal, bool]:
    """Return the price of an hour of this time, and whether it is billed.

    Raises:
        RuleBroken: the shop has no rate for billable time of this kind.
    """
    is_billed = labour_class is not LabourClass.TRAVEL or shops.current(session).travel_is_billed
    if not is_billed or not order.billing_rule.is_billable:
        return NOTHING, False
    kind = RateClass(labour_class.value)
    return rates.hourly(session, kind, worked_on, order.customer_id, technician_id), True


def price_of(part: Part) -> Decimal:
    """Return what one unit of a part is sold at: its price, else its cost with its markup."""
    if part.price is not None:
        return part.price
    markup = part.markup or NOTHING
    return (part.cost * (100 + markup) / 100).quantize(_PRICE_STEP, ROUND_HALF_UP)


def use_part(
    session: Session,
    at: datetime,
    order: WorkOrder,
    *,
    part: Part | None,
    text: str,
    quantity: Decimal,
    location_id: int | None,
    used_on: date,
    planned_part_id: int | None = None,
) -> UsedPart:
    """Book a part that went into the job; a quantity of 0 says that it was planned and not used."""
    used = UsedPart(
        work_order_id=order.id,
        planned_part_id=planned_part_id,
        part_id=None if part is None else part.id,
        text="" if part is not None else text,
        quantity=quantity,
        location_id=location_id if quantity else None,
        cost=NOTHING if part is None else part.cost,
        price=NOTHING if part is None else price_of(part),
        is_taxable=True if part is None else part.is_taxable,
        used_on=used_on,
        recorded_at=at,
    )
    session.add(used)
    return used


def take_parts(session: Session, at: datetime, order: WorkOrder, used: Sequence[UsedPart]) -> None:
    """Take used parts from where they lay.

    Stock may go below zero: the part is in the wall already, and the move keeps the work order
    as the reason why it was let through.
    """
    session.flush()
    for line in used:
        if line.part_id is None or line.location_id is None:
            continue
        stock.move(
            session,
            at,
            part_id=line.part_id,
            location_id=line.location_id,
            kind=MoveKind.ISSUE,
            quantity=-line.quantity,
            moved_on=line.used_on,
            used_part_id=line.id,
            override_reason=order.number,
        )


def name_of(session: Session, line: PlannedPart) -> str:
    """Return the name of a planned part."""
    if line.text or line.part_id is None:
        return line.text
    return session.get_one(Part, line.part_id).name


def is_used(session: Session, line: PlannedPart) -> bool:
    """Tell whether a planned part is booked as used or not used."""
    booked = select(UsedPart.id).where(UsedPart.planned_part_id == line.id).limit(1)
    return session.scalars(booked).first() is not None


def shelf(session: Session) -> int | None:
    """Return the shop's own shelf, where parts lie that no truck carries."""
    shelves = select(StockLocation.id).where(
        StockLocation.kind == LocationKind.SHOP, StockLocation.archived_on.is_(None)
    )
    return session.scalars(shelves.order_by(StockLocation.id).limit(1)).one_or_none()
