"""What an invoice says on paper, put together from its rows: nothing is added up here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from smallcmms.domain import papers, tags
from smallcmms.domain.customers import TaxProfile
from smallcmms.domain.invoices import InvoiceKind
from smallcmms.domain.money import Currency, from_minor
from smallcmms.domain.numbers import tail
from smallcmms.domain.papers import Party
from smallcmms.domain.tags import TagKind
from smallcmms.formats import Formats
from smallcmms.models import (
    Asset,
    Customer,
    Invoice,
    InvoiceLine,
    InvoiceTax,
    Location,
    Shop,
    Site,
    WorkOrder,
)
from smallcmms.services.steps import invoices, shops
from smallcmms.texts import Texts, in_language

MARK = "*"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every part of one paper is written with."""

    session: Session
    invoice: Invoice
    shop: Shop
    customer: Customer
    order: WorkOrder | None
    texts: Texts
    currency: Currency

    def money(self, minor: int) -> Decimal:
        return from_minor(minor, self.currency)


def paper(
    session: Session, invoice: Invoice, *, today: date, number: str = "", text: str | None = None
) -> papers.Invoice:
    """Return what an invoice says on paper.

    ``number`` is the one that a draft is being issued under; ``text`` stands in for what the
    customer reads while it is being typed. Amounts are those that the rows hold.
    """
    sheet = _sheet(session, invoice)
    number = number or invoice.number or ""
    wording = invoice.text if text is None else text
    heading = _heading(wording, sheet.order)
    lines = invoices.lines_of(session, invoice.id)
    taxes = invoices.taxes_of(session, invoice.id)
    marks = {tax.tax_id: MARK * place for place, tax in enumerate(taxes, 1)}
    is_bill = invoice.kind is InvoiceKind.INVOICE
    return papers.Invoice(
        manner=shops.current(session).manner(sheet.customer.language),
        currency=invoice.currency,
        shop=shops.letterhead(session),
        bill_to=_bill_to(sheet),
        lines=(*(_line(sheet, line, marks) for line in lines), *_adjustments(sheet)),
        subtotal=sheet.money(invoice.total if invoice.is_tax_included else invoice.net),
        tax_rows=tuple(_tax(sheet, tax, marks) for tax in taxes),
        total=sheet.money(invoice.total),
        number=number,
        code=tags.code(sheet.shop.code, TagKind.INVOICE, number) if number and is_bill else "",
        is_draft=not number,
        credits=_credited_number(sheet),
        work_done_at=_work_done_at(sheet),
        issued_on=invoices.issue_day(invoice, today),
        due_on=invoices.due_day(invoice, today) if is_bill else None,
        terms=_terms(sheet) if is_bill else "",
        work_order=_work_order(sheet.order),
        customer_number=sheet.customer.number,
        heading=heading,
        text=wording[len(heading) :].strip(),
        pay=sheet.shop.payment_note if is_bill else "",
        footer=sheet.shop.invoice_footer,
        is_tax_included=invoice.is_tax_included,
        exemption=_exemption(sheet),
    )


def _sheet(session: Session, invoice: Invoice) -> _Sheet:
    shop = session.get_one(Shop, 1)
    customer = session.get_one(Customer, invoice.customer_id)
    return _Sheet(
        session=session,
        invoice=invoice,
        shop=shop,
        customer=customer,
        order=session.get(WorkOrder, invoice.work_order_id) if invoice.work_order_id else None,
        texts=in_language(customer.language or shop.locale),
        currency=Currency(invoice.currency),
    )


def _bill_to(sheet: _Sheet) -> Party:
    lines = _filled(*sheet.customer.bill_to.splitlines())
    if not lines and sheet.order is not None and sheet.order.site_id is not None:
        site = sheet.session.get_one(Site, sheet.order.site_id)
        lines = _filled(site.address, site.city)
    return Party(name=sheet.customer.name, lines=lines)


def _work_done_at(sheet: _Sheet) -> Party | None:
    order = sheet.order
    if order is None or order.site_id is None:
        return None
    site = sheet.session.get_one(Site, order.site_id)
    location = sheet.session.get(Location, order.location_id) if order.location_id else None
    asset = sheet.session.get(Asset, order.asset_id) if order.asset_id else None
    lines = _filled(
        site.address if site.name else site.city,
        "" if location is None else location.path,
        "" if asset is None else _asset(sheet.texts, asset),
    )
    return Party(name=site.name or site.address, lines=lines)


def _asset(texts: Texts, asset: Asset) -> str:
    name = asset.short_code or asset.name
    return texts._("{asset}, tag {number}", asset=name, number=asset.number)


def _line(sheet: _Sheet, line: InvoiceLine, marks: dict[int | None, str]) -> papers.InvoiceLine:
    return papers.InvoiceLine(
        text=_with_extras(sheet, line),
        quantity=line.quantity,
        unit_price=line.price,
        amount=sheet.money(line.net),
        unit=line.unit,
        base=line.base,
        tax_mark=marks.get(line.tax_id, ""),
    )


def _with_extras(sheet: _Sheet, line: InvoiceLine) -> str:
    formats = Formats(sheet.shop.locale, sheet.invoice.currency, sheet.shop.zone)
    less, plus = (formats.money(sheet.money(minor)) for minor in (line.allowance, line.charge))
    extras = []
    if line.allowance:
        extras.append(sheet.texts._("less {amount}", amount=less))
    if line.charge:
        extras.append(sheet.texts._("plus {amount}", amount=plus))
    return f"{line.text} ({', '.join(extras)})" if extras else line.text


def _adjustments(sheet: _Sheet) -> tuple[papers.InvoiceLine, ...]:
    adjustments = (
        (sheet.texts._("Discount"), -sheet.invoice.allowance),
        (sheet.texts._("Surcharge"), sheet.invoice.charge),
    )
    return tuple(
        papers.InvoiceLine(
            text=text, quantity=Decimal(1), unit_price=sheet.money(minor), amount=sheet.money(minor)
        )
        for text, minor in adjustments
        if minor
    )


def _tax(sheet: _Sheet, tax: InvoiceTax, marks: dict[int | None, str]) -> papers.TaxRow:
    return papers.TaxRow(
        name=tax.name,
        percent=tax.percent,
        base=sheet.money(tax.base),
        tax=sheet.money(tax.amount),
        mark=marks[tax.tax_id],
    )


def _credited_number(sheet: _Sheet) -> str:
    if sheet.invoice.credits_id is None:
        return ""
    return sheet.session.get_one(Invoice, sheet.invoice.credits_id).number or ""


def _terms(sheet: _Sheet) -> str:
    days = sheet.invoice.terms_days
    return sheet.texts._("Net {days}", days=days) if days else sheet.texts._("Due on receipt")


def _work_order(order: WorkOrder | None) -> str:
    if order is None:
        return ""
    number = str(tail(order.number))
    return f"{number} · PO {order.po_number}" if order.po_number else number


def _heading(text: str, order: WorkOrder | None) -> str:
    """Return the bold start of what the customer reads: the job's title, where it begins so."""
    title = "" if order is None else order.title.strip()
    if not title or not text.startswith(title):
        return ""
    end = len(title)
    return text[: end + 1] if text[end : end + 1] == "." else text[:end]


def _exemption(sheet: _Sheet) -> str:
    if sheet.customer.tax_profile is not TaxProfile.EXEMPT:
        return ""
    return sheet.customer.exemption_certificate or sheet.texts._("yes")


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip())
