"""Which invoices are open, paid or credited: a few questions that walk indexes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.models import Invoice, Payment, PaymentAllocation
from smallcmms.services.steps import owed

Narrow = Sequence[ColumnElement[bool]]
"""Conditions on the invoices that are wanted; none is all of them."""


class Open(NamedTuple):
    """A bill that is not paid in full: when it is due, and what is left of it in minor units."""

    id: int
    due_on: date
    left: int


@dataclass(frozen=True, slots=True)
class Split:
    """The open bills: those past their day, latest first, and those that are not due yet."""

    late: list[Open]
    sent: list[Open]


_is_bill = (Invoice.state == InvoiceState.ISSUED) & (Invoice.kind == InvoiceKind.INVOICE)
_is_note = (Invoice.state == InvoiceState.ISSUED) & (Invoice.kind == InvoiceKind.CREDIT_NOTE)
_OPEN = select(Invoice.id, Invoice.due_on, (Invoice.total - owed.PAID).label("left")).where(
    Invoice.total > owed.PAID
)
_CREDITED = select(Invoice.credits_id).where(Invoice.credits_id.is_not(None), _is_note)


def drafts(session: Session, narrow: Narrow = ()) -> list[int]:
    """Return the drafts, the newest first."""
    query = select(Invoice.id).where(Invoice.state == InvoiceState.DRAFT, *narrow)
    return list(session.scalars(query.order_by(Invoice.id.desc())))


def unpaid(
    session: Session, today: date, narrow: Narrow = (), *, is_late_only: bool = False
) -> Split:
    """Return the open bills: the longest late first, then the last due first."""
    gone = credited(session)
    query = _OPEN.where(owed.IS_BILL if narrow else _is_bill, *narrow)
    rows = session.execute(query.where(Invoice.due_on < today) if is_late_only else query)
    found = [Open(row.id, row.due_on or date.max, row.left) for row in rows if row.id not in gone]
    late = sorted((each for each in found if each.due_on < today), key=lambda each: each[1::-1])
    sent = sorted((each for each in found if each.due_on >= today), key=lambda each: each[1::-1])
    return Split(late, sent[::-1])


def credited(session: Session) -> set[int]:
    """Return the invoices that a credit note negates."""
    return {invoice_id for invoice_id in session.scalars(_CREDITED) if invoice_id is not None}


def credits_and_credited(session: Session, narrow: Narrow = ()) -> list[int]:
    """Return the credit notes and the invoices that they negate, the newest first."""
    is_either = _is_note | Invoice.id.in_(_CREDITED)
    query = select(Invoice.id).where(is_either, *narrow)
    return list(session.scalars(query.order_by(Invoice.id.desc())))


def paid_since(session: Session, since: date, narrow: Narrow = ()) -> list[int]:
    """Return the bills that got a payment since a day, the last paid first."""
    query = (
        select(PaymentAllocation.invoice_id)
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .join(Invoice, Invoice.id == PaymentAllocation.invoice_id)
        .where(Payment.received_on >= since, *narrow)
        .group_by(PaymentAllocation.invoice_id)
        .order_by(func.max(Payment.received_on).desc(), PaymentAllocation.invoice_id.desc())
    )
    return list(session.scalars(query))


def bills(session: Session, narrow: Narrow = ()) -> list[int]:
    """Return all issued invoices, the highest number first."""
    is_issued = (Invoice.kind == InvoiceKind.INVOICE) & Invoice.count.is_not(None)
    query = select(Invoice.id).where(owed.IS_BILL if narrow else is_issued, *narrow)
    return list(session.scalars(query.order_by(Invoice.count.desc())))


def number_of(session: Session, kind: InvoiceKind) -> int:
    """Return how many documents of a kind were issued."""
    query = select(func.count()).where(Invoice.kind == kind, Invoice.count.is_not(None))
    return session.scalars(query).one()
