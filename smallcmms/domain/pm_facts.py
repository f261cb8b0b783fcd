"""The rule of a PM schedule as its words need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smallcmms.domain.pm import Timing
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
