"""Issuing a document: its number, its bytes, its snapshot, and the chain that binds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from smallcmms.domain import papers
from smallcmms.domain.invoices import InvoiceKind, InvoiceState, canonical, chain_hash, move
from smallcmms.domain.numbers import tail
from smallcmms.models import Invoice
from smallcmms.services.steps import invoice_papers, numbers, shops
from smallcmms.store.files import Files

Render = Callable[[papers.Invoice], bytes]
"""Draws a paper and returns the bytes of its PDF; the face hands it in."""

Row = dict[str, Any]

UNHASHED = ("snapshot", "chain_hash")
EARLIER = "is_of_earlier_books"
"""Stands in the snapshot, under the seal, of a bill taken over from earlier books: it was issued
there, and its paper is there. Every other issued bill has its paper here."""
_CUSTOMER = (
    "number", "name", "bill_to", "tax_profile", "exemption_certificate", "language",
)  # fmt: skip
_SHOP = (
    "name", "address", "city", "phone", "email", "tax_id", "code", "currency", "locale", "paper",
    "invoice_footer", "payment_note",
)  # fmt: skip


def issue(session: Session, at: datetime, invoice: Invoice, *, render: Render, files: Files) -> str:
    """Number a draft, keep its paper and freeze it; return its number.

    It is added up already. The number is taken inside the transaction, so a renderer that fails
    or a disk that is full uses none. The bytes are safe on disk before a row names them. The state
    comes last: from then on nothing of the invoice changes.
    """
    today = shops.current(session).day(at)
    number = numbers.next_number(session, invoice.kind.value)
    said = invoice_papers.paper(session, invoice, today=today, number=number)
    invoice.invoice_on, invoice.due_on = said.issued_on, said.due_on
    invoice.document_hash = files.put(render(said))
    invoice.issued_at = at
    session.flush()
    content = rows_of(session, invoice.id) | around(session, invoice.customer_id)
    content["invoice"] |= {
        "number": number,
        "count": tail(number),
        "state": InvoiceState.ISSUED.value,
    }
    invoice.snapshot = json.loads(canonical(content))
    invoice.chain_hash = chain_hash(content, last_link(session, invoice.kind))
    invoice.number, invoice.count = number, tail(number)
    invoice.state = move(invoice.state, InvoiceState.ISSUED)
    session.flush()
    return number


def rows_of(session: Session, invoice_id: int) -> dict[str, Any]:
    """Return the rows of an invoice as the file holds them: itself, its lines, its taxes."""
    return {
        "invoice": _read(session, "invoice", "id", invoice_id)[0],
        "lines": _read(session, "invoice_line", "invoice_id", invoice_id),
        "taxes": _read(session, "invoice_tax", "invoice_id", invoice_id),
    }


def last_link(session: Session, kind: InvoiceKind) -> str:
    """Return the chain hash of the last document of a series, empty before the first."""
    query = (
        select(Invoice.chain_hash)
        .where(Invoice.kind == kind, Invoice.count.is_not(None))
        .order_by(Invoice.count.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none() or ""


def around(session: Session, customer_id: int) -> dict[str, Any]:
    """Return what a snapshot says of the customer and the shop of that day."""
    customer = _read(session, "customer", "id", customer_id)[0]
    shop = _read(session, "shop", "id", 1)[0]
    return {"version": 1, "customer": _picked(customer, _CUSTOMER), "shop": _picked(shop, _SHOP)}


def _picked(row: Mapping[str, Any], names: tuple[str, ...]) -> Row:
    return {name: row[name] for name in names}


def _read(session: Session, table: str, column: str, key: int) -> list[Row]:
    query = text(f'SELECT * FROM "{table}" WHERE "{column}" = :key ORDER BY id')  # noqa: S608
    return [
        {name: value for name, value in row.items() if name not in UNHASHED}
        for row in session.execute(query, {"key": key}).mappings()
    ]
