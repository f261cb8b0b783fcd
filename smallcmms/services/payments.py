"""Payments: money that came in, what it went towards, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.domain.money import Currency, from_minor, to_minor
from smallcmms.domain.payments import PaymentMethod
from smallcmms.models import Customer, Invoice, Payment, PaymentAllocation
from smallcmms.services.steps import customers, events, invoices, owed, shops
from smallcmms.services.steps.shops import ShopFacts
from smallcmms.store.store import Store, about


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """A payment in major units; ``unallocated`` went towards no invoice yet."""

    id: int
    customer_id: int
    received_on: date
    recorded_at: datetime
    method: PaymentMethod
    reference: str
    amount: Decimal
    unallocated: Decimal


def take(
    store: Store,
    *,
    amount: Decimal,
    invoice_id: int | None = None,
    customer_id: int | None = None,
    received_on: date | None = None,
    method: PaymentMethod = PaymentMethod.CHECK,
    reference: str = "",
    keep_rest: bool = False,
) -> int:
    """Take a payment (major units) for one invoice, or for a customer, oldest due first.

    What is more than is owed is refused, unless ``keep_rest`` keeps it as the customer's credit.

    Returns:
        The payment's id.

    Raises:
        RuleBroken: nothing is owed, it is more than is owed, not above zero, or of a day to come.
    """
    at = store.now()
    with store.change("Take a payment from {customer}") as session:
        shop = shops.current(session)
        customer, bills = _bills(session, invoice_id, customer_id)
        day = received_on or shop.day(at)
        minor = _amount(amount, day, shop, at)
        payment = Payment(
            customer_id=customer.id, received_on=day, recorded_at=at, amount=minor,
            method=method, reference=reference.strip(),
        )  # fmt: skip
        session.add(payment)
        session.flush()
        rest = _allocate(session, at, payment, bills, minor)
        if rest and (not keep_rest or method is PaymentMethod.WRITE_OFF):
            raise _too_much(minor - rest, shop)
        about(session, "customer", customer.id, customer=customer.name)
        if invoice_id is not None:
            about(session, "invoice", invoice_id)
        return payment.id


def allocate(
    store: Store, payment_id: int, *, invoice_id: int, amount: Decimal | None = None
) -> None:
    """Put what is left of a payment towards an invoice of the same customer.

    ``amount`` is in major units; without it, as much as is left and owed.

    Raises:
        RuleBroken: nothing is left or owed, it is too much, or the invoice is another customer's.
    """
    at = store.now()
    with store.change("Put a payment towards {number}") as session:
        payment = session.get_one(Payment, payment_id)
        customer, bills = _bills(session, invoice_id, None)
        shop = shops.current(session)
        if customer.id != payment.customer_id:
            raise RuleBroken("That invoice is another customer's.", "invoice")
        left = payment.amount - _allocated(session, payment_id)
        minor = min(left, bills[0].owed) if amount is None else to_minor(amount, shop.currency)
        if not 0 < minor <= min(left, bills[0].owed):
            raise _too_much(min(left, bills[0].owed), shop)
        _allocate(session, at, payment, bills, minor)
        about(session, "invoice", invoice_id, number=bills[0].invoice.number)


def rows(store: Store, customer_id: int) -> Sequence[PaymentRow]:
    """Return the payments of a customer, the latest first."""
    query = (
        select(Payment)
        .where(Payment.customer_id == customer_id)
        .order_by(Payment.received_on.desc(), Payment.id.desc())
    )
    with store.read() as session:
        currency = shops.current(session).currency
        return [
            PaymentRow(
                id=payment.id,
                customer_id=payment.customer_id,
                received_on=payment.received_on,
                recorded_at=payment.recorded_at,
                method=payment.method,
                reference=payment.reference,
                amount=from_minor(payment.amount, currency),
                unallocated=from_minor(payment.amount - _allocated(session, payment.id), currency),
            )
            for payment in session.scalars(query)
        ]


@dataclass(frozen=True, slots=True)
class _Bill:
    invoice: Invoice
    owed: int


def _bills(
    session: Session, invoice_id: int | None, customer_id: int | None
) -> tuple[Customer, list[_Bill]]:
    query = select(Invoice, owed.REMAINING).where(owed.IS_BILL)
    if invoice_id is None:
        if customer_id is None:
            raise TypeError("a payment is for an invoice or a customer")
        customer = session.get_one(Customer, customer_id)
        query = query.where(Invoice.customer_id.in_(owed.family(customer_id)), owed.REMAINING > 0)
        ordered = query.order_by(Invoice.due_on, Invoice.count)
        return customer, [_Bill(*row) for row in session.execute(ordered)]
    invoice = invoices.found(session, invoice_id)
    _need_bill(invoice)
    remaining = session.execute(query.where(Invoice.id == invoice_id)).one()[1]
    if remaining <= 0:
        raise RuleBroken("Nothing is owed on {number}.", "amount", number=invoice.number)
    return customers.whose(session, invoice.customer_id), [_Bill(invoice, remaining)]


def _need_bill(invoice: Invoice) -> None:
    if invoice.state is InvoiceState.DRAFT:
        raise RuleBroken("It is a draft. Print it and mark it sent first.", "amount")
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        raise RuleBroken("{number} is a credit note.", "amount", number=invoice.number)


def _amount(amount: Decimal, day: date, shop: ShopFacts, at: datetime) -> int:
    if amount <= 0:
        raise RuleBroken("A payment is more than zero.", "amount")
    if day > shop.day(at):
        raise RuleBroken("A payment cannot come in on a day that is still to come.", "received_on")
    return to_minor(amount, shop.currency)


def _too_much(owed_minor: int, shop: ShopFacts) -> RuleBroken:
    most = from_minor(owed_minor, Currency(shop.currency.code))
    message = "Only {owed} is owed. Take that much, or keep the rest as credit."
    return RuleBroken(message, "amount", owed=most)


def _allocate(
    session: Session, at: datetime, payment: Payment, bills: Sequence[_Bill], minor: int
) -> int:
    """Put an amount towards bills, in their order, and return what is left of it."""
    left = minor
    for bill in bills:
        share = min(left, bill.owed)
        if share > 0:
            allocation = PaymentAllocation(
                payment_id=payment.id, invoice_id=bill.invoice.id, amount=share
            )
            session.add(allocation)
            session.flush()
            events.note(
                session, at, "invoice", bill.invoice.id, "paid",
                number=bill.invoice.number, method=payment.method.value, minor=share,
            )  # fmt: skip
        left -= max(share, 0)
    return left


def _allocated(session: Session, payment_id: int) -> int:
    query = select(func.coalesce(func.sum(PaymentAllocation.amount), 0)).where(
        PaymentAllocation.payment_id == payment_id
    )
    return session.scalars(query).one()
