"""Work orders: what can be asked of them, and what can be done with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.domain.work_orders import (
    HoldReason,
    NotOnSheet,
    WorkOrderStatus,
)
from smallcmms.services.steps import board, edits, follow_ups, visits, waiting
from smallcmms.services.steps import work_orders as steps
from smallcmms.services.steps.past_work import PastLine
from smallcmms.services.steps.work_order_chips import Chip, Filters
from smallcmms.services.steps.work_order_facts import changing
from smallcmms.services.steps.work_order_lines import (
    CopyLine,
    LabourLine,
    PlannedLine,
    TaskLine,
    UsedLine,
    VisitLine,
)
from smallcmms.services.work_order_edits import add, edit, rework, set_level
from smallcmms.services.work_order_lines import (
    add_part,
    add_task,
    add_time,
    edit_part,
    edit_task,
    mark_task,
    remove_part,
    remove_task,
    remove_time,
)
from smallcmms.services.work_order_list import (
    Counts,
    Sort,
    WorkOrderRow,
    counts,
    find,
    groups,
    rows,
)
from smallcmms.services.work_order_page import Named, Verb, WorkOrderPage, get
from smallcmms.store.store import Store

__all__ = [
    "Chip",
    "CopyLine",
    "Counts",
    "Filters",
    "LabourLine",
    "Named",
    "PastLine",
    "PlannedLine",
    "Sort",
    "TaskLine",
    "UsedLine",
    "Verb",
    "VisitLine",
    "WorkOrderPage",
    "WorkOrderRow",
    "add",
    "add_part",
    "add_task",
    "add_time",
    "approve",
    "begin",
    "cancel",
    "close",
    "complete",
    "confirm",
    "counts",
    "edit",
    "edit_part",
    "edit_task",
    "find",
    "get",
    "groups",
    "hold",
    "mark_task",
    "note",
    "remove_part",
    "remove_task",
    "remove_time",
    "reopen",
    "resume",
    "rework",
    "rows",
    "schedule",
    "set_level",
    "unschedule",
]


def approve(store: Store, work_order_id: int) -> None:
    """Let the work be done.

    Raises:
        RuleBroken: place, problem, level or a limit the customer wants is missing.
    """
    at = store.now()
    with changing(store, "Approve {number}", work_order_id) as (session, order):
        steps.approve(session, at, order)


def schedule(
    store: Store,
    work_order_id: int,
    *,
    technician_ids: Sequence[int],
    planned_from: datetime,
    planned_to: datetime,
    override_reason: str = "",
    waiting_reason: str = "",
) -> int:
    """Put a visit on the board; a draft is approved first, and a second visit may be planned.

    Returns:
        The visit's id.

    Raises:
        RuleBroken: nobody goes, the visit ends before it begins, the work waits or is over, who
            goes lacks a certificate, or an L1 waits while an L4 is planned.
    """
    at = store.now()
    with changing(store, "Put {number} on the board", work_order_id) as (session, order):
        visit = steps.schedule(
            session,
            at,
            order,
            technician_ids=technician_ids,
            planned_from=planned_from,
            planned_to=planned_to,
            override_reason=override_reason,
            waiting_reason=waiting_reason,
        )
        return visit.id


def unschedule(store: Store, work_order_id: int) -> None:
    """Take every planned visit off the board; somebody comes back to the work.

    Raises:
        RuleBroken: no visit is planned.
    """
    at = store.now()
    with changing(store, "Take {number} off the board", work_order_id) as (session, order):
        if not visits.drop_planned(session, order):
            raise RuleBroken("No visit of {number} is planned.", number=order.number)
        board.taken_off(session, at, order)
        steps.revise(session, order)


def begin(
    store: Store,
    work_order_id: int,
    *,
    happened_at: datetime | None = None,
    is_locked_out: bool = False,
    not_on_sheet: Collection[NotOnSheet] = (),
    waiting_reason: str = "",
) -> None:
    """Say that somebody has arrived and the work has begun; the response clock stops.

    Raises:
        RuleBroken: no visit is planned, the lock-out is not answered, or an L1 waits.
    """
    at = store.now()
    with changing(store, "Begin {number}", work_order_id) as (session, order):
        waiting.pass_over(session, at, order, waiting_reason)
        for visit in visits.planned(session, order.id)[:1]:
            for worker in visits.workers(session, visit.id):
                worker.arrived_at = worker.arrived_at or happened_at or at
        steps.begin(
            session,
            at,
            order,
            happened_at=happened_at,
            is_locked_out=is_locked_out,
            answered=not_on_sheet,
        )


def hold(store: Store, work_order_id: int, *, reason: HoldReason, text: str = "") -> None:
    """Let the work wait for something; its clock runs until it is resumed.

    Raises:
        RuleBroken: work in this state cannot wait.
    """
    at = store.now()
    with changing(store, "Let {number} wait", work_order_id) as (session, order):
        steps.hold(session, at, order, reason, text=text)


def resume(store: Store, work_order_id: int) -> None:
    """Go on with work that waited: what it waited for is there.

    Raises:
        RuleBroken: it does not wait.
    """
    at = store.now()
    with changing(store, "Go on with {number}", work_order_id) as (session, order):
        steps.resume(session, at, order)


def cancel(store: Store, work_order_id: int, *, reason: str) -> None:
    """Cancel work that will not be done.

    Raises:
        RuleBroken: nobody said why, or labour or parts are booked on it.
    """
    at = store.now()
    with changing(store, "Cancel {number}", work_order_id) as (session, order):
        steps.cancel(session, at, order, reason=reason)
        follow_ups.of_work(session, at, order, FollowUpRule.CANCELLED)


def complete(
    store: Store,
    work_order_id: int,
    *,
    done_on: date | None,
    problem: str = "",
    cause: str = "",
    remedies: Sequence[str] = (),
    not_on_sheet: Collection[NotOnSheet] = (),
) -> None:
    """Say that the work is done, and on which day.

    Raises:
        RuleBroken: day, checklist, coding or a visit is open and not answered otherwise.
    """
    at = store.now()
    with changing(store, "Complete {number}", work_order_id) as (session, order):
        order.problem, order.cause = problem or order.problem, cause or order.cause
        order.remedies = list(remedies) or order.remedies
        steps.complete(session, at, order, done_on=done_on, answered=not_on_sheet)


def reopen(store: Store, work_order_id: int, *, reason: str) -> None:
    """Open done work again: closed becomes completed, completed becomes in progress.

    Raises:
        RuleBroken: nobody said why, or it is invoiced.
    """
    at = store.now()
    with changing(store, "Open {number} again", work_order_id) as (session, order):
        steps.reopen(session, at, order, reason=reason)


def close(store: Store, work_order_id: int, *, is_waived: bool = False) -> None:
    """Close reviewed work; ``is_waived``: the customer need not confirm it.

    Raises:
        RuleBroken: the customer has neither confirmed nor was waived, or the sheet is out.
    """
    at = store.now()
    with changing(store, "Close {number}", work_order_id) as (session, order):
        steps.close(session, at, order, is_waived=is_waived)


def confirm(store: Store, work_order_id: int, *, by: str = "") -> None:
    """Say that the customer is content with the work.

    Raises:
        RuleBroken: the work is not done.
    """
    at = store.now()
    with changing(store, "Confirm {number}", work_order_id) as (session, order):
        if order.status is not WorkOrderStatus.COMPLETED:
            raise RuleBroken("{number} is not done.", number=order.number)
        order.confirmed_at, order.is_unhappy = at, False
        order.signed_by = by.strip() or order.signed_by
        steps.note(session, at, order, "confirmed", by=order.signed_by)
        follow_ups.settle_work(session, at, order, FollowUpRule.NOT_HAPPY)


def note(store: Store, work_order_id: int, *, text: str) -> None:
    """Write a note into what happened.

    Raises:
        RuleBroken: it is empty.
    """
    at = store.now()
    with changing(store, "Write a note on {number}", work_order_id) as (session, order):
        edits.need(text, "Write something first.", "note")
        steps.note(session, at, order, "note", text=text.strip())
