"""Sheets: copies that go out with the truck, and what comes back on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from smallcmms.domain import visits as visit_rules
from smallcmms.domain.copies import CopyState
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.domain.sheets import SheetEntry
from smallcmms.domain.visits import Outcome, VisitStatus
from smallcmms.domain.work_orders import IN_HAND, HoldReason, WorkOrderStatus
from smallcmms.models import SheetCopy, WorkOrder
from smallcmms.services.sheet_copies import (
    Printed,
    declare_lost,
    did_not_print,
    document,
    print_copy,
)
from smallcmms.services.sheet_forms import (
    DRAFT,
    BillLine,
    FormChoice,
    FormPart,
    FoundPart,
    SheetCheck,
    SheetForm,
    check,
    copy_of,
    form,
    pile,
    would_bill,
)
from smallcmms.services.steps import (
    board,
    drafts,
    follow_ups,
    invoices,
    meters,
    sheet_booking,
    sheet_reading,
)
from smallcmms.services.steps import work_orders as steps
from smallcmms.services.steps.sheet_reading import ReadSheet
from smallcmms.services.steps.work_order_facts import changing
from smallcmms.store.store import Store

__all__ = [
    "DRAFT",
    "BillLine",
    "Entered",
    "FormChoice",
    "FormPart",
    "FoundPart",
    "Printed",
    "SheetCheck",
    "SheetForm",
    "Then",
    "check",
    "declare_lost",
    "did_not_print",
    "document",
    "enter",
    "form",
    "pile",
    "print_copy",
    "would_bill",
]


class Then(StrEnum):
    """What is done with the work once its sheet is entered."""

    REVIEW = "review"
    CLOSE = "close"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entered sheet made: the draft invoice and the deficiency, where there are any."""

    invoice_id: int | None
    deficiency_id: int | None


def enter(
    store: Store,
    work_order_id: int,
    entry: SheetEntry,
    *,
    copy: int | None = None,
    then: Then | str = Then.REVIEW,
) -> Entered:
    """Enter a sheet: visit, time, parts, checklist and result in one step.

    With ``then`` "close" the finished work is closed, with "invoice" its draft is made too. A
    sheet that the customer did not sign waives their confirmation; "not happy" does not. The
    entry's draft goes.

    Raises:
        RuleBroken: a box is wrong or missing, or the work order's state does not let it.
    """
    at = store.now()
    with changing(store, "Enter the sheet of {number}", work_order_id) as (session, order):
        kept = _enterable_copy(session, order, copy)
        sheet = sheet_reading.read(session, at, order, entry, kept)
        outcome = _outcome(sheet, entry)
        if order.status is WorkOrderStatus.ON_HOLD:
            steps.resume(session, at, order)
        if outcome.visit is VisitStatus.NO_SHOW:
            deficiency_id = None
            _nobody_there(session, at, order, sheet, entry)
        else:
            is_done = outcome.work_order is WorkOrderStatus.COMPLETED
            deficiency_id = _book(session, at, order, sheet, entry, is_done=is_done)
            _take_over(at, order, sheet, entry, outcome)
            _follow_up(session, at, order)
            _move_on(session, at, order, sheet, entry, outcome=outcome)
        _take_in(session, at, order, kept, entry)
        invoice_id = _finish(session, at, order, Then(then))
        drafts.drop(session, DRAFT, str(order.id))
        return Entered(invoice_id, deficiency_id)


def _enterable_copy(session: Session, order: WorkOrder, copy: int | None) -> SheetCopy | None:
    if order.status not in IN_HAND:
        message = "{number} is {status}. Its sheet cannot be entered now."
        raise RuleBroken(message, number=order.number, status=order.status.value)
    kept = copy_of(session, order, copy)
    if kept is not None and kept.state is CopyState.ENTERED:
        message = "Copy {copy} of {number} is entered already."
        raise RuleBroken(message, "copy", number=order.number, copy=kept.copy)
    return kept


def _outcome(sheet: ReadSheet, entry: SheetEntry) -> Outcome:
    """Return what boxes 5 and 6 make of the visit, once every box can be read."""
    for problem in sheet.problems:
        raise problem
    missing = sheet_reading.needs_times(entry, sheet)
    if missing is not None:
        raise missing
    return visit_rules.outcome(
        entry.result, is_nobody_there=entry.is_nobody_there, has_bookings=sheet.has_bookings
    )


def _nobody_there(
    session: Session, at: datetime, order: WorkOrder, sheet: ReadSheet, entry: SheetEntry
) -> None:
    sheet_booking.book_visits(
        session, at, order, sheet, to=VisitStatus.NO_SHOW, outcome=None, reason=entry.reason
    )
    told = {"text": entry.found_and_did, "reason": entry.reason}
    steps.note(session, at, order, "no_show", happened_at=sheet.arrived_at, **told)
    board.taken_off(session, at, order, is_followed_up=False)
    follow_ups.of_work(session, at, order, FollowUpRule.NO_SHOW)


def _follow_up(session: Session, at: datetime, order: WorkOrder) -> None:
    """Call a customer who is not happy today."""
    act = follow_ups.of_work if order.is_unhappy else follow_ups.settle_work
    act(session, at, order, FollowUpRule.NOT_HAPPY)


def _book(
    session: Session,
    at: datetime,
    order: WorkOrder,
    sheet: ReadSheet,
    entry: SheetEntry,
    *,
    is_done: bool,
) -> int | None:
    """Book what the sheet says; return the id of the deficiency that it raises."""
    made = sheet_booking.book_visits(
        session, at, order, sheet,
        to=VisitStatus.DONE, outcome=entry.result, reason=entry.reason,
    )  # fmt: skip
    done_on = sheet.done_on or sheet.shop.day(at)
    sheet_booking.book_answers(sheet)
    meters.land(session, at, order, sheet.readings, done_on)
    sheet_booking.book_time(session, at, order, sheet, made)
    sheet_booking.book_parts(session, at, order, sheet, done_on, is_done=is_done)
    session.flush()
    return sheet_booking.book_deficiency(session, at, order, entry, done_on)


def _take_over(
    at: datetime, order: WorkOrder, sheet: ReadSheet, entry: SheetEntry, outcome: Outcome
) -> None:
    """Take boxes 4 to 6 over into the work order, after what earlier sheets said."""
    texts = (order.found_and_did, entry.found_and_did.strip())
    order.found_and_did = "\n".join(text for text in texts if text)
    order.problem, order.cause = entry.problem or order.problem, entry.cause or order.cause
    order.remedies = list(dict.fromkeys((*order.remedies, *entry.remedies)))
    order.rating = entry.rating if entry.rating is not None else order.rating
    order.signed_by = entry.customer_name.strip() or order.signed_by
    order.is_unhappy = entry.is_not_happy
    is_done = outcome.work_order is WorkOrderStatus.COMPLETED
    is_confirmed = is_done and bool(entry.customer_name.strip()) and not entry.is_not_happy
    order.confirmed_at = (sheet.finished_at or at) if is_confirmed else None


def _move_on(
    session: Session,
    at: datetime,
    order: WorkOrder,
    sheet: ReadSheet,
    entry: SheetEntry,
    *,
    outcome: Outcome,
) -> None:
    steps.begin_if_due(
        session, at, order,
        happened_at=sheet.arrived_at, is_locked_out=entry.is_lock_out_keyed,
        answered=entry.not_on_sheet, is_there=True,
    )  # fmt: skip
    if outcome.work_order is WorkOrderStatus.COMPLETED:
        steps.complete(
            session, at, order,
            done_on=sheet.done_on, answered=entry.not_on_sheet, happened_at=sheet.finished_at,
        )  # fmt: skip
        return
    steps.answer(order, entry.not_on_sheet)
    reason = outcome.hold_reason or HoldReason.RETURN_VISIT
    happened_at = sheet.finished_at
    steps.hold(session, at, order, reason, text=entry.reason, happened_at=happened_at)


def _take_in(
    session: Session, at: datetime, order: WorkOrder, kept: SheetCopy | None, entry: SheetEntry
) -> None:
    """Say that the paper is back and entered, and keep what it said."""
    if kept is not None:
        kept.state, kept.entered_at, kept.entry = CopyState.ENTERED, at, entry.to_json()
    copy = None if kept is None else kept.copy
    steps.note(session, at, order, "entered", copy=copy)


def _finish(session: Session, at: datetime, order: WorkOrder, then: Then) -> int | None:
    """Close the work and draft its invoice, as far as the person asked for it."""
    if then is Then.REVIEW:
        return None
    if order.status is not WorkOrderStatus.COMPLETED:
        raise RuleBroken("The work is not fixed, so there is nothing to close.", "result")
    is_waived = not order.is_unhappy and order.confirmed_at is None
    steps.close(session, at, order, is_waived=is_waived)
    if then is Then.CLOSE:
        return None
    return invoices.draft(session, at, order).id
