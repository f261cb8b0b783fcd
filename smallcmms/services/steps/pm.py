"""What the life of a work order does to the PM schedules behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, aliased

from smallcmms.domain.pm import OccurrenceStatus
from smallcmms.models import PmOccurrence, PmSchedule, WorkOrder, WorkOrderAsset
from smallcmms.services.steps import pm_occurrences, shops
from smallcmms.services.steps.meter_counts import counted
from smallcmms.services.steps.pm_occurrences import Course

_UNSETTLED = (OccurrenceStatus.DUE, OccurrenceStatus.SKIPPED)


def done(session: Session, at: datetime, order: WorkOrder) -> None:
    """Let the schedules go on from the day on which their work was done."""
    for course, occurrence in _of(session, at, order):
        on = _done_on(session, at, order, occurrence.asset_id)
        if occurrence.status is OccurrenceStatus.GENERATED:
            occurrence.status = OccurrenceStatus.DONE
        elif occurrence.status is not OccurrenceStatus.SUPPRESSED:
            continue
        occurrence.done_on, occurrence.done_count = on, _count(course, on)
        course.note("done", occurrence, done_on=on.isoformat(), number=order.number)
        _go_on(course, occurrence, on, number=order.number)


def taken_back(session: Session, at: datetime, order: WorkOrder) -> None:
    """Take back what a completion did to the schedules.

    The date after it goes too, unless something has come of that one since: then it stands.
    """
    session.flush()
    for course, occurrence in _of(session, at, order):
        if occurrence.done_on is None:
            continue
        if occurrence.status is OccurrenceStatus.DONE:
            occurrence.status = OccurrenceStatus.GENERATED
        occurrence.done_on = occurrence.done_count = None
        if not _is_by_calendar_alone(course) and _is_latest(course, occurrence):
            later = _later(course, occurrence)
            session.execute(delete(PmOccurrence).where(PmOccurrence.id.in_(later)))
        course.note("taken_back", occurrence, number=order.number)


def cancelled(session: Session, at: datetime, order: WorkOrder, reason: str) -> None:
    """Skip the dates whose work was cancelled, and say why; what they covered is due by itself."""
    for course, occurrence in _of(session, at, order):
        if occurrence.status is OccurrenceStatus.GENERATED:
            skip(course, occurrence, reason)
        elif occurrence.status is OccurrenceStatus.SUPPRESSED:
            occurrence.status = OccurrenceStatus.DUE
            occurrence.work_order_id = occurrence.covered_by_id = None
            course.note("due", occurrence, why="uncovered", number=order.number)


def skip(course: Course, occurrence: PmOccurrence, reason: str) -> None:
    """Leave a date out, with its reason; the next is reckoned as if it had been done."""
    was = occurrence.status
    occurrence.status, occurrence.reason = OccurrenceStatus.SKIPPED, reason
    course.note("skipped", occurrence, reason=reason)
    on = occurrence.due_on or course.today
    if was is OccurrenceStatus.DUE and _is_by_calendar_alone(course):
        pm_occurrences.follow_fixed(course, occurrence)
    else:
        _go_on(course, occurrence, on, why="after_skip")


def _go_on(course: Course, occurrence: PmOccurrence, on: date, **because: str) -> None:
    """Write the next date, unless it stands already or the schedule has ended."""
    if course.schedule.archived_on is None and not _is_by_calendar_alone(course):
        pm_occurrences.follow(course, occurrence, on, **because)


def _is_by_calendar_alone(course: Course) -> bool:
    """Tell whether the next date stood as soon as the work order was made."""
    return course.rule.is_fixed and course.rule.meter_every is None


def _of(session: Session, at: datetime, order: WorkOrder) -> list[tuple[Course, PmOccurrence]]:
    """Return the occurrences of a work order with their schedules."""
    query = (
        select(PmOccurrence).where(PmOccurrence.work_order_id == order.id).order_by(PmOccurrence.id)
    )
    found = session.scalars(query).all()
    courses = {
        schedule.id: pm_occurrences.course(session, at, schedule)
        for schedule in _schedules(session, found)
    }
    return [(courses[each.pm_schedule_id], each) for each in found]


def _schedules(session: Session, found: Sequence[PmOccurrence]) -> Sequence[PmSchedule]:
    ids = {each.pm_schedule_id for each in found}
    return session.scalars(select(PmSchedule).where(PmSchedule.id.in_(ids))).all() if ids else ()


def _done_on(session: Session, at: datetime, order: WorkOrder, asset_id: int) -> date:
    """Return the day on which an asset's work was done: its own, the order's, or today."""
    own = select(WorkOrderAsset.done_on).where(
        WorkOrderAsset.work_order_id == order.id, WorkOrderAsset.asset_id == asset_id
    )
    return session.scalars(own).first() or order.done_on or shops.current(session).day(at)


def _count(course: Course, on: date) -> Decimal | None:
    schedule = course.schedule
    if schedule.meter_id is None:
        return None
    return counted(course.session, schedule.meter_id, on).total


def _later(course: Course, occurrence: PmOccurrence) -> Sequence[int]:
    query = select(PmOccurrence.id).where(*_after(course, occurrence))
    return course.session.scalars(query).all()


def _is_latest(course: Course, occurrence: PmOccurrence) -> bool:
    """Tell whether nothing has become of the dates after one."""
    if _is_by_calendar_alone(course):
        return True
    covered = aliased(PmOccurrence)
    covers = select(covered.id).where(covered.covered_by_id == PmOccurrence.id).exists()
    has_come = (
        PmOccurrence.status.not_in(_UNSETTLED),
        PmOccurrence.work_order_id.is_not(None),
        PmOccurrence.reason != "",
        covers,
    )
    query = select(PmOccurrence.id).where(*_after(course, occurrence), sa.or_(*has_come))
    return course.session.scalars(query.limit(1)).first() is None


def _after(course: Course, occurrence: PmOccurrence) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        PmOccurrence.pm_schedule_id == course.schedule.id,
        PmOccurrence.asset_id == occurrence.asset_id,
        PmOccurrence.sequence > occurrence.sequence,
    )
