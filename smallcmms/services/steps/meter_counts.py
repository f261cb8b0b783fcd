"""What a counting meter has counted in all, and how fast it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import meters, pm
from smallcmms.domain.meters import Shown
from smallcmms.models import Meter, Reading

RATE_DAYS = 90
"""A rate rests on the readings of so many days [domain.md, The PM engine, 3]."""
_TWO = 2


@dataclass(frozen=True, slots=True)
class Count:
    """What a meter has counted since it was first read, in its unit, and what that rests on.

    ``shown`` is what it showed last, on ``read_on``; ``per_day`` is None where the last 90 days
    have fewer than two readings.
    """

    total: Decimal
    shown: Decimal | None
    read_on: date | None
    per_day: Decimal | None
    readings: int

    def due_day(self, due_count: Decimal, today: date) -> date | None:
        """Return the day on which the meter gets to a count, None where no rate is known."""
        days = pm.meter_days(self.total, due_count, self.per_day)
        return None if days is None else today + timedelta(days)


def counted(session: Session, meter_id: int, on: date) -> Count:
    """Return what a meter has counted by a day, that day's reading included."""
    meter = session.get_one(Meter, meter_id)
    query = (
        select(Reading.read_on, Reading.value, Reading.kind)
        .where(Reading.meter_id == meter_id, Reading.read_on <= on)
        .order_by(Reading.read_on, Reading.id)
    )
    shown = [Shown(*row) for row in session.execute(query)]
    recent = [each for each in shown if each.on > on - timedelta(RATE_DAYS)]
    last = shown[-1] if shown else None
    return Count(
        total=meters.ran(shown, rolls_over_at=meter.rolls_over_at),
        shown=None if last is None else last.value,
        read_on=None if last is None else last.on,
        per_day=_rate(recent, meter.rolls_over_at),
        readings=len(recent),
    )


def _rate(recent: list[Shown], rolls_over_at: Decimal | None) -> Decimal | None:
    """Return the count of a day, from the first to the last of the readings."""
    if len(recent) < _TWO:
        return None
    days = (recent[-1].on - recent[0].on).days
    return meters.ran(recent, rolls_over_at=rolls_over_at) / days if days else None
