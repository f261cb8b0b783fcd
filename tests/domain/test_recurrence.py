from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from dateutil import rrule
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.recurrence import Interval, MonthDay, Unit, due, later, next_after

ANCHORS = st.dates(date(1996, 1, 1), date(2100, 12, 31))
PLAIN = st.builds(Interval, st.integers(1, 40), st.sampled_from(Unit))
ON_WEEKDAYS = st.builds(
    Interval,
    st.integers(1, 6),
    st.just(Unit.WEEKS),
    st.sets(st.integers(0, 6), min_size=1).map(sorted).map(tuple),
)
OF_MONTHS = st.builds(
    Interval,
    st.integers(1, 14),
    st.sampled_from((Unit.MONTHS, Unit.YEARS)),
    st.just(()),
    st.sampled_from((MonthDay.LAST, MonthDay.NTH)),
    st.sampled_from((1, 2, 3, 4, -1)),
    st.integers(0, 6),
)
INTERVALS = PLAIN | ON_WEEKDAYS | OF_MONTHS
FREQUENCIES: dict[Unit, Any] = {Unit.DAYS: rrule.DAILY, Unit.WEEKS: rrule.WEEKLY}


def oracle(interval: Interval, anchor: date, most: int) -> list[date]:
    """Return the first dates by dateutil: its rrule, or for plain months the clamped distance."""
    if interval.unit in (Unit.MONTHS, Unit.YEARS) and interval.month_day is MonthDay.SAME:
        months = interval.every * (12 if interval.unit is Unit.YEARS else 1)
        return [anchor + relativedelta(months=months * k) for k in range(most)]
    freq = FREQUENCIES.get(interval.unit, rrule.MONTHLY)
    every = interval.every * (12 if interval.unit is Unit.YEARS else 1)
    more: dict[str, Any] = {}
    if interval.weekdays:
        more["byweekday"] = interval.weekdays
    if interval.month_day is MonthDay.LAST:
        more["bymonthday"] = -1
    if interval.month_day is MonthDay.NTH:
        more["byweekday"] = rrule.weekday(interval.weekday, interval.nth)
    found = rrule.rrule(freq, interval=every, dtstart=anchor, count=most, **more)
    return [each.date() for each in found]


@given(INTERVALS, ANCHORS)
def test_every_date_is_that_of_the_clamped_oracle(interval: Interval, anchor: date) -> None:
    expected = oracle(interval, anchor, 12)
    assert [due(interval, anchor, k) for k in range(12)] == expected


@given(INTERVALS, ANCHORS, st.integers(-100, 4000))
def test_the_next_date_is_found_without_walking_there(
    interval: Interval, anchor: date, days: int
) -> None:
    after = anchor + timedelta(days)
    walked = next(
        (k, due(interval, anchor, k)) for k in count() if due(interval, anchor, k) > after
    )
    assert next_after(interval, anchor, after) == walked


@pytest.mark.parametrize(
    ("anchor", "dates"),
    [
        (date(2026, 1, 31), [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),
        (date(2027, 12, 30), [date(2028, 1, 30), date(2028, 2, 29), date(2028, 3, 30)]),
    ],
)
def test_a_short_month_lends_its_last_day_and_nothing_more(anchor: date, dates: list[date]) -> None:
    monthly = Interval(1, Unit.MONTHS)
    assert [due(monthly, anchor, k) for k in (1, 2, 3)] == dates


@pytest.mark.parametrize(
    ("interval", "done_on", "then"),
    [
        (Interval(90, Unit.DAYS), date(2026, 3, 3), date(2026, 6, 1)),
        (Interval(2, Unit.WEEKS), date(2026, 7, 14), date(2026, 7, 28)),
        (Interval(2, Unit.MONTHS), date(2026, 7, 16), date(2026, 9, 16)),
        (Interval(1, Unit.MONTHS), date(2026, 1, 31), date(2026, 2, 28)),
        (Interval(1, Unit.MONTHS), date(2026, 2, 28), date(2026, 3, 31)),
        (Interval(1, Unit.MONTHS), date(2026, 1, 30), date(2026, 2, 28)),
        (Interval(1, Unit.YEARS), date(2028, 2, 29), date(2029, 2, 28)),
        (Interval(1, Unit.YEARS), date(2027, 2, 28), date(2028, 2, 29)),
    ],
)
def test_one_interval_later_keeps_the_end_of_a_month(
    interval: Interval, done_on: date, then: date
) -> None:
    assert later(interval, done_on) == then


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"every": 0}, "every"),
        ({"every": 3651}, "every"),
        ({"weekdays": (7,)}, "weekdays"),
        ({"weekdays": (3, 1)}, "weekdays"),
        ({"weekdays": (1, 1)}, "weekdays"),
        ({"weekday": -1}, "weekdays"),
        ({"nth": 5}, "nth"),
    ],
)
def test_an_interval_that_cannot_be_is_refused(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        Interval(**{"every": 1, "unit": Unit.WEEKS, **facts})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("interval", "days"),
    [
        (Interval(10, Unit.DAYS), 10),
        (Interval(2, Unit.WEEKS), 14),
        (Interval(1, Unit.WEEKS, (0, 3)), 3),
        (Interval(3, Unit.MONTHS), 91),
        (Interval(1, Unit.YEARS), 365),
    ],
)
def test_an_interval_has_a_length_in_days(interval: Interval, days: int) -> None:
    assert interval.days == days
