"""The next dates of a PM schedule, as if each were done on its day, and why each is that day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import pm
from smallcmms.domain.pm import Moved, OccurrenceStatus, Planned
from smallcmms.domain.pm_facts import Coming, NextDate
from smallcmms.domain.visits import VisitStatus
from smallcmms.models import (
    PmOccurrence,
    PmSchedule,
    Technician,
    Visit,
    VisitTechnician,
    WorkOrder,
)
from smallcmms.services.steps import pm_occurrences, shops
from smallcmms.services.steps.meter_counts import counted
from smallcmms.services.steps.pm_occurrences import Course

MOST_DATES = 7
_OPEN = (OccurrenceStatus.DUE, OccurrenceStatus.GENERATED)


def due_day(
    session: Session, schedule: PmSchedule, occurrence: PmOccurrence, today: date
) -> date | None:
    """Return when a date is due, by the calendar or the meter, the earlier."""
    if occurrence.due_count is None or schedule.meter_id is None:
        return occurrence.due_on
    by_meter = counted(session, schedule.meter_id, today).due_day(occurrence.due_count, today)
    return min(filter(None, (occurrence.due_on, by_meter)), default=None)


def first_open(session: Session, pm_schedule_id: int) -> PmOccurrence | None:
    """Return the date of a schedule that is due first and not done."""
    query = (
        select(PmOccurrence)
        .where(PmOccurrence.pm_schedule_id == pm_schedule_id, PmOccurrence.status.in_(_OPEN))
        .order_by(PmOccurrence.due_on.is_(None), PmOccurrence.due_on, PmOccurrence.id)
    )
    return session.scalars(query.limit(1)).first()


def order_of(session: Session, occurrence: PmOccurrence | None) -> WorkOrder | None:
    """Return the work order that was made for a date."""
    if occurrence is None or occurrence.work_order_id is None:
        return None
    return session.get_one(WorkOrder, occurrence.work_order_id)


def coming(session: Session, order: WorkOrder | None) -> Coming | None:
    """Return the first visit that is planned for a work order."""
    if order is None:
        return None
    query = (
        select(Visit.planned_from, Technician.name)
        .outerjoin(VisitTechnician, VisitTechnician.visit_id == Visit.id)
        .outerjoin(Technician, Technician.id == VisitTechnician.technician_id)
        .where(Visit.work_order_id == order.id, Visit.status == VisitStatus.PLANNED)
        .order_by(Visit.planned_from, VisitTechnician.id)
    )
    found = session.execute(query.limit(1)).first()
    if found is None:
        return None
    begins, name = found
    return Coming(shops.current(session).day(begins), begins, name or "")


def next_dates(course: Course, most: int = MOST_DATES) -> tuple[NextDate, ...]:
    """Return the next dates of a schedule, as if each were done on its day, and why.

    Work orders that are open come first; of several assets the one that is due first speaks for
    all.
    """
    open_ones = _open_ones(course)
    expected = _expected(course, open_ones[-1], most) if open_ones else []
    return tuple([*(_stored(course, each) for each in open_ones), *expected][:most])


def _open_ones(course: Course) -> list[PmOccurrence]:
    """Return the dates of the asset that is due first whose work is made or waits."""
    leading = first_open(course.session, course.schedule.id)
    if leading is None:
        return []
    query = select(PmOccurrence).where(
        PmOccurrence.pm_schedule_id == course.schedule.id,
        PmOccurrence.asset_id == leading.asset_id,
        PmOccurrence.status.in_(_OPEN),
    )
    return list(course.session.scalars(query.order_by(PmOccurrence.sequence)))


def _stored(course: Course, occurrence: PmOccurrence) -> NextDate:
    order = order_of(course.session, occurrence)
    lead = timedelta(course.schedule.lead_days)
    due_on = due_day(course.session, course.schedule, occurrence, course.today)
    is_made = order is not None or due_on is None
    return NextDate(
        due_on=due_on,
        nominal_on=occurrence.nominal_on,
        moved=Moved(occurrence.because.get("moved", "")),
        because=occurrence.because,
        make_on=None if is_made or due_on is None else due_on - lead,
        order=order.number if order else "",
        order_id=order.id if order else None,
        occurrence_id=occurrence.id if occurrence.status is OccurrenceStatus.DUE else None,
        visit=coming(course.session, order),
        is_by_meter=occurrence.due_count is not None and due_on != occurrence.due_on,
    )


def _expected(course: Course, last: PmOccurrence, most: int) -> list[NextDate]:
    """Return the dates after one, as if each were done on the day it is due."""
    if last.nominal_on is None:
        return []
    number = pm_occurrences.number_after(course, last) or 1
    start = Planned(number - 1, last.nominal_on, last.due_on)
    return [
        _assumed(course, each, before.due_on)
        for before, each in pairwise(pm.upcoming(course.rule, start, most + 1))
    ]


def _assumed(course: Course, planned: Planned, before: date | None) -> NextDate:
    lead = timedelta(course.schedule.lead_days)
    return NextDate(
        due_on=planned.due_on,
        nominal_on=planned.nominal_on,
        moved=planned.moved,
        because={"why": "fixed"} if course.rule.is_fixed else {"why": "after_due", "on": before},
        make_on=None if planned.due_on is None else planned.due_on - lead,
        order="",
        order_id=None,
        occurrence_id=None,
    )
