"""What a catch-up with PM schedules writes: work orders, dates and events, each table at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, update

from smallcmms.domain.pm import OccurrenceStatus
from smallcmms.models import PmOccurrence
from smallcmms.services.steps import bulk, events, pm_orders
from smallcmms.services.steps.pm_book import Book, Dated
from smallcmms.services.steps.pm_orders import Draft

_KINDS = {
    OccurrenceStatus.DUE: "due",
    OccurrenceStatus.SKIPPED: "skipped",
    OccurrenceStatus.GENERATED: "generated",
    OccurrenceStatus.SUPPRESSED: "suppressed",
    OccurrenceStatus.COALESCED: "coalesced",
}
_CHANGE = (
    update(PmOccurrence)
    .where(PmOccurrence.id == bindparam("key"))
    .values(
        status=bindparam("status"),
        work_order_id=bindparam("work_order_id"),
        covered_by_id=bindparam("covered_by_id"),
        generated_at=bindparam("generated_at"),
    )
)


def write(book: Book, drafts: Sequence[Draft]) -> list[str]:
    """Write what a catch-up decided; return the numbers of the work orders."""
    orders = pm_orders.make(book.session, book.at, drafts)
    for draft, order in zip(drafts, orders, strict=True):
        for dated in draft.dates:
            dated.work_order_id = order.id
            dated.told["number"] = order.number
    for dated in (*book.fresh, *book.changed):
        if dated.covered_by is not None:
            dated.work_order_id = _last(dated.covered_by).work_order_id
    _add(book)
    if book.changed:
        changes = [{"key": each.id, **_state(book, each)} for each in book.changed]
        book.session.connection().execute(_CHANGE, changes)
    told = [_event(book, each) for each in (*book.changed, *book.fresh)]
    events.note_all(book.session, told)
    return [order.number for order in orders]


def _last(dated: Dated) -> Dated:
    """Return what covers a date in the end: a covered date may be covered itself."""
    while dated.covered_by is not None:
        dated = dated.covered_by
    return dated


def _add(book: Book) -> None:
    """Add the new dates; a date may be covered by one that comes after it."""
    if not book.fresh:
        return
    book.session.flush()
    connection = book.session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for key, each in zip(
        bulk.next_keys(connection, "pm_occurrence", len(book.fresh)), book.fresh, strict=True
    ):
        each.id = key
    rows = [
        {
            "id": each.id,
            "pm_schedule_id": each.schedule_id,
            "asset_id": each.asset_id,
            "sequence": each.sequence,
            "nominal_on": each.nominal_on,
            "due_on": each.due_on,
            "due_count": each.due_count,
            "because": each.because,
            **_state(book, each),
        }
        for each in book.fresh
    ]
    bulk.insert(connection, "pm_occurrence", rows)


def _state(book: Book, dated: Dated) -> dict[str, Any]:
    covered_by = dated.covered_by
    is_made = dated.status is OccurrenceStatus.GENERATED
    return {
        "status": dated.status,
        "work_order_id": dated.work_order_id,
        "covered_by_id": None if covered_by is None else covered_by.id,
        "generated_at": book.at if is_made else None,
    }


def _event(book: Book, dated: Dated) -> dict[str, Any]:
    told = {"asset": dated.asset_id, "sequence": dated.sequence, **dated.told}
    if dated.status is OccurrenceStatus.DUE or dated.status is OccurrenceStatus.SKIPPED:
        told |= dated.because
    now = "" if dated.due_on is None else dated.due_on.isoformat()
    return events.fields(
        book.at, "pm_schedule", dated.schedule_id, _KINDS[dated.status], now=now, **told
    )
