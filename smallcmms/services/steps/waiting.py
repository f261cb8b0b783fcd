"""An L1 that waits: nobody starts or prints an L4 meanwhile without saying why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.models import Event, Request, Visit, WorkOrder
from smallcmms.services.steps import events

WENT_AHEAD = "went_ahead"


def pass_over(session: Session, at: datetime, order: WorkOrder, reason: str) -> None:
    """See that an L4 goes ahead of a waiting L1 only for a reason, asked once and recorded.

    Raises:
        RuleBroken: an L1 waits, and nobody said why this L4 goes first.
    """
    if order.level != Level.LOW or _has_said(session, order.id):
        return
    waiting = first_waiting(session)
    if waiting is None:
        return
    if not reason.strip():
        message = "{number} is L1 and waits for a visit. Say why this L4 goes first."
        raise RuleBroken(message, "waiting_reason", number=waiting)
    events.note(
        session, at, "work_order", order.id, WENT_AHEAD, reason=reason.strip(), waiting=waiting
    )


def first_waiting(session: Session) -> str | None:
    """Return the number of the L1 that has waited longest without a planned visit, if any."""
    calls = (
        select(Request.number)
        .where(Request.closed_at.is_(None), Request.level == int(Level.CRITICAL))
        .order_by(Request.answer_by, Request.id)
    )
    number = session.scalars(calls.limit(1)).first()
    if number is not None:
        return number
    order = first_waiting_work(session)
    return order.number if order else None


def first_waiting_work(session: Session) -> WorkOrder | None:
    """Return the L1 work order that has waited longest without a planned visit, if any."""
    planned = select(Visit.id).where(
        Visit.work_order_id == WorkOrder.id, Visit.status == VisitStatus.PLANNED
    )
    work = (
        select(WorkOrder)
        .where(
            WorkOrder.closed_at.is_(None),
            WorkOrder.level == int(Level.CRITICAL),
            WorkOrder.status.in_((WorkOrderStatus.DRAFT, WorkOrderStatus.APPROVED)),
            ~planned.exists(),
        )
        .order_by(WorkOrder.answer_by, WorkOrder.id)
    )
    return session.scalars(work.limit(1)).first()


def asks(session: Session, work_order_ids: Collection[int]) -> str | None:
    """Return the number of the L1 for which a reason is asked before any of these goes ahead."""
    low = select(WorkOrder.id).where(
        WorkOrder.id.in_(work_order_ids), WorkOrder.level == int(Level.LOW)
    )
    if all(_has_said(session, each) for each in session.scalars(low)):
        return None
    return first_waiting(session)


def _has_said(session: Session, work_order_id: int) -> bool:
    said = select(Event.id).where(
        Event.record == "work_order", Event.record_id == work_order_id, Event.kind == WENT_AHEAD
    )
    return session.scalars(said.limit(1)).one_or_none() is not None
