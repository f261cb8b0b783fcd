"""Preventive maintenance: when work on an asset is due next, and why on that day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from itertools import count

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.recurrence import Interval, due, later, next_after

MONTHS = 12
_DAY = timedelta(1)
_FARTHEST_MOVE = 31
"""A date is moved at most this many days; where all of them are off it stays (ours)."""
MOST_GRACE = 28
"""Days [SMRP 5.4.14: +20 % of the interval, at most 28 days]."""
MOST_SKIPPED = 400
"""Dates in a row: a daily schedule may be closed for a year, and no longer (ours)."""
LONGEST_AWAY = 60
"""Days that are caught up without asking; more look like a clock that is wrong."""


class Timing(StrEnum):
    """What a schedule's dates are reckoned from: the calendar, or the last time it was done."""

    FIXED = "fixed"
    FLOATING = "floating"


class Landing(StrEnum):
    """What becomes of a date on a weekend, a holiday or a blacked-out day."""

    KEEP = "keep"
    BEFORE = "before"
    AFTER = "after"
    SKIP = "skip"


class Missed(StrEnum):
    """What becomes of several missed dates: one work order for all, or one for each."""

    COALESCE = "coalesce"
    EACH = "each"


class OccurrenceStatus(StrEnum):
    """The state of one due date."""

    DUE = "due"
    GENERATED = "generated"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"
    SUPPRESSED = "suppressed"
    COALESCED = "coalesced"


class Moved(StrEnum):
    """Why a date is not the one that the interval gave."""

    NOT = ""
    OUT_OF_SEASON = "out_of_season"
    SEASON_OPENS = "season_opens"
    BEFORE = "before"
    AFTER = "after"
    DAY_OFF = "day_off"


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The days without work: weekdays (Monday is 0), holidays, and blacked-out stretches.

    A stretch has its first and its last day. Nothing is ever left on a blacked-out day, whatever
    the schedule says of weekends.
    """

    weekdays: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    blackouts: tuple[tuple[date, date], ...] = ()

    def is_blacked_out(self, day: date) -> bool:
        """Tell whether a day lies in a blacked-out stretch."""
        return any(first <= day <= last for first, last in self.blackouts)

    def is_off(self, day: date) -> bool:
        """Tell whether nobody works on a day."""
        return day.weekday() in self.weekdays or day in self.holidays or self.is_blacked_out(day)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a schedule is due: by the calendar, by a meter's count, or whichever comes first.

    One that is due by limits has no dates: a reading beyond them makes its work order.
    ``anchor_on`` is the first date by the calendar; ``meter_every`` is in the meter's own unit;
    ``season`` holds the open months, 1 to 12, and all are open where it is empty. A date that
    floats is moved off a day off, never skipped: nothing would come after it before it is done.

    Raises:
        RuleBroken: it has neither interval nor meter, an interval without its first date, a month
            that is none, or it floats and skips.
    """

    interval: Interval | None = None
    timing: Timing = Timing.FIXED
    anchor_on: date | None = None
    meter_every: Decimal | None = None
    season: frozenset[int] = frozenset()
    landing: Landing = Landing.KEEP
    days_off: DaysOff = DaysOff()
    ends_on: date | None = None
    is_by_limits: bool = False

    def __post_init__(self) -> None:
        if self.interval is None and self.meter_every is None and not self.is_by_limits:
            raise RuleBroken("Say how often: every so many days, or by a meter.", "every")
        if self.interval is not None and self.anchor_on is None:
            raise RuleBroken("When is it due first?", "anchor_on")
        if self.meter_every is not None and self.meter_every <= 0:
            raise RuleBroken("The meter's step is more than zero.", "meter_every")
        if not self.season <= set(range(1, MONTHS + 1)):
            raise RuleBroken("A year has twelve months.", "season")
        floats = self.interval is not None and self.timing is Timing.FLOATING
        if floats and self.landing is Landing.SKIP:
            raise RuleBroken("A date after the last one is not skipped. Move it.", "landing")

    @property
    def is_fixed(self) -> bool:
        """Tell whether the calendar alone says when it is due, whatever was done when."""
        return self.interval is not None and self.timing is Timing.FIXED

    def is_open(self, day: date) -> bool:
        """Tell whether a day lies in the season."""
        return not self.season or day.month in self.season


@dataclass(frozen=True, slots=True)
class Planned:
    """One date of a schedule: what the interval gave, and the day it is due, None if skipped."""

    sequence: int
    nominal_on: date
    due_on: date | None
    moved: Moved = Moved.NOT


def fixed(rule: Rule, sequence: int = 0) -> Iterator[Planned]:
    """Yield the dates of a fixed schedule from one sequence on, skipped ones too, in order.

    Of several dates in one closed season the last falls on the day it opens, the others are
    skipped. The dates end with the schedule.

    Raises:
        RuleBroken: more than 400 dates in a row are skipped, so that nothing would ever be due.
    """
    interval, anchor = rule.interval, rule.anchor_on
    if interval is None or anchor is None:
        return
    nominal, skipped = due(interval, anchor, sequence), 0
    for place in count(sequence):
        if rule.ends_on is not None and nominal > rule.ends_on:
            return
        following = due(interval, anchor, place + 1)
        planned = _planned(rule, place, nominal, following)
        skipped = skipped + 1 if planned.due_on is None else 0
        if skipped > MOST_SKIPPED:
            raise RuleBroken("Every date of this rule would be skipped.", "landing")
        yield planned
        nominal = following


def fallen(rule: Rule, sequence: int, nominal_on: date) -> Planned:
    """Return the day on which one date of a schedule falls by its season and its days off."""
    following = None
    if rule.is_fixed and rule.interval is not None and rule.anchor_on is not None:
        following = next_after(rule.interval, rule.anchor_on, nominal_on)[1]
    return _planned(rule, sequence, nominal_on, following)


def after_done(rule: Rule, done_on: date, sequence: int) -> Planned | None:
    """Return the date of a floating schedule after the work was done; None where it has ended."""
    if rule.interval is None:
        return None
    nominal = later(rule.interval, done_on)
    if rule.ends_on is not None and nominal > rule.ends_on:
        return None
    return _planned(rule, sequence, nominal, None)


def first(rule: Rule) -> Planned | None:
    """Return the first date of a schedule that has never been done; None without a calendar."""
    if rule.anchor_on is None or rule.interval is None:
        return None
    if rule.is_fixed:
        return next(fixed(rule), None)
    return _planned(rule, 0, rule.anchor_on, None)


def upcoming(rule: Rule, pending: Planned, most: int) -> list[Planned]:
    """Return a pending date and those after it, as if each were done on the day it is due."""
    if rule.is_fixed:
        rest = fixed(rule, pending.sequence + 1)
        return [pending, *(each for _, each in zip(range(most - 1), rest, strict=False))]
    found = [pending]
    while len(found) < most:
        last = found[-1]
        following = after_done(rule, last.due_on or last.nominal_on, last.sequence + 1)
        if following is None:
            break
        found.append(following)
    return found


def _planned(rule: Rule, sequence: int, nominal: date, following: date | None) -> Planned:
    day, moved = nominal, Moved.NOT
    if not rule.is_open(nominal):
        day, moved = _opening(rule, nominal), Moved.SEASON_OPENS
        if following is not None and following < day:
            return Planned(sequence, nominal, None, Moved.OUT_OF_SEASON)
    if not _is_in_the_way(rule, day):
        return Planned(sequence, nominal, day, moved)
    if rule.landing is Landing.SKIP:
        return Planned(sequence, nominal, None, Moved.DAY_OFF)
    landed = _landed(rule, day)
    if moved is Moved.NOT and landed != day:
        moved = Moved.BEFORE if landed < day else Moved.AFTER
    return Planned(sequence, nominal, landed, moved)


def _opening(rule: Rule, closed: date) -> date:
    """Return the day on which the season opens after a day outside of it."""
    ahead = next(n for n in count(1) if (closed.month - 1 + n) % MONTHS + 1 in rule.season)
    year, month = divmod(closed.year * MONTHS + closed.month - 1 + ahead, MONTHS)
    return date(year, month + 1, 1)


def _is_in_the_way(rule: Rule, day: date) -> bool:
    if rule.landing is Landing.KEEP:
        return rule.days_off.is_blacked_out(day)
    return rule.days_off.is_off(day)


def _landed(rule: Rule, day: date) -> date:
    """Return the nearest day that is free on the wanted side, or else on the other."""
    sides = (-1, 1) if rule.landing is Landing.BEFORE else (1, -1)
    for side in sides:
        for distance in range(1, _FARTHEST_MOVE + 1):
            moved = day + side * distance * _DAY
            if rule.is_open(moved) and not _is_in_the_way(rule, moved):
                return moved
    return day


def grace_days(interval_days: int) -> int:
    """Return the days after its due date in which a PM is still on time.

    A fifth of the interval, at most 28 days [SMRP 5.4.14].
    """
    return min(interval_days // 5, MOST_GRACE)


def window_days(early_days: int | None, interval_days: int) -> int:
    """Return how far from its due date a service may be covered by a larger one (ours).

    Without an early window of its own it is half the interval, so that one date is covered.
    """
    return early_days if early_days is not None else interval_days // 2


def is_covered(due_on: date, larger_on: date, window: int) -> bool:
    """Tell whether a larger service, due nearby, covers a smaller one."""
    return abs((due_on - larger_on).days) <= window


def is_time_to_make(due_on: date, lead_days: int, today: date) -> bool:
    """Tell whether the work order of a due date is to be made."""
    return due_on - lead_days * _DAY <= today


def is_clock_odd(last_on: date | None, today: date) -> bool:
    """Tell whether the date jumped, back or more than 60 days ahead, since the last check."""
    return last_on is not None and not 0 <= (today - last_on).days <= LONGEST_AWAY


def meter_days(reading: Decimal, due_reading: Decimal, per_day: Decimal | None) -> int | None:
    """Return in how many days a meter reaches a reading, 0 if it has, None without a rate.

    ``per_day`` is in the meter's own unit.
    """
    if reading >= due_reading:
        return 0
    if per_day is None or per_day <= 0:
        return None
    return int(((due_reading - reading) / per_day).to_integral_value(ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Compliance:
    """PM work orders done on time, with grace, of those that were due [SMRP 5.4.14]."""

    on_time: int
    due: int


def complied(judged: Iterable[tuple[date, date | None, int]], today: date) -> Compliance:
    """Return how many of the dates were met: each with its due day, done day and days of grace.

    Work that is open while its grace lasts is judged later.
    """
    decided = [each for each in judged if each[1] is not None or each[0] + each[2] * _DAY < today]
    return Compliance(sum(is_on_time(*each) for each in decided), len(decided))


def is_on_time(due_on: date, done_on: date | None, grace: int) -> bool:
    """Tell whether a PM was done by its due date and its grace."""
    return done_on is not None and done_on <= due_on + grace * _DAY
