"""Drafts of invoices: made from a job, added up again after every change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.adjustments import shared_out
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.invoices import InvoiceState
from smallcmms.domain.invoices import due_on as due_by_terms
from smallcmms.domain.lines import LineKind
from smallcmms.domain.money import (
    Currency,
    Line,
    TaxKey,
    TaxRate,
    Totals,
    from_minor,
    to_minor,
    totals,
)
from smallcmms.domain.money import line_net as net_of
from smallcmms.formats import Formats
from smallcmms.models import Customer, Invoice, InvoiceLine, InvoiceTax, Tax, WorkOrder
from smallcmms.services.steps import billing, events, shops, taxes
from smallcmms.services.steps.billing import PartToBill, Piece, TimeToBill, Wording
from smallcmms.services.steps.shops import ShopFacts
from smallcmms.texts import in_language


def draft(session: Session, at: datetime, order: WorkOrder) -> Invoice:
    """Draft the invoice of a work order: what of it no standing invoice bills yet.

    Raises:
        RuleBroken: the work order has no customer, is not billed, or nothing is left to bill.
    """
    session.flush()
    customer = payer(session, order)
    shop = shops.current(session)
    billed = billing.pieces(
        session,
        order,
        times=billing.times_to_bill(session, order.id),
        parts=billing.parts_to_bill(session, order.id),
        shop=shop,
        today=shop.day(at),
        wording=wording(shop, customer),
    )
    if not billed:
        raise RuleBroken("Nothing of {number} is left to bill.", number=order.number)
    invoice = blank(session, at, shop, customer)
    invoice.work_order_id, invoice.text = order.id, told(order)
    add_pieces(session, invoice, billed)
    total_up(session, invoice)
    events.note(session, at, "invoice", invoice.id, "drafted", number=order.number)
    return invoice


def would_be(
    session: Session,
    order: WorkOrder,
    times: Iterable[TimeToBill],
    parts: Iterable[PartToBill],
    *,
    today: date,
) -> Totals:
    """Return what a work order's bill would come to with this time and these parts on it.

    What is booked already and not billed yet is the caller's to hand in too.

    Raises:
        RuleBroken: the work order has no customer or is not billed.
    """
    customer = payer(session, order)
    shop = shops.current(session)
    billed = billing.pieces(
        session, order, times=times, parts=parts, shop=shop, today=today,
        wording=wording(shop, customer),
    )  # fmt: skip
    keys = [_key(_tax_of(session, piece, customer.id)) for piece in billed]
    lines = [
        Line(quantity=piece.quantity, unit_price=piece.price, tax_key=key)
        for piece, key in zip(billed, keys, strict=True)
    ]
    rates = taxes.rates(session, {int(key) for key in keys if key is not None})
    return totals(lines, rates=rates, currency=shop.currency, includes_tax=shop.is_tax_included)


def blank(session: Session, at: datetime, shop: ShopFacts, customer: Customer) -> Invoice:
    """Start a draft without lines for a customer."""
    terms = shop.terms_days if customer.terms_days is None else customer.terms_days
    invoice = Invoice(
        customer_id=customer.id,
        currency=shop.currency.code,
        is_tax_included=shop.is_tax_included,
        drafted_at=at,
        terms_days=terms,
    )
    session.add(invoice)
    session.flush()
    return invoice


def add_pieces(session: Session, invoice: Invoice, billed: Sequence[Piece]) -> list[InvoiceLine]:
    """Put lines at the end of a draft."""
    following = len(lines_of(session, invoice.id)) + 1
    added = []
    for sequence, piece in enumerate(billed, following):
        tax = _tax_of(session, piece, invoice.customer_id)
        line = InvoiceLine(
            invoice_id=invoice.id,
            sequence=sequence,
            kind=piece.kind,
            labour_id=piece.labour_id,
            used_part_id=piece.used_part_id,
            text=piece.text,
            quantity=piece.quantity,
            unit=piece.unit,
            price=piece.price,
            base=Decimal(1),
            tax_id=None if tax is None else tax.id,
        )
        session.add(line)
        added.append(line)
    session.flush()
    return added


def payer(session: Session, order: WorkOrder) -> Customer:
    """Return who pays for a work order.

    Raises:
        RuleBroken: it has no customer.
    """
    if order.customer_id is None:
        message = "{number} has no customer. Say who pays first."
        raise RuleBroken(message, "customer", number=order.number)
    return session.get_one(Customer, order.customer_id)


def found(session: Session, invoice_id: int) -> Invoice:
    """Return an invoice.

    Raises:
        NotFound: there is none; a draft may have been thrown away.
    """
    invoice = session.get(Invoice, invoice_id)
    if invoice is None:
        raise NotFound("There is no such invoice.")
    return invoice


def editable(session: Session, invoice_id: int) -> Invoice:
    """Return a draft that may be changed.

    Raises:
        NotFound: there is no such invoice.
        RuleBroken: it is issued.
    """
    invoice = found(session, invoice_id)
    if invoice.state is InvoiceState.ISSUED:
        raise RuleBroken("{number} is issued. Make a credit note.", number=invoice.number)
    return invoice


def lines_of(session: Session, invoice_id: int) -> Sequence[InvoiceLine]:
    """Return the lines of an invoice in their order."""
    query = (
        select(InvoiceLine)
        .where(InvoiceLine.invoice_id == invoice_id)
        .order_by(InvoiceLine.sequence, InvoiceLine.id)
    )
    return session.scalars(query).all()


def taxes_of(session: Session, invoice_id: int) -> Sequence[InvoiceTax]:
    """Return the taxes of an invoice as they were computed."""
    query = select(InvoiceTax).where(InvoiceTax.invoice_id == invoice_id).order_by(InvoiceTax.id)
    return session.scalars(query).all()


def total_up(session: Session, invoice: Invoice) -> Totals:
    """Add a draft up again and keep what comes out, in minor units.

    Raises:
        RuleBroken: an amount is too large.
    """
    session.flush()
    lines = lines_of(session, invoice.id)
    computed = add_up(invoice, lines, taxes.rates(session, {line.tax_id for line in lines}))
    currency = Currency(invoice.currency)
    for line, net in zip(lines, computed.line_nets, strict=True):
        line.net = to_minor(net, currency)
    invoice.net, invoice.tax, invoice.total = (
        to_minor(amount, currency) for amount in (computed.net, computed.tax, computed.total)
    )
    _keep_taxes(session, invoice, computed, currency)
    session.flush()
    return computed


def add_up(invoice: Invoice, lines: Sequence[InvoiceLine], rates: Iterable[TaxRate]) -> Totals:
    """Return what an invoice comes to, by its own lines, discount and surcharge."""
    currency = Currency(invoice.currency)
    summed = [_summand(line, currency) for line in lines]
    nets: dict[TaxKey, Decimal] = {}
    for line in summed:
        nets[line.tax_key] = nets.get(line.tax_key, Decimal(0)) + net_of(line, currency)
    return totals(
        summed,
        rates=rates,
        allowances=shared_out(from_minor(invoice.allowance, currency), nets, currency),
        charges=shared_out(from_minor(invoice.charge, currency), nets, currency),
        currency=currency,
        includes_tax=invoice.is_tax_included,
    )


def issue_day(invoice: Invoice, today: date) -> date:
    """Return the day that a draft will bear: the one somebody chose, else today."""
    return invoice.invoice_on or today


def due_day(invoice: Invoice, today: date) -> date:
    """Return the day by which it is to be paid: the one somebody chose, else by its terms."""
    return invoice.due_on or due_by_terms(issue_day(invoice, today), invoice.terms_days)


def told(order: WorkOrder) -> str:
    """Return what the customer reads of a job: what it was, and what was found and done."""
    title = order.title.strip()
    heading = title if not title or title[-1] in ".!?" else f"{title}."
    return " ".join(part for part in (heading, order.found_and_did.strip()) if part)


def wording(shop: ShopFacts, customer: Customer) -> Wording:
    """Return how lines are written for a customer: in their language, in the shop's locale."""
    formats = Formats(shop.locale, shop.currency.code, shop.zone.key)
    return Wording(in_language(customer.language or shop.locale), formats)


def tax_for(session: Session, line: InvoiceLine, customer_id: int, on: date) -> Tax:
    """Return the tax of a line that somebody ticks as taxed: its kind's, else any in force.

    Raises:
        RuleBroken: the customer is exempt, or the shop has no tax.
    """
    for kind in (line.kind, *LineKind):
        tax = taxes.for_line(session, kind, on, customer_id)
        if tax is not None:
            return tax
    raise RuleBroken("No tax is charged to this customer on that day.", "tax")


def _summand(line: InvoiceLine, currency: Currency) -> Line:
    return Line(
        quantity=line.quantity,
        unit_price=line.price,
        base=line.base,
        allowance=from_minor(line.allowance, currency),
        charge=from_minor(line.charge, currency),
        tax_key=None if line.tax_id is None else str(line.tax_id),
    )


def _tax_of(session: Session, piece: Piece, customer_id: int) -> Tax | None:
    return taxes.for_line(session, piece.kind, piece.on, customer_id, is_taxable=piece.is_taxable)


def _key(tax: Tax | None) -> str | None:
    return None if tax is None else str(tax.id)


def _keep_taxes(session: Session, invoice: Invoice, computed: Totals, currency: Currency) -> None:
    kept = {str(row.tax_id): row for row in taxes_of(session, invoice.id)}
    for row in computed.rows:
        tax = kept.pop(str(row.key), None) or InvoiceTax(
            invoice_id=invoice.id, tax_id=int(str(row.key))
        )
        tax.name, tax.percent = row.name, row.percent
        tax.base, tax.amount = to_minor(row.base, currency), to_minor(row.tax, currency)
        session.add(tax)
    for gone in kept.values():
        session.delete(gone)
