from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.meters import Limit, MeterKind, ReadingKind, ReadingSource
from smallcmms.models import Task
from smallcmms.services import check, meters, sheets, timeline
from smallcmms.store.store import Store
from tests import build, jobs
from tests.conftest import Clock

JULY = [date(2026, 7, day) for day in range(1, 14)]


def hours(store: Store, story: build.Story, rolls_over_at: Decimal | None = None) -> int:
    return meters.add(
        store,
        story.asset_id,
        name="Running hours",
        unit="h",
        kind=MeterKind.CUMULATIVE,
        rolls_over_at=rolls_over_at,
    )


def current(store: Store, story: build.Story, high: str = "9.8") -> int:
    high_limit = Decimal(high)
    return meters.add(store, story.asset_id, name="Motor current", unit="A", high=high_limit)


def log(store: Store, meter_id: int, value: str, on: date, kind: str = "normal") -> meters.Logged:
    told = ReadingKind(kind)
    return meters.log(store, meter_id, value=Decimal(value), read_on=on, kind=told)


def values(store: Store, meter_id: int) -> list[str]:
    return [f"{each.value.normalize():f}" for each in meters.readings(store, meter_id)]


def test_a_reading_over_its_limit_is_said_at_once(store: Store, story: build.Story) -> None:
    meter_id = current(store, story)
    assert meters.log(store, meter_id, value=Decimal("9.8")).limit is None
    kept = meters.log(store, meter_id, value=Decimal("9.801"))
    assert (kept.limit, kept.bound) == (Limit.HIGH, Decimal("9.8"))
    meter = meters.get(store, meter_id)
    assert (meter.limit, meter.last_value, meter.last_on) == (
        Limit.HIGH,
        Decimal("9.801"),
        date(2026, 7, 13),
    )
    assert check.problems(store) == []


def test_a_reading_may_be_of_an_earlier_day_and_stands_there(
    store: Store, story: build.Story
) -> None:
    meter_id = hours(store, story)
    log(store, meter_id, "100", JULY[0])
    log(store, meter_id, "300", JULY[9])
    log(store, meter_id, "200", JULY[4])
    assert values(store, meter_id) == ["100", "200", "300"]
    told = timeline.of(store, "asset", story.asset_id)
    assert [each.at.day for each in told if each.kind == "reading_logged"] == [10, 5, 1]
    for value, on in (("301", JULY[4]), ("99", JULY[4]), ("299", JULY[10])):
        with pytest.raises(RuleBroken, match="It showed"):
            log(store, meter_id, value, on)
    with pytest.raises(RuleBroken, match="still to come"):
        log(store, meter_id, "400", date(2026, 7, 14))


def test_a_refusal_names_its_neighbour_as_the_shop_writes_it(
    store: Store, story: build.Story
) -> None:
    meter_id = hours(store, story)
    log(store, meter_id, "1300.5", JULY[2])
    with pytest.raises(RuleBroken) as refused:
        log(store, meter_id, "1200", JULY[3])
    assert str(refused.value).startswith("It showed 1,300.5 on Jul 3, 2026.")


def test_what_ran_goes_on_over_a_rollover_and_a_new_meter(store: Store, story: build.Story) -> None:
    meter_id = hours(store, story, rolls_over_at=Decimal(1000))
    log(store, meter_id, "900", JULY[0])
    log(store, meter_id, "50", JULY[1], "rollover")
    log(store, meter_id, "0", JULY[2], "replaced")
    log(store, meter_id, "25", JULY[3])
    meter = meters.get(store, meter_id)
    assert meters.ran(meter, meters.readings(store, meter_id)) == Decimal(175)
    assert check.problems(store) == []


def test_a_reading_is_corrected_and_taken_out(store: Store, story: build.Story) -> None:
    meter_id = hours(store, story)
    log(store, meter_id, "100", JULY[0])
    kept = log(store, meter_id, "20", JULY[5], "reset")
    log(store, meter_id, "30", JULY[6])
    meters.correct(store, kept.id, value=Decimal(22), read_on=JULY[4])
    with pytest.raises(RuleBroken, match="which is later"):
        meters.correct(store, kept.id, value=Decimal(31))
    with pytest.raises(RuleBroken, match="reset, rolled over or replaced"):
        meters.correct(store, kept.id, kind=ReadingKind.NORMAL)
    assert values(store, meter_id) == ["100", "22", "30"]
    meters.remove(store, kept.id)
    assert values(store, meter_id) == ["100", "30"]
    store.undo()
    assert values(store, meter_id) == ["100", "22", "30"]


def test_a_meter_has_a_name_of_its_own_and_sound_limits(store: Store, story: build.Story) -> None:
    meter_id = current(store, story)
    with pytest.raises(RuleBroken, match="there already"):
        meters.add(store, story.asset_id, name=" motor CURRENT ")
    with pytest.raises(RuleBroken, match="needs a name"):
        meters.edit(store, meter_id, name=" ")
    with pytest.raises(RuleBroken, match="low limit"):
        meters.edit(store, meter_id, low=Decimal(10))
    with pytest.raises(RuleBroken, match="rolls over"):
        meters.edit(store, meter_id, rolls_over_at=Decimal(10))
    meters.edit(store, meter_id, high=Decimal(12), unit=" A ")
    assert meters.get(store, meter_id).high == Decimal(12)
    with pytest.raises(NotFound):
        meters.get(store, 99)


def test_a_meter_is_put_away_and_brought_back(store: Store, story: build.Story) -> None:
    meter_id = current(store, story)
    meters.archive(store, meter_id)
    assert meters.of_asset(store, story.asset_id) == []
    assert meters.everywhere(store) == []
    assert [each.id for each in meters.of_asset(store, story.asset_id, is_archived=True)] == [
        meter_id
    ]
    meters.bring_back(store, meter_id)
    assert [each.asset_number for each in meters.everywhere(store)] == ["A-0133"]
    taken = meters.of_asset(store, story.asset_id)
    meters.archive(store, meter_id)
    current(store, story)
    with pytest.raises(RuleBroken, match="there already"):
        meters.bring_back(store, meter_id)
    assert len(taken) == 1


def test_a_reading_on_a_sheet_lands_with_its_meter(
    store: Store, clock: Clock, story: build.Story
) -> None:
    job, meter_id = jobs.out_since_yesterday(store, clock, story), current(store, story)
    sheets.enter(store, job, jobs.ENTRY)
    [reading] = meters.readings(store, meter_id)
    assert (reading.read_on, reading.value) == (date(2026, 7, 13), Decimal("8.9"))
    assert (reading.source, reading.number) == (ReadingSource.SHEET, "WO-2310")
    assert check.problems(store) == []
    store.undo()
    assert meters.readings(store, meter_id) == []


def test_a_sheet_says_a_reading_over_the_limit_of_a_meter(
    store: Store, clock: Clock, story: build.Story
) -> None:
    job, meter_id = jobs.out_since_yesterday(store, clock, story), current(store, story, "8")
    with store.change("No limit on the sheet") as session:
        session.execute(update(Task).values(low=None, high=None))
    [warning] = sheets.check(store, job, jobs.ENTRY).warnings
    assert warning.field == "marks.3"
    assert str(warning) == "8.9 A is beyond the limit of 8 A."
    sheets.enter(store, job, jobs.ENTRY)
    assert values(store, meter_id) == ["8.9"]


def test_a_reading_that_does_not_fit_its_meter_stays_on_the_sheet(
    store: Store, clock: Clock, story: build.Story
) -> None:
    job = jobs.out_since_yesterday(store, clock, story)
    kind = MeterKind.CUMULATIVE
    meter_id = meters.add(store, story.asset_id, name="Motor current", unit="A", kind=kind)
    log(store, meter_id, "12", JULY[0])
    told = [str(each) for each in sheets.check(store, job, jobs.ENTRY).warnings]
    assert told[-1].startswith("It showed 12 on Jul 1, 2026.")
    sheets.enter(store, job, jobs.ENTRY)
    assert values(store, meter_id) == ["12"]
    assert "reading_left_out" in [each.kind for each in timeline.of(store, "asset", story.asset_id)]
