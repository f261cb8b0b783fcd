"""What the guards of a work order's steps look at, gathered from the file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from smallcmms.domain.copies import Audience, PaperState, SheetCopy, paper_state
from smallcmms.domain.errors import NotFound
from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.domain.tasks import is_filled
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import Facts, HoldReason, NotOnSheet
from smallcmms.models import (
    Asset,
    Customer,
    Event,
    Invoice,
    Labour,
    Task,
    UsedPart,
    Visit,
    VisitTechnician,
    WorkOrder,
)
from smallcmms.models import SheetCopy as Copy
from smallcmms.services.steps import shops
from smallcmms.store.store import Store, about


def found(session: Session, work_order_id: int) -> WorkOrder:
    """Return a work order.

    Raises:
        NotFound: there is none.
    """
    order = session.get(WorkOrder, work_order_id)
    if order is None:
        raise NotFound("There is no such work order.")
    return order


@contextmanager
def changing(store: Store, label: str, work_order_id: int) -> Iterator[tuple[Session, WorkOrder]]:
    """Open a change about a work order, named after its number.

    Raises:
        NotFound: there is none.
    """
    with store.change(label) as session:
        order = found(session, work_order_id)
        about(session, "work_order", order.id, number=order.number)
        yield session, order


def gather(session: Session, at: datetime, order: WorkOrder, **more: Any) -> Facts:
    """Return the facts of a work order; ``more`` are those that only the person knows.

    ``answered`` adds to what was answered "not on the sheet" before.
    """
    session.flush()
    answered = frozenset(more.pop("answered", ())) | _answered(order)
    tasks = session.scalars(_TASKS, {"order": order.id}).all()
    planned, is_begun, has_bookings, is_keyed, is_issued = session.execute(
        _COUNTS, {"order": order.id}
    ).one()
    known = Facts(
        today=shops.current(session).day(at),
        has_place=order.site_id is not None or order.asset_id is not None,
        has_problem=bool(order.wrong.strip() or order.problem or not order.type.is_corrective),
        has_level=1 <= order.level <= 4,  # noqa: PLR2004
        needs_limit=_needs_limit(session, order),
        has_limit=order.limit is not None,
        planned_visits=planned,
        is_begun=is_begun,
        has_bookings=has_bookings,
        has_lock_out=has_lock_out(session, order, tasks),
        is_lock_out_keyed=is_keyed or _are_hazards_marked(tasks),
        hold_reason=HoldReason(order.hold_reason) if order.hold_reason else None,
        done_on=order.done_on,
        required_open=sum(
            task.is_required and not is_filled(task.kind, task.mark, task.value) for task in tasks
        ),
        is_corrective=order.type.is_corrective,
        has_coding=bool((order.problem or order.wrong.strip()) and order.cause and order.remedies),
        open_visits=planned,
        answered=answered,
        is_confirmed_or_waived=order.confirmed_at is not None,
        paper_state=paper(session, order),
        has_issued_invoice=is_issued,
    )
    return replace(known, **more)


_ORDER = bindparam("order", type_=Integer)
_CREDIT = aliased(Invoice)
_TASKS = select(Task).where(Task.work_order_id == _ORDER)
_PLANNED = select(func.count(Visit.id)).where(
    Visit.work_order_id == _ORDER, Visit.status == VisitStatus.PLANNED
)
_ARRIVED = exists().where(
    VisitTechnician.visit_id == Visit.id,
    Visit.work_order_id == _ORDER,
    VisitTechnician.arrived_at.is_not(None),
)
_BOOKED = or_(
    exists().where(Labour.work_order_id == _ORDER), exists().where(UsedPart.work_order_id == _ORDER)
)
_KEYED = exists().where(
    Event.record == "work_order", Event.record_id == _ORDER, Event.kind == "locked_out"
)
_ISSUED = exists().where(
    Invoice.work_order_id == _ORDER,
    Invoice.kind == InvoiceKind.INVOICE,
    Invoice.state == InvoiceState.ISSUED,
    ~exists().where(_CREDIT.credits_id == Invoice.id, _CREDIT.state == InvoiceState.ISSUED),
)
_COUNTS = select(_PLANNED.scalar_subquery(), _ARRIVED, _BOOKED, _KEYED, _ISSUED)
_COPIES = select(Copy.copy, Copy.revision, Copy.state).where(
    Copy.work_order_id == _ORDER, Copy.audience == Audience.TECHNICIAN
)


def planned_visits(session: Session, work_order_id: int) -> int:
    """Return how many visits are planned and not over."""
    return session.scalars(_PLANNED, {"order": work_order_id}).one()


def has_lock_out(session: Session, order: WorkOrder, tasks: Collection[Task]) -> bool:
    """Tell whether something must be locked out before the work begins."""
    if any(task.is_hazard for task in tasks):
        return True
    asset = session.get(Asset, order.asset_id) if order.asset_id is not None else None
    return asset is not None and bool(asset.lock_out_steps)


def paper(session: Session, order: WorkOrder) -> PaperState:
    """Return where the technician's paper is; copies for others stay out of it."""
    copies = [SheetCopy(*row) for row in session.execute(_COPIES, {"order": order.id})]
    return paper_state(copies, revision=order.revision)


def has_issued_invoice(session: Session, work_order_id: int) -> bool:
    """Tell whether an issued invoice stands that no credit note negates."""
    return session.scalars(select(_ISSUED), {"order": work_order_id}).one()


def _answered(order: WorkOrder) -> frozenset[NotOnSheet]:
    return frozenset(NotOnSheet(answer) for answer in order.not_on_sheet)


def _needs_limit(session: Session, order: WorkOrder) -> bool:
    if order.customer_id is None:
        return False
    return session.get_one(Customer, order.customer_id).not_to_exceed is not None


def _are_hazards_marked(tasks: Collection[Task]) -> bool:
    hazards = [task for task in tasks if task.is_hazard]
    return bool(hazards) and all(is_filled(task.kind, task.mark, task.value) for task in hazards)
