"""Everything that the page of one invoice shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.invoices import InvoiceKind, InvoiceState, Standing
from smallcmms.domain.lines import LineKind
from smallcmms.domain.money import Currency, from_minor
from smallcmms.domain.payments import PaymentMethod
from smallcmms.models import (
    Customer,
    Invoice,
    InvoiceLine,
    InvoiceTax,
    Payment,
    PaymentAllocation,
    Request,
    WorkOrder,
)
from smallcmms.services.invoice_register import stands
from smallcmms.services.steps import invoices, shops
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line: the price is of ``base`` units; allowance, charge and amount are of the line."""

    id: int
    kind: LineKind
    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    base: Decimal
    allowance: Decimal
    charge: Decimal
    tax_id: int | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TaxSum:
    """The tax of one rate: its percentage, what it is charged on, and what it comes to."""

    name: str
    percent: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaidRow:
    """The share of a payment that went towards the invoice."""

    payment_id: int
    received_on: date
    method: PaymentMethod
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Linked:
    """Another record that the page leads to."""

    id: int
    number: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """What to look at before the invoice goes out; empty where there is nothing.

    ``over_limit`` is the limit that the total is above; ``called_again`` a request about the same
    asset that came in after the work was done.
    """

    over_limit: Decimal | None = None
    needs_po: bool = False
    called_again: Linked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePage:
    """An invoice with its lines, taxes and payments; amounts in major units.

    ``invoice_on`` and ``due_on`` are what the paper says: on a draft, what it would say today.
    ``credit`` is the unallocated money of the customer.
    """

    id: int
    number: str
    kind: InvoiceKind
    state: InvoiceState
    standing: Standing
    currency: str
    is_tax_included: bool
    customer: Linked
    work_order: Linked | None
    credits: Linked | None
    credited_by: Linked | None
    reason: str
    text: str
    invoice_on: date
    due_on: date
    is_due_chosen: bool
    terms_days: int
    drafted_at: datetime
    issued_at: datetime | None
    lines: tuple[LineRow, ...]
    taxes: tuple[TaxSum, ...]
    allowance: Decimal
    charge: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal
    paid: Decimal
    payments: tuple[PaidRow, ...]
    credit: Decimal
    warnings: Warnings


def get(store: Store, invoice_id: int) -> InvoicePage:
    """Return what the page of an invoice shows.

    Raises:
        NotFound: there is none; a draft may have been thrown away.
    """
    with store.read() as session:
        invoice = invoices.found(session, invoice_id)
        today = shops.current(session).day(store.now())
        currency = Currency(invoice.currency)
        order = session.get(WorkOrder, invoice.work_order_id) if invoice.work_order_id else None
        customer = session.get_one(Customer, invoice.customer_id)
        payments = _payments(session, invoice, currency)
        paid = sum((row.amount for row in payments), from_minor(0, currency))
        credited_by = _credit_note_of(session, invoice.id)
        total = from_minor(invoice.total, currency)
        credited = total if credited_by else from_minor(0, currency)
        return InvoicePage(
            id=invoice.id,
            number=invoice.number or "",
            kind=invoice.kind,
            state=invoice.state,
            standing=stands(
                invoice.kind,
                invoice.state,
                total=total,
                paid=paid,
                credited=credited,
                due_on=invoice.due_on,
                today=today,
            ),
            currency=invoice.currency,
            is_tax_included=invoice.is_tax_included,
            customer=Linked(customer.id, customer.number, customer.name),
            work_order=None if order is None else Linked(order.id, order.number, order.title),
            credits=_linked_invoice(session, invoice.credits_id),
            credited_by=credited_by,
            reason=invoice.reason,
            text=invoice.text,
            invoice_on=invoices.issue_day(invoice, today),
            due_on=invoices.due_day(invoice, today),
            is_due_chosen=invoice.due_on is not None,
            terms_days=invoice.terms_days,
            drafted_at=invoice.drafted_at,
            issued_at=invoice.issued_at,
            lines=tuple(_line(line, currency) for line in invoices.lines_of(session, invoice.id)),
            taxes=tuple(_tax(tax, currency) for tax in invoices.taxes_of(session, invoice.id)),
            allowance=from_minor(invoice.allowance, currency),
            charge=from_minor(invoice.charge, currency),
            net=from_minor(invoice.net, currency),
            tax=from_minor(invoice.tax, currency),
            total=total,
            paid=paid,
            payments=payments,
            credit=from_minor(
                unallocated(session, customer.merged_into_id or customer.id), currency
            ),
            warnings=_warnings(session, invoice, customer, order),
        )


def unallocated(session: Session, customer_id: int) -> int:
    """Return the money of a customer that went towards no invoice yet, in minor units."""
    received = select(func.coalesce(func.sum(Payment.amount), 0)).where(
        Payment.customer_id == customer_id
    )
    allocated = (
        select(func.coalesce(func.sum(PaymentAllocation.amount), 0))
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Payment.customer_id == customer_id)
    )
    return session.scalars(received).one() - session.scalars(allocated).one()


def _line(line: InvoiceLine, currency: Currency) -> LineRow:
    return LineRow(
        id=line.id,
        kind=line.kind,
        text=line.text,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        base=line.base,
        allowance=from_minor(line.allowance, currency),
        charge=from_minor(line.charge, currency),
        tax_id=line.tax_id,
        amount=from_minor(line.net, currency),
    )


def _tax(tax: InvoiceTax, currency: Currency) -> TaxSum:
    base, amount = from_minor(tax.base, currency), from_minor(tax.amount, currency)
    return TaxSum(tax.name, tax.percent, base, amount)


def _payments(session: Session, invoice: Invoice, currency: Currency) -> tuple[PaidRow, ...]:
    query = (
        select(
            Payment.id,
            Payment.received_on,
            Payment.method,
            Payment.reference,
            PaymentAllocation.amount,
        )
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(PaymentAllocation.invoice_id == invoice.id)
        .order_by(Payment.received_on, Payment.id)
    )
    return tuple(
        PaidRow(
            row.id, row.received_on, row.method, row.reference, from_minor(row.amount, currency)
        )
        for row in session.execute(query)
    )


def _credit_note_of(session: Session, invoice_id: int) -> Linked | None:
    query = select(Invoice.id, Invoice.number).where(
        Invoice.credits_id == invoice_id, Invoice.state == InvoiceState.ISSUED
    )
    found = session.execute(query).one_or_none()
    return None if found is None else Linked(found.id, found.number or "")


def _linked_invoice(session: Session, invoice_id: int | None) -> Linked | None:
    if invoice_id is None:
        return None
    invoice = session.get_one(Invoice, invoice_id)
    return Linked(invoice.id, invoice.number or "")


def _warnings(
    session: Session, invoice: Invoice, customer: Customer, order: WorkOrder | None
) -> Warnings:
    if invoice.state is InvoiceState.ISSUED:
        return Warnings()
    limits = [customer.not_to_exceed, None if order is None else order.limit]
    passed = [limit for limit in limits if limit is not None and invoice.total > limit]
    has_po = order is None or bool(order.po_number)
    return Warnings(
        over_limit=from_minor(min(passed), Currency(invoice.currency)) if passed else None,
        needs_po=customer.is_po_required and not has_po,
        called_again=None if order is None else _called_again(session, order),
    )


def _called_again(session: Session, order: WorkOrder) -> Linked | None:
    if order.asset_id is None or order.recorded_at is None:
        return None
    query = (
        select(Request.id, Request.number, Request.words)
        .where(
            Request.asset_id == order.asset_id,
            Request.received_at > order.recorded_at,
            Request.closed_at.is_(None),
        )
        .order_by(Request.received_at.desc())
        .limit(1)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else Linked(found.id, found.number, found.words)
