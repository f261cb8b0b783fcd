"""The work orders of PM dates: one for all assets of a schedule, whole from its template."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.work_orders import BillingRule, Origin, WorkOrderStatus
from smallcmms.models import (
    Asset,
    Contact,
    Customer,
    JobTemplate,
    PmSchedule,
    Site,
    TemplatePart,
    TemplateTask,
)
from smallcmms.services.steps import bulk, events, levels, reservations
from smallcmms.services.steps.numbers import next_numbers
from smallcmms.services.steps.pm_book import Dated
from smallcmms.services.steps.pm_occurrences import Course

_LINE = ("text", "kind", "unit", "low", "high", "choices", "is_required", "is_hazard")
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A work order to be made: its schedule, the day it is due, and the dates it is for."""

    course: Course
    due_on: date
    dates: Sequence[Dated]


@dataclass(frozen=True, slots=True)
class Order:
    """A work order that was made."""

    id: int
    number: str


def make(session: Session, at: datetime, drafts: Sequence[Draft]) -> list[Order]:
    """Make and approve work orders, all at once, with checklist, parts, safety, time and price.

    A schedule has a site, assets and a level, and takes over its customer's limit: nothing that
    the approval asks for can be missing.
    """
    if not drafts:
        return []
    session.flush()
    shelf = _Shelf(session, drafts)
    numbers = next_numbers(session, "work_order", len(drafts))
    fields = [shelf.order(draft, number, at) for draft, number in zip(drafts, numbers, strict=True)]
    connection = session.connection()
    ids = bulk.next_keys(connection, "work_order", len(drafts))
    orders = [Order(key, number) for key, number in zip(ids, numbers, strict=True)]
    told = [{"id": key, **told} for key, told in zip(ids, fields, strict=True)]
    for table, rows in {"work_order": told, **shelf.owned(drafts, orders)}.items():
        if rows:
            bulk.insert(connection, table, rows)
    _tell(session, at, orders)
    reservations.reserve_all(session, at, [order.id for order in orders])
    return orders


def _tell(session: Session, at: datetime, orders: Sequence[Order]) -> None:
    was, now = WorkOrderStatus.DRAFT.value, WorkOrderStatus.APPROVED.value
    told = [
        each
        for order in orders
        for each in (
            events.fields(at, "work_order", order.id, "made", origin=Origin.PM.value),
            events.fields(at, "work_order", order.id, "approved", was=was, now=now),
        )
    ]
    events.note_all(session, told)


class _Shelf:
    """What the work orders are made from, read once for all of them."""

    def __init__(self, session: Session, drafts: Sequence[Draft]) -> None:
        self._session = session
        sites = {draft.course.schedule.site_id for draft in drafts}
        query = (
            select(Site.id, Site.customer_id, Customer.not_to_exceed)
            .join(Customer, Customer.id == Site.customer_id)
            .where(Site.id.in_(sites))
        )
        self._sites = {row[0]: (row[1], row[2]) for row in session.execute(query)}
        self._contacts = _contacts(session, {row[0] for row in self._sites.values()})
        assets = {dated.asset_id for draft in drafts for dated in draft.dates}
        asked = select(Asset).where(Asset.id.in_(assets))
        self._assets = {asset.id: asset for asset in session.scalars(asked)}
        wanted = {draft.course.schedule.job_template_id for draft in drafts} - {None}
        self._templates = {key: _Template(session, key) for key in wanted if key is not None}
        self._answers: dict[int, datetime] = {}

    def order(self, draft: Draft, number: str, at: datetime) -> Fields:
        """Return the fields of a work order."""
        schedule = draft.course.schedule
        customer_id, limit = self._sites[schedule.site_id]
        alone = self._assets[draft.dates[0].asset_id] if len(draft.dates) == 1 else None
        return {
            "number": number,
            "origin": Origin.PM,
            "type": schedule.type,
            "level": schedule.level,
            "status": WorkOrderStatus.APPROVED,
            "customer_id": customer_id,
            "site_id": schedule.site_id,
            "contact_id": self._contacts.get(schedule.site_id, self._contacts.get(-customer_id)),
            "asset_id": None if alone is None else alone.id,
            "location_id": None if alone is None else alone.location_id,
            "title": schedule.name,
            "due_on": draft.due_on,
            "answer_by": self._answer_by(schedule.level, at),
            "limit": limit,
            "wanted_technician_id": schedule.technician_id,
            "created_at": at,
            **self._of_template(schedule),
        }

    def owned(self, drafts: Sequence[Draft], orders: Sequence[Order]) -> dict[str, list[Fields]]:
        """Return the rows that the work orders own: assets, checklists, planned parts."""
        rows: dict[str, list[Fields]] = {"work_order_asset": [], "task": [], "planned_part": []}
        for draft, order in zip(drafts, orders, strict=True):
            template = self._templates.get(draft.course.schedule.job_template_id or 0)
            is_shared = len(draft.dates) > 1
            for place, dated in enumerate(draft.dates):
                own = {"work_order_id": order.id, "asset_id": dated.asset_id}
                rows["work_order_asset"].append({**own, "sequence": place, "done_on": None})
                if template is not None and (is_shared or place == 0):
                    name = self._name(dated.asset_id) if is_shared else ""
                    rows["task"] += template.tasks(own, name, place, is_shared=is_shared)
            if template is not None:
                rows["planned_part"] += template.parts(order.id)
        return rows

    def _name(self, asset_id: int) -> str:
        asset = self._assets[asset_id]
        return f"{asset.short_code} {asset.name}".strip()

    def _answer_by(self, level: int, at: datetime) -> datetime:
        if level not in self._answers:
            self._answers[level] = levels.answer_time(self._session, level, at)
        return self._answers[level]

    def _of_template(self, schedule: PmSchedule) -> Fields:
        template = self._templates.get(schedule.job_template_id or 0)
        price, minutes, safety = schedule.flat_price, schedule.planned_minutes, ""
        if template is not None:
            price = template.row.flat_price if price is None else price
            minutes = minutes or template.row.planned_minutes
            safety = "\n".join(template.row.safety)
        is_flat = price is not None and schedule.billing_rule is BillingRule.TIME_AND_MATERIALS
        return {
            "instructions": schedule.instructions or safety,
            "planned_minutes": minutes,
            "flat_price": price,
            "billing_rule": BillingRule.FLAT_RATE if is_flat else schedule.billing_rule,
        }


def _contacts(session: Session, customer_ids: Collection[int]) -> dict[int, int]:
    """Return who is asked for: a site's own person, or under minus its id the customer's first."""
    query = (
        select(Contact.id, Contact.customer_id, Contact.site_id)
        .where(Contact.customer_id.in_(customer_ids), Contact.archived_on.is_(None))
        .order_by(Contact.id.desc())
    )
    found: dict[int, int] = {}
    for key, customer_id, site_id in session.execute(query):
        found[-customer_id if site_id is None else site_id] = key
    return found


class _Template:
    """A job template with its lines and parts."""

    def __init__(self, session: Session, template_id: int) -> None:
        self.row = session.get_one(JobTemplate, template_id)
        lines = select(TemplateTask).where(TemplateTask.job_template_id == template_id)
        self._lines = session.scalars(lines.order_by(TemplateTask.sequence)).all()
        parts = select(TemplatePart).where(TemplatePart.job_template_id == template_id)
        self._parts = session.scalars(parts.order_by(TemplatePart.sequence)).all()

    def tasks(self, own: Fields, name: str, place: int, *, is_shared: bool) -> list[Fields]:
        """Return the checklist; where several assets share a work order each has its own."""
        owner = own if is_shared else {**own, "asset_id": None}
        return [
            {
                **owner,
                "section": " · ".join(filter(None, (name, line.section))),
                "sequence": line.sequence + place * len(self._lines),
                **{field: getattr(line, field) for field in _LINE},
            }
            for line in self._lines
        ]

    def parts(self, work_order_id: int) -> list[Fields]:
        """Return the planned parts."""
        return [
            {
                "work_order_id": work_order_id,
                "part_id": part.part_id,
                "quantity": part.quantity,
                "sequence": part.sequence,
            }
            for part in self._parts
        ]
