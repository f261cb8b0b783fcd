"""What the guards of a work order's steps look at, gathered from the file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
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
    tasks = session.scalars(select(Task).where(Task.work_order_id == order.id)).all()
    known = Facts(
        today=shops.current(session).day(at),
        has_place=order.site_id is not None or order.asset_id is not None,
        has_problem=bool(order.wrong.strip() or order.problem or not order.type.is_corrective),
        has_level=1 <= order.level <= 4,  # noqa: PLR2004
        needs_limit=_needs_limit(session, order),
        has_limit=order.limit is not None,
        planned_visits=planned_visits(session, order.id),
        is_begun=is_begun(session, order.id),
        has_bookings=has_bookings(session, order.id),
        has_lock_out=has_lock_out(session, order, tasks),
        is_lock_out_keyed=_is_locked_out(session, order, tasks),
        hold_reason=HoldReason(order.hold_reason) if order.hold_reason else None,
        done_on=order.done_on,
        required_open=sum(
            task.is_required and not is_filled(task.kind, task.mark, task.value) for task in tasks
        ),
        is_corrective=order.type.is_corrective,
        has_coding=bool((order.problem or order.wrong.strip()) and order.cause and order.remedies),
        open_visits=planned_visits(session, order.id),
        answered=answered,
        is_confirmed_or_waived=order.confirmed_at is not None,
        paper_state=paper(session, order),
        has_issued_invoice=has_issued_invoice(session, order.id),
    )
    return replace(known, **more)


def planned_visits(session: Session, work_order_id: int) -> int:
    """Return how many visits are planned and not over."""
    planned = select(func.count(Visit.id)).where(
        Visit.work_order_id == work_order_id, Visit.status == VisitStatus.PLANNED
    )
    return session.scalars(planned).one()


def has_bookings(session: Session, work_order_id: int) -> bool:
    """Tell whether labour or parts are booked."""
    return any(
        session.scalars(select(exists().where(booked.work_order_id == work_order_id))).one()
        for booked in (Labour, UsedPart)
    )


def is_begun(session: Session, work_order_id: int) -> bool:
    """Tell whether somebody has arrived on site."""
    arrived = (
        select(VisitTechnician.id)
        .join(Visit, Visit.id == VisitTechnician.visit_id)
        .where(Visit.work_order_id == work_order_id, VisitTechnician.arrived_at.is_not(None))
        .limit(1)
    )
    return session.scalars(arrived).one_or_none() is not None


def has_lock_out(session: Session, order: WorkOrder, tasks: Collection[Task]) -> bool:
    """Tell whether something must be locked out before the work begins."""
    if any(task.is_hazard for task in tasks):
        return True
    asset = session.get(Asset, order.asset_id) if order.asset_id is not None else None
    return asset is not None and bool(asset.lock_out_steps)


def paper(session: Session, order: WorkOrder) -> PaperState:
    """Return where the technician's paper is; copies for others stay out of it."""
    query = select(Copy.copy, Copy.revision, Copy.state).where(
        Copy.work_order_id == order.id, Copy.audience == Audience.TECHNICIAN
    )
    copies = [SheetCopy(*row) for row in session.execute(query)]
    return paper_state(copies, revision=order.revision)


def has_issued_invoice(session: Session, work_order_id: int) -> bool:
    """Tell whether an issued invoice stands that no credit note negates."""
    standing = select(Invoice.id).where(Invoice.work_order_id == work_order_id, *issued())
    return session.scalars(standing.limit(1)).one_or_none() is not None


def issued() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of an issued invoice that stands."""
    credit = aliased(Invoice)
    return (
        Invoice.kind == InvoiceKind.INVOICE,
        Invoice.state == InvoiceState.ISSUED,
        ~exists().where(credit.credits_id == Invoice.id, credit.state == InvoiceState.ISSUED),
    )


def _answered(order: WorkOrder) -> frozenset[NotOnSheet]:
    return frozenset(NotOnSheet(answer) for answer in order.not_on_sheet)


def _needs_limit(session: Session, order: WorkOrder) -> bool:
    if order.customer_id is None:
        return False
    return session.get_one(Customer, order.customer_id).not_to_exceed is not None


def _is_locked_out(session: Session, order: WorkOrder, tasks: Collection[Task]) -> bool:
    hazards = [task for task in tasks if task.is_hazard]
    if hazards and all(is_filled(task.kind, task.mark, task.value) for task in hazards):
        return True
    keyed = select(Event.id).where(
        Event.record == "work_order", Event.record_id == order.id, Event.kind == "locked_out"
    )
    return session.scalars(keyed.limit(1)).one_or_none() is not None
