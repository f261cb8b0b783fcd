"""Reservations: which work keeps or waits for which parts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, literal_column, select

from smallcmms.domain.stock import ReservationStatus
from smallcmms.models import Part, Reservation, Site, WorkOrder
from smallcmms.models.part import KEEPING
from smallcmms.store.store import Store


class ReservationRow(NamedTuple):
    """What a work order keeps of a part, or waits for; the quantity is in the part's unit.

    ``site`` is its name, or its address.
    """

    id: int
    work_order_id: int
    work_order: str
    title: str
    level: int
    due_on: date | None
    site: str
    planned_part_id: int
    part_id: int
    part_number: str
    part: str
    quantity: Decimal
    status: ReservationStatus
    made_at: datetime

    @property
    def is_short(self) -> bool:
        """Tell whether there is not enough for it."""
        return self.status is ReservationStatus.SHORT


def of_part(store: Store, part_id: int) -> list[ReservationRow]:
    """Return the work that keeps a part or waits for it: the worst first, then the nearest day."""
    return _asked(store, Reservation.part_id == part_id)


def of_work_order(store: Store, work_order_id: int) -> list[ReservationRow]:
    """Return the parts that a work order keeps or waits for."""
    return _asked(store, Reservation.work_order_id == work_order_id)


def _asked(store: Store, condition: Any) -> list[ReservationRow]:
    query = (
        select(
            Reservation.id,
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.title,
            WorkOrder.level,
            WorkOrder.due_on,
            func.coalesce(func.nullif(Site.name, ""), Site.address, ""),
            Reservation.planned_part_id,
            Part.id,
            Part.number,
            Part.name,
            Reservation.quantity,
            Reservation.status,
            Reservation.made_at,
        )
        .join(WorkOrder, WorkOrder.id == Reservation.work_order_id)
        .join(Part, Part.id == Reservation.part_id)
        .outerjoin(Site, Site.id == WorkOrder.site_id)
        .where(condition, literal_column(f"reservation.{KEEPING}"))
        .order_by(WorkOrder.level, WorkOrder.due_on, Reservation.id)
    )
    with store.read() as session:
        return [ReservationRow._make(row) for row in session.execute(query)]
