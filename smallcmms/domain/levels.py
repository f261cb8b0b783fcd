"""Levels L1 to L4 and the moment until which each wants an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from smallcmms.domain.errors import RuleBroken


class Level(IntEnum):
    """How bad it is: 1 is worst."""

    CRITICAL = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4


_YEAR = 366


@dataclass(frozen=True, slots=True)
class Answer:
    """Within what time a level wants an answer: minutes at any hour, or workdays."""

    minutes: int | None = None
    workdays: int | None = None

    def __post_init__(self) -> None:
        given = [number for number in (self.minutes, self.workdays) if number is not None]
        if len(given) != 1 or given[0] < 1:
            raise RuleBroken("Give the answer time in minutes or in workdays.", "answer_within")
        if (self.workdays or 0) > _YEAR or (self.minutes or 0) > _YEAR * 24 * 60:
            raise RuleBroken("An answer time is a year at most.", "answer_within")


ANSWERS: Mapping[Level, Answer] = MappingProxyType(
    {
        Level.CRITICAL: Answer(minutes=60),
        Level.HIGH: Answer(minutes=240),
        Level.MEDIUM: Answer(workdays=3),
        Level.LOW: Answer(workdays=10),
    }
)
"""The starter answer times; the shop edits them."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The working hours of one day, local time."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise RuleBroken("The day ends before it begins.", "closes")


_EIGHT_TO_FIVE = Hours(time(8), time(17))


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """The working hours per weekday, Monday first; None is a day off."""

    days: tuple[Hours | None, ...] = (_EIGHT_TO_FIVE,) * 5 + (None, None)

    def __post_init__(self) -> None:
        if len(self.days) != 7 or not any(self.days):  # noqa: PLR2004
            raise RuleBroken("A week has seven days, and at least one of them is worked.")

    def hours(self, day: date, holidays: Collection[date] = ()) -> Hours | None:
        """Return the working hours of a day, or None when nobody works."""
        return None if day in holidays else self.days[day.weekday()]


def answer_by(
    received_at: datetime,
    answer: Answer,
    *,
    week: WorkWeek,
    holidays: Collection[date],
    zone: ZoneInfo,
) -> datetime:
    """Return the aware UTC moment until which the level wants an answer.

    Minutes run at any hour. Workdays are counted after the local day of receipt, days off and
    holidays left out; the answer is due when the last of them ends (ours).

    Raises:
        RuleBroken: the workdays cannot be found, because nearly every day is a holiday.
    """
    if answer.minutes is not None:
        return received_at.astimezone(UTC) + timedelta(minutes=answer.minutes)
    day = received_at.astimezone(zone).date()
    left = answer.workdays or 0
    closes = time()
    for _ in range(left * 7 + 366):
        day += timedelta(days=1)
        hours = week.hours(day, holidays)
        if hours is not None:
            left, closes = left - 1, hours.closes
        if left == 0:
            return datetime.combine(day, closes, zone).astimezone(UTC)
    raise RuleBroken("The holidays leave no workdays.", "holidays")
