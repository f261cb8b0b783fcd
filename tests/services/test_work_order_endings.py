from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from smallcmms.domain.sheets import Mark
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import (
    BillingRule,
    HoldReason,
    NotOnSheet,
    ShownState,
    WorkOrderStatus,
    WorkType,
)
from smallcmms.services import (
    invoices,
    sheets,
    timeline,
    visits,
    work_orders,
)
from smallcmms.services.work_orders import Verb
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import MONDAY, completed, draw, plan, refused, status


def test_cancelling_needs_a_reason_and_no_bookings(store: Store, story: Story, job: int) -> None:
    assert refused(work_orders.cancel, store, job, reason=" ").field == "reason"
    time = work_orders.add_time(
        store, job, technician_id=story.technician_id, worked_on=MONDAY, minutes=30,
        not_on_sheet=[NotOnSheet.LOCK_OUT],
    )  # fmt: skip
    work_orders.remove_time(store, time)
    assert status(store, job) is WorkOrderStatus.IN_PROGRESS
    assert "cannot become cancelled" in str(
        refused(work_orders.cancel, store, job, reason="Sold the house")
    )


def test_a_cancelled_job_is_off_the_board_and_stays_so(store: Store, job: int) -> None:
    work_orders.cancel(store, job, reason="Sold the house")
    page = work_orders.get(store, job)
    assert (page.state, page.cancel_reason) == (ShownState.CANCELLED, "Sold the house")
    assert [visit.status for visit in page.visits] == [VisitStatus.CANCELLED_BY_US]
    assert "stays as it is" in str(refused(work_orders.edit, store, job, wrong="More"))
    assert "stays as it is" in str(refused(work_orders.add_task, store, job, text="More"))


def test_completing_by_hand_needs_day_checklist_and_coding(store: Store, job: int) -> None:
    work_orders.begin(store, job, is_locked_out=True)
    (visit,) = work_orders.get(store, job).visits
    ask: dict[str, Any] = {"cause": "worn", "remedies": ["repaired"]}
    assert refused(work_orders.complete, store, job, done_on=None).field == "date"
    late = MONDAY + timedelta(days=1)
    assert refused(work_orders.complete, store, job, done_on=late, **ask).field == "date"
    assert refused(work_orders.complete, store, job, done_on=MONDAY, **ask).field == "tasks"
    for task in work_orders.get(store, job).tasks:
        work_orders.mark_task(store, task.id, mark=Mark.OK, value="9" * task.kind.wants_value)
    assert refused(work_orders.complete, store, job, done_on=MONDAY).field == "cause"
    assert refused(work_orders.complete, store, job, done_on=MONDAY, **ask).field == "visits"
    visits.cancel(store, visit.id, reason="Done at the same time as another")
    work_orders.complete(store, job, done_on=MONDAY, **ask)
    page = work_orders.get(store, job)
    assert (page.state, page.done_on, page.cause) == (ShownState.TO_REVIEW, MONDAY, "worn")


def test_closing_needs_a_confirmation_or_its_waiver(store: Store, job: int) -> None:
    work_orders.begin(store, job, is_locked_out=True)
    answers = list(NotOnSheet)
    work_orders.complete(store, job, done_on=MONDAY, not_on_sheet=answers)
    assert refused(work_orders.close, store, job).field == "confirmed"
    work_orders.close(store, job, is_waived=True)
    assert work_orders.get(store, job).state is ShownState.TO_INVOICE


def test_closing_waits_for_the_paper(store: Store, job: int) -> None:
    sheets.print_copy(store, job, render=draw)
    work_orders.begin(store, job, is_locked_out=True)
    work_orders.complete(store, job, done_on=MONDAY, not_on_sheet=list(NotOnSheet))
    assert "still out" in str(refused(work_orders.close, store, job, is_waived=True))
    sheets.declare_lost(store, job)
    work_orders.close(store, job, is_waived=True)


def test_done_work_is_opened_again_for_a_reason(store: Store, clock: Clock, job: int) -> None:
    completed(store, clock, job)
    work_orders.close(store, job)
    invoice_id = invoices.draft(store, job)
    assert refused(work_orders.reopen, store, job, reason="").field == "reason"
    work_orders.reopen(store, job, reason="Wrong part keyed")
    assert status(store, job) is WorkOrderStatus.COMPLETED
    with pytest.raises(Exception, match=r"draft|No row|no such"):
        invoices.get(store, invoice_id)
    work_orders.reopen(store, job, reason="Not done after all")
    page = work_orders.get(store, job)
    assert (page.status, page.done_on, page.recorded_at) == (
        WorkOrderStatus.IN_PROGRESS,
        None,
        None,
    )


def test_invoiced_work_is_never_opened_again_but_reworked(
    store: Store, clock: Clock, job: int
) -> None:
    completed(store, clock, job)
    work_orders.close(store, job)
    invoices.issue(store, invoices.draft(store, job), render=lambda _paper: b"%PDF")
    page = work_orders.get(store, job)
    assert page.state is ShownState.INVOICED
    assert Verb.REOPEN not in page.verbs
    assert "rework" in str(refused(work_orders.reopen, store, job, reason="Oops"))
    again = work_orders.get(store, work_orders.rework(store, job))
    assert (again.type, again.billing_rule) == (WorkType.REWORK, BillingRule.NOT_BILLABLE)
    assert again.rework_of is not None
    assert again.rework_of.number == "WO-2310"
    assert again.past[0].text.startswith("Float stuck")
    assert (again.past_count, again.past[0].minutes) == (1, 105)


def test_done_work_takes_no_more_visits(store: Store, clock: Clock, story: Story, job: int) -> None:
    completed(store, clock, job)
    assert "No visit can be planned" in str(refused(plan, store, story, job))


def test_only_done_work_is_confirmed(store: Store, job: int) -> None:
    assert "is not done" in str(refused(work_orders.confirm, store, job))


def test_the_whole_life_of_a_job_is_told_in_words(
    store: Store, clock: Clock, story: Story, job: int
) -> None:
    work_orders.add_time(store, job, technician_id=story.technician_id, worked_on=MONDAY,
                         minutes=15, not_on_sheet=[NotOnSheet.LOCK_OUT])  # fmt: skip
    work_orders.hold(store, job, reason=HoldReason.PARTS, text="Float switch")
    completed(store, clock, job)
    work_orders.close(store, job)
    invoices.issue(store, invoices.draft(store, job), render=lambda _paper: b"%PDF")
    rows = timeline.of(store, "work_order", job)
    said = [row.text.format(**row.values) for row in rows]
    for words in (
        "Time added: Marco, 15 min",
        "Waits: parts. Float switch",
        "Sheet entered",
        "Saw something else: pipe hanger, 10 ft pipe",
        "Done",
        "Closed",
        "Invoice drafted",
        "INV-1187 sent",
    ):
        assert words in said
    done = next(row for row in rows if row.kind == "completed")
    assert (done.at, done.values["done_on"]) == (july(13, 9, 50), MONDAY)
    assert [row.kind for row in timeline.of(store, "customer", story.customer_id)] != []


def test_what_happened_is_told_newest_first_from_the_call_on(
    store: Store, clock: Clock, job: int
) -> None:
    clock.moment = july(13, 7, 20)
    sheets.print_copy(store, job, render=draw)
    work_orders.note(store, job, text="Bring the long ladder")
    rows = timeline.of(store, "work_order", job)
    said = [(row.at, row.text.format(**row.values)) for row in rows]
    assert [at for at, _ in said] == sorted((at for at, _ in said), reverse=True)
    assert [text for _, text in said] == [
        "Bring the long ladder",
        "Printed for Truck 1, copy 1",
        "L2: water escaping",
        f"Put on Marco, {july(13, 8, 0)}",
        "Priya Natarajan called, R-1037",
    ]
