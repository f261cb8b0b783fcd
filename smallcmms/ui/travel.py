"""Where the person was, for Back and Forward."""

from __future__ import annotations

from typing import NamedTuple

_KEPT = 100


class Stop(NamedTuple):
    """A page, and the record that was shown on it."""

    name: str
    record_id: int = 0


class Travel:
    """The stops in order, and at which of them the person is."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._at = -1

    @property
    def now(self) -> Stop | None:
        """Return the stop where the person is."""
        return self._stops[self._at] if self._stops else None

    def arrive(self, stop: Stop) -> None:
        """Come to a new stop; what lay ahead is forgotten."""
        if stop == self.now:
            return
        self._stops = [*self._stops[: self._at + 1], stop][-_KEPT:]
        self._at = len(self._stops) - 1

    def note(self, record_id: int) -> None:
        """Remember which record is shown here."""
        if self._stops and record_id:
            self._stops[self._at] = self._stops[self._at]._replace(record_id=record_id)

    def can(self, step: int) -> bool:
        """Tell whether there is a stop behind (-1) or ahead (1)."""
        return 0 <= self._at + step < len(self._stops)

    def go(self, step: int) -> Stop:
        """Go to the stop behind or ahead."""
        self._at += step
        return self._stops[self._at]
