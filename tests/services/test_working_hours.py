from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Hours
from smallcmms.domain.pm import Landing, Timing
from smallcmms.models import Event
from smallcmms.services import pm_timeline, working_hours
from smallcmms.store.store import Store
from tests import upkeep
from tests.build import Story

USUAL = Hours(time(8), time(17))
TUESDAY = date(2026, 7, 21)
MOVED: dict[str, Any] = {"anchor_on": TUESDAY, "landing": Landing.AFTER}


def test_a_shop_that_told_nothing_works_the_usual_week(store: Store, story: Story) -> None:
    assert story.asset_id
    kept = working_hours.get(store)
    assert kept.week == (USUAL,) * 5 + (None, None)
    assert kept.holidays == ()


def test_a_week_without_a_day_of_work_is_refused(store: Store, story: Story) -> None:
    assert story.asset_id
    with pytest.raises(RuleBroken, match="at least one"):
        working_hours.set_week(store, [None] * 7)


def test_a_date_that_is_a_holiday_now_moves_and_moves_back(store: Store, story: Story) -> None:
    schedule_id = upkeep.schedule(store, story, **MOVED)
    working_hours.set_holidays(store, [TUESDAY])
    assert upkeep.dates(store, schedule_id) == [(0, date(2026, 7, 22), "due")]
    with store.read() as session:
        moved = session.scalars(
            select(Event).where(Event.kind == "due").order_by(Event.id.desc())
        ).first()
        assert moved is not None
        assert pm_timeline.text(moved).endswith("the days off were changed")
    working_hours.set_holidays(store, [])
    assert upkeep.dates(store, schedule_id) == [(0, TUESDAY, "due")]
    store.undo()
    assert upkeep.dates(store, schedule_id) == [(0, date(2026, 7, 22), "due")]


def test_a_weekday_that_is_off_now_moves_what_was_due_then(store: Store, story: Story) -> None:
    schedule_id = upkeep.schedule(store, story, **MOVED, timing=Timing.FLOATING)
    working_hours.set_week(store, [USUAL, None, None, *[USUAL] * 4])
    assert upkeep.dates(store, schedule_id) == [(0, date(2026, 7, 23), "due")]


def test_a_date_that_is_skipped_on_days_off_gives_way_to_the_next(
    store: Store, story: Story
) -> None:
    schedule_id = upkeep.schedule(store, story, **{**MOVED, "landing": Landing.SKIP})
    working_hours.set_holidays(store, [TUESDAY])
    assert upkeep.dates(store, schedule_id) == [
        (0, TUESDAY, "skipped"),
        (1, date(2026, 8, 21), "due"),
    ]


def test_a_date_where_days_off_do_not_matter_stays(store: Store, story: Story) -> None:
    schedule_id = upkeep.schedule(store, story, anchor_on=TUESDAY)
    working_hours.set_holidays(store, [TUESDAY])
    assert upkeep.dates(store, schedule_id) == [(0, TUESDAY, "due")]
