"""A stopwatch for intake: it counts while somebody is at the form, and no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = timedelta(minutes=2)
"""Who has not touched the form for so long is not at it any more (ours)."""


class Stopwatch:
    """Counts the time between the first touch and the last, pauses left out; moments have zones."""

    def __init__(self, seconds: int = 0) -> None:
        self._spent = timedelta(seconds=seconds)
        self._touched_at: datetime | None = None

    def touch(self, now: datetime) -> None:
        """Count the time since the last touch: somebody is at the form."""
        if self._touched_at is not None:
            self._spent += self._since(now)
        self._touched_at = now

    def pause(self, now: datetime) -> None:
        """Count no longer: somebody went elsewhere."""
        if self._touched_at is not None:
            self._spent += self._since(now)
            self._touched_at = None

    def seconds(self, now: datetime) -> int:
        """Return how long somebody has been at the form until now."""
        waiting = self._since(now) if self._touched_at is not None else timedelta()
        return int((self._spent + waiting).total_seconds())

    def _since(self, now: datetime) -> timedelta:
        return min(max(now - (self._touched_at or now), timedelta()), LONGEST)
