"""What customers owe, as expressions that lists select: amounts in minor units."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    BindParameter,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.models import Customer, Invoice, PaymentAllocation, Request, WorkOrder

_Credit, _Member = aliased(Invoice), aliased(Customer)

PAID = (
    select(func.coalesce(func.sum(PaymentAllocation.amount), 0))
    .where(PaymentAllocation.invoice_id == Invoice.id)
    .correlate(Invoice)
    .scalar_subquery()
)
"""What came in for an invoice."""

CREDITED = (
    select(func.coalesce(func.sum(_Credit.total), 0))
    .where(_Credit.credits_id == Invoice.id, _Credit.state == InvoiceState.ISSUED)
    .correlate(Invoice)
    .scalar_subquery()
)
"""What credit notes take off an invoice; it counts below zero."""

REMAINING = Invoice.total + CREDITED - PAID
"""What is still to come for an invoice; its credit notes count below zero."""

IS_BILL = and_(Invoice.state == InvoiceState.ISSUED, Invoice.kind == InvoiceKind.INVOICE).is_(
    true()
)
"""An invoice that the customer has: issued, and no credit note.

It stands beside what is wanted of one customer, one job, one bill. As a whole it is no use to an
index, so that SQLite does not walk all bills there ever were rather than the few of that customer.
"""

IS_ISSUED = (Invoice.state == InvoiceState.ISSUED).is_(true())
"""A bill or credit note that the customer has; no use to an index either, for the same reason."""

TODAY: BindParameter[date] = bindparam("today")
"""The shop's day, handed in when the statement runs."""


def family(customer_id: int | SQLColumnExpression[int]) -> Select[int]:
    """Return the question for a customer and for those that were merged into it.

    An issued invoice stays whose it was; what is owed on it is owed by the customer that is left.
    """
    return select(_Member.id).where(
        or_(_Member.id == customer_id, _Member.merged_into_id == customer_id)
    )


_bills = select(func.coalesce(func.sum(REMAINING), 0)).where(
    IS_BILL, Invoice.customer_id.in_(family(Customer.id).correlate(Customer))
)
OWED = _bills.correlate(Customer).scalar_subquery()
"""What a customer owes in all."""

PAST_DUE = _bills.where(Invoice.due_on < TODAY, REMAINING > 0).correlate(Customer).scalar_subquery()
"""What of it is past its due date; needs ``today``."""

OPEN_WORK = (
    select(func.count())
    .where(WorkOrder.customer_id == Customer.id, WorkOrder.closed_at.is_(None))
    .correlate(Customer)
    .scalar_subquery()
)
"""How many work orders of a customer are neither closed nor cancelled."""

LAST_CALL = (
    select(func.max(Request.received_at))
    .where(Request.customer_id == Customer.id)
    .correlate(Customer)
    .scalar_subquery()
)
"""When a customer called last."""
