"""Condition-based work: a reading beyond its meter's limits makes one work order, not many."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import meters
from smallcmms.domain.pm import OccurrenceStatus
from smallcmms.models import Meter, PmOccurrence, PmSchedule
from smallcmms.services.steps import pm_making, pm_occurrences


def notice(session: Session, at: datetime, meter: Meter, value: Decimal, on: date) -> None:
    """Make the work orders that a reading beyond the limits calls for.

    While one is open, and for readings of a day before the last one was done, nothing more is
    made: the reading stands, and that is all.
    """
    if meters.broken_limit(value, meter.low, meter.high) is None:
        return
    query = select(PmSchedule).where(
        PmSchedule.meter_id == meter.id,
        PmSchedule.is_by_limits,
        PmSchedule.paused_on.is_(None),
        PmSchedule.archived_on.is_(None),
    )
    for schedule in session.scalars(query.order_by(PmSchedule.id)).all():
        last = _last(session, schedule, meter)
        if last is None or _is_over(last, on):
            _make(session, at, schedule, meter, (value, on, last))


def _last(session: Session, schedule: PmSchedule, meter: Meter) -> PmOccurrence | None:
    query = select(PmOccurrence).where(
        PmOccurrence.pm_schedule_id == schedule.id, PmOccurrence.asset_id == meter.asset_id
    )
    return session.scalars(query.order_by(PmOccurrence.sequence.desc()).limit(1)).first()


def _is_over(last: PmOccurrence, on: date) -> bool:
    """Tell whether the last trouble is over, so that a reading of a day is a new one."""
    if last.status is OccurrenceStatus.SKIPPED:
        return last.due_on is None or last.due_on < on
    return last.done_on is not None and last.done_on < on


def _make(
    session: Session,
    at: datetime,
    schedule: PmSchedule,
    meter: Meter,
    read: tuple[Decimal, date, PmOccurrence | None],
) -> None:
    value, on, last = read
    course = pm_occurrences.course(session, at, schedule)
    occurrence = PmOccurrence(
        pm_schedule_id=schedule.id,
        asset_id=meter.asset_id,
        sequence=0 if last is None else last.sequence + 1,
        due_on=course.today,
        because={"why": "limit", "value": str(value), "on": on.isoformat(), "unit": meter.unit},
        status=OccurrenceStatus.DUE,
    )
    session.add(occurrence)
    session.flush()
    course.note("due", occurrence, **occurrence.because)
    pm_making.make_of(session, at, occurrence)
