"""The money of a job, line by line: as its invoice says it, or as it would be billed now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.money import Line, from_minor, line_net
from smallcmms.domain.papers import JobMoney, MoneyLine
from smallcmms.formats import Formats
from smallcmms.models import Invoice, WorkOrder
from smallcmms.services.steps import billing, invoices
from smallcmms.services.steps.billing import is_standing
from smallcmms.services.steps.shops import ShopFacts
from smallcmms.texts import in_language


def of_invoice(session: Session, order: WorkOrder, shop: ShopFacts) -> JobMoney | None:
    """Return the money as the newest standing invoice of the job says it, or None."""
    newest = select(Invoice).where(Invoice.work_order_id == order.id, is_standing())
    invoice = session.scalars(newest.order_by(Invoice.id.desc()).limit(1)).one_or_none()
    if invoice is None:
        return None
    lines = [
        MoneyLine(
            text=line.text,
            detail=_detail(shop, line.quantity, line.price, line.unit),
            amount=from_minor(line.net, shop.currency),
        )
        for line in invoices.lines_of(session, invoice.id)
    ]
    lines += [
        MoneyLine(text=row.name, amount=from_minor(row.amount, shop.currency))
        for row in invoices.taxes_of(session, invoice.id)
        if not invoice.is_tax_included
    ]
    words = in_language(shop.locale)
    return JobMoney(
        currency=shop.currency.code,
        lines=tuple(lines),
        total=from_minor(invoice.total, shop.currency),
        note=invoice.number or words._("As it stands on the draft of its invoice."),
    )


def to_bill(session: Session, order: WorkOrder, shop: ShopFacts, *, today: date) -> JobMoney:
    """Return the money as it would be billed now.

    Raises:
        RuleBroken: the work order has no customer, or is not billed.
    """
    customer = invoices.payer(session, order)
    times = billing.times_to_bill(session, order.id)
    parts = billing.parts_to_bill(session, order.id)
    wording = invoices.wording(shop, customer)
    found = billing.pieces(
        session, order, times=times, parts=parts, shop=shop, today=today, wording=wording
    )
    totals = invoices.would_be(session, order, times, parts, today=today)
    lines = [
        MoneyLine(
            text=piece.text,
            detail=_detail(shop, piece.quantity, piece.price, piece.unit),
            amount=line_net(Line(quantity=piece.quantity, unit_price=piece.price), shop.currency),
        )
        for piece in found
    ]
    lines += [
        MoneyLine(text=row.name, amount=row.tax) for row in totals.rows if not shop.is_tax_included
    ]
    return JobMoney(
        currency=shop.currency.code,
        lines=tuple(lines),
        total=totals.total,
        note=in_language(shop.locale)._("Not invoiced yet."),
    )


def _detail(shop: ShopFacts, quantity: Decimal, price: Decimal, unit: str) -> str:
    formats = Formats(locale=shop.locale, currency=shop.currency.code)
    much = f"{formats.quantity(quantity)} {unit}".strip()
    return f"{much} \N{MULTIPLICATION SIGN} {formats.price(price)}"
