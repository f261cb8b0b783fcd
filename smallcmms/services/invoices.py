"""Invoices: drafted from work, issued once and for all, credited, and asked after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.models import Invoice, InvoiceLine, InvoiceTax, PaymentAllocation, WorkOrder
from smallcmms.services.invoice_drafts import (
    add_line,
    add_part,
    discard,
    draft_by_hand,
    edit,
    edit_line,
    remove_line,
)
from smallcmms.services.invoice_pages import InvoicePage, LineRow, get
from smallcmms.services.invoice_register import (
    Ageing,
    Chip,
    Filters,
    Group,
    InvoiceRow,
    Sort,
    ageing,
    counts,
    find,
    grouped,
    rows,
    waiting,
)
from smallcmms.services.steps import customers, events, invoices, issuing, shops, work_orders
from smallcmms.services.steps.issuing import Render
from smallcmms.store.store import Store, about

__all__ = [
    "Ageing",
    "Chip",
    "Filters",
    "Group",
    "InvoicePage",
    "InvoiceRow",
    "LineRow",
    "Reissued",
    "Render",
    "Sort",
    "add_line",
    "add_part",
    "ageing",
    "counts",
    "credit",
    "credit_and_reissue",
    "discard",
    "document",
    "draft",
    "draft_by_hand",
    "edit",
    "edit_line",
    "find",
    "get",
    "grouped",
    "issue",
    "of_number",
    "remove_line",
    "rows",
    "waiting",
]

_LINE = (
    "sequence", "kind", "labour_id", "used_part_id", "text", "unit", "price", "base", "tax_id",
)  # fmt: skip
_HEAD = (
    "customer_id", "work_order_id", "currency", "is_tax_included", "terms_days", "allowance",
    "charge", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reissued:
    """What crediting and reissuing made: the credit note, and the draft to put right."""

    credit_note_id: int
    draft_id: int


def of_number(store: Store, number: str) -> int:
    """Return the invoice or credit note that bears a number, written as on the paper.

    Raises:
        NotFound: none does.
    """
    with store.read() as session:
        found = session.scalars(select(Invoice.id).where(Invoice.number == number)).one_or_none()
    if found is None:
        raise NotFound("There is no invoice {number}.", "number", number=number)
    return found


def draft(store: Store, work_order_id: int) -> int:
    """Draft the invoice of a work order: what of it no other invoice bills; return its id.

    Raises:
        RuleBroken: it has no customer, is not billed, or nothing is left to bill.
    """
    at = store.now()
    with store.change("Make the invoice of {number}") as session:
        order = session.get_one(WorkOrder, work_order_id)
        invoice = invoices.draft(session, at, order)
        about(session, "invoice", invoice.id, number=order.number)
        return invoice.id


def issue(store: Store, invoice_id: int, *, render: Render) -> str:
    """Issue a draft and return its number: its paper is kept, and it never changes again.

    ``render`` draws the frozen paper. If it fails, or the disk is full, no number is used and the
    draft stays. Undo does not cross an issue.

    Raises:
        RuleBroken: it is issued already, has no lines, or comes to less than nothing.
        DiskFull: the disk took no more; nothing was changed.
    """
    at = store.now()
    with store.change("Issue {number}", barrier=True) as session:
        invoice = invoices.editable(session, invoice_id)
        invoices.total_up(session, invoice)
        _need_issuable(session, invoice, shops.current(session).day(at))
        number = _freeze(session, store, at, invoice, render=render)
        if invoice.work_order_id is not None:
            work_orders.invoiced(session, at, invoice.work_order_id, number)
        return number


def credit(store: Store, invoice_id: int, *, reason: str, render: Render) -> int:
    """Negate an issued invoice to the minor unit by a credit note that names it; return its id.

    What was paid for it becomes the customer's credit; its work can be billed again.

    Raises:
        RuleBroken: it is a draft, a credit note, or credited already, or no reason is given.
    """
    with store.change("Credit {credited}", barrier=True) as session:
        return _credit(session, store, invoice_id, reason=reason, render=render)


def credit_and_reissue(store: Store, invoice_id: int, *, reason: str, render: Render) -> Reissued:
    """Credit an invoice and draft it anew, line by line, in one step.

    Raises:
        RuleBroken: it is a draft, a credit note, or credited already, or no reason is given.
    """
    at = store.now()
    with store.change("Credit and reissue {credited}", barrier=True) as session:
        note_id = _credit(session, store, invoice_id, reason=reason, render=render)
        wrong = session.get_one(Invoice, invoice_id)
        again = _copy(session, wrong, at, sign=1)
        again.customer_id = customers.whose(session, wrong.customer_id).id
        invoices.total_up(session, again)
        events.note(session, at, "invoice", again.id, "drafted", number=wrong.number)
        return Reissued(note_id, again.id)


def document(store: Store, invoice_id: int) -> bytes:
    """Return the PDF of an issued invoice, byte by byte as it was issued.

    Raises:
        RuleBroken: it is a draft and has no document, or the document is damaged.
        NotFound: the document is missing.
    """
    with store.read() as session:
        kept = invoices.found(session, invoice_id).document_hash
    if kept is None:
        raise RuleBroken("A draft has no document yet.")
    return store.files.get(kept)


def _need_issuable(session: Session, invoice: Invoice, today: date) -> None:
    if not invoices.lines_of(session, invoice.id):
        raise RuleBroken("Nothing is on it. Add a line first.", "lines")
    if invoice.total < 0:
        message = "It comes to less than nothing. Take a line off, or credit an earlier invoice."
        raise RuleBroken(message, "lines")
    if invoice.due_on is not None and invoice.due_on < invoices.issue_day(invoice, today):
        raise RuleBroken("It cannot be due before the day it is issued.", "due_on")


def _freeze(
    session: Session, store: Store, at: datetime, invoice: Invoice, *, render: Render
) -> str:
    number = issuing.issue(session, at, invoice, render=render, files=store.files)
    events.note(session, at, "invoice", invoice.id, "issued", number=number)
    about(session, "invoice", invoice.id, number=number)
    return number


def _credit(session: Session, store: Store, invoice_id: int, *, reason: str, render: Render) -> int:
    at = store.now()
    invoice = invoices.found(session, invoice_id)
    _need_creditable(session, invoice, reason)
    note = _copy(session, invoice, at, sign=-1)
    note.kind, note.credits_id, note.reason = InvoiceKind.CREDIT_NOTE, invoice.id, reason.strip()
    note.text = reason.strip()
    note.net, note.tax, note.total = -invoice.net, -invoice.tax, -invoice.total
    _carry_taxes(session, invoice, note)
    number = _freeze(session, store, at, note, render=render)
    session.execute(delete(PaymentAllocation).where(PaymentAllocation.invoice_id == invoice.id))
    events.note(
        session, at, "invoice", invoice.id, "credited", reason=reason.strip(), number=number
    )
    if invoice.work_order_id is not None:
        work_orders.credited(session, at, invoice.work_order_id, number)
    about(session, "invoice", invoice.id, credited=invoice.number)
    return note.id


def _need_creditable(session: Session, invoice: Invoice, reason: str) -> None:
    if invoice.state is InvoiceState.DRAFT:
        raise RuleBroken("A draft needs no credit note. Change it or throw it away.")
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        raise RuleBroken("{number} is a credit note itself.", number=invoice.number)
    if not reason.strip():
        raise RuleBroken("Say why it is credited.", "reason")
    credits_it = select(Invoice.number).where(Invoice.credits_id == invoice.id)
    earlier = session.scalars(credits_it).one_or_none()
    if earlier is not None:
        message = "{number} is credited already, by {note}."
        raise RuleBroken(message, number=invoice.number, note=earlier)


def _copy(session: Session, invoice: Invoice, at: datetime, *, sign: int) -> Invoice:
    """Write the invoice again as a draft with rows of its own, negated by a ``sign`` of -1."""
    again = Invoice(drafted_at=at, **{name: getattr(invoice, name) for name in _HEAD})
    again.allowance, again.charge = sign * invoice.allowance, sign * invoice.charge
    session.add(again)
    session.flush()
    for line in invoices.lines_of(session, invoice.id):
        session.add(
            InvoiceLine(
                invoice_id=again.id,
                quantity=sign * line.quantity,
                allowance=sign * line.allowance,
                charge=sign * line.charge,
                net=sign * line.net,
                **{name: getattr(line, name) for name in _LINE},
            )
        )
    session.flush()
    return again


def _carry_taxes(session: Session, invoice: Invoice, note: Invoice) -> None:
    for tax in invoices.taxes_of(session, invoice.id):
        session.add(
            InvoiceTax(
                invoice_id=note.id,
                tax_id=tax.tax_id,
                name=tax.name,
                percent=tax.percent,
                base=-tax.base,
                amount=-tax.amount,
            )
        )
    session.flush()
