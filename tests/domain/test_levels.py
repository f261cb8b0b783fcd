"""Until when a level wants an answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import ANSWERS, Answer, Hours, Level, WorkWeek, answer_by

ZONE = ZoneInfo("America/New_York")
WEEK = WorkWeek()


def until(
    level: Level,
    received: str,
    *,
    week: WorkWeek = WEEK,
    holidays: frozenset[date] = frozenset(),
) -> str:
    """Return the local moment until which a level wants an answer."""
    found = answer_by(
        datetime.fromisoformat(received).replace(tzinfo=ZONE),
        ANSWERS[level],
        week=week,
        holidays=holidays,
        zone=ZONE,
    )
    assert found.tzinfo is UTC
    return f"{found.astimezone(ZONE):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("level", "received", "expected"),
    [
        (Level.CRITICAL, "2026-07-14T10:12", "2026-07-14T11:12"),
        (Level.CRITICAL, "2026-07-18T23:30", "2026-07-19T00:30"),
        (Level.HIGH, "2026-07-13T07:10", "2026-07-13T11:10"),
        (Level.HIGH, "2026-07-14T09:58", "2026-07-14T13:58"),
        (Level.MEDIUM, "2026-07-14T09:20", "2026-07-17T17:00"),
        (Level.MEDIUM, "2026-07-13T16:55", "2026-07-16T17:00"),
        (Level.LOW, "2026-07-13T16:40", "2026-07-27T17:00"),
        (Level.MEDIUM, "2026-07-18T12:00", "2026-07-22T17:00"),
        (Level.MEDIUM, "2026-07-17T23:59", "2026-07-22T17:00"),
    ],
)
def test_each_level_has_its_answer_time(level: Level, received: str, expected: str) -> None:
    assert until(level, received) == expected


def test_holidays_and_days_off_are_left_out() -> None:
    friday = "2026-07-03T09:00"
    assert until(Level.MEDIUM, friday, holidays=frozenset({date(2026, 7, 6)})) == "2026-07-09T17:00"
    saturdays = WorkWeek((None,) * 5 + (Hours(time(9), time(12, 30)), None))
    assert until(Level.MEDIUM, friday, week=saturdays) == "2026-07-18T12:30"


def test_minutes_run_through_a_change_of_the_clocks() -> None:
    """At 1:30 on the night the clocks go forward, an hour later it is 3:30."""
    assert until(Level.CRITICAL, "2026-03-08T01:30") == "2026-03-08T03:30"


def test_a_year_of_holidays_leaves_no_answer() -> None:
    holidays = frozenset(date(2026, 1, 1) + timedelta(days) for days in range(800))
    with pytest.raises(RuleBroken) as refused:
        until(Level.LOW, "2026-01-05T09:00", holidays=holidays)
    assert refused.value.field == "holidays"


@pytest.mark.parametrize(
    ("minutes", "workdays"),
    [(None, None), (60, 3), (0, None), (None, -1), (527_041, None), (None, 367)],
)
def test_an_answer_time_is_in_minutes_or_in_workdays(
    minutes: int | None, workdays: int | None
) -> None:
    with pytest.raises(RuleBroken):
        Answer(minutes, workdays)


def test_a_week_that_nobody_works_and_a_day_that_ends_before_it_begins_are_refused() -> None:
    for days in ((None,) * 7, (Hours(time(8), time(17)),) * 6):
        with pytest.raises(RuleBroken, match="seven days"):
            WorkWeek(days)
    with pytest.raises(RuleBroken, match="before it begins"):
        Hours(time(17), time(8))


def test_a_day_is_worked_unless_it_is_off_or_a_holiday() -> None:
    monday = date(2026, 7, 13)
    assert WEEK.hours(monday) == Hours(time(8), time(17))
    assert WEEK.hours(monday, {monday}) is None
    assert WEEK.hours(monday - timedelta(1)) is None


@given(
    st.integers(0, 90 * 365 * 24 * 60),
    st.integers(1, 30),
    st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland"]),
)
def test_the_answer_falls_on_the_nth_workday_after_the_call(
    minutes: int, workdays: int, zone_name: str
) -> None:
    zone = ZoneInfo(zone_name)
    received = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    by = answer_by(received, Answer(workdays=workdays), week=WEEK, holidays=(), zone=zone)
    first, last = received.astimezone(zone).date(), by.astimezone(zone).date()
    between = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    assert sum(day.weekday() < 5 for day in between) == workdays
    assert by.astimezone(zone).time() == time(17)
