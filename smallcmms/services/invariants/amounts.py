"""Invoices that must add up: lines, taxes and totals as the one rule computes them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.money import Currency, TaxRate, Totals, to_minor
from smallcmms.models import Invoice, InvoiceLine
from smallcmms.services.invariants.rows import Row, Whole, wholes
from smallcmms.services.steps import invoices

_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RuleBroken, TypeError, ValueError)


def problems(session: Session) -> Iterator[RuleBroken]:
    """Yield the invoices whose amounts are not what their lines come to."""
    notes: list[Whole] = []
    totals: dict[int, tuple[Any, ...]] = {}
    for whole in wholes(session):
        totals[whole.invoice["id"]] = _sums(whole.invoice)
        if whole.invoice["credits_id"] is not None:
            notes.append(whole)
        try:
            found = _differences(whole)
        except _UNREADABLE:
            found = "what it says"
        if found:
            yield RuleBroken("{it}: {what} does not add up.", it=whole.name, what=found)
    for note in notes:
        if totals.get(note.invoice["credits_id"]) != tuple(-each for each in _sums(note.invoice)):
            yield RuleBroken("{it}: it does not negate its invoice.", it=note.name)


def _sums(invoice: Row) -> tuple[Any, ...]:
    return tuple(
        invoice[name] if isinstance(invoice[name], int) else 0 for name in ("net", "tax", "total")
    )


def _differences(whole: Whole) -> str:
    """Return the first of its amounts that is not as computed, or nothing."""
    currency = Currency(whole.invoice["currency"])
    computed = _computed(whole)
    lines = [to_minor(net, currency) for net in computed.line_nets]
    taxes = {
        row.key: (to_minor(row.base, currency), to_minor(row.tax, currency))
        for row in computed.rows
    }
    kept = {str(tax["tax_id"]): (tax["base"], tax["amount"]) for tax in whole.taxes}
    for what, is_right in (
        ("a line", lines == [line["net"] for line in whole.lines]),
        ("a tax", taxes == kept),
        ("the total", _minor(computed, currency) == _sums(whole.invoice)),
    ):
        if not is_right:
            return what
    return ""


def _computed(whole: Whole) -> Totals:
    head = whole.invoice
    invoice = Invoice(
        currency=head["currency"],
        is_tax_included=bool(head["is_tax_included"]),
        allowance=head["allowance"],
        charge=head["charge"],
    )
    rates = [
        TaxRate(str(tax["tax_id"]), str(tax["name"]), _scaled(tax["percent"], 3))
        for tax in whole.taxes
    ]
    return invoices.add_up(invoice, [_line(line) for line in whole.lines], rates)


def _line(row: Row) -> InvoiceLine:
    return InvoiceLine(
        quantity=_scaled(row["quantity"], 3),
        price=_scaled(row["price"], 4),
        base=_scaled(row["base"], 3),
        allowance=row["allowance"],
        charge=row["charge"],
        tax_id=row["tax_id"],
    )


def _scaled(whole: int, places: int) -> Decimal:
    return Decimal(whole).scaleb(-places)


def _minor(computed: Totals, currency: Currency) -> tuple[int, ...]:
    return tuple(
        to_minor(amount, currency) for amount in (computed.net, computed.tax, computed.total)
    )
