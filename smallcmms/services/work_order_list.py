"""The list of work orders: chips, sorts and rows, each a question that walks an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Select,
    String,
    func,
    select,
    type_coerce,
)

from smallcmms.domain.copies import PaperState
from smallcmms.domain.work_orders import (
    BillingRule,
    HoldReason,
    ShownState,
    WorkOrderStatus,
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
from smallcmms.store.prepared import Prepared, each, given, packed
from smallcmms.store.store import Store

_KEPT = 10_000
"""So many rows are put into words once, for those that are shown again after each change."""
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


class WorkOrderRow(NamedTuple):
    """What the list shows of a work order; the visit is the next one, or the last there was.

    ``site`` is the address, ``asset`` its short code or name, ``technicians`` first names.
    ``is_part_in``: it waited for parts, and the last one came.
    """

    id: int
    number: str
    title: str
    level: int
    customer: str
    site: str
    asset: str
    due_on: date | None
    done_on: date | None
    state: ShownState
    days_late: int
    visit_from: datetime | None
    visit_on: date | None
    technicians: tuple[str, ...]
    is_part_in: bool = False


class _Visit(NamedTuple):
    on: date
    planned_from: datetime
    is_planned: bool
    technicians: list[str]


_ALL: Filters = Filters()
_PLAIN = frozenset(Filters(chip=chip) for chip in (Chip.ALL_OPEN, Chip.TO_INVOICE, Chip.EVERYTHING))
NO_LIMIT = -1
_SORTS: dict[Sort, tuple[Any, ...]] = {
    Sort.LEVEL: (WorkOrder.level, WorkOrder.due_on, WorkOrder.id),
    Sort.DUE: (WorkOrder.due_on, WorkOrder.id),
    Sort.NUMBER: (WorkOrder.id,),
    Sort.CREATED: (WorkOrder.created_at, WorkOrder.id),
}
_VISITS = (
    select(
        func.group_concat(
            type_coerce(Visit.planned_from, String)
            + func.char(ord(_WITHIN), type_=String)
            + type_coerce(Visit.status, String)
            + func.char(ord(_WITHIN), type_=String)
            + func.coalesce(Technician.name, ""),
            func.char(ord(_NEXT), type_=String),
            type_=String,
        )
    )
    .select_from(Visit)
    .outerjoin(VisitTechnician, VisitTechnician.visit_id == Visit.id)
    .outerjoin(Technician, Technician.id == VisitTechnician.technician_id)
    .where(Visit.work_order_id == WorkOrder.id)
    .scalar_subquery()
)
_WANTED = each("ids")
_ROWS = Prepared(
    select(
        WorkOrder.id,
        WorkOrder.number,
        WorkOrder.title,
        WorkOrder.level,
        func.coalesce(Customer.name, ""),
        func.coalesce(Site.address, ""),
        func.coalesce(func.nullif(Asset.short_code, ""), Asset.name, ""),
        WorkOrder.due_on,
        WorkOrder.done_on,
        _VISITS,
        type_coerce(WorkOrder.status, String),
        WorkOrder.hold_reason,
        type_coerce(WorkOrder.billing_rule, String),
        WorkOrder.invoiced_at.is_not(None),
        type_coerce(NEWEST_COPY, String),
        WorkOrder.part_in_at.is_not(None) & (type_coerce(WorkOrder.status, String) == "approved"),
        select(Shop.zone).where(Shop.id == 1).scalar_subquery(),
    )
    .select_from(_WANTED)
    .join(WorkOrder, WorkOrder.id == _WANTED.c.value)
    .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
    .outerjoin(Site, Site.id == WorkOrder.site_id)
    .outerjoin(Asset, Asset.id == WorkOrder.asset_id)
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
    if not text and filters in _PLAIN:
        plain = _plain(filters.chip, sort, is_descending=is_descending)
        most = NO_LIMIT if limit is None else limit
        return plain.ids(store, most=most)
    with store.read() as session:
        query = _in_order(sort, is_descending=is_descending).limit(limit)
        query = narrowed(session, store.now(), query, text, filters)
        return session.connection().execute(query).scalars().all()


@cache
def _plain(chip: Chip, sort: Sort, *, is_descending: bool) -> Prepared:
    query = _in_order(sort, is_descending=is_descending).limit(given("most"))
    if chip is Chip.EVERYTHING:
        return Prepared(query)
    return Prepared(query.where(IS_OPEN if chip is Chip.ALL_OPEN else IS_TO_INVOICE))


def _in_order(sort: Sort, *, is_descending: bool) -> Select[int]:
    columns = _SORTS[sort]
    order = [column.desc() for column in columns] if is_descending else columns
    return select(WorkOrder.id).order_by(*order)


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
    return told(store, _ROWS.ask(store, ids=packed(ids)))


def told(store: Store, found: Sequence[tuple[Any, ...]]) -> dict[int, WorkOrderRow]:
    """Return rows as people read them; every one ends in the zone of the shop."""
    if not found:
        return {}
    today = store.now().astimezone(ZoneInfo(found[0][-1])).date()
    return {
        row[0]: WorkOrderRow._make(row[:_FACTS] + _derived(row[_FACTS:], today)) for row in found
    }


@lru_cache(maxsize=_KEPT)
def _derived(kept: tuple[Any, ...], today: date) -> tuple[Any, ...]:
    """Return the days, the pill and the visit that is shown; many a row says the same."""
    due, done, visits, *of_pill, is_part_in, zone = kept
    is_today, has_passed, *when = _when(visits, ZoneInfo(zone), today) if visits else _NO_VISIT
    state = _pill(tuple(of_pill), is_today, has_passed)
    due_on = date.fromisoformat(due) if due else None
    done_on = date.fromisoformat(done) if done else None
    late = days_late(due_on, state, today)
    return due_on, done_on, state, late, *when, bool(is_part_in)


_FACTS = 7
"""So many columns of a row are shown as they are kept."""
_NO_VISIT = (False, False, None, None, ())


def _when(told: str, zone: ZoneInfo, today: date) -> tuple[Any, ...]:
    """Return whether a visit is planned today, and before; then the visit that is shown."""
    visits = _visits(told, zone)
    planned = [visit for visit in visits if visit.is_planned]
    shown = planned[0] if planned else visits[-1]
    is_today = any(visit.on == today for visit in planned)
    has_passed = any(visit.on < today for visit in planned)
    return is_today, has_passed, shown.planned_from, shown.on, tuple(shown.technicians)


@cache
def _pill(kept: tuple[Any, ...], is_today: object, has_passed: object) -> ShownState:
    """Return the pill; it depends on few things, so each answer is kept."""
    status, hold_reason, billing_rule, is_invoiced, copy = kept
    return shown_state(
        WorkOrderStatus(status),
        billing=billing_state(
            BillingRule(billing_rule),
            is_issued=bool(is_invoiced),
            has_unbilled=False,
            is_paid=False,
        ),
        paper=PaperState(copy) if copy else PaperState.NOT_PRINTED,
        visit_days=[date.max] * bool(is_today) + [date.min] * bool(has_passed),
        today=date.max,
        hold_reason=HoldReason(hold_reason) if hold_reason else None,
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


def _visits(told: str, zone: ZoneInfo) -> list[_Visit]:
    visits: dict[str, _Visit] = {}
    for line in sorted(told.split(_NEXT)) if _NEXT in told else (told,):
        key, _, name = line.rpartition(_WITHIN)
        visit = visits.get(key)
        if visit is None:
            begins, _, status = key.partition(_WITHIN)
            planned_from = datetime.fromisoformat(begins + "+00:00")
            on = planned_from.astimezone(zone).date()
            visit = visits[key] = _Visit(on, planned_from, status == "planned", [])
        visit.technicians.extend(name.split()[:1])
    return list(visits.values())
