"""What a job puts on a bill: its time, its call-out and its parts, as the billing rule says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.lines import LineKind
from smallcmms.domain.money import from_minor
from smallcmms.domain.quantity import hours
from smallcmms.domain.work_orders import BillingRule
from smallcmms.formats import Formats
from smallcmms.models import Invoice, InvoiceLine, Labour, Part, Technician, UsedPart, WorkOrder
from smallcmms.services.steps import rates
from smallcmms.services.steps.shops import ShopFacts
from smallcmms.texts import Texts, later

_TIME = {
    LabourClass.REGULAR: later("Labor, {technician}, {day}"),
    LabourClass.OVERTIME: later("Labor, overtime, {technician}, {day}"),
    LabourClass.AFTER_HOURS: later("Labor, after hours, {technician}, {day}"),
    LabourClass.TRAVEL: later("Driving, {technician}, {day}"),
    LabourClass.WAITING: later("Waiting for parts, {technician}, {day}"),
}
_NOT_BILLED = {
    BillingRule.AGREEMENT: later("{number} is covered by an agreement. There is nothing to bill."),
    BillingRule.WARRANTY: later("{number} is warranty work. There is nothing to bill."),
    BillingRule.NOT_BILLABLE: later("{number} is not billable. There is nothing to bill."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToBill:
    """Working time that may go on a bill; the rate is of one hour in the shop's currency."""

    technician: str
    labour_class: LabourClass
    worked_on: date
    minutes: int
    bill_rate: Decimal
    is_billable: bool = True
    labour_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToBill:
    """A used part that may go on a bill; the price is of one unit in the shop's currency."""

    text: str
    quantity: Decimal
    price: Decimal
    used_on: date
    unit: str = ""
    is_taxable: bool = True
    used_part_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A line as the job gives it, before it stands on an invoice; its tax is that of ``on``."""

    kind: LineKind
    text: str
    price: Decimal
    on: date
    quantity: Decimal = Decimal(1)
    unit: str = ""
    is_taxable: bool = True
    labour_id: int | None = None
    used_part_id: int | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """How the lines are written: the customer's language, the shop's locale."""

    texts: Texts
    formats: Formats


@cache
def is_standing() -> ColumnElement[bool]:
    """Return the condition that an invoice bills: it is no credit note, and none negates it."""
    credit = aliased(Invoice)
    is_credited = exists().where(
        credit.credits_id == Invoice.id, credit.state == InvoiceState.ISSUED
    )
    return (Invoice.kind == InvoiceKind.INVOICE) & ~is_credited


def times_to_bill(session: Session, work_order_id: int) -> list[TimeToBill]:
    """Return the time of a work order that no standing invoice bills, oldest first."""
    query = (
        select(Labour, Technician.name)
        .join(Technician, Technician.id == Labour.technician_id)
        .where(Labour.work_order_id == work_order_id, ~_is_billed(InvoiceLine.labour_id, Labour.id))
        .order_by(Labour.worked_on, Labour.id)
    )
    return [
        TimeToBill(
            technician=name,
            labour_class=labour.labour_class,
            worked_on=labour.worked_on,
            minutes=labour.minutes,
            bill_rate=labour.bill_rate,
            is_billable=labour.is_billable,
            labour_id=labour.id,
        )
        for labour, name in session.execute(query)
    ]


def parts_to_bill(session: Session, work_order_id: int) -> list[PartToBill]:
    """Return the used parts of a work order that no standing invoice bills, oldest first."""
    query = (
        select(UsedPart, Part.name, Part.unit)
        .outerjoin(Part, Part.id == UsedPart.part_id)
        .where(
            UsedPart.work_order_id == work_order_id,
            ~_is_billed(InvoiceLine.used_part_id, UsedPart.id),
        )
        .order_by(UsedPart.id)
    )
    return [
        PartToBill(
            text=used.text or name or "",
            quantity=used.quantity,
            price=used.price,
            used_on=used.used_on,
            unit=unit or "",
            is_taxable=used.is_taxable,
            used_part_id=used.id,
        )
        for used, name, unit in session.execute(query)
    ]


def pieces(
    session: Session,
    order: WorkOrder,
    *,
    times: Iterable[TimeToBill],
    parts: Iterable[PartToBill],
    shop: ShopFacts,
    today: date,
    wording: Wording,
) -> list[Piece]:
    """Return what a work order bills of this time and these parts.

    Time and materials: every billable hour, one call-out a work order, every part. Flat rate: the
    agreed price alone, once.

    Raises:
        RuleBroken: the work order is not billed at all, or its flat price is missing.
    """
    if order.billing_rule in _NOT_BILLED:
        raise RuleBroken(_NOT_BILLED[order.billing_rule], number=order.number)
    if order.billing_rule is BillingRule.FLAT_RATE:
        return list(_flat(session, order, shop, today))
    worked = list(times)
    return [
        *(_time(time, wording) for time in worked if time.is_billable and time.minutes > 0),
        *_call_out(session, order, worked, wording),
        *(_part(part) for part in parts if part.quantity),
    ]


def _is_billed(
    source: InstrumentedAttribute[int | None], row: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    """Ask for the lines of this one row: all lines of the file would be looked through else."""
    return (
        exists()
        .where(source == row, Invoice.id == InvoiceLine.invoice_id, is_standing())
        .correlate(row.class_)
    )


def _has_line(session: Session, order: WorkOrder, kind: LineKind) -> bool:
    query = (
        select(InvoiceLine.id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(Invoice.work_order_id == order.id, InvoiceLine.kind == kind, is_standing())
        .limit(1)
    )
    return session.scalars(query).first() is not None


def _flat(session: Session, order: WorkOrder, shop: ShopFacts, today: date) -> Iterator[Piece]:
    if order.flat_price is None:
        message = "{number} has a flat rate and no price. Give it a price first."
        raise RuleBroken(message, "flat_price", number=order.number)
    if not _has_line(session, order, LineKind.FLAT):
        price = from_minor(order.flat_price, shop.currency)
        on = order.done_on or today
        yield Piece(kind=LineKind.FLAT, text=order.title, price=price, on=on)


def _time(time: TimeToBill, wording: Wording) -> Piece:
    day = wording.formats.day(time.worked_on)
    return Piece(
        kind=LineKind.LABOUR,
        text=wording.texts._(_TIME[time.labour_class], technician=time.technician, day=day),
        quantity=hours(time.minutes),
        unit="h",
        price=time.bill_rate,
        on=time.worked_on,
        labour_id=time.labour_id,
    )


def _call_out(
    session: Session, order: WorkOrder, worked: list[TimeToBill], wording: Wording
) -> Iterator[Piece]:
    if not worked or _has_line(session, order, LineKind.CALL_OUT):
        return
    on = min(time.worked_on for time in worked)
    price = rates.call_out(session, on, order.customer_id)
    if price:
        yield Piece(
            kind=LineKind.CALL_OUT, text=wording.texts._("Service call"), price=price, on=on
        )


def _part(part: PartToBill) -> Piece:
    return Piece(
        kind=LineKind.PART,
        text=part.text,
        quantity=part.quantity,
        unit=part.unit,
        price=part.price,
        on=part.used_on,
        is_taxable=part.is_taxable,
        used_part_id=part.used_part_id,
    )
