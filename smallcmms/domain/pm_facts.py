"""What the words about PM schedules need: a rule, a next date, what a catch-up found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from smallcmms.domain.pm import Moved, Timing
from smallcmms.domain.recurrence import MonthDay, Unit


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule as its words need it; ``meter_every`` is in the meter's own unit."""

    timing: Timing
    every: int | None
    unit: Unit
    weekdays: tuple[int, ...]
    month_day: MonthDay
    nth: int
    weekday: int
    anchor_on: date | None
    meter_every: Decimal | None
    meter: str
    meter_unit: str
    is_by_limits: bool
    season: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """The visit that is planned for a work order: its day, when it begins (UTC), and who goes."""

    on: date
    begins_at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class NextDate:
    """One of the next dates: None where it is skipped, and why it is that day.

    ``because`` says how it was reckoned, ``nominal_on`` is the day before season and days off;
    ``is_by_meter`` where the meter gets there before the calendar does.
    """

    due_on: date | None
    nominal_on: date | None
    moved: Moved
    because: Mapping[str, Any]
    make_on: date | None
    order: str
    order_id: int | None
    occurrence_id: int | None
    visit: Coming | None = None
    is_by_meter: bool = False


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What a check of the PM schedules found: due dates, and what became of them.

    ``days_away`` are the days since the last check, 0 where it was today or never; ``orders`` are
    the numbers of the work orders that were made, ``by`` the names of the schedules that covered
    others.
    """

    days_away: int
    due: int
    orders: tuple[str, ...]
    merged: int
    covered: int
    by: tuple[str, ...] = ()
