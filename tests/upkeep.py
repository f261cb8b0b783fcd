"""PM schedules for tests: one over the sump pump, its dates, and the work orders it made."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from smallcmms.domain.work_orders import NotOnSheet
from smallcmms.models import PmOccurrence, WorkOrder
from smallcmms.services import pm_schedules, work_order_lines, work_orders
from smallcmms.store.store import Store
from tests.build import Story

Dated = tuple[int, date | None, str]


def schedule(store: Store, story: Story, **fields: Any) -> int:
    facts = {
        "name": "Sump pump, monthly",
        "site_id": story.site_id,
        "asset_ids": [story.asset_id],
        "every": 1,
        "anchor_on": date(2026, 7, 20),
    }
    return pm_schedules.add(store, **{**facts, **fields})


def dates(store: Store, pm_schedule_id: int) -> list[Dated]:
    query = (
        select(PmOccurrence.sequence, PmOccurrence.due_on, PmOccurrence.status)
        .where(PmOccurrence.pm_schedule_id == pm_schedule_id)
        .order_by(PmOccurrence.asset_id, PmOccurrence.sequence)
    )
    with store.read() as session:
        return [(row[0], row[1], row[2].value) for row in session.execute(query)]


def made(store: Store) -> list[tuple[int, date | None]]:
    query = select(WorkOrder.id, WorkOrder.due_on).order_by(WorkOrder.id)
    with store.read() as session:
        return [(row[0], row[1]) for row in session.execute(query)]


def do(store: Store, story: Story, work_order_id: int, on: date) -> None:
    """Book an hour and say that the work was done on a day."""
    work_order_lines.add_time(
        store, work_order_id, technician_id=story.technician_id, worked_on=on, minutes=60
    )
    work_orders.complete(store, work_order_id, done_on=on, not_on_sheet={NotOnSheet.TASKS})
