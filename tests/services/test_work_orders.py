from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.levels import Level
from smallcmms.domain.sheets import Mark
from smallcmms.domain.tasks import TaskKind
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
    assets,
    customers,
    invoices,
    job_templates,
    requests,
    sheets,
    technicians,
    timeline,
    visits,
    work_orders,
)
from smallcmms.services.work_orders import Verb
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests import jobs
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import ENTRY, draw

MONDAY = date(2026, 7, 13)


@pytest.fixture
def job(store: Store, clock: Clock, story: Story) -> int:
    """Return WO-2310, put on Marco's board for Monday at 8:00."""
    return jobs.scheduled(store, clock, story)


@pytest.fixture
def by_hand(store: Store, story: Story) -> int:
    """Return a draft that somebody wrote by hand."""
    return work_orders.add(
        store,
        title="Bath fan rattles",
        wrong="It rattles",
        level=Level.LOW,
        customer_id=story.customer_id,
        site_id=story.site_id,
    )


def status(store: Store, work_order_id: int) -> WorkOrderStatus:
    return work_orders.get(store, work_order_id).status


def refused(act: object, *args: object, **more: object) -> RuleBroken:
    with pytest.raises(RuleBroken) as error:
        act(*args, **more)  # type: ignore[operator]
    return error.value


def test_a_work_order_made_by_hand_is_a_draft_due_when_its_level_wants_an_answer(
    store: Store, by_hand: int
) -> None:
    page = work_orders.get(store, by_hand)
    assert (page.number, page.state) == ("WO-2310", ShownState.DRAFT)
    assert page.due_on == date(2026, 7, 27)
    assert page.billing_rule is BillingRule.TIME_AND_MATERIALS
    assert page.verbs == {Verb.EDIT, Verb.APPROVE, Verb.SCHEDULE, Verb.CANCEL}


def test_triage_gives_the_job_everything_from_request_and_template(store: Store, job: int) -> None:
    page = work_orders.get(store, job)
    assert (page.number, page.level, page.level_text) == ("WO-2310", 2, "High")
    assert page.state is ShownState.SCHEDULED
    assert (page.received_at, page.answer_by) == (july(13, 7, 10), july(13, 11, 10))
    assert page.request is not None
    assert (page.request.number, page.request.text) == (
        "R-1037",
        "Sump pump alarm is on, water is high",
    )
    assert page.customer is not None
    assert page.customer.text == "Harbor View Apartments"
    assert page.contact is not None
    assert page.contact.second == "(937) 555-0117"
    assert page.site is not None
    assert (page.site.text, page.site.second) == ("1200 Riverside Dr", "Building A › Basement")
    assert page.asset is not None
    assert (page.asset.number, page.asset.text) == ("A-0133", "SP-A Sump pump")
    assert [task.text for task in page.tasks][:2] == ["Lock out, see front", "Clear inlet and pit"]
    assert page.tasks[3].high == Decimal("9.8")
    assert [(part.name, part.quantity, part.is_on_truck) for part in page.parts] == [
        ("Float switch, tether", 1, True),
        ("Check valve 1½ in", 1, True),
    ]
    assert page.planned_minutes == 120
    assert [visit.technicians[0].truck for visit in page.visits] == ["Truck 1"]


def test_a_work_order_that_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        work_orders.get(store, 99)
    with pytest.raises(NotFound):
        work_orders.approve(store, 99)


def test_approving_needs_a_place_and_a_problem(store: Store, story: Story) -> None:
    job = work_orders.add(store, title="Something", level=Level.LOW)
    assert refused(work_orders.approve, store, job).field == "site"
    work_orders.edit(store, job, site_id=story.site_id)
    assert refused(work_orders.approve, store, job).field == "problem"
    work_orders.edit(store, job, wrong="It rattles")
    work_orders.approve(store, job)
    assert status(store, job) is WorkOrderStatus.APPROVED


def test_a_customer_with_a_limit_gives_it_to_the_work_and_wants_it_kept(
    store: Store, story: Story
) -> None:
    customers.edit(store, story.customer_id, not_to_exceed=Decimal(500))
    job = work_orders.add(store, title="Fan", wrong="Rattles", level=Level.LOW,
                          customer_id=story.customer_id, site_id=story.site_id)  # fmt: skip
    assert work_orders.get(store, job).limit == Decimal("500.00")
    work_orders.edit(store, job, limit=None)
    assert refused(work_orders.approve, store, job).field == "limit"


def test_a_title_is_wanted(store: Store, by_hand: int) -> None:
    assert refused(work_orders.add, store, title=" ", level=Level.LOW).field == "title"
    assert refused(work_orders.edit, store, by_hand, title="").field == "title"


def test_putting_a_draft_on_the_board_approves_it(store: Store, story: Story, by_hand: int) -> None:
    plan(store, story, by_hand)
    assert status(store, by_hand) is WorkOrderStatus.SCHEDULED


def plan(store: Store, story: Story, job: int, day: int = 15, **more: str) -> int:
    return work_orders.schedule(
        store,
        job,
        technician_ids=[story.technician_id],
        planned_from=july(day, 8, 0),
        planned_to=july(day, 9, 0),
        **more,
    )


def test_a_visit_needs_somebody_and_an_end_after_its_beginning(
    store: Store, story: Story, by_hand: int
) -> None:
    span = {"planned_from": july(15, 9, 0), "planned_to": july(15, 8, 0)}
    who = [story.technician_id]
    assert (
        refused(work_orders.schedule, store, by_hand, technician_ids=[], **span).field
        == "technician"
    )
    assert (
        refused(work_orders.schedule, store, by_hand, technician_ids=who, **span).field
        == "planned_to"
    )
    assert status(store, by_hand) is WorkOrderStatus.DRAFT


def test_off_the_board_the_job_is_to_schedule_again(store: Store, job: int) -> None:
    work_orders.unschedule(store, job)
    page = work_orders.get(store, job)
    assert page.state is ShownState.TO_SCHEDULE
    assert [visit.status for visit in page.visits] == [VisitStatus.CANCELLED_BY_US]
    assert "No visit" in str(refused(work_orders.unschedule, store, job))


def test_beginning_stops_the_response_clock_at_the_time_that_was_said(
    store: Store, clock: Clock, job: int
) -> None:
    clock.moment = july(13, 9, 0)
    assert refused(work_orders.begin, store, job).field == "lock_out"
    work_orders.begin(store, job, happened_at=july(13, 8, 5), is_locked_out=True)
    assert status(store, job) is WorkOrderStatus.IN_PROGRESS
    begun = next(row for row in timeline.of(store, "work_order", job) if row.kind == "begun")
    assert (begun.at, begun.recorded_at) == (july(13, 8, 5), july(13, 9, 0))


def test_lock_out_steps_may_be_not_on_the_sheet(store: Store, job: int) -> None:
    work_orders.begin(store, job, not_on_sheet=[NotOnSheet.LOCK_OUT])
    assert work_orders.get(store, job).not_on_sheet == ("lock_out",)


def test_an_assets_own_lock_out_steps_are_asked_for(
    store: Store, story: Story, by_hand: int
) -> None:
    assets.edit(store, story.asset_id, lock_out_steps=["Breaker off"])
    work_orders.edit(store, by_hand, asset_id=story.asset_id)
    plan(store, story, by_hand)
    assert refused(work_orders.begin, store, by_hand).field == "lock_out"


def test_waiting_has_a_clock_for_each_reason(store: Store, clock: Clock, job: int) -> None:
    clock.moment = july(13, 9, 0)
    work_orders.hold(store, job, reason=HoldReason.PARTS, text="Float switch")
    assert work_orders.get(store, job).state is ShownState.WAITING_PARTS
    work_orders.set_level(store, job, level=Level.LOW, reason="Water is down")
    clock.moment = july(13, 11, 0)
    work_orders.resume(store, job)
    assert status(store, job) is WorkOrderStatus.SCHEDULED
    work_orders.hold(store, job, reason=HoldReason.ACCESS)
    clock.moment = july(13, 11, 30)
    work_orders.resume(store, job)
    work_orders.hold(store, job, reason=HoldReason.PARTS)
    clock.moment = july(13, 12, 0)
    assert timeline.held(store, job) == {HoldReason.PARTS: 150, HoldReason.ACCESS: 30}


def test_work_goes_on_where_it_was(store: Store, job: int, by_hand: int) -> None:
    work_orders.approve(store, by_hand)
    work_orders.hold(store, by_hand, reason=HoldReason.CUSTOMER)
    work_orders.resume(store, by_hand)
    assert status(store, by_hand) is WorkOrderStatus.APPROVED
    work_orders.begin(store, job, is_locked_out=True)
    work_orders.hold(store, job, reason=HoldReason.PARTS)
    work_orders.resume(store, job)
    assert status(store, job) is WorkOrderStatus.IN_PROGRESS


def test_waiting_work_goes_on_the_board_only_for_a_reason(
    store: Store, story: Story, by_hand: int
) -> None:
    work_orders.approve(store, by_hand)
    work_orders.hold(store, by_hand, reason=HoldReason.PARTS)
    error = refused(plan, store, story, by_hand)
    assert error.field == "override_reason"
    plan(store, story, by_hand, override_reason="Part comes with the morning van")
    assert status(store, by_hand) is WorkOrderStatus.SCHEDULED


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


def completed(store: Store, clock: Clock, job: int) -> None:
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, ENTRY)


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


def test_another_level_needs_a_reason_and_moves_the_answer_time(store: Store, job: int) -> None:
    assert (
        refused(work_orders.set_level, store, job, level=Level.MEDIUM, reason="").field
        == "level_reason"
    )
    work_orders.set_level(store, job, level=Level.MEDIUM, reason="Water is down")
    page = work_orders.get(store, job)
    assert (page.level, page.due_on) == (3, date(2026, 7, 16))
    assert page.answer_by == july(16, 17, 0)
    before = list(dump(store))
    work_orders.set_level(store, job, level=Level.MEDIUM, reason="")
    assert list(dump(store)) == before


def test_a_change_after_printing_makes_the_copy_stale(store: Store, job: int) -> None:
    first = sheets.print_copy(store, job, render=draw)
    work_orders.edit(store, job, billing_rule=BillingRule.WARRANTY)
    assert work_orders.get(store, job).revision == 1
    work_orders.edit(store, job, truck_note="Ring twice")
    page = work_orders.get(store, job)
    assert (first.copy, page.revision, page.copies[0].is_stale) == (1, 2, True)
    second = sheets.print_copy(store, job, render=draw)
    assert (second.copy, second.revision) == (2, 2)
    work_orders.add_task(store, job, text="Look at the hanger")
    assert work_orders.get(store, job).revision == 3


def test_the_lines_of_a_job_are_edited_one_by_one(store: Store, story: Story, job: int) -> None:
    task = work_orders.add_task(store, job, text="Oil level", kind=TaskKind.NUMBER, unit="mm")
    work_orders.edit_task(store, task, low=Decimal(3))
    part = work_orders.add_part(store, job, part_id=story.hose_clamp_id, quantity=Decimal(2))
    words = work_orders.add_part(store, job, text="Blue pipe, 2 ft")
    work_orders.edit_part(store, part, quantity=Decimal(3))
    page = work_orders.get(store, job)
    assert (page.tasks[5].sequence, page.tasks[5].low) == (6, Decimal(3))
    assert [(line.name, line.quantity) for line in page.parts[2:]] == [
        ("Hose clamp 2 in", 3),
        ("Blue pipe, 2 ft", 1),
    ]
    work_orders.remove_task(store, task)
    work_orders.remove_part(store, part)
    work_orders.remove_part(store, words)
    page = work_orders.get(store, job)
    assert (len(page.tasks), len(page.parts)) == (5, 2)
    with pytest.raises(NotFound):
        work_orders.remove_task(store, task)


def test_lines_that_say_nothing_are_refused(store: Store, job: int) -> None:
    assert refused(work_orders.add_task, store, job, text=" ").field == "text"
    assert refused(work_orders.add_part, store, job).field == "part"
    assert (
        refused(work_orders.add_part, store, job, text="Pipe", quantity=Decimal(0)).field
        == "quantity"
    )
    task = work_orders.get(store, job).tasks[0].id
    assert refused(work_orders.edit_task, store, task, text="").field == "text"
    assert refused(work_orders.note, store, job, text="").field == "note"


def test_a_used_part_stays_on_the_job(store: Store, clock: Clock, job: int) -> None:
    completed(store, clock, job)
    part = work_orders.get(store, job).parts[0].id
    assert "was used" in str(refused(work_orders.remove_part, store, part))


def test_time_by_hand_is_more_than_zero_and_in_the_past(
    store: Store, clock: Clock, story: Story, job: int
) -> None:
    who = {"technician_id": story.technician_id}
    assert (
        refused(work_orders.add_time, store, job, worked_on=MONDAY, minutes=0, **who).field
        == "minutes"
    )
    late = MONDAY + timedelta(days=1)
    assert (
        refused(work_orders.add_time, store, job, worked_on=late, minutes=5, **who).field
        == "worked_on"
    )
    completed(store, clock, job)
    assert "Nothing can be booked" in str(
        refused(work_orders.add_time, store, job, worked_on=MONDAY, minutes=5, **who)
    )


def test_time_is_booked_at_the_rates_of_its_day(store: Store, story: Story, job: int) -> None:
    technicians.edit(store, story.technician_id, cost_rate=Decimal(40))
    for labour_class in (LabourClass.REGULAR, LabourClass.TRAVEL):
        work_orders.add_time(
            store, job, technician_id=story.technician_id, worked_on=MONDAY, minutes=45,
            labour_class=labour_class, not_on_sheet=[NotOnSheet.LOCK_OUT],
        )  # fmt: skip
    labour = work_orders.get(store, job).labour
    assert [(line.bill_rate, line.is_billable) for line in labour] == [
        (Decimal(125), True),
        (Decimal(0), False),
    ]


def test_time_on_an_invoice_is_not_taken_off(store: Store, clock: Clock, job: int) -> None:
    completed(store, clock, job)
    invoices.draft(store, job)
    labour = work_orders.get(store, job).labour[0].id
    assert "on an invoice" in str(refused(work_orders.remove_time, store, labour))


def test_a_flat_rate_comes_with_its_template(store: Store, story: Story) -> None:
    template = job_templates.add(
        store, name="Yearly service", safety=["Gas off"], flat_price=Decimal("189.50")
    )
    job = work_orders.add(store, title="Service", level=Level.LOW, template_id=template,
                          type=WorkType.PREVENTIVE, site_id=story.site_id)  # fmt: skip
    page = work_orders.get(store, job)
    assert (page.billing_rule, page.flat_price) == (BillingRule.FLAT_RATE, Decimal("189.50"))
    assert page.instructions == "Gas off"
    work_orders.approve(store, job)


def test_an_l4_goes_ahead_of_a_waiting_l1_only_for_a_reason_asked_once(
    store: Store, story: Story, by_hand: int
) -> None:
    plan(store, story, by_hand)
    urgent = requests.log(
        store, words="Flood", level=Level.CRITICAL, override_reason="Cellar full",
        customer_id=story.customer_id, site_id=story.site_id,
    )  # fmt: skip
    assert requests.get(store, urgent).row.level == Level.CRITICAL
    error = refused(sheets.print_copy, store, by_hand, render=draw)
    assert (error.field, error.values["number"]) == ("waiting_reason", "R-1037")
    assert refused(work_orders.begin, store, by_hand).field == "waiting_reason"
    sheets.print_copy(store, by_hand, render=draw, waiting_reason="Marco is next door")
    work_orders.begin(store, by_hand)
    rows = timeline.of(store, "work_order", by_hand)
    (ahead,) = (row for row in rows if row.kind == "went_ahead")
    assert ahead.values["reason"] == "Marco is next door"


def test_an_l1_with_a_visit_planned_waits_no_longer(
    store: Store, story: Story, by_hand: int
) -> None:
    urgent = work_orders.add(store, title="Flood", wrong="Flood", level=Level.CRITICAL,
                             site_id=story.site_id)  # fmt: skip
    plan(store, story, by_hand)
    assert refused(work_orders.begin, store, by_hand).values["number"] == "WO-2311"
    plan(store, story, urgent)
    work_orders.begin(store, by_hand)


def test_done_work_takes_no_more_visits(store: Store, clock: Clock, story: Story, job: int) -> None:
    completed(store, clock, job)
    assert "No visit can be planned" in str(refused(plan, store, story, job))


def test_only_done_work_is_confirmed(store: Store, job: int) -> None:
    assert "is not done" in str(refused(work_orders.confirm, store, job))


def test_another_due_day_is_kept_when_the_level_changes(store: Store, job: int) -> None:
    work_orders.edit(store, job, due_on=date(2026, 7, 20), limit=Decimal("99.50"))
    work_orders.set_level(store, job, level=Level.LOW, reason="It can wait")
    page = work_orders.get(store, job)
    assert (page.due_on, page.limit) == (date(2026, 7, 20), Decimal("99.50"))


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
