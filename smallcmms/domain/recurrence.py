"""Recurring dates: every n days, weeks, months or years, each reckoned from the anchor.

A month that is too short for the anchor's day lends its last day and nothing more: 31 January,
monthly, gives 28 February, 31 March, 30 April. No date is reckoned from the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from smallcmms.domain.errors import RuleBroken

WEEK = 7
_MONTHS = 12
_FEBRUARY = 1
_LONGEST = 31
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LAST = -1
_NTHS = (1, 2, 3, 4, LAST)
MOST_EVERY = 3650
"""An interval counts at most this many days, weeks, months or years (ours)."""


class Unit(StrEnum):
    """What an interval counts."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class MonthDay(StrEnum):
    """Which day of a month is meant."""

    SAME = "same"
    LAST = "last"
    NTH = "nth"


_DAYS, _WEEKS, _YEARS = Unit.DAYS, Unit.WEEKS, Unit.YEARS
_SAME, _LAST_DAY = MonthDay.SAME, MonthDay.LAST
"""Looked up once: a member of an enumeration costs more than the month that it names."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Every so many units: on the weekdays (Monday is 0) of a week, on which day of a month.

    ``nth`` and ``weekday`` belong to ``MonthDay.NTH``: the second Tuesday is 2 and 1, the last
    Friday is -1 and 4.

    Raises:
        RuleBroken: a number is outside of what it can be.
    """

    every: int
    unit: Unit
    weekdays: tuple[int, ...] = ()
    month_day: MonthDay = MonthDay.SAME
    nth: int = 1
    weekday: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.every <= MOST_EVERY:
            raise RuleBroken("Every how many? From 1 to {most}.", "every", most=MOST_EVERY)
        if any(not 0 <= day < WEEK for day in (*self.weekdays, self.weekday)):
            raise RuleBroken("A week has seven days.", "weekdays")
        if list(self.weekdays) != sorted(set(self.weekdays)):
            raise RuleBroken("Name each weekday once, Monday first.", "weekdays")
        if self.nth not in _NTHS:
            raise RuleBroken("First, second, third, fourth or last.", "nth")

    @property
    def days(self) -> int:
        """Return how many days the interval has, nearly: a month counts 30.4 and a year 365."""
        if self.unit is Unit.DAYS:
            return self.every
        if self.unit is Unit.WEEKS:
            return self.every * WEEK // max(len(self.weekdays), 1)
        if self.unit is Unit.MONTHS:
            return self.every * 365 // _MONTHS
        return self.every * 365


def month_end(year: int, month: int) -> int:
    """Return the last day of a month; months count from 0."""
    if month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _LENGTHS[month]


def due(interval: Interval, anchor: date, sequence: int) -> date:
    """Return the date of one occurrence; the first, 0, is the anchor or the first date after it."""
    unit = interval.unit
    if unit is _DAYS:
        return anchor + timedelta(interval.every * sequence)
    if unit is _WEEKS:
        return _weekly(interval, anchor, sequence)
    start = anchor.year * _MONTHS + anchor.month - 1
    months = start + (interval.every * _MONTHS if unit is _YEARS else interval.every) * sequence
    if interval.month_day is _SAME:
        return _clamped(months, anchor.day)
    return _of_month(interval, months + _shift(interval, anchor))


def next_after(interval: Interval, anchor: date, after: date) -> tuple[int, date]:
    """Return sequence and date of the first occurrence after a day, without walking there."""
    unit = interval.unit
    if after < anchor:
        sequence = 0
    elif unit is _DAYS:
        sequence = (after - anchor).days // interval.every + 1
    elif unit is _WEEKS:
        sequence = _weeks_until(interval, anchor, after)
    else:
        between = (after.year - anchor.year) * _MONTHS + after.month - anchor.month
        step = interval.every * _MONTHS if unit is _YEARS else interval.every
        sequence = between // step
        if interval.month_day is not _SAME:
            sequence = max(sequence - 1, 0)
        elif between == sequence * step and anchor.day <= after.day:
            sequence += 1
    found = due(interval, anchor, sequence)
    while found <= after:
        sequence += 1
        found = due(interval, anchor, sequence)
    return sequence, found


def later(interval: Interval, done_on: date) -> date:
    """Return the date one interval after the work was done; the end of a month stays one.

    On which weekday or day of a month has no say here: that belongs to fixed dates.
    """
    if interval.unit is Unit.DAYS:
        return done_on + timedelta(interval.every)
    if interval.unit is Unit.WEEKS:
        return done_on + timedelta(interval.every * WEEK)
    months = done_on.year * _MONTHS + done_on.month - 1 + _step(interval)
    is_end = done_on.day == month_end(done_on.year, done_on.month - 1)
    return _clamped(months, _LONGEST if is_end else done_on.day)


def _weekly(interval: Interval, anchor: date, sequence: int) -> date:
    if not interval.weekdays:
        return anchor + timedelta(interval.every * WEEK * sequence)
    first = anchor.weekday()
    place = sequence + sum(day < first for day in interval.weekdays)
    weeks, day = divmod(place, len(interval.weekdays))
    start = interval.every * WEEK * weeks - first
    return anchor + timedelta(start + interval.weekdays[day])


def _weeks_until(interval: Interval, anchor: date, after: date) -> int:
    """Return a sequence whose date is the last one up to a day, or the one after that."""
    cycle = interval.every * WEEK
    if not interval.weekdays:
        return (after - anchor).days // cycle + 1
    first = anchor.weekday()
    passed = sum(day < first for day in interval.weekdays)
    cycles, days = divmod((after - anchor).days + first, cycle)
    reached = sum(day <= days for day in interval.weekdays)
    return max(cycles * len(interval.weekdays) + reached - passed, 0)


def _step(interval: Interval) -> int:
    return interval.every * _MONTHS if interval.unit is _YEARS else interval.every


def _clamped(months: int, day: int) -> date:
    """Return a day of a month, counted from the year 0, or the month's last day."""
    year, month = divmod(months, _MONTHS)
    last = _LENGTHS[month]
    if day > last:
        day = month_end(year, month)
    return date(year, month + 1, day)


def _shift(interval: Interval, anchor: date) -> int:
    """Return how many months later the dates begin, because the anchor's own is past."""
    start = anchor.year * _MONTHS + anchor.month - 1
    return _step(interval) if _of_month(interval, start) < anchor else 0


def _of_month(interval: Interval, months: int) -> date:
    year, month = divmod(months, _MONTHS)
    last = month_end(year, month)
    if interval.month_day is _LAST_DAY:
        return date(year, month + 1, last)
    if interval.nth == LAST:
        end = date(year, month + 1, last)
        return end - timedelta((end.weekday() - interval.weekday) % WEEK)
    start = date(year, month + 1, 1)
    return start + timedelta(
        (interval.weekday - start.weekday()) % WEEK + WEEK * (interval.nth - 1)
    )
