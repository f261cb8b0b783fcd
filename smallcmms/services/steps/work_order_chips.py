"""The chips of the work order list: what each narrows it to, by the partial indexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from smallcmms.domain.copies import Audience, CopyState
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import HoldReason, WorkOrderStatus
from smallcmms.models import SheetCopy, Visit, VisitTechnician, WorkOrder
from smallcmms.models.work_order import TO_INVOICE
from smallcmms.services.steps import shops, work_order_assets
from smallcmms.store import search


class Chip(StrEnum):
    """What the list is narrowed to."""

    ALL_OPEN = "all_open"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    TO_SCHEDULE = "to_schedule"
    WAITING = "waiting"
    SHEETS_TO_ENTER = "sheets_to_enter"
    TO_REVIEW = "to_review"
    TO_INVOICE = "to_invoice"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list shows; ``hold_reason`` narrows what waits to what it waits for."""

    chip: Chip = Chip.ALL_OPEN
    hold_reason: HoldReason | None = None
    technician_id: int | None = None
    customer_id: int | None = None
    asset_id: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Today in the shop's zone, and the moments (UTC) at which it begins and ends."""

    today: date
    begins: datetime
    ends: datetime


IS_OPEN = WorkOrder.closed_at.is_(None)
IS_TO_INVOICE = sql(TO_INVOICE)
NEWEST_COPY = (
    select(SheetCopy.state)
    .where(
        SheetCopy.work_order_id == WorkOrder.id,
        SheetCopy.audience == Audience.TECHNICIAN,
        SheetCopy.state != CopyState.FAILED,
        SheetCopy.state != CopyState.LOST,
    )
    .order_by(SheetCopy.copy.desc())
    .limit(1)
    .scalar_subquery()
)


def narrowed(session: Session, now: datetime, query: Any, text: str, filters: Filters) -> Any:
    """Return a question about work orders narrowed to the chip, the filters and every word."""
    if filters.chip is Chip.ALL_OPEN:
        query = query.where(IS_OPEN)
    elif filters.chip is Chip.TO_INVOICE:
        query = query.where(IS_TO_INVOICE)
    elif filters.chip is not Chip.EVERYTHING:
        query = query.where(IS_OPEN, *conditions(filters.chip, day_of(session, now)))
    if filters.hold_reason is not None:
        query = query.where(WorkOrder.hold_reason == filters.hold_reason)
    if filters.customer_id is not None:
        query = query.where(WorkOrder.customer_id == filters.customer_id)
    if filters.asset_id is not None:
        query = query.where(work_order_assets.is_of(filters.asset_id))
    if filters.technician_id is not None:
        query = query.where(WorkOrder.id.in_(_jobs_of(filters.technician_id)))
    for word in text.split():
        query = query.where(_holds(word))
    return query


def _jobs_of(technician_id: int) -> Select[int]:
    return (
        select(Visit.work_order_id)
        .join(VisitTechnician, VisitTechnician.visit_id == Visit.id)
        .where(VisitTechnician.technician_id == technician_id)
    )


def _holds(word: str) -> ColumnElement[bool]:
    found = [
        column.in_(matching)
        for kind, column in (
            ("work_order", WorkOrder.id),
            ("customer", WorkOrder.customer_id),
            ("site", WorkOrder.site_id),
            ("asset", WorkOrder.asset_id),
        )
        if (matching := search.matching(kind, word)) is not None
    ]
    return or_(*found) if found else true()


def day_of(session: Session, now: datetime) -> Day:
    """Return today as the shop's clock has it."""
    shop = shops.current(session)
    today = shop.day(now)
    begins = datetime.combine(today, time(), shop.zone)
    ends = datetime.combine(today + timedelta(days=1), time(), shop.zone)
    return Day(today, begins, ends)


def conditions(chip: Chip, day: Day) -> tuple[ColumnElement[bool], ...]:
    """Return what narrows open work to a chip."""
    status = WorkOrder.status
    is_not_done = status != WorkOrderStatus.COMPLETED
    if chip is Chip.OVERDUE:
        return (WorkOrder.due_on < day.today, is_not_done, ~_is_sheet_to_enter(day))
    if chip is Chip.DUE_TODAY:
        return (WorkOrder.due_on == day.today, is_not_done)
    if chip is Chip.SHEETS_TO_ENTER:
        return (_is_sheet_to_enter(day),)
    of_chip = {
        Chip.TO_SCHEDULE: WorkOrderStatus.APPROVED,
        Chip.WAITING: WorkOrderStatus.ON_HOLD,
        Chip.TO_REVIEW: WorkOrderStatus.COMPLETED,
    }
    return (status == of_chip[chip],)


def _is_sheet_to_enter(day: Day) -> ColumnElement[bool]:
    """Return the rule of the pill in SQL: a copy is out, and the day of its visit has passed."""
    planned = select(Visit.id).where(
        Visit.work_order_id == WorkOrder.id, Visit.status == VisitStatus.PLANNED
    )
    is_under_way = WorkOrder.status.in_(
        (WorkOrderStatus.APPROVED, WorkOrderStatus.SCHEDULED, WorkOrderStatus.IN_PROGRESS)
    )
    has_passed = planned.where(Visit.planned_from < day.begins).exists()
    is_today = planned.where(
        Visit.planned_from >= day.begins, Visit.planned_from < day.ends
    ).exists()
    is_out = func.coalesce(NEWEST_COPY, "") == CopyState.OUT
    return is_under_way & is_out & has_passed & ~is_today
