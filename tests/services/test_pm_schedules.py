"""PM schedules are begun, changed, paused, skipped and ended; a clock that jumps is asked about."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import Landing, Timing
from smallcmms.domain.recurrence import Unit
from smallcmms.models import PmOccurrence
from smallcmms.services import (
    assets,
    pm,
    pm_schedules,
)
from smallcmms.services.check import problems
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.upkeep import dates, do, made, schedule


@pytest.fixture(autouse=True)
def now(clock: Clock) -> None:
    clock.moment = july(14, 10, 24)


def test_a_clock_that_jumped_makes_nothing_without_asking(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule(store, story)
    pm.generate(store)
    for days in (400, -800):
        clock.advance(days=days)
        with pytest.raises(RuleBroken) as asked:
            pm.generate(store)
        assert asked.value.field == "is_sure"
    assert len(made(store)) == 1
    clock.advance(days=800)
    found = pm.generate(store, is_sure=True)
    assert (found.merged, len(found.orders)) == (12, 0)


def test_a_date_is_skipped_with_a_reason(store: Store, story: Story) -> None:
    schedule_id = schedule(store, story)
    with store.read() as session:
        [pending] = session.scalars(select(PmOccurrence.id))
    with pytest.raises(RuleBroken):
        pm.skip(store, pending, reason=" ")
    pm.skip(store, pending, reason="They are on holiday")
    assert dates(store, schedule_id) == [
        (0, date(2026, 7, 20), "skipped"),
        (1, date(2026, 8, 20), "due"),
    ]
    with pytest.raises(RuleBroken):
        pm.skip(store, pending, reason="Again")


def test_the_next_work_order_can_be_made_now(store: Store, story: Story) -> None:
    schedule_id = schedule(store, story, anchor_on=date(2026, 9, 1))
    assert pm.make_now(store, schedule_id) == "WO-2310"
    assert dates(store, schedule_id) == [
        (0, date(2026, 9, 1), "generated"),
        (1, date(2026, 10, 1), "due"),
    ]
    floating = schedule(store, story, timing=Timing.FLOATING)
    pm.make_now(store, floating)
    with pytest.raises(RuleBroken):
        pm.make_now(store, floating)
    pm_schedules.pause(store, schedule_id)
    with pytest.raises(RuleBroken):
        pm.make_now(store, schedule_id)


def test_dates_that_pass_while_it_is_paused_are_skipped(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story)
    pm_schedules.pause(store, schedule_id, reason="Building works")
    clock.advance(days=40)
    assert pm.generate(store).due == 0
    pm_schedules.resume(store, schedule_id)
    assert dates(store, schedule_id) == [
        (0, date(2026, 7, 20), "skipped"),
        (1, date(2026, 8, 20), "skipped"),
        (2, date(2026, 9, 20), "due"),
    ]
    with pytest.raises(RuleBroken):
        pm_schedules.resume(store, schedule_id)


def test_a_season_and_days_off_are_written_down(store: Store, story: Story, clock: Clock) -> None:
    schedule_id = schedule(
        store,
        story,
        anchor_on=date(2026, 10, 10),
        every=2,
        season=[4, 5, 6, 7, 8, 9, 10],
        landing=Landing.AFTER,
    )
    clock.moment = july(14, 10, 0) + timedelta(days=55)
    pm.generate(store)
    clock.advance(days=30)
    pm.generate(store)
    assert dates(store, schedule_id) == [
        (0, date(2026, 10, 12), "generated"),
        (1, None, "skipped"),
        (2, date(2027, 4, 1), "due"),
    ]


@pytest.mark.parametrize("timing", Timing)
def test_a_date_that_a_person_left_out_stays_out_when_the_rule_changes(
    store: Store, story: Story, timing: Timing
) -> None:
    schedule_id = schedule(store, story, timing=timing)
    with store.read() as session:
        [first] = session.scalars(select(PmOccurrence.id))
    pm.skip(store, first, reason="Pump is new")
    pm_schedules.edit(store, schedule_id, season=list(range(1, 12)))
    assert dates(store, schedule_id) == [
        (0, date(2026, 7, 20), "skipped"),
        (1, date(2026, 8, 20), "due"),
    ]


def test_a_date_that_the_rule_skipped_is_due_again_by_a_wider_season(
    store: Store, story: Story
) -> None:
    schedule_id = schedule(store, story, season=[9])
    assert dates(store, schedule_id)[-1][1:] == (date(2026, 9, 1), "due")
    pm_schedules.edit(store, schedule_id, season=[])
    assert dates(store, schedule_id)[-1][1:] == (date(2026, 7, 20), "due")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"asset_ids": []}, "assets"),
        ({"meter_every": Decimal(5)}, "meter_id"),
        ({"every": None}, "every"),
        ({"anchor_on": None}, "anchor_on"),
        ({"every": 1, "unit": Unit.WEEKS, "anchor_on": date(2026, 7, 18), "landing": Landing.SKIP},
         "landing"),
        ({"timing": Timing.FLOATING, "landing": Landing.SKIP}, "landing"),
    ],
)  # fmt: skip
def test_a_schedule_that_cannot_be_is_refused_beside_its_box(
    store: Store, story: Story, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        schedule(store, story, **fields)
    assert refused.value.field == field


def test_a_changed_rule_moves_the_next_date_with_an_event(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story)
    pm.generate(store)
    pm_schedules.edit(store, schedule_id, every=3)
    assert dates(store, schedule_id)[1] == (1, date(2026, 10, 20), "due")
    clock.moment = july(24, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 24))
    pm_schedules.edit(store, schedule_id, timing=Timing.FLOATING)
    assert dates(store, schedule_id)[1] == (1, date(2026, 10, 24), "due")
    pm_schedules.edit(store, schedule_id, ends_on=date(2026, 8, 1))
    assert dates(store, schedule_id)[1] == (1, date(2026, 10, 24), "skipped")
    assert problems(store) == []


def test_assets_come_and_go(store: Store, story: Story) -> None:
    twin = assets.add(store, name="Sump pump", short_code="SP-B", site_id=story.site_id)
    schedule_id = schedule(store, story)
    pm_schedules.edit(store, schedule_id, asset_ids=[story.asset_id, twin])
    assert [each[2] for each in dates(store, schedule_id)] == ["due", "due"]
    pm_schedules.edit(store, schedule_id, asset_ids=[twin])
    assert [each[2] for each in dates(store, schedule_id)] == ["skipped", "due"]
    pm_schedules.edit(store, schedule_id, asset_ids=[twin, story.asset_id])
    assert [each[2] for each in dates(store, schedule_id)] == ["skipped", "due", "due"]


def test_a_copy_rests_until_it_is_wanted(store: Store, story: Story) -> None:
    copied = pm_schedules.copy(store, schedule(store, story))
    assert pm_schedules.counts(store) == pm_schedules.Counts(2, 1, 0, 1)
    pm_schedules.resume(store, copied)
    assert list(pm_schedules.find(store, chip=pm_schedules.Chip.PAUSED)) == []
    pm_schedules.end(store, copied)
    assert len(pm_schedules.find(store, text="monthly pm-0")) == 1


def test_a_schedule_includes_neither_itself_nor_one_that_includes_it(
    store: Store, story: Story
) -> None:
    small = schedule(store, story)
    large = schedule(store, story, name="Annual", covers=[small])
    for one, other in ((small, large), (large, large)):
        with pytest.raises(RuleBroken):
            pm_schedules.edit(store, one, covers=[other])
