"""Today: what needs the person at the desk now, each thing once, and how the shop stands.

Every question walks open work, waiting calls or jobs to invoice by an index of their own, so that
the page does not grow with what was done before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, TextClause, func, select
from sqlalchemy.orm import Session

from smallcmms.domain.copies import Audience, CopyState
from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import HoldReason, Origin, ShownState, WorkOrderStatus
from smallcmms.models import Request, SheetCopy, WorkOrder
from smallcmms.services import (
    boards,
    follow_ups,
    invoice_register,
    jobs_to_invoice,
    missed_calls,
    part_waits,
    purchase_order_pages,
    reordering,
    requests,
    work_order_list,
)
from smallcmms.services.boards import Board
from smallcmms.services.follow_ups import FollowUpRow
from smallcmms.services.jobs_to_invoice import JobToInvoice
from smallcmms.services.missed_calls import MissedCallRow
from smallcmms.services.part_waits import Awaited
from smallcmms.services.purchase_order_pages import PurchaseOrderRow
from smallcmms.services.reordering import Suggestion
from smallcmms.services.requests import RequestRow
from smallcmms.services.steps import waiting as l1
from smallcmms.services.steps.work_order_chips import (
    IS_OPEN,
    IS_TO_INVOICE,
    Chip,
    Day,
    conditions,
    day_of,
)
from smallcmms.services.work_order_list import WorkOrderRow
from smallcmms.store.store import Store

SHOWN = 5
"""So many rows of a group are shown at first (design)."""
Row = TypeVar("Row")


class Span(StrEnum):
    """What the page looks ahead to."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    WEEK = "week"


class Name(StrEnum):
    """The groups, in the order in which a thing takes the first that fits."""

    TRIAGE = "triage"
    OVERDUE = "overdue"
    DUE = "due"
    WAITING_PARTS = "waiting_parts"
    MISSED = "missed"
    FOLLOW_UP = "follow_up"
    SHEETS = "sheets"
    TO_INVOICE = "to_invoice"
    LOW_STOCK = "low_stock"
    UPKEEP = "upkeep"


@dataclass(frozen=True, slots=True)
class Waits:
    """The L1 that waits longest: a request to triage, or a work order without a planned visit.

    ``kind`` is request or work_order; moments are UTC.
    """

    kind: str
    id: int
    number: str
    title: str
    customer: str
    place: str
    received_at: datetime
    answer_by: datetime | None


@dataclass(frozen=True, slots=True)
class Group(Generic[Row]):
    """How many things are in a group, and the rows of the first of them."""

    count: int = 0
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class LowStock(Group[Suggestion]):
    """The parts that run low, what ordering all of them costs, and drafts that wait to be placed.

    The count is that of parts and drafts.
    """

    total: Decimal = Decimal(0)
    drafts: tuple[PurchaseOrderRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OnTrucks:
    """The work due that is on a truck: how much, when its first sheet was printed, what came after.

    ``ids`` are the work orders.
    """

    ids: tuple[int, ...] = ()
    first_at: datetime | None = None
    added: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """How the shop stands: open work, what is late or waits, what is to be invoiced."""

    open: int
    critical: int
    high: int
    overdue: int
    oldest_days: int
    waiting_parts: int
    late_orders: int
    to_invoice: int
    oldest_done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The page: the L1 that waits, the figures, the board, and the groups."""

    span: Span
    on: date
    until: date
    waits: Waits | None
    to_triage: int
    figures: Figures
    board: Board
    triage: Group[RequestRow]
    overdue: Group[WorkOrderRow]
    due: Group[WorkOrderRow]
    on_trucks: OnTrucks
    waiting_parts: Group[WorkOrderRow]
    awaited: Mapping[int, Awaited]
    missed: Group[MissedCallRow]
    follow_up: Group[FollowUpRow]
    sheets: Group[WorkOrderRow]
    to_invoice: Group[JobToInvoice]
    low_stock: LowStock
    upkeep: Group[WorkOrderRow]

    @property
    def things(self) -> int:
        """Return how many things the groups below the board hold."""
        groups = (self.triage, self.overdue, self.due, self.waiting_parts, self.missed)
        rest = (
            self.follow_up.count
            + self.sheets.count
            + self.to_invoice.count
            + self.upkeep.count
            + len(self.on_trucks.ids)
        )
        return sum(group.count for group in groups) + rest


@dataclass(frozen=True, slots=True)
class Money:
    """What the jobs to invoice would come to, and what customers owe, in major units.

    ``jobs`` are those to invoice by id, with their amounts; None where they are too many.
    """

    jobs: Mapping[int, JobToInvoice] | None
    owed: Decimal
    past_due: Decimal

    @property
    def to_invoice(self) -> Decimal | None:
        """Return what the jobs come to together."""
        if self.jobs is None:
            return None
        return sum((each.amount for each in self.jobs.values() if each.amount), Decimal(0))


def page(store: Store, *, span: Span = Span.TODAY, whole: Collection[str] = ()) -> Today:
    """Return what needs the person now; groups in ``whole`` come with all their rows."""
    with store.read() as session:
        day = day_of(session, store.now())
        first, last = _days(day.today, span)
        waits = _waits(store, session)
        calls = list(requests.find(store))
        in_strip = {waits.kind: waits.id} if waits else {}
        triage = [each for each in calls if each != in_strip.get("request")]
        found = _Once(session, {in_strip.get("work_order", 0)})
        overdue = found.take(IS_OPEN, *conditions(Chip.OVERDUE, day))
        due = found.take(IS_OPEN, *_due(first, last))
        parts = found.take(IS_OPEN, *_waits_for_parts(day))
        sheets = found.take(IS_OPEN, *conditions(Chip.SHEETS_TO_ENTER, day))
        jobs = found.take(IS_TO_INVOICE)
        upkeep = found.take(IS_OPEN, *_from_schedules())
        rung, again = missed_calls.waiting(store), follow_ups.waiting(store)
        shown, trucks = _due_rows(store, session, due, day)
        return Today(
            span=span,
            on=first,
            until=last,
            waits=waits,
            to_triage=len(calls),
            figures=_figures(store, session, day),
            board=boards.strip(store, from_on=first, days=(last - first).days + 1),
            triage=_group(requests.rows(store, _first(triage, Name.TRIAGE, whole)), triage),
            overdue=_work(store, overdue, Name.OVERDUE, whole),
            due=Group(len(shown), tuple(_first(shown, Name.DUE, whole))),
            on_trucks=trucks,
            waiting_parts=_work(store, parts, Name.WAITING_PARTS, whole),
            awaited=part_waits.of(store, [*overdue, *due, *parts]),
            missed=Group(len(rung), tuple(_first(rung, Name.MISSED, whole))),
            follow_up=Group(len(again), tuple(_first(again, Name.FOLLOW_UP, whole))),
            sheets=_work(store, sheets, Name.SHEETS, whole),
            to_invoice=Group(
                len(jobs), jobs_to_invoice.rows(store, _first(jobs, Name.TO_INVOICE, whole))
            ),
            low_stock=_low_stock(store, whole),
            upkeep=_work(store, upkeep, Name.UPKEEP, whole),
        )


def money(store: Store) -> Money:
    """Return the amounts of the page; they may take longer than the page itself."""
    ageing = invoice_register.ageing(store)
    return Money(jobs_to_invoice.worth(store), ageing.owed, ageing.past_due)


class _Once:
    """Work orders by group, each in the first that fits: the worst level, then the deadline."""

    def __init__(self, session: Session, seen: set[int]) -> None:
        self._session, self._seen = session, seen

    def take(self, *which: ColumnElement[bool] | TextClause) -> list[int]:
        """Return the ids that no group before has."""
        query = select(WorkOrder.id).where(*which)
        query = query.order_by(WorkOrder.level, WorkOrder.due_on, WorkOrder.id)
        found = [each for each in self._session.scalars(query) if each not in self._seen]
        self._seen.update(found)
        return found


def _days(today: date, span: Span) -> tuple[date, date]:
    if span is Span.TODAY:
        return today, today
    tomorrow = today + timedelta(days=1)
    if span is Span.TOMORROW:
        return tomorrow, tomorrow
    monday = today - timedelta(days=today.weekday())
    return monday, monday + timedelta(days=6)


def _due(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    is_due = WorkOrder.due_on >= first, WorkOrder.due_on <= last
    return (*is_due, WorkOrder.status != WorkOrderStatus.COMPLETED)


def _from_schedules() -> tuple[ColumnElement[bool], ...]:
    """Say which work a PM schedule made and nobody has scheduled."""
    return WorkOrder.origin == Origin.PM, WorkOrder.status == WorkOrderStatus.APPROVED


def _waits_for_parts(day: Day) -> tuple[ColumnElement[bool], ...]:
    return (*conditions(Chip.WAITING, day), WorkOrder.hold_reason == HoldReason.PARTS)


def _waits(store: Store, session: Session) -> Waits | None:
    request_id = session.scalars(
        select(Request.id)
        .where(Request.closed_at.is_(None), Request.level == int(Level.CRITICAL))
        .order_by(Request.answer_by, Request.id)
        .limit(1)
    ).first()
    if request_id is not None:
        row = requests.rows(store, [request_id])[request_id]
        return Waits(
            "request", row.id, row.number, row.words, row.customer, row.place, row.received_at,
            row.answer_by,
        )  # fmt: skip
    order = l1.first_waiting_work(session)
    if order is None:
        return None
    listed = work_order_list.rows(store, [order.id])[order.id]
    return Waits(
        "work_order", order.id, order.number, order.title, listed.customer, listed.site,
        order.created_at, order.answer_by,
    )  # fmt: skip


def _figures(store: Store, session: Session, day: Day) -> Figures:
    overdue = conditions(Chip.OVERDUE, day)
    query = select(
        func.count(),
        func.count().filter(WorkOrder.level == int(Level.CRITICAL)),
        func.count().filter(WorkOrder.level == int(Level.HIGH)),
        func.count().filter(*overdue),
        func.min(WorkOrder.due_on).filter(*overdue),
        func.count().filter(*_waits_for_parts(day)),
    ).where(IS_OPEN)
    number, critical, high, late, oldest, parts = session.execute(query).one()
    jobs = select(func.count(), func.min(WorkOrder.done_on)).where(IS_TO_INVOICE)
    to_invoice, done_on = session.execute(jobs).one()
    return Figures(
        open=number,
        critical=critical,
        high=high,
        overdue=late,
        oldest_days=(day.today - oldest).days if oldest else 0,
        waiting_parts=parts,
        late_orders=part_waits.late_orders(store),
        to_invoice=to_invoice,
        oldest_done_on=done_on,
    )


def _due_rows(
    store: Store, session: Session, ids: Sequence[int], day: Day
) -> tuple[list[WorkOrderRow], OnTrucks]:
    """Return the work due that something is to be done for, and what is on the trucks."""
    rows = work_order_list.rows(store, ids)
    out = tuple(each for each in ids if rows[each].state is ShownState.ON_THE_TRUCK)
    left = [rows[each] for each in ids if each not in out]
    query = select(func.min(SheetCopy.printed_at)).where(
        SheetCopy.work_order_id.in_(out),
        SheetCopy.audience == Audience.TECHNICIAN,
        SheetCopy.state == CopyState.OUT,
        SheetCopy.printed_at >= day.begins,
    )
    printed = sorted(session.scalars(query.group_by(SheetCopy.work_order_id)).all())
    first = printed[0] if printed else None
    return left, OnTrucks(out, first, max(len(printed) - 1, 0))


def _low_stock(store: Store, whole: Collection[str]) -> LowStock:
    found = reordering.suggestions(store)
    ids = purchase_order_pages.find(store, chip=purchase_order_pages.Chip.DRAFT)
    return LowStock(
        count=len(found) + len(ids),
        rows=tuple(_first(found, Name.LOW_STOCK, whole)),
        total=sum((each.cost for each in found), Decimal(0)),
        drafts=tuple(purchase_order_pages.rows(store, ids).values()),
    )


def _work(
    store: Store, ids: Sequence[int], name: Name, whole: Collection[str]
) -> Group[WorkOrderRow]:
    return _group(work_order_list.rows(store, _first(ids, name, whole)), ids)


def _group(rows: dict[int, Row], ids: Sequence[int]) -> Group[Row]:
    return Group(len(ids), tuple(rows[each] for each in ids if each in rows))


def _first(found: Sequence[Row], name: Name, whole: Collection[str]) -> Sequence[Row]:
    return found if name in whole else found[:SHOWN]
