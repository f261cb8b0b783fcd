"""The classes of working time."""

from __future__ import annotations

from enum import StrEnum


class LabourClass(StrEnum):
    """What an hour was spent on, which decides its rate."""

    REGULAR = "regular"
    OVERTIME = "overtime"
    AFTER_HOURS = "after_hours"
    TRAVEL = "travel"
    WAITING = "waiting"
