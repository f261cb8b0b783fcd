"""What is told of PM schedules: rules, dates and their reasons, what happened, shared papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from smallcmms import pm_words
from smallcmms.domain.copies import Audience
from smallcmms.domain.pm import Landing, Timing
from smallcmms.domain.recurrence import MonthDay, Unit
from smallcmms.formats import Formats
from smallcmms.services import (
    assets,
    pm,
    pm_offers,
    pm_pages,
    pm_past,
    pm_schedules,
    timeline,
    work_orders,
)
from smallcmms.services.papers.work_order import work_order
from smallcmms.store.store import Store
from smallcmms.texts import _
from tests.build import Story, july
from tests.conftest import Clock
from tests.upkeep import do, made, schedule

FORMATS = Formats()


@pytest.fixture(autouse=True)
def now(clock: Clock) -> None:
    clock.moment = july(14, 10, 24)


def happened(store: Store, schedule_id: int) -> list[str]:
    return [_(row.text, **row.values) for row in timeline.of(store, "pm_schedule", schedule_id)]


@pytest.mark.parametrize(
    ("fields", "often"),
    [
        ({"every": 3}, "Every 3 months"),
        ({"unit": Unit.YEARS}, "Every Jul 20"),
        ({"unit": Unit.YEARS, "timing": Timing.FLOATING}, "Every year"),
        ({"unit": Unit.YEARS, "month_day": MonthDay.NTH, "nth": 3}, "Every July"),
        ({"every": 6, "anchor_on": date(2026, 10, 5)}, "April, October"),
        ({"every": 6, "timing": Timing.FLOATING}, "Every 6 months"),
        ({"every": 2, "unit": Unit.WEEKS, "weekdays": [0, 3]}, "Every 2 weeks"),
    ],
)
def test_the_list_says_how_often(
    store: Store, story: Story, fields: dict[str, Any], often: str
) -> None:
    row = pm_pages.rows(store, [schedule(store, story, **fields)])
    assert pm_words.how_often(next(iter(row.values())).rule, FORMATS) == often


def test_every_date_says_why_it_is_that_day(store: Store, story: Story, clock: Clock) -> None:
    schedule_id = schedule(
        store,
        story,
        every=2,
        timing=Timing.FLOATING,
        landing=Landing.BEFORE,
        season=[4, 5, 6, 7, 8, 9, 10],
    )
    pm.generate(store)
    clock.moment = july(16, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 16))
    page = pm_pages.get(store, schedule_id)
    assert [pm_words.because(each, page.rule, FORMATS) for each in page.dates[:4]] == [
        "2 months after it was done, on Jul 16, 2026 by WO-2310",
        "the season opens",
        "2 months after Apr 1",
        "Aug 1 is a Sunday",
    ]


def test_the_timeline_tells_what_became_of_each_date(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story, timing=Timing.FLOATING)
    pm.generate(store)
    clock.moment = july(24, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 24))
    pm_schedules.edit(store, schedule_id, every=3)
    pm_schedules.pause(store, schedule_id, reason="Building works")
    assert happened(store, schedule_id) == [
        "Paused. Building works",
        "Due 2026-10-24 instead of 2026-08-24: the rule was changed",
        "every changed",
        "Due 2026-08-24, as it was done on 2026-07-24 by WO-2310",
        "2026-07-20 done on 2026-07-24 by WO-2310",
        "WO-2310 made for 2026-07-20",
        "Due 2026-07-20",
        "Begun",
    ]


def test_the_timeline_tells_why_a_date_was_left_out(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story)
    pm_schedules.pause(store, schedule_id)
    clock.moment += timedelta(days=20)
    pm_schedules.resume(store, schedule_id)
    assert "2026-07-20 skipped: it was paused" in happened(store, schedule_id)


def test_a_check_names_what_covered_others(store: Store, story: Story) -> None:
    small = schedule(store, story)
    schedule(store, story, name="the annual service", unit=Unit.YEARS, covers=[small])
    found = pm.generate(store)
    assert (found.covered, found.by) == (1, ("the annual service",))
    told = pm_words.caught_up(replace(found, days_away=9, due=4, merged=2))
    assert told == (
        "Away 9 days: 4 due, 1 work order made: WO-2310, 2 merged, 1 covered by the annual service"
    )


def test_a_shared_work_order_has_every_asset_on_its_page_and_paper(
    store: Store, story: Story
) -> None:
    twin = assets.add(store, name="Sump pump", short_code="SP-B", site_id=story.site_id)
    both = [story.asset_id, twin]
    schedule(store, story, asset_ids=both, job_template_id=story.template_id)
    pm.generate(store)
    order_id = made(store)[0][0]
    page = work_orders.get(store, order_id)
    assert ([each.id for each in page.assets], page.asset) == (both, None)
    assert page.contact is not None
    paper = work_order(store, order_id, audience=Audience.TECHNICIAN, copy=1, revision=1)
    assert paper.asset is not None
    assert paper.asset.name.endswith("SP-B")
    assert len({task.section for task in paper.tasks}) == 2
    open_work = work_orders.Filters(asset_id=twin)
    assert list(work_orders.find(store, filters=open_work)) == [order_id]


def test_shared_work_stands_in_the_history_of_each_asset(
    store: Store, story: Story, clock: Clock
) -> None:
    twin = assets.add(store, name="Sump pump", short_code="SP-B", site_id=story.site_id)
    schedule(store, story, asset_ids=[story.asset_id, twin])
    pm.generate(store)
    clock.moment = july(21, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 20))
    [past] = assets.history(store, twin)
    assert (past.number, past.who, past.is_planned) == ("WO-2310", ("Marco",), True)


def test_what_became_of_a_schedule_and_whose_it_is(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story)
    pm.generate(store)
    clock.moment = july(21, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 20))
    [past] = pm_past.past_dates(store, schedule_id)
    assert (past.order, past.done_on) == ("WO-2310", date(2026, 7, 20))
    assert [each.id for each in pm_past.of_asset(store, story.asset_id)] == [schedule_id]
    offered = pm_offers.offers(store, [story.asset_id], pm_schedule_id=schedule_id)
    assert (offered.site_id, offered.schedules, offered.meters) == (story.site_id, (), ())


def test_run_hours_are_said_as_such(store: Store, story: Story) -> None:
    rule = pm_pages.get(store, schedule(store, story)).rule
    words = replace(rule, every=None, meter_every=Decimal(500), meter_unit="h", meter="Blower")
    assert pm_words.sentence(words, FORMATS) == "Every 500 run hours."
