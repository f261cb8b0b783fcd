"""Taking visits off the board: the work is to be scheduled again, and somebody comes back to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain import visits as rules
from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.models import Technician, Visit, VisitTechnician, WorkOrder
from smallcmms.services.steps import follow_ups, shops, visits, work_orders
from smallcmms.services.steps.work_order_facts import planned_visits

_LAST = select(func.max(Visit.id))
_UNDER_WAY = (WorkOrderStatus.SCHEDULED, WorkOrderStatus.IN_PROGRESS)


def taken_off(
    session: Session, at: datetime, order: WorkOrder, *, is_followed_up: bool = True
) -> None:
    """Take work whose last planned visit is gone back to be scheduled; it is followed up.

    Work that has begun stays in progress, and is followed up too: nobody comes for the rest.
    """
    session.flush()
    if order.status not in _UNDER_WAY or planned_visits(session, order.id):
        return
    if order.status is WorkOrderStatus.SCHEDULED:
        work_orders.go(session, at, order, WorkOrderStatus.APPROVED, "unscheduled")
    if is_followed_up:
        last = session.scalars(_LAST.where(Visit.work_order_id == order.id)).one()
        follow_ups.of_work(session, at, order, FollowUpRule.OFF_THE_BOARD, f"visit {last}")


def let_off(
    session: Session,
    at: datetime,
    person: Technician,
    *,
    first_on: date,
    last_on: date | None = None,
) -> list[WorkOrder]:
    """Take a technician off the visits of days, and return their work; without an end for good.

    Who went with others is missed by them; a visit of nobody else is called off. One on which
    somebody arrived or time is booked took place, and stays.
    """
    left = []
    for visit in _planned(session, person.id, first_on, last_on):
        order = session.get_one(WorkOrder, visit.work_order_id)
        crew = visits.workers(session, visit.id)
        if visits.has_bookings(session, visit.id) or any(each.arrived_at for each in crew):
            continue
        begins = visit.planned_from.isoformat()
        work_orders.note(
            session, at, order, "away", visit=visit.id, technicians=[person.id], planned_from=begins
        )
        if len(crew) > 1:
            session.delete(next(each for each in crew if each.technician_id == person.id))
        else:
            visit.status = rules.move(visit.status, VisitStatus.CANCELLED_BY_US)
            visit.recorded_at = at
            taken_off(session, at, order)
        work_orders.revise(session, order)
        left.append(order)
    session.flush()
    return left


def _planned(
    session: Session, technician_id: int, first_on: date, last_on: date | None
) -> Iterator[Visit]:
    zone = shops.current(session).zone
    query = (
        select(Visit)
        .join(VisitTechnician, VisitTechnician.visit_id == Visit.id)
        .where(
            VisitTechnician.technician_id == technician_id,
            Visit.status == VisitStatus.PLANNED,
            Visit.planned_from >= datetime.combine(first_on, time(), zone),
        )
    )
    if last_on is not None:
        ends = datetime.combine(last_on + timedelta(days=1), time(), zone)
        query = query.where(Visit.planned_from < ends)
    yield from session.scalars(query.order_by(Visit.planned_from, Visit.id)).all()
