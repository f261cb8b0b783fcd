"""Jobs to invoice: what each would come to, and the drafts of all of them in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import InvoiceState
from smallcmms.domain.money import from_minor
from smallcmms.models import Invoice, WorkOrder
from smallcmms.services import work_order_list
from smallcmms.services.steps import billing, invoices, shops
from smallcmms.services.steps.work_order_chips import IS_TO_INVOICE
from smallcmms.services.work_order_list import WorkOrderRow
from smallcmms.store.store import Store, about

MOST = 100
"""Up to so many jobs are added up for a figure (ours)."""


@dataclass(frozen=True, slots=True)
class JobToInvoice:
    """A job, what it comes to in major units, and its draft; or why it cannot be billed.

    ``why`` is a message id, empty where all is well.
    """

    row: WorkOrderRow
    amount: Decimal | None
    invoice_id: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class MadeAll:
    """What came of drafting all: the invoices, and the numbers of jobs that could not be billed."""

    invoice_ids: tuple[int, ...]
    refused: tuple[str, ...]


def rows(store: Store, ids: Sequence[int]) -> tuple[JobToInvoice, ...]:
    """Return these jobs, with what their drafts say; what the others come to takes longer."""
    with store.read() as session:
        listed = work_order_list.rows(store, ids)
        shop, drafted = shops.current(session), _drafts(session, ids)
    found = []
    for each in ids:
        invoice_id, total = drafted.get(each, (None, 0))
        amount = None if invoice_id is None else from_minor(total, shop.currency)
        found.append(JobToInvoice(listed[each], amount, invoice_id))
    return tuple(found)


def worth(store: Store) -> dict[int, JobToInvoice] | None:
    """Return all jobs to invoice by id, with what they come to; None where they are over 100."""
    with store.read() as session:
        ids = session.scalars(select(WorkOrder.id).where(IS_TO_INVOICE).limit(MOST + 1)).all()
        if len(ids) > MOST:
            return None
        today = shops.current(session).day(store.now())
        return {
            each.row.id: each if each.invoice_id else _as_it_would_be(session, each.row, today)
            for each in rows(store, ids)
        }


def make_all(store: Store) -> MadeAll:
    """Draft the invoices of all jobs that are to be billed and have no draft, in one step."""
    at = store.now()
    with store.change("Draft the invoices of finished jobs") as session:
        query = select(WorkOrder.id).where(IS_TO_INVOICE).order_by(WorkOrder.id)
        ids = session.scalars(query).all()
        drafted, made, refused = _drafts(session, ids), [], []
        for order_id in ids:
            order = session.get_one(WorkOrder, order_id)
            if order_id in drafted:
                continue
            try:
                made.append(invoices.draft(session, at, order).id)
            except RuleBroken:
                refused.append(order.number)
        about(session, "invoice", made[0] if made else 0, n=len(made))
        return MadeAll(tuple(made), tuple(refused))


def _drafts(session: Session, ids: Sequence[int]) -> dict[int | None, tuple[int, int]]:
    """Return the newest draft of each job: its id and its total in minor units."""
    query = (
        select(Invoice.work_order_id, Invoice.id, Invoice.total)
        .where(Invoice.work_order_id.in_(ids), Invoice.state == InvoiceState.DRAFT)
        .order_by(Invoice.id)
    )
    return {order: (invoice, total) for order, invoice, total in session.execute(query)}


def _as_it_would_be(session: Session, row: WorkOrderRow, today: date) -> JobToInvoice:
    order = session.get_one(WorkOrder, row.id)
    times = billing.times_to_bill(session, order.id)
    parts = billing.parts_to_bill(session, order.id)
    try:
        come_to = invoices.would_be(session, order, times, parts, today=today)
    except RuleBroken as refused:
        return JobToInvoice(row, None, None, refused.message)
    return JobToInvoice(row, come_to.total, None)
