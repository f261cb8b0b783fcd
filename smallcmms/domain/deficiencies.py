"""Faults found during other work."""

from __future__ import annotations

from enum import StrEnum


class DeficiencyStatus(StrEnum):
    """Where a fault stands."""

    OPEN = "open"
    ESTIMATED = "estimated"
    ACCEPTED = "accepted"
    DONE = "done"
    DECLINED = "declined"
    DEFERRED = "deferred"
    INVALID = "invalid"
