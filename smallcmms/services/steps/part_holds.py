"""Work that waits for parts: when the last of them is in, it waits no longer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from smallcmms.domain.stock import ReservationStatus
from smallcmms.domain.work_orders import HoldReason, WorkOrderStatus
from smallcmms.models import PurchaseOrder, PurchaseOrderLine, Reservation, WorkOrder
from smallcmms.services.steps import reservations
from smallcmms.services.steps import work_orders as steps
from smallcmms.services.steps.work_order_facts import planned_visits

PART_IS_IN = "part_is_in"
_IS_OPEN = text("purchase_order.status IN ('draft', 'ordered', 'part_received')")
_IS_SHORT = Reservation.status == ReservationStatus.SHORT, Reservation.settled_at.is_(None)


def settle(
    session: Session, at: datetime, part_ids: Collection[int], work_order_ids: Collection[int] = ()
) -> list[str]:
    """Give parts that came in to the work that is short of them, and end holds that are over.

    ``work_order_ids`` are those that something was bought for by name.

    Returns:
        The numbers of the work orders that wait no longer.
    """
    waited = {*reservations.settle(session, at, part_ids), *work_order_ids}
    session.flush()
    return [
        order.number
        for order in _held(session, waited)
        if not missing(session, order.id) and _end(session, at, order)
    ]


def missing(session: Session, work_order_id: int) -> bool:
    """Tell whether a work order is short of a part, or an order still owes it something."""
    short = select(Reservation.id).where(Reservation.work_order_id == work_order_id, *_IS_SHORT)
    owed = (
        select(PurchaseOrderLine.id)
        .join(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.purchase_order_id)
        .where(
            PurchaseOrderLine.work_order_id == work_order_id,
            PurchaseOrderLine.received < PurchaseOrderLine.quantity,
            _IS_OPEN,
        )
    )
    return any(session.scalars(each.limit(1)).first() for each in (short, owed))


def _held(session: Session, work_order_ids: Collection[int]) -> list[WorkOrder]:
    held = select(WorkOrder).where(
        WorkOrder.id.in_(work_order_ids),
        WorkOrder.status == WorkOrderStatus.ON_HOLD,
        WorkOrder.hold_reason == HoldReason.PARTS,
    )
    return list(session.scalars(held.order_by(WorkOrder.level, WorkOrder.due_on, WorkOrder.id)))


def _end(session: Session, at: datetime, order: WorkOrder) -> bool:
    """Let the work go on: to its visit where one is planned, else it is to be scheduled."""
    to = WorkOrderStatus.APPROVED
    if planned_visits(session, order.id):
        to = WorkOrderStatus.SCHEDULED
    order.hold_reason, order.part_in_at = "", at
    steps.go(session, at, order, to, PART_IS_IN, reason=HoldReason.PARTS.value)
    return True
