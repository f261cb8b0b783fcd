"""What the shop charges for time and for coming."""

from __future__ import annotations

from enum import StrEnum


class RateClass(StrEnum):
    """What a rate is for."""

    REGULAR = "regular"
    OVERTIME = "overtime"
    AFTER_HOURS = "after_hours"
    TRAVEL = "travel"
    WAITING = "waiting"
    CALL_OUT = "call_out"
