"""The steps of a visit: planning it, and taking it off the board."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from smallcmms.domain import visits as rules
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.models import Labour, Technician, Visit, VisitTechnician, WorkOrder

IS_ON_BOARD = Visit.status.in_((VisitStatus.PLANNED, VisitStatus.DONE)).is_(true())
"""A visit that is planned or was made.

It stands beside a span of days. As a whole it is no use to an index, so that SQLite walks the
visits of those days rather than all that were ever made.
"""


def goes(technician_id: int) -> ColumnElement[bool]:
    """Return the rule that a technician is on a visit; it is no use to an index either."""
    return (VisitTechnician.technician_id == technician_id).is_(true())


def open_for_visits(order: WorkOrder) -> None:
    """See that a visit can still be planned.

    Raises:
        RuleBroken: the work is done, closed or cancelled.
    """
    if order.status in {
        WorkOrderStatus.COMPLETED,
        WorkOrderStatus.CLOSED,
        WorkOrderStatus.CANCELLED,
    }:
        message = "{number} is {status}. No visit can be planned."
        raise RuleBroken(message, number=order.number, status=order.status.value)


def plan_visit(
    session: Session,
    order: WorkOrder,
    *,
    technician_ids: Sequence[int],
    begins: datetime,
    ends: datetime,
) -> Visit:
    """Write a planned visit with its technicians.

    Raises:
        RuleBroken: nobody goes, or the visit ends before it begins.
    """
    if not technician_ids:
        raise RuleBroken("Say who goes.", "technician")
    if ends <= begins:
        raise RuleBroken("The visit ends before it begins.", "planned_to")
    visit = Visit(work_order_id=order.id, planned_from=begins, planned_to=ends)
    session.add(visit)
    session.flush()
    for sequence, technician_id in enumerate(dict.fromkeys(technician_ids), 1):
        session.add(
            VisitTechnician(visit_id=visit.id, technician_id=technician_id, sequence=sequence)
        )
    session.flush()
    return visit


def drop_planned(session: Session, order: WorkOrder, *, reason: str = "") -> int:
    """Cancel every planned visit from our side; return how many there were."""
    dropped = planned(session, order.id)
    for visit in dropped:
        visit.status = rules.move(visit.status, VisitStatus.CANCELLED_BY_US)
        visit.reason = reason
    session.flush()
    return len(dropped)


def planned(session: Session, work_order_id: int) -> list[Visit]:
    """Return the visits of a work order that are planned and not over, the earliest first."""
    query = select(Visit).where(
        Visit.work_order_id == work_order_id, Visit.status == VisitStatus.PLANNED
    )
    return list(session.scalars(query.order_by(Visit.planned_from, Visit.id)))


def workers(session: Session, visit_id: int) -> list[VisitTechnician]:
    """Return who is on a visit, in the order in which they were named."""
    query = select(VisitTechnician).where(VisitTechnician.visit_id == visit_id)
    return list(session.scalars(query.order_by(VisitTechnician.sequence)))


def has_bookings(session: Session, visit_id: int) -> bool:
    """Tell whether time is booked on a visit."""
    booked = select(Labour.id).where(Labour.visit_id == visit_id).limit(1)
    return session.scalars(booked).first() is not None


def names(session: Session, technician_ids: Collection[int]) -> dict[int, str]:
    """Return the names of technicians by id."""
    query = select(Technician.id, Technician.name).where(Technician.id.in_(technician_ids))
    return dict(session.execute(query).all())
