"""Visits: the board, the gaps in it, and what becomes of a planned trip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain import absences
from smallcmms.domain import visits as rules
from smallcmms.domain.errors import NotFound
from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.models import Customer, Technician, Visit, VisitTechnician, WorkOrder
from smallcmms.services.steps import board as board_steps
from smallcmms.services.steps import certificates, follow_ups, shops, work_orders
from smallcmms.services.steps import visits as steps
from smallcmms.services.steps.work_order_facts import changing
from smallcmms.store.store import Store

_SLOT = timedelta(minutes=15)
"""A gap begins on a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class BoardVisit:
    """A visit on the board, once for each technician on it; moments are UTC."""

    id: int
    work_order_id: int
    number: str
    title: str
    level: int
    status: WorkOrderStatus
    customer: str
    technician_id: int
    technician: str
    planned_from: datetime
    planned_to: datetime
    visit_status: VisitStatus


@dataclass(frozen=True, slots=True)
class Gap:
    """A free span in a technician's day; moments are UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


def board(store: Store, *, from_on: date, days: int = 1) -> tuple[BoardVisit, ...]:
    """Return the visits that are planned or were made on these days, the earliest first."""
    with store.read() as session:
        zone = shops.current(session).zone
        begins = datetime.combine(from_on, time(), zone)
        ends = datetime.combine(from_on + timedelta(days=days), time(), zone)
        query = (
            select(
                Visit.id,
                WorkOrder.id,
                WorkOrder.number,
                WorkOrder.title,
                WorkOrder.level,
                WorkOrder.status,
                func.coalesce(Customer.name, ""),
                Technician.id,
                Technician.name,
                Visit.planned_from,
                Visit.planned_to,
                Visit.status,
            )
            .join(WorkOrder, WorkOrder.id == Visit.work_order_id)
            .join(VisitTechnician, VisitTechnician.visit_id == Visit.id)
            .join(Technician, Technician.id == VisitTechnician.technician_id)
            .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
            .where(
                Visit.planned_from >= begins,
                Visit.planned_from < ends,
                steps.IS_ON_BOARD,
            )
            .order_by(Visit.planned_from, VisitTechnician.sequence)
        )
        found: Sequence[Any] = session.execute(query).all()
        return tuple(BoardVisit(*row) for row in found)


def gaps(store: Store, *, technician_id: int, on: date, minutes: int) -> tuple[Gap, ...]:
    """Return the free spans of a technician's working day that are long enough, from now on.

    A day off, a holiday and a day of absence have none.
    """
    with store.read() as session:
        shop, now = shops.current(session), store.now()
        hours = shop.week.hours(on, shop.holidays)
        technician = session.get_one(Technician, technician_id)
        if hours is None or _is_absent(technician, on):
            return ()
        opens = datetime.combine(on, hours.opens, shop.zone).astimezone(UTC)
        closes = datetime.combine(on, hours.closes, shop.zone).astimezone(UTC)
        taken = _taken(session, technician_id, opens, closes)
    free_from = opens if now <= opens else _next_slot(now)
    found = []
    for begins, ends in (*taken, (closes, closes)):
        if begins - free_from >= timedelta(minutes=minutes):
            found.append(Gap(free_from, begins))
        free_from = max(free_from, ends)
    return tuple(found)


def reschedule(
    store: Store,
    visit_id: int,
    *,
    planned_from: datetime,
    planned_to: datetime,
    technician_ids: Sequence[int] | None = None,
    reason: str = "",
    override_reason: str = "",
) -> int:
    """Move a visit: a new one takes its place, and printed copies become stale.

    Returns:
        The new visit's id.

    Raises:
        RuleBroken: the visit is over, nobody goes, it would end before it begins, or who goes
            lacks a certificate.
    """
    at = store.now()
    with changing(store, "Move {number}", _owner(store, visit_id)) as (session, order):
        visit = session.get_one(Visit, visit_id)
        visit.status = rules.move(visit.status, VisitStatus.RESCHEDULED)
        visit.reason = reason
        who = technician_ids or [each.technician_id for each in steps.workers(session, visit_id)]
        day = shops.current(session).day(planned_from)
        certificates.see(session, order, who, day, override_reason)
        new = steps.plan_visit(
            session, order, technician_ids=who, begins=planned_from, ends=planned_to
        )
        told = {"visit": new.id, "technicians": list(who), "reason": override_reason or reason}
        told |= {"planned_from": planned_from.isoformat(), "planned_to": planned_to.isoformat()}
        work_orders.note(session, at, order, "rescheduled", **told)
        work_orders.revise(session, order)
        return new.id


def cancel(store: Store, visit_id: int, *, by_customer: bool = False, reason: str = "") -> None:
    """Call a planned visit off; without another one the work is to be scheduled and followed up.

    Raises:
        RuleBroken: the visit is over.
    """
    to = VisitStatus.CANCELLED_BY_CUSTOMER if by_customer else VisitStatus.CANCELLED_BY_US
    _end(store, "Call off a visit of {number}", visit_id, to, reason)


def no_show(store: Store, visit_id: int, *, reason: str = "") -> None:
    """Say that nobody was there; without another visit the work order is to be scheduled again.

    Raises:
        RuleBroken: the visit is over, or work was booked on it.
    """
    _end(store, "Nobody there for {number}", visit_id, VisitStatus.NO_SHOW, reason)


def _end(store: Store, label: str, visit_id: int, to: VisitStatus, reason: str) -> None:
    at = store.now()
    with changing(store, label, _owner(store, visit_id)) as (session, order):
        visit = session.get_one(Visit, visit_id)
        booked = steps.has_bookings(session, visit_id)
        visit.status = rules.move(visit.status, to, has_bookings=booked)
        visit.reason, visit.recorded_at = reason, at
        work_orders.note(session, at, order, to.value, visit=visit_id, reason=reason)
        board_steps.taken_off(session, at, order, is_followed_up=to is not VisitStatus.NO_SHOW)
        work_orders.revise(session, order)
        if to is VisitStatus.NO_SHOW:
            follow_ups.of_work(session, at, order, FollowUpRule.NO_SHOW)


def _owner(store: Store, visit_id: int) -> int:
    with store.read() as session:
        visit = session.get(Visit, visit_id)
        if visit is None:
            raise NotFound("This visit is gone.")
        return visit.work_order_id


def _is_absent(technician: Technician, on: date) -> bool:
    return absences.away_until(absences.read(technician.absences), on) is not None


def _taken(
    session: Session, technician_id: int, opens: datetime, closes: datetime
) -> list[tuple[datetime, datetime]]:
    query = (
        select(Visit.planned_from, Visit.planned_to)
        .join(VisitTechnician, VisitTechnician.visit_id == Visit.id)
        .where(
            steps.goes(technician_id),
            steps.IS_ON_BOARD,
            Visit.planned_from < closes,
            Visit.planned_from > opens - timedelta(days=1),
            Visit.planned_to > opens,
        )
        .order_by(Visit.planned_from)
    )
    return [(begins, ends) for begins, ends in session.execute(query)]


def _next_slot(now: datetime) -> datetime:
    past = timedelta(
        minutes=now.minute % (_SLOT.seconds // 60), seconds=now.second, microseconds=now.microsecond
    )
    return now if not past else now - past + _SLOT
