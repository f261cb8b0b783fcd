"""What must be come back to is written down once, ends by itself where it can, and is undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.contact_log import Way
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.services import (
    assets,
    certificates,
    check,
    contact_log,
    follow_ups,
    pm,
    sheets,
    technicians,
    visits,
    warranties,
    work_order_page,
    work_orders,
)
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
