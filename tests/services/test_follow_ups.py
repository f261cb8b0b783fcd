"""What must be come back to is written down once, ends by itself where it can, and is undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.contact_log import Way
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.domain.work_orders import HoldReason, ShownState, WorkOrderStatus
from smallcmms.services import (
    assets,
    certificates,
    check,
    contact_log,
    follow_ups,
    pm,
    sheets,
    technicians,
    timeline,
    visits,
    warranties,
    work_order_page,
    work_orders,
)
from smallcmms.services.work_orders import Chip, Filters
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests import jobs
from tests.build import Story, july
from tests.conftest import Clock

TODAY, SOON, FAR = date(2026, 7, 13), date(2026, 8, 1), date(2027, 8, 1)


@pytest.fixture
def epa(store: Store, story: Story) -> int:
    return certificates.add(store, story.technician_id, kind="EPA 608", expires_on=SOON)


def told(store: Store) -> list[tuple[str, str, str, date]]:
    return [(row.rule.value, row.what, row.whose, row.due_on) for row in follow_ups.waiting(store)]


@pytest.mark.usefixtures("epa")
def test_what_expires_is_followed_up_once(store: Store, story: Story) -> None:
    assets.edit(store, story.asset_id, replacement_cost=Decimal(1200))
    warranties.add(store, story.asset_id, ends_on=date(2026, 7, 20), guarantor="Maker")
    warranties.add(store, story.asset_id, ends_on=date(2020, 7, 20), guarantor="Long gone")
    warranties.add(store, story.asset_id, ends_on=FAR, guarantor="Later")
    asset = assets.get(store, story.asset_id).row
    assert follow_ups.notice(store) == 2
    assert told(store) == [
        ("warranty", asset.name, asset.number, date(2026, 7, 20)),
        ("certificate", "EPA 608", "Marco Reyes", SOON),
    ]
    assert follow_ups.waiting(store)[0].value == Decimal(1200)
    before = list(dump(store))
    assert follow_ups.notice(store) == 0
    assert list(dump(store)) == before
    assert check.problems(store) == []


@pytest.mark.usefixtures("epa")
def test_the_daily_check_of_the_schedules_looks_for_them_too(store: Store) -> None:
    pm.generate(store)
    assert follow_ups.count(store) == 1
    store.undo()
    assert follow_ups.count(store) == 0
    store.redo()
    assert follow_ups.count(store) == 1


def test_a_follow_up_ends_by_itself_when_the_certificate_is_renewed(
    store: Store, story: Story, epa: int
) -> None:
    follow_ups.notice(store)
    certificates.add(store, story.technician_id, kind="epa  608", expires_on=FAR)
    assert follow_ups.notice(store) == 0
    assert told(store) == []
    other = certificates.add(store, story.technician_id, kind="Gas", expires_on=SOON)
    assert follow_ups.notice(store) == 1
    certificates.edit(store, other, expires_on=FAR)
    follow_ups.notice(store)
    assert (told(store), epa) == ([], epa)


def test_certificates_of_who_is_gone_call_for_nothing(store: Store, story: Story, epa: int) -> None:
    assert epa
    technicians.archive(store, story.technician_id)
    assert follow_ups.notice(store) == 0


@pytest.mark.usefixtures("epa")
def test_the_lead_can_be_set(store: Store) -> None:
    follow_ups.set_lead_days(store, 5)
    assert (follow_ups.notice(store), follow_ups.lead_days(store)) == (0, 5)
    with pytest.raises(RuleBroken):
        follow_ups.set_lead_days(store, 400)


def test_cancelled_work_is_followed_up_with_its_customer(
    store: Store, story: Story, by_hand: int
) -> None:
    work_orders.cancel(store, by_hand, reason="Too dear")
    [row] = follow_ups.waiting(store)
    assert (row.rule, row.reason, row.what, row.goes_to_id, row.due_on) == (
        FollowUpRule.CANCELLED,
        "Too dear",
        "Bath fan rattles",
        by_hand,
        TODAY,
    )
    follow_ups.done(store, row.id, outcome="Wants an offer in spring", how=Way.WE_CALLED)
    assert follow_ups.waiting(store) == []
    assert contact_log.rows(store, story.customer_id)[0].said == "Wants an offer in spring"
    assert follow_ups.get(store, row.id).outcome == "Wants an offer in spring"
    with pytest.raises(RuleBroken):
        follow_ups.done(store, row.id, outcome="Again")
    label = store.undo()
    assert label.values["number"] == row.whose
    assert [each.id for each in follow_ups.waiting(store)] == [row.id]


def test_a_no_show_is_followed_up(store: Store, job: int) -> None:
    [visit] = work_order_page.get(store, job).visits
    visits.no_show(store, visit.id, reason="Not at home")
    assert [row.rule for row in follow_ups.waiting(store)] == [FollowUpRule.NO_SHOW]


def rules(store: Store) -> list[FollowUpRule]:
    return [row.rule for row in follow_ups.waiting(store)]


def test_work_off_the_board_is_followed_up_until_a_visit_is_planned_again(
    store: Store, story: Story, job: int
) -> None:
    for _time in range(2):
        work_orders.unschedule(store, job)
        [row] = follow_ups.waiting(store)
        assert (row.rule, row.goes_to_id, row.due_on) == (FollowUpRule.OFF_THE_BOARD, job, TODAY)
        jobs.plan(store, story, job)
        assert rules(store) == []
    [visit] = [each for each in work_orders.get(store, job).visits if each.status == "planned"]
    visits.cancel(store, visit.id, by_customer=True, reason="On holiday")
    assert rules(store) == [FollowUpRule.OFF_THE_BOARD]
    work_orders.hold(store, job, reason=HoldReason.CUSTOMER)
    assert rules(store) == []
    assert check.problems(store) == []


def test_begun_work_whose_next_visit_is_called_off_is_followed_up_too(
    store: Store, story: Story, job: int
) -> None:
    work_orders.begin(store, job, is_locked_out=True)
    [first] = work_orders.get(store, job).visits
    second = jobs.plan(store, story, job)
    visits.cancel(store, second, reason="Truck is down")
    assert rules(store) == []
    visits.cancel(store, first.id, reason="Typed by mistake")
    assert work_orders.get(store, job).status is WorkOrderStatus.IN_PROGRESS
    assert rules(store) == [FollowUpRule.OFF_THE_BOARD]
    jobs.plan(store, story, job)
    assert rules(store) == []


def test_the_visits_of_who_is_away_are_off_the_board(
    store: Store, clock: Clock, story: Story
) -> None:
    job = jobs.printed(store, clock, story)
    before = list(dump(store))
    away = technicians.add_absence(store, story.technician_id, first_on=TODAY, last_on=TODAY)
    page = work_orders.get(store, job)
    assert away == (page.number,)
    assert (page.state, page.revision) == (ShownState.TO_SCHEDULE, 2)
    assert work_orders.find(store, filters=Filters(chip=Chip.TO_SCHEDULE)) == [job]
    assert rules(store) == [FollowUpRule.OFF_THE_BOARD]
    told_of = [row.kind for row in timeline.of(store, "work_order", job)]
    assert told_of[:2] == ["unscheduled", "away"]
    store.undo()
    assert list(dump(store)) == before


def test_an_absence_leaves_other_days_and_those_who_go_along_on_the_board(
    store: Store, story: Story, job: int
) -> None:
    ann = technicians.add(store, name="Ann Lee")
    crew = [story.technician_id, ann]
    both = visits.reschedule(
        store, work_orders.get(store, job).visits[0].id, technician_ids=crew,
        planned_from=july(14, 8, 0), planned_to=july(14, 10, 0),
    )  # fmt: skip
    assert technicians.add_absence(store, ann, first_on=SOON, last_on=FAR) == ()
    tomorrow = date(2026, 7, 14)
    marco = story.technician_id
    assert technicians.add_absence(store, marco, first_on=tomorrow, last_on=tomorrow)
    [visit] = [each for each in work_orders.get(store, job).visits if each.id == both]
    assert [each.id for each in visit.technicians] == [ann]
    assert (rules(store), visit.status) == ([], "planned")
    assert technicians.archive(store, ann) == (work_orders.get(store, job).number,)
    assert rules(store) == [FollowUpRule.OFF_THE_BOARD]
    assert check.problems(store) == []


def test_a_visit_that_took_place_stays_whoever_is_away(
    store: Store, story: Story, job: int
) -> None:
    work_orders.begin(store, job, is_locked_out=True)
    told = {"first_on": TODAY, "last_on": TODAY}
    assert technicians.add_absence(store, story.technician_id, **told) == ()
    [visit] = work_orders.get(store, job).visits
    assert visit.status == "planned"


def test_an_outcome_is_needed_and_a_day_to_come(store: Store, by_hand: int) -> None:
    work_orders.cancel(store, by_hand, reason="Too dear")
    [row] = follow_ups.waiting(store)
    with pytest.raises(RuleBroken):
        follow_ups.done(store, row.id, outcome=" ")
    with pytest.raises(RuleBroken):
        follow_ups.later(store, row.id, until=TODAY)


def test_what_is_put_off_comes_back_on_its_day(store: Store, clock: Clock, by_hand: int) -> None:
    work_orders.cancel(store, by_hand, reason="Too dear")
    [row] = follow_ups.waiting(store)
    follow_ups.later(store, row.id, until=date(2026, 7, 20), reason="On holiday")
    assert (follow_ups.waiting(store), len(follow_ups.every(store))) == ([], 1)
    clock.moment = july(20, 8, 0)
    [back] = follow_ups.waiting(store)
    assert (back.id, back.days_late) == (row.id, 7)


def test_who_is_not_happy_is_called_until_they_are(
    store: Store, clock: Clock, story: Story
) -> None:
    job = jobs.printed(store, clock, story)
    sheets.enter(store, job, jobs.entry(is_not_happy=True))
    assert [row.rule for row in follow_ups.waiting(store)] == [FollowUpRule.NOT_HAPPY]
    work_orders.confirm(store, job, by="Sarah")
    assert follow_ups.waiting(store) == []
    assert check.problems(store) == []
