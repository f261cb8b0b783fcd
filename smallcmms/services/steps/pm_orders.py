"""The work order of due PM occurrences: one for all assets of a schedule, from its template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from smallcmms.domain.levels import Level
from smallcmms.domain.pm import OccurrenceStatus
from smallcmms.domain.work_orders import Origin
from smallcmms.models import Asset, PmOccurrence, Site, Task, WorkOrder, WorkOrderAsset
from smallcmms.services.steps import work_orders
from smallcmms.services.steps.pm_occurrences import Course

_COPIED = ("sequence", "text", "kind", "unit", "low", "high", "choices", "is_required", "is_hazard")


def make(course: Course, due_on: date, occurrences: Sequence[PmOccurrence]) -> WorkOrder:
    """Make and approve the work order of occurrences that are due together.

    Checklist, safety, parts, time and price come from the template; where there are several
    assets each has its own checklist.

    Raises:
        RuleBroken: the schedule lacks what a work order needs.
    """
    assets = [occurrence.asset_id for occurrence in occurrences]
    order = of_assets(course, due_on, assets)
    for occurrence in occurrences:
        occurrence.status = OccurrenceStatus.GENERATED
        occurrence.work_order_id, occurrence.generated_at = order.id, course.at
        course.note("generated", occurrence, number=order.number)
    return order


def of_assets(course: Course, due_on: date, asset_ids: Sequence[int]) -> WorkOrder:
    """Make and approve the work order of a schedule for some of its assets."""
    session, schedule = course.session, course.schedule
    site = session.get_one(Site, schedule.site_id)
    order = work_orders.make(
        session,
        course.at,
        origin=Origin.PM,
        type=schedule.type,
        level=Level(schedule.level),
        title=schedule.name,
        due_on=due_on,
        template_id=schedule.job_template_id,
        customer_id=site.customer_id,
        site_id=site.id,
        asset_id=asset_ids[0] if len(asset_ids) == 1 else None,
        instructions=schedule.instructions,
        planned_minutes=schedule.planned_minutes,
        flat_price=schedule.flat_price,
        wanted_technician_id=schedule.technician_id,
    )
    order.billing_rule = schedule.billing_rule
    for sequence, asset_id in enumerate(asset_ids):
        session.add(WorkOrderAsset(work_order_id=order.id, asset_id=asset_id, sequence=sequence))
    if len(asset_ids) > 1:
        _checklist_each(course, order, asset_ids)
    work_orders.approve(session, course.at, order)
    return order


def _checklist_each(course: Course, order: WorkOrder, asset_ids: Sequence[int]) -> None:
    """Give each asset a checklist of its own, under its name."""
    session = course.session
    lines = session.scalars(
        select(Task).where(Task.work_order_id == order.id).order_by(Task.sequence)
    ).all()
    for place, asset_id in enumerate(asset_ids):
        asset = session.get_one(Asset, asset_id)
        name = f"{asset.short_code} {asset.name}".strip()
        for line in lines:
            section = " · ".join(filter(None, (name, line.section)))
            if place == 0:
                line.asset_id, line.section = asset_id, section
                continue
            same = {field: getattr(line, field) for field in _COPIED}
            same["sequence"] += place * len(lines)
            session.add(Task(work_order_id=order.id, asset_id=asset_id, section=section, **same))
    session.flush()
