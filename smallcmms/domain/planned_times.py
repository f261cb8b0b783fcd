"""The times of a visit as a person plans them: from 1 to 3:30 on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed_dates import Clock

_EARLIEST = 6 * 60
"""An unmarked 1:00 is the afternoon's: nobody goes before 6 unless it is said (ours)."""
_HALF_DAY = 12 * 60


def span(day: date, begins: Clock, ends: Clock, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a visit begins and ends (UTC).

    An unmarked end is the first such time after the beginning.

    Raises:
        RuleBroken: the visit ends before it begins.
    """
    first, last = begins.minutes, ends.minutes
    if not begins.is_exact and first < _EARLIEST:
        first += _HALF_DAY
    if not ends.is_exact and last <= first:
        last += _HALF_DAY
    if last <= first:
        raise RuleBroken("The visit ends before it begins.", "planned_to")
    midnight = datetime.combine(day, time(), zone)
    return _at(midnight, first), _at(midnight, last)


def _at(midnight: datetime, minutes: int) -> datetime:
    return (midnight + timedelta(minutes=minutes)).astimezone(UTC)
