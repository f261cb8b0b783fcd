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

    @property
    def wants_value(self) -> bool:
        """Return whether the line is answered by something written, not by a mark alone."""
        return self in {TaskKind.NUMBER, TaskKind.TEXT, TaskKind.CHOICE, TaskKind.READING}


def is_filled(kind: TaskKind, mark: StrEnum | None, value: str) -> bool:
    """Return whether a line is answered: written, or marked where a mark is all it wants."""
    return bool(value.strip()) if kind.wants_value else mark is not None
