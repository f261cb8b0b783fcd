from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.errors import NotFound
from smallcmms.domain.levels import Level
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import (
    BillingRule,
    HoldReason,
    NotOnSheet,
    ShownState,
    WorkOrderStatus,
)
from smallcmms.services import (
    assets,
    customers,
    requests,
    sheets,
    timeline,
    work_orders,
)
from smallcmms.services.work_orders import Verb
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import draw, plan, refused, status


def test_a_work_order_made_by_hand_is_a_draft_due_when_its_level_wants_an_answer(
    store: Store, by_hand: int
) -> None:
    page = work_orders.get(store, by_hand)
    assert (page.number, page.state) == ("WO-2310", ShownState.DRAFT)
    assert page.due_on == date(2026, 7, 27)
    assert page.billing_rule is BillingRule.TIME_AND_MATERIALS
    assert page.verbs == {Verb.EDIT, Verb.APPROVE, Verb.SCHEDULE, Verb.CANCEL}


def test_work_on_an_asset_is_where_the_asset_stands(store: Store, story: Story) -> None:
    made = work_orders.add(
        store,
        title="Look at the float",
        level=Level.LOW,
        customer_id=story.customer_id,
        site_id=story.site_id,
        asset_id=story.asset_id,
    )
    site = work_orders.get(store, made).site
    assert site is not None
    assert (site.text, site.second) == ("1200 Riverside Dr", "Building A › Basement")


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
    plan(store, story, by_hand)
    urgent = work_orders.add(store, title="Flood", wrong="Flood", level=Level.CRITICAL,
                             site_id=story.site_id)  # fmt: skip
    assert refused(work_orders.begin, store, by_hand).values["number"] == "WO-2311"
    plan(store, story, urgent)
    work_orders.begin(store, by_hand)


def test_another_due_day_is_kept_when_the_level_changes(store: Store, job: int) -> None:
    work_orders.edit(store, job, due_on=date(2026, 7, 20), limit=Decimal("99.50"))
    work_orders.set_level(store, job, level=Level.LOW, reason="It can wait")
    page = work_orders.get(store, job)
    assert (page.due_on, page.limit) == (date(2026, 7, 20), Decimal("99.50"))
