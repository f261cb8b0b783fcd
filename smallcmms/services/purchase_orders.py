"""Purchase orders: what can be asked of them, and what is done from the draft to the shelf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from smallcmms.domain import purchase_orders as rules
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.models import PurchaseOrder, PurchaseOrderLine
from smallcmms.services.purchase_order_pages import (
    Chip,
    OrderLine,
    PurchaseOrderPage,
    PurchaseOrderRow,
    counts,
    find,
    get,
    rows,
)
from smallcmms.services.purchase_receipts import Received, receive, receive_rest
from smallcmms.services.steps import edits, shops
from smallcmms.services.steps import purchase_drafts as drafts
from smallcmms.services.steps import purchase_orders as steps
from smallcmms.services.steps.purchase_drafts import NewLine
from smallcmms.store.store import Store, about

__all__ = [
    "Chip",
    "NewLine",
    "OrderLine",
    "PurchaseOrderPage",
    "PurchaseOrderRow",
    "Received",
    "add_line",
    "cancel",
    "counts",
    "discard",
    "edit",
    "edit_line",
    "find",
    "get",
    "make",
    "order",
    "receive",
    "receive_rest",
    "remove_line",
    "rows",
]


def make(store: Store, lines: Sequence[NewLine]) -> list[int]:
    """Draft purchase orders for what is to be ordered, one for each supplier.

    What stands on a draft of that supplier already is added to it; no second draft is begun.

    Returns:
        The ids of the drafts, in the order in which their suppliers come up.

    Raises:
        RuleBroken: there is nothing to order, a line is of no supplier, or says no quantity.
    """
    at = store.now()
    edits.need(lines, "There is nothing to order.", "lines")
    with store.change("Draft purchase order {number}") as session:
        begun: dict[int, PurchaseOrder] = {}
        for line in lines:
            supplier_id = line.supplier_id or drafts.supplier_of(session, line)
            if supplier_id not in begun:
                begun[supplier_id] = drafts.draft(session, at, supplier_id)
            drafts.write_line(session, begun[supplier_id], line)
        numbers = [draft.number for draft in begun.values()]
        first = next(iter(begun.values()))
        about(session, "purchase_order", first.id, number=", ".join(numbers))
        return [draft.id for draft in begun.values()]


def add_line(store: Store, purchase_order_id: int, line: NewLine) -> int:
    """Add a line to a draft.

    Returns:
        The line's id.

    Raises:
        RuleBroken: the order is placed, or the line says nothing or no quantity.
    """
    with _drafting(store, "Edit {number}", purchase_order_id) as (session, draft):
        return drafts.write_line(session, draft, line).id


def edit_line(store: Store, line_id: int, **fields: Any) -> None:
    """Change quantity, unit_cost, supplier_number, text or work_order_id of a draft's line.

    Raises:
        RuleBroken: the order is placed, or the line would say nothing or no quantity.
    """
    at = store.now()
    with _drafting(store, "Edit {number}", _owner(store, line_id)) as (session, draft):
        line = session.get_one(PurchaseOrderLine, line_id)
        allowed = ("quantity", "unit_cost", "supplier_number", "text", "unit", "work_order_id")
        of_it = ("purchase_order", draft.id)
        edits.change(session, at, line, fields, allowed=allowed, about=of_it)
        drafts.check_line(line)


def remove_line(store: Store, line_id: int) -> None:
    """Take a line off a draft.

    Raises:
        RuleBroken: the order is placed.
    """
    with _drafting(store, "Edit {number}", _owner(store, line_id)) as (session, _draft):
        session.delete(session.get_one(PurchaseOrderLine, line_id))


def edit(store: Store, purchase_order_id: int, **fields: Any) -> None:
    """Change the note, the supplier's reference or the promised day; the day also once placed.

    Raises:
        RuleBroken: the order is over, or it was not placed by the promised day.
    """
    at = store.now()
    with steps.changing(store, "Edit {number}", purchase_order_id) as (session, kept):
        if not (kept.status.is_open or kept.status is PurchaseOrderStatus.DRAFT):
            rules.move(kept.status, PurchaseOrderStatus.ORDERED)
        allowed, of_it = ("note", "reference", "promised_on"), ("purchase_order", kept.id)
        edits.change(session, at, kept, fields, allowed=allowed, about=of_it)
        _check_promise(kept)


def discard(store: Store, purchase_order_id: int) -> None:
    """Cancel a draft that nobody placed; no reason is asked.

    Raises:
        RuleBroken: the order is placed.
    """
    with _drafting(store, "Discard {number}", purchase_order_id) as (session, draft):
        steps.go(session, store.now(), draft, PurchaseOrderStatus.CANCELLED, "discarded")


def order(
    store: Store,
    purchase_order_id: int,
    *,
    ordered_on: date | None = None,
    promised_on: date | None = None,
) -> None:
    """Say that an order was placed, when, and for which day the supplier promised it.

    Without a promise it is expected after the days that its parts usually take, where they tell.

    Raises:
        RuleBroken: it has no line, is placed already, or is promised before it was placed.
    """
    at = store.now()
    with steps.changing(store, "Place {number}", purchase_order_id) as (session, draft):
        lines = steps.lines_of(session, draft.id)
        edits.need(lines, "There is nothing to order.", "lines")
        today = shops.current(session).day(at)
        draft.ordered_on = ordered_on or today
        if draft.ordered_on > today:
            raise RuleBroken("This day is still to come.", "ordered_on")
        draft.promised_on = (
            promised_on or draft.promised_on or drafts.usual_day(session, draft, lines)
        )
        _check_promise(draft)
        for line in lines:
            drafts.keep_words(session, line)
        promised = draft.promised_on.isoformat() if draft.promised_on else ""
        told = {"promised_on": promised, "happened_at": steps.moment(session, at, draft.ordered_on)}
        steps.go(session, at, draft, PurchaseOrderStatus.ORDERED, "ordered", **told)


def cancel(store: Store, purchase_order_id: int, *, reason: str) -> None:
    """Cancel what an order has not brought; what is in stays.

    Raises:
        RuleBroken: nobody said why, or all of it is in.
    """
    at = store.now()
    with steps.changing(store, "Cancel {number}", purchase_order_id) as (session, kept):
        edits.need(reason, "Say why it is cancelled.", "reason")
        kept.cancel_reason = reason.strip()
        told = {"reason": reason.strip()}
        steps.go(session, at, kept, PurchaseOrderStatus.CANCELLED, "cancelled", **told)


@contextmanager
def _drafting(
    store: Store, label: str, purchase_order_id: int
) -> Iterator[tuple[Session, PurchaseOrder]]:
    with steps.changing(store, label, purchase_order_id) as (session, kept):
        if kept.status is not PurchaseOrderStatus.DRAFT:
            message = "{number} is placed. Cancel what is wrong and order anew."
            raise RuleBroken(message, number=kept.number)
        yield session, kept


def _owner(store: Store, line_id: int) -> int:
    with store.read() as session:
        return session.get_one(PurchaseOrderLine, line_id).purchase_order_id


def _check_promise(kept: PurchaseOrder) -> None:
    if kept.ordered_on and kept.promised_on and kept.promised_on < kept.ordered_on:
        raise RuleBroken("It cannot be promised before it is ordered.", "promised_on")
