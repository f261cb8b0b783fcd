"""The list of work orders: chips, sorts and rows, each a question that walks an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    String,
    bindparam,
    func,
    select,
    type_coerce,
)

from smallcmms.domain.copies import PaperState
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import (
    HoldReason,
    ShownState,
    billing_state,
    shown_state,
)
from smallcmms.models import (
    Asset,
    Customer,
    Shop,
    Site,
    Technician,
    Visit,
    VisitTechnician,
    WorkOrder,
)
from smallcmms.services.steps.work_order_chips import (
    IS_OPEN,
    IS_TO_INVOICE,
    NEWEST_COPY,
    Chip,
    Filters,
    conditions,
    day_of,
    narrowed,
)
from smallcmms.store.store import Store

_NEXT, _WITHIN = "\x1e", "\x1f"
"""Stand between the visits of a row, and between what is told of each."""


class Sort(StrEnum):
    """What the list is sorted by; the level is followed by the deadline and the age."""

    LEVEL = "level"
    DUE = "due"
    NUMBER = "number"
    CREATED = "created"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many work orders each chip shows; ``worst_level`` is that of the open ones."""

    all_open: int
    overdue: int
    due_today: int
    to_schedule: int
    waiting: int
    waiting_parts: int
    sheets_to_enter: int
    to_review: int
    to_invoice: int
    worst_level: int | None


@dataclass(frozen=True, slots=True)
class WorkOrderRow:
    """What the list shows of a work order; the visit is the next one, or the last there was.

    ``site`` is the address, ``asset`` its short code or name, ``technicians`` first names.
    """

    id: int
    number: str
    title: str
    level: int
    state: ShownState
    customer: str
    site: str
    asset: str
    due_on: date | None
    days_late: int
    visit_from: datetime | None
    visit_on: date | None
    technicians: tuple[str, ...]
    done_on: date | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class _Visit:
    on: date
    planned_from: datetime
    is_planned: bool
    technicians: list[str] = field(default_factory=list)


_ALL: Filters = Filters()
_SORTS: dict[Sort, tuple[Any, ...]] = {
    Sort.LEVEL: (WorkOrder.level, WorkOrder.due_on, WorkOrder.id),
    Sort.DUE: (WorkOrder.due_on, WorkOrder.id),
    Sort.NUMBER: (WorkOrder.id,),
    Sort.CREATED: (WorkOrder.created_at, WorkOrder.id),
}
_VISITS = (
    select(
        func.aggregate_strings(
            type_coerce(Visit.planned_from, String)
            + _WITHIN
            + type_coerce(Visit.status, String)
            + _WITHIN
            + func.coalesce(Technician.name, ""),
            _NEXT,
        )
    )
    .select_from(Visit)
    .outerjoin(VisitTechnician, VisitTechnician.visit_id == Visit.id)
    .outerjoin(Technician, Technician.id == VisitTechnician.technician_id)
    .where(Visit.work_order_id == WorkOrder.id)
    .scalar_subquery()
)
_ROWS = (
    select(
        WorkOrder.id,
        WorkOrder.number,
        WorkOrder.title,
        WorkOrder.level,
        WorkOrder.status,
        WorkOrder.hold_reason,
        WorkOrder.billing_rule,
        WorkOrder.invoiced_at,
        WorkOrder.due_on,
        WorkOrder.done_on,
        WorkOrder.created_at,
        func.coalesce(Customer.name, "").label("customer"),
        func.coalesce(Site.address, "").label("site"),
        func.coalesce(func.nullif(Asset.short_code, ""), Asset.name, "").label("asset"),
        NEWEST_COPY.label("copy"),
        _VISITS.label("visits"),
        Shop.zone,
    )
    .select_from(WorkOrder)
    .join(Shop, Shop.id == 1)
    .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
    .outerjoin(Site, Site.id == WorkOrder.site_id)
    .outerjoin(Asset, Asset.id == WorkOrder.asset_id)
    .where(WorkOrder.id.in_(bindparam("ids", expanding=True)))
)


def find(
    store: Store,
    *,
    text: str = "",
    filters: Filters = _ALL,
    sort: Sort = Sort.LEVEL,
    is_descending: bool = False,
    limit: int | None = None,
) -> Sequence[int]:
    """Return the ids of the work orders that match, in order.

    Every word of ``text`` is found in the work order, its customer, its site or its asset.
    """
    with store.read() as session:
        query = narrowed(session, store.now(), select(WorkOrder.id), text, filters)
        columns = _SORTS[sort]
        order = [column.desc() for column in columns] if is_descending else columns
        return session.scalars(query.order_by(*order).limit(limit)).all()


def groups(store: Store, *, text: str = "", filters: Filters = _ALL) -> dict[int, int]:
    """Return how many work orders of each level match, the worst level first."""
    with store.read() as session:
        counted = select(WorkOrder.level, func.count())
        query = narrowed(session, store.now(), counted, text, filters)
        return dict(session.execute(query.group_by(WorkOrder.level)).all())


def counts(store: Store) -> Counts:
    """Return how many work orders each chip shows, in one question."""
    with store.read() as session:
        day = day_of(session, store.now())
        query = select(
            func.count(),
            *(func.count().filter(*conditions(chip, day)) for chip in _COUNTED),
            func.count().filter(
                *conditions(Chip.WAITING, day), WorkOrder.hold_reason == HoldReason.PARTS
            ),
            func.min(WorkOrder.level),
            select(func.count()).select_from(WorkOrder).where(IS_TO_INVOICE).scalar_subquery(),
        ).where(IS_OPEN)
        all_open, *each, parts, worst, to_invoice = session.execute(query).one()
    by_chip = {chip.value: number for chip, number in zip(_COUNTED, each, strict=True)}
    return Counts(
        all_open=all_open,
        waiting_parts=parts,
        worst_level=worst,
        to_invoice=to_invoice,
        **by_chip,
    )


_COUNTED = (
    Chip.OVERDUE,
    Chip.DUE_TODAY,
    Chip.TO_SCHEDULE,
    Chip.WAITING,
    Chip.SHEETS_TO_ENTER,
    Chip.TO_REVIEW,
)


def rows(store: Store, ids: Sequence[int]) -> dict[int, WorkOrderRow]:
    """Return what the list shows of these work orders, in one question."""
    with store.read() as session:
        found = session.execute(_ROWS, {"ids": list(ids)}).all()
    if not found:
        return {}
    zone = ZoneInfo(found[0].zone)
    today = store.now().astimezone(zone).date()
    return {row.id: _row(row, zone, today) for row in found}


def _row(row: Any, zone: ZoneInfo, today: date) -> WorkOrderRow:
    visits = _visits(row.visits, zone)
    state = shown_state(
        row.status,
        billing=billing_state(
            row.billing_rule,
            is_issued=row.invoiced_at is not None,
            has_unbilled=False,
            is_paid=False,
        ),
        paper=PaperState(row.copy) if row.copy else PaperState.NOT_PRINTED,
        visit_days=[visit.on for visit in visits if visit.is_planned],
        today=today,
        hold_reason=HoldReason(row.hold_reason) if row.hold_reason else None,
    )
    shown = next((visit for visit in visits if visit.is_planned), visits[-1] if visits else None)
    return WorkOrderRow(
        id=row.id,
        number=row.number,
        title=row.title,
        level=row.level,
        state=state,
        customer=row.customer,
        site=row.site,
        asset=row.asset,
        due_on=row.due_on,
        days_late=days_late(row.due_on, state, today),
        visit_from=shown.planned_from if shown else None,
        visit_on=shown.on if shown else None,
        technicians=tuple(shown.technicians) if shown else (),
        done_on=row.done_on,
        created_at=row.created_at,
    )


_NEVER_LATE = {
    ShownState.SHEET_TO_ENTER,
    ShownState.TO_REVIEW,
    ShownState.TO_INVOICE,
    ShownState.INVOICED,
    ShownState.CLOSED,
    ShownState.CANCELLED,
}


def days_late(due_on: date | None, state: ShownState, today: date) -> int:
    """Return by how many days the work is late, 0 where it is not or has been done."""
    if due_on is None or state in _NEVER_LATE:
        return 0
    return max((today - due_on).days, 0)


def _visits(told: str | None, zone: ZoneInfo) -> list[_Visit]:
    visits: dict[str, _Visit] = {}
    for line in sorted((told or "").split(_NEXT)) if told else ():
        begins, status, name = line.split(_WITHIN)
        planned_from = datetime.fromisoformat(begins).replace(tzinfo=UTC)
        visit = visits.setdefault(
            f"{begins}{status}",
            _Visit(
                planned_from.astimezone(zone).date(), planned_from, status == VisitStatus.PLANNED
            ),
        )
        visit.technicians.extend(name.split()[:1])
    return list(visits.values())
