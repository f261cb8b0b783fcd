"""Drafts of invoices under the pen: lines, texts, days; every change is added up at once."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import due_on as due_by_terms
from smallcmms.domain.lines import LineKind
from smallcmms.domain.money import Currency, to_minor
from smallcmms.domain.quantity import to_thousandths
from smallcmms.models import Customer, Invoice, InvoiceLine, Labour, Part, UsedPart
from smallcmms.services.steps import events, invoices, shops, taxes
from smallcmms.services.steps.billing import Piece
from smallcmms.store.store import Store, about

EDITABLE = (
    "text", "invoice_on", "due_on", "terms_days", "customer_id", "allowance", "charge",
    "is_tax_included",
)  # fmt: skip
LINE_EDITABLE = (
    "text", "quantity", "unit", "price", "base", "allowance", "charge", "is_taxed", "tax_id",
    "sequence",
)  # fmt: skip
_MONEY = frozenset({"allowance", "charge"})
_PRICE_STEP = Decimal("0.0001")
_LARGEST = (2**63 - 1) * _PRICE_STEP


def draft_by_hand(store: Store, *, customer_id: int, text: str = "") -> int:
    """Start an invoice that comes from no work order and return its id."""
    at = store.now()
    with store.change("Draft an invoice") as session:
        customer = session.get_one(Customer, customer_id)
        invoice = invoices.blank(session, at, shops.current(session), customer)
        invoice.text = text
        events.note(session, at, "invoice", invoice.id, "drafted")
        about(session, "invoice", invoice.id)
        return invoice.id


def edit(store: Store, invoice_id: int, **fields: Any) -> None:
    """Change a draft: its text, days, terms, customer, discount or surcharge (major units).

    A day of None goes back to what issuing it would say. A new customer brings their own terms
    and taxes.

    Raises:
        RuleBroken: it is issued, or it would be due before it is issued.
        TypeError: a field that cannot be edited.
    """
    with store.change("Edit the invoice") as session:
        invoice = invoices.editable(session, invoice_id)
        for name, value in fields.items():
            _need_editable(name, EDITABLE)
            setattr(invoice, name, _kept(name, value, invoice))
        if "customer_id" in fields:
            _bill_another(session, invoice)
        _need_days(session, invoice, store)
        invoices.total_up(session, invoice)
        about(session, "invoice", invoice_id)


def add_line(
    store: Store,
    invoice_id: int,
    *,
    text: str,
    price: Decimal,
    quantity: Decimal = Decimal(1),
    unit: str = "",
    kind: LineKind = LineKind.TEXT,
    is_taxed: bool = False,
    allowance: Decimal = Decimal(0),
    charge: Decimal = Decimal(0),
    base: Decimal = Decimal(1),
) -> int:
    """Put a line at the end of a draft and return its id; the price is of ``base`` units.

    Raises:
        RuleBroken: it is issued, or an amount cannot be kept.
    """
    with store.change("Add a line") as session:
        invoice = invoices.editable(session, invoice_id)
        on = _day(session, invoice, store)
        piece = Piece(
            kind=kind, text=text.strip(), price=price, on=on, quantity=quantity, unit=unit
        )
        _need_exact(quantity=quantity, price=price, base=base)
        [line] = invoices.add_pieces(session, invoice, [piece])
        line.base = base
        line.allowance = _kept("allowance", allowance, invoice)
        line.charge = _kept("charge", charge, invoice)
        _tax(session, invoice, line, is_taxed=is_taxed, on=on)
        invoices.total_up(session, invoice)
        about(session, "invoice", invoice_id)
        return line.id


def add_part(store: Store, invoice_id: int, part_id: int, *, quantity: Decimal = Decimal(1)) -> int:
    """Put a part on a draft at its list price; stock stays as it is. Return the line's id.

    Raises:
        RuleBroken: it is issued, or the part has no price.
    """
    _need_exact(quantity=quantity)
    with store.change("Add {part}") as session:
        invoice = invoices.editable(session, invoice_id)
        part = session.get_one(Part, part_id)
        if part.price is None:
            raise RuleBroken("{part} has no price. Give it one first.", "price", part=part.name)
        piece = Piece(
            kind=LineKind.PART,
            text=part.name,
            price=part.price,
            on=_day(session, invoice, store),
            quantity=quantity,
            unit=part.unit,
            is_taxable=part.is_taxable,
        )
        [line] = invoices.add_pieces(session, invoice, [piece])
        invoices.total_up(session, invoice)
        about(session, "invoice", invoice_id, part=part.name)
        return line.id


def edit_line(store: Store, line_id: int, **fields: Any) -> None:
    """Change a line of a draft; ``is_taxed`` puts the tax of its kind on it or takes it off.

    Raises:
        RuleBroken: the invoice is issued, an amount cannot be kept, or there is no tax to charge.
        TypeError: a field that cannot be edited.
    """
    with store.change("Edit a line") as session:
        line = session.get_one(InvoiceLine, line_id)
        invoice = invoices.editable(session, line.invoice_id)
        _need_exact(**fields)
        for name, value in fields.items():
            _need_editable(name, LINE_EDITABLE)
            if name == "is_taxed":
                _tax(session, invoice, line, is_taxed=value, on=_day(session, invoice, store))
            else:
                setattr(line, name, _kept(name, value, invoice))
        invoices.total_up(session, invoice)
        about(session, "invoice", invoice.id)


def remove_line(store: Store, line_id: int) -> None:
    """Take a line off a draft; the work that it bills can be billed again.

    Raises:
        RuleBroken: the invoice is issued.
    """
    with store.change("Remove a line") as session:
        line = session.get_one(InvoiceLine, line_id)
        invoice = invoices.editable(session, line.invoice_id)
        session.delete(line)
        invoices.total_up(session, invoice)
        about(session, "invoice", invoice.id)


def discard(store: Store, invoice_id: int) -> None:
    """Throw a draft away; no number is used, and the work can be billed again.

    Raises:
        RuleBroken: it is issued.
    """
    with store.change("Throw the draft away") as session:
        invoice = invoices.editable(session, invoice_id)
        owned = (*invoices.lines_of(session, invoice_id), *invoices.taxes_of(session, invoice_id))
        for row in owned:
            session.delete(row)
        session.flush()
        session.delete(invoice)
        about(session, "invoice", invoice_id)


def _need_editable(name: str, allowed: tuple[str, ...]) -> None:
    if name not in allowed:
        raise TypeError(f"{name} cannot be edited")


def _kept(name: str, value: Any, invoice: Invoice) -> Any:
    if name in _MONEY:
        if value < 0:
            raise RuleBroken("An amount off or on top is 0 or more.", name)
        return to_minor(value, Currency(invoice.currency))
    return value.strip() if isinstance(value, str) else value


def _need_exact(**fields: Any) -> None:
    for name in ("quantity", "base"):
        if name in fields:
            to_thousandths(fields[name])
    if fields.get("base", 1) <= 0:
        raise RuleBroken("A price is for one or more units.", "base")
    price = fields.get("price", Decimal(0))
    if price.is_finite() and abs(price) > _LARGEST:
        raise RuleBroken("The amount is too large.", "price")
    if not price.is_finite() or price != price.quantize(_PRICE_STEP, ROUND_HALF_UP):
        raise RuleBroken("A price has at most four decimals.", "price")


def _need_days(session: Session, invoice: Invoice, store: Store) -> None:
    day = _day(session, invoice, store)
    due_by_terms(day, invoice.terms_days)
    if invoice.due_on is not None and invoice.due_on < day:
        raise RuleBroken("It cannot be due before the day it is issued.", "due_on")


def _day(session: Session, invoice: Invoice, store: Store) -> date:
    return invoices.issue_day(invoice, shops.current(session).day(store.now()))


def _tax(
    session: Session, invoice: Invoice, line: InvoiceLine, *, is_taxed: bool, on: date
) -> None:
    if not is_taxed:
        line.tax_id = None
    elif line.tax_id is None:
        done_on = _done_on(session, line) or on
        line.tax_id = invoices.tax_for(session, line, invoice.customer_id, done_on).id


def _done_on(session: Session, line: InvoiceLine) -> date | None:
    if line.labour_id is not None:
        return session.get_one(Labour, line.labour_id).worked_on
    if line.used_part_id is not None:
        return session.get_one(UsedPart, line.used_part_id).used_on
    return None


def _bill_another(session: Session, invoice: Invoice) -> None:
    customer, shop = session.get_one(Customer, invoice.customer_id), shops.current(session)
    invoice.terms_days = shop.terms_days if customer.terms_days is None else customer.terms_days
    today = shop.day(invoice.drafted_at)
    for line in invoices.lines_of(session, invoice.id):
        on = _done_on(session, line) or invoices.issue_day(invoice, today)
        tax = taxes.for_line(
            session, line.kind, on, customer.id, is_taxable=_is_taxable(session, line)
        )
        line.tax_id = None if tax is None else tax.id


def _is_taxable(session: Session, line: InvoiceLine) -> bool:
    if line.used_part_id is None:
        return True
    return session.get_one(UsedPart, line.used_part_id).is_taxable
