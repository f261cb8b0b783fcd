"""The lines of a checklist."""

from __future__ import annotations

from enum import StrEnum


class TaskKind(StrEnum):
    """How a line is answered."""

    TICK = "tick"
    CHECK = "check"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    READING = "reading"
