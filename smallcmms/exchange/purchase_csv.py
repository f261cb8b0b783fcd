"""A purchase order as CSV, for a supplier's order page or a spreadsheet."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

from smallcmms.domain import papers

HEADINGS = (
    "order", "ordered_on", "wanted_by", "supplier", "account", "supplier_number", "our_number",
    "description", "quantity", "unit", "packs", "pack_of", "unit_cost", "amount", "currency", "job",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_CENTS = Decimal("0.01")
_MARK = "\N{BYTE ORDER MARK}"


def write(order: papers.PurchaseOrder) -> bytes:
    """Return the lines of an order as CSV: UTF-8 with a mark, commas, one line each.

    Amounts have a point whatever the shop's locale, days are written 2026-07-13. A text that a
    spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    for line in order.lines:
        rows.writerow([harmless(cell) for cell in _head(order)] + _cells(order, line))
    return (_MARK + text.getvalue()).encode()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _price(cost: Decimal) -> str:
    """Return a cost with the decimals that it has, at least two."""
    plain = cost.normalize()
    return f"{plain.quantize(_CENTS) if plain == plain.quantize(_CENTS) else plain:f}"


def _head(order: papers.PurchaseOrder) -> tuple[str, ...]:
    return (
        order.number,
        order.ordered_on.isoformat() if order.ordered_on else "",
        order.promised_on.isoformat() if order.promised_on else "",
        order.supplier.name,
        order.account,
    )


def _cells(order: papers.PurchaseOrder, line: papers.PurchaseLine) -> list[str]:
    return [
        harmless(line.supplier_number),
        harmless(line.number),
        harmless(" ".join(line.text.split())),
        f"{line.quantity.normalize():f}",
        harmless(line.unit),
        "" if line.packs is None else f"{line.packs.normalize():f}",
        "" if line.pack_of is None else f"{line.pack_of.normalize():f}",
        _price(line.unit_cost),
        f"{line.amount:f}",
        order.currency,
        harmless(line.job),
    ]
