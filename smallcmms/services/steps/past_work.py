"""What was done on an asset before, as the details and the paper tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.labour import LabourClass
from smallcmms.domain.work_orders import WorkOrderStatus, WorkType
from smallcmms.models import Labour, Technician, WorkOrder
from smallcmms.services.steps import work_order_assets

_DONE = (WorkOrderStatus.COMPLETED, WorkOrderStatus.CLOSED)
_REPAIRS = tuple(each for each in WorkType if each.is_corrective)


@dataclass(frozen=True, slots=True)
class Repair:
    """A work order that mended an asset, and the day it was done."""

    work_order_id: int
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class PastLine:
    """A job that was done on the asset; ``minutes`` are those on site, of everybody."""

    work_order_id: int
    number: str
    on: date
    text: str
    technicians: tuple[str, ...]
    minutes: int


def past_work(session: Session, order: WorkOrder, *, most: int) -> tuple[PastLine, ...]:
    """Return the last jobs on the work order's asset, the newest first."""
    if order.asset_id is None:
        return ()
    query = (
        _before(select(WorkOrder.id, WorkOrder.number, WorkOrder.done_on), order)
        .add_columns(WorkOrder.found_and_did, WorkOrder.title)
        .order_by(WorkOrder.done_on.desc(), WorkOrder.id.desc())
        .limit(most)
    )
    rows = session.execute(query).all()
    hours = _hours(session, [row.id for row in rows])
    return tuple(
        PastLine(
            row.id,
            row.number,
            row.done_on,
            row.found_and_did or row.title,
            tuple(name.split()[0] for name, _ in hours.get(row.id, ())),
            sum(minutes for _, minutes in hours.get(row.id, ())),
        )
        for row in rows
    )


def last_repair(session: Session, asset_id: int, *, until: date) -> Repair | None:
    """Return the newest repair of an asset that was done by a day."""
    query: Any = (
        select(WorkOrder.id, WorkOrder.number, WorkOrder.done_on)
        .where(
            work_order_assets.is_of(asset_id),
            WorkOrder.type.in_(_REPAIRS),
            WorkOrder.status.in_(_DONE),
            WorkOrder.done_on <= until,
        )
        .order_by(WorkOrder.done_on.desc(), WorkOrder.id.desc())
        .limit(1)
    )
    found = session.execute(query).one_or_none()
    return Repair(*found) if found is not None else None


def count_past(session: Session, order: WorkOrder) -> int:
    """Return how many jobs were done on the work order's asset before."""
    if order.asset_id is None:
        return 0
    counted: int = session.scalars(_before(select(func.count(WorkOrder.id)), order)).one()
    return counted


def _before(query: Any, order: WorkOrder) -> Any:
    return query.where(
        WorkOrder.asset_id == order.asset_id,
        WorkOrder.id != order.id,
        WorkOrder.status.in_(_DONE),
        WorkOrder.done_on.is_not(None),
    )


def _hours(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """Return who was on site for each work order, in the order they came, and the minutes."""
    query = (
        select(Labour.work_order_id, Technician.name, func.sum(Labour.minutes))
        .join(Technician, Technician.id == Labour.technician_id)
        .where(Labour.work_order_id.in_(ids), Labour.labour_class != LabourClass.TRAVEL)
        .group_by(Labour.work_order_id, Technician.id)
        .order_by(func.min(Labour.id))
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for work_order_id, name, minutes in session.execute(query):
        found.setdefault(work_order_id, []).append((name, minutes))
    return found
