"""PM schedules come due, are made into work orders once, and go on from when they were done."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from smallcmms.domain.meters import MeterKind
from smallcmms.domain.pm import Compliance, Missed, Timing
from smallcmms.domain.recurrence import Unit
from smallcmms.models import PmOccurrence, Task, WorkOrder
from smallcmms.services import (
    assets,
    meters,
    pm,
    work_orders,
)
from smallcmms.services.check import problems
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.upkeep import dates, do, made, schedule


@pytest.fixture(autouse=True)
def now(clock: Clock) -> None:
    clock.moment = july(14, 10, 24)


def test_a_work_order_is_made_its_lead_days_ahead_and_only_once(store: Store, story: Story) -> None:
    schedule_id = schedule(store, story)
    first = pm.generate(store)
    assert (first.due, len(first.orders), first.days_away) == (1, 1, 0)
    assert str(store.next_undo()) == "Catch up with the PM schedules"
    assert dates(store, schedule_id) == [
        (0, date(2026, 7, 20), "generated"),
        (1, date(2026, 8, 20), "due"),
    ]
    assert [due_on for _, due_on in made(store)] == [date(2026, 7, 20)]
    before = list(dump(store))
    assert pm.generate(store) == pm.CaughtUp(0, 0, (), 0, 0)
    assert list(dump(store)) == before


def test_it_takes_everything_from_its_template(store: Store, story: Story) -> None:
    schedule(store, story, job_template_id=story.template_id, technician_id=story.technician_id)
    pm.generate(store)
    [(order_id, _)] = made(store)
    with store.read() as session:
        order = session.get_one(WorkOrder, order_id)
        assert order.wanted_technician_id == story.technician_id
        assert order.planned_minutes is not None
        assert len(session.scalars(select(Task).where(Task.work_order_id == order_id)).all()) == 5


def test_a_fixed_schedule_keeps_its_dates_whenever_it_is_done(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story)
    pm.generate(store)
    clock.moment = july(29, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 28))
    assert dates(store, schedule_id) == [
        (0, date(2026, 7, 20), "done"),
        (1, date(2026, 8, 20), "due"),
    ]


def test_a_floating_schedule_goes_on_from_the_day_it_was_done(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story, timing=Timing.FLOATING)
    pm.generate(store)
    assert dates(store, schedule_id) == [(0, date(2026, 7, 20), "generated")]
    clock.moment = july(29, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 24))
    assert dates(store, schedule_id)[1] == (1, date(2026, 8, 24), "due")


def test_undo_and_reopening_bring_the_date_back(store: Store, story: Story, clock: Clock) -> None:
    schedule_id = schedule(store, story, timing=Timing.FLOATING)
    pm.generate(store)
    before = dates(store, schedule_id)
    clock.moment = july(24, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 24))
    after = dates(store, schedule_id)
    store.undo()
    assert dates(store, schedule_id) == before
    store.redo()
    assert dates(store, schedule_id) == after
    work_orders.reopen(store, made(store)[0][0], reason="Belt slips")
    assert dates(store, schedule_id) == before


def test_a_date_that_has_gone_on_stands_when_the_one_before_is_open_again(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story, timing=Timing.FLOATING)
    pm.generate(store)
    clock.moment = july(24, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 24))
    clock.advance(days=25)
    pm.generate(store)
    work_orders.reopen(store, made(store)[0][0], reason="Belt slips")
    assert [each[2] for each in dates(store, schedule_id)] == ["generated", "generated"]
    assert not problems(store)
    do(store, story, made(store)[0][0], date(2026, 8, 17))
    assert [each[2] for each in dates(store, schedule_id)] == ["done", "generated"]


def test_a_date_that_a_person_left_out_stands_when_the_one_before_is_open_again(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story, timing=Timing.FLOATING)
    pm.generate(store)
    clock.moment = july(24, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 24))
    clock.advance(days=25)
    pm.generate(store)
    work_orders.cancel(store, made(store)[1][0], reason="Not wanted")
    before = dates(store, schedule_id)[1:]
    assert [each[2] for each in before] == ["skipped", "due"]
    work_orders.reopen(store, made(store)[0][0], reason="Belt slips")
    assert dates(store, schedule_id)[1:] == before


def test_missed_dates_become_one_work_order_for_the_last(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story)
    pm.generate(store)
    store.undo()
    clock.advance(days=59)
    found = pm.generate(store)
    assert (found.days_away, found.due, len(found.orders), found.merged) == (59, 2, 1, 1)
    assert dates(store, schedule_id) == [
        (0, date(2026, 7, 20), "coalesced"),
        (1, date(2026, 8, 20), "generated"),
        (2, date(2026, 9, 20), "due"),
    ]
    assert [due_on for _, due_on in made(store)] == [date(2026, 8, 20)]


def test_or_one_for_each(store: Store, story: Story, clock: Clock) -> None:
    schedule(store, story, missed=Missed.EACH)
    clock.advance(days=59)
    assert len(pm.generate(store).orders) == 2
    assert [due_on for _, due_on in made(store)] == [date(2026, 7, 20), date(2026, 8, 20)]


def test_a_date_that_comes_due_while_the_work_is_open_is_part_of_it(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule_id = schedule(store, story)
    pm.generate(store)
    clock.moment = july(14, 10, 0) + timedelta(days=33)
    assert pm.generate(store).due == 0
    clock.advance(days=5)
    assert pm.generate(store).merged == 1
    assert len(made(store)) == 1
    do(store, story, made(store)[0][0], date(2026, 8, 21))
    assert [each[2] for each in dates(store, schedule_id)] == ["done", "coalesced", "due"]


def test_the_annual_swallows_the_monthly_and_undo_brings_both_dates_back(
    store: Store, story: Story, clock: Clock
) -> None:
    monthly = schedule(store, story, timing=Timing.FLOATING)
    annual = schedule(
        store,
        story,
        name="Sump pump, annual",
        unit=Unit.YEARS,
        anchor_on=date(2026, 7, 21),
        covers=[monthly],
    )
    found = pm.generate(store)
    assert (found.due, len(found.orders), found.covered) == (2, 1, 1)
    waiting = dates(store, monthly), dates(store, annual)
    assert waiting[0] == [(0, date(2026, 7, 20), "suppressed")]
    clock.moment = july(23, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 22))
    assert dates(store, monthly)[1] == (1, date(2026, 8, 22), "due")
    assert dates(store, annual)[0][2] == "done"
    store.undo()
    assert (dates(store, monthly), dates(store, annual)) == waiting


def test_what_a_cancelled_service_covered_is_due_by_itself(store: Store, story: Story) -> None:
    monthly = schedule(store, story, timing=Timing.FLOATING)
    schedule(store, story, name="Annual", unit=Unit.YEARS, covers=[monthly])
    pm.generate(store)
    work_orders.cancel(store, made(store)[0][0], reason="Pump is being replaced")
    assert dates(store, monthly) == [(0, date(2026, 7, 20), "due")]
    assert len(pm.generate(store).orders) == 1


def test_a_cancelled_pm_skips_its_date_with_the_reason(store: Store, story: Story) -> None:
    schedule_id = schedule(store, story, timing=Timing.FLOATING)
    pm.generate(store)
    work_orders.cancel(store, made(store)[0][0], reason="Building is closed")
    assert dates(store, schedule_id) == [
        (0, date(2026, 7, 20), "skipped"),
        (1, date(2026, 8, 20), "due"),
    ]


def test_a_meter_makes_the_work_order_when_its_count_is_near(
    store: Store, story: Story, clock: Clock
) -> None:
    meter = meters.add(store, story.asset_id, name="Run hours", unit="h", kind=MeterKind.CUMULATIVE)
    for day, value in ((date(2026, 6, 14), 5900), (date(2026, 7, 14), 6000)):
        meters.log(store, meter, value=Decimal(value), read_on=day)
    schedule_id = schedule(
        store, story, every=None, anchor_on=None, meter_id=meter, meter_every=Decimal(100)
    )
    assert pm.generate(store).due == 0
    clock.advance(days=24)
    meters.log(store, meter, value=Decimal(6080))
    assert len(pm.generate(store).orders) == 1
    clock.advance(days=7)
    meters.log(store, meter, value=Decimal(6104))
    do(store, story, made(store)[0][0], date(2026, 8, 14))
    with store.read() as session:
        last = session.scalars(select(PmOccurrence).order_by(PmOccurrence.id.desc())).first()
        assert last is not None
        assert (last.pm_schedule_id, last.due_on, last.due_count) == (schedule_id, None, 304)


def test_whichever_comes_first_and_doing_it_resets_both(
    store: Store, story: Story, clock: Clock
) -> None:
    meter = meters.add(store, story.asset_id, name="Run hours", unit="h", kind=MeterKind.CUMULATIVE)
    meters.log(store, meter, value=Decimal(100))
    schedule_id = schedule(
        store,
        story,
        timing=Timing.FLOATING,
        anchor_on=date(2026, 12, 1),
        meter_id=meter,
        meter_every=Decimal(50),
    )
    clock.advance(days=2)
    meters.log(store, meter, value=Decimal(151))
    assert len(pm.generate(store).orders) == 1
    do(store, story, made(store)[0][0], date(2026, 7, 16))
    assert dates(store, schedule_id)[1] == (1, date(2026, 8, 16), "due")


def test_several_assets_of_a_site_are_on_one_work_order_each_with_its_checklist(
    store: Store, story: Story
) -> None:
    twin = assets.add(store, name="Sump pump", short_code="SP-B", site_id=story.site_id)
    schedule_id = schedule(
        store, story, asset_ids=[story.asset_id, twin], job_template_id=story.template_id
    )
    assert len(pm.generate(store).orders) == 1
    [(order_id, _)] = made(store)
    with store.read() as session:
        tasks = session.scalars(select(Task).where(Task.work_order_id == order_id)).all()
    assert [task.asset_id for task in tasks].count(twin) == 5
    assert len({task.sequence for task in tasks}) == 10
    assert [each[2] for each in dates(store, schedule_id)] == ["generated", "due"] * 2


def test_compliance_counts_what_was_done_by_its_grace(
    store: Store, story: Story, clock: Clock
) -> None:
    schedule(store, story)
    pm.generate(store)
    clock.moment = july(29, 9, 0)
    do(store, story, made(store)[0][0], date(2026, 7, 26))
    span = {"from_on": date(2026, 7, 1), "until_on": date(2026, 7, 31)}
    assert pm.compliance(store, **span) == Compliance(1, 1)
    assert pm.done_lately(store) == Compliance(1, 1)
    clock.moment += timedelta(days=90)
    assert pm.done_lately(store) == Compliance(0, 0)


def test_readings_beyond_a_limit_make_one_work_order(
    store: Store, story: Story, clock: Clock
) -> None:
    meter = meters.add(store, story.asset_id, name="Motor current", unit="A", high=Decimal("9.8"))
    limits: dict[str, Any] = {"every": None, "anchor_on": None, "is_by_limits": True}
    schedule_id = schedule(store, story, meter_id=meter, **limits)
    for value in ("9.8", "10.1", "10.3"):
        meters.log(store, meter, value=Decimal(value))
        clock.advance(days=1)
    assert dates(store, schedule_id) == [(0, date(2026, 7, 15), "generated")]
    do(store, story, made(store)[0][0], date(2026, 7, 16))
    meters.log(store, meter, value=Decimal(11), read_on=date(2026, 7, 16))
    assert len(made(store)) == 1
    meters.log(store, meter, value=Decimal(11))
    assert len(made(store)) == 2
    assert problems(store) == []
