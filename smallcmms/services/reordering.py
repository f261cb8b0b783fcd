"""What to order: parts that run low, by reorder point, reservations and use, supplier by supplier.

One question finds the few parts that may be low among all of them; the rule of the trade then
says how much to order of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Subquery, func, literal_column, or_, select, text, type_coerce
from sqlalchemy.orm import Session

from smallcmms.domain.money import Currency
from smallcmms.domain.stock import USE_DAYS, MoveKind, ReservationStatus, Supply, reorder
from smallcmms.models import (
    Part,
    PurchaseOrder,
    PurchaseOrderLine,
    Reservation,
    StockMove,
    Supplier,
    WorkOrder,
)
from smallcmms.models.part import KEEPING
from smallcmms.services.purchase_order_pages import amount
from smallcmms.services.steps import shops
from smallcmms.services.steps.purchase_drafts import NewLine
from smallcmms.store.store import Store

_NOTHING = Decimal(0)
_OF_PART = (
    "id", "number", "name", "unit", "supplier_id", "cost", "keep", "order_up_to", "lead_days",
    "safety_stock", "purchase_unit", "purchase_factor",
)  # fmt: skip
_IS_OPEN = text("purchase_order.status IN ('draft', 'ordered', 'part_received')")


@dataclass(frozen=True, slots=True)
class ShortJob:
    """A work order that is short of a part."""

    id: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A part to order: how much, what it costs together, and what speaks for it.

    Quantities are of the part's own unit. ``free`` is on hand less reserved, below zero what is
    short; ``point`` is the reorder point, ``used`` what the last 90 days took. ``jobs`` are those
    that are short of it. A part that nobody sells to the shop yet has no supplier.
    """

    part_id: int
    number: str
    name: str
    unit: str
    supplier_id: int | None
    supplier: str
    quantity: Decimal
    unit_cost: Decimal
    cost: Decimal
    free: Decimal
    on_order: Decimal
    keep: Decimal | None
    point: Decimal
    used: Decimal
    pack: str
    pack_of: Decimal | None
    jobs: tuple[ShortJob, ...]

    @property
    def short(self) -> Decimal:
        """Return how much jobs want that is not there."""
        return max(-self.free, _NOTHING)


@dataclass(frozen=True, slots=True)
class ForSupplier:
    """What to order from one supplier, and what it comes to."""

    supplier_id: int | None
    supplier: str
    suggestions: tuple[Suggestion, ...]
    total: Decimal


def suggestions(store: Store) -> list[Suggestion]:
    """Return what to order: what jobs are short of first, each supplier's parts together.

    What stands on a draft is no longer suggested.
    """
    with store.read() as session:
        shop = shops.current(session)
        since = shop.day(store.now()) - timedelta(days=USE_DAYS)
        found = [
            each
            for row in session.execute(_question(since))
            if (each := _suggestion(row, shop.currency)) is not None
        ]
        jobs = _jobs(session, [each["part_id"] for each in found])
    whole = [Suggestion(**each, jobs=jobs.get(each["part_id"], ())) for each in found]
    return _in_order(whole)


def by_supplier(each: Iterable[Suggestion]) -> list[ForSupplier]:
    """Return suggestions supplier by supplier, in the order in which they first come up."""
    groups: dict[int | None, list[Suggestion]] = {}
    for one in each:
        groups.setdefault(one.supplier_id, []).append(one)
    return [
        ForSupplier(
            supplier_id, of_it[0].supplier, tuple(of_it), sum((e.cost for e in of_it), _NOTHING)
        )
        for supplier_id, of_it in groups.items()
    ]


def lines(each: Iterable[Suggestion]) -> list[NewLine]:
    """Return suggestions as lines of purchase orders; what has no supplier is left out.

    What is kept for no shelf and wanted by one job alone is ordered for that job.
    """
    return [
        NewLine(
            part_id=one.part_id,
            quantity=one.quantity,
            unit_cost=one.unit_cost,
            work_order_id=one.jobs[0].id if len(one.jobs) == 1 and not one.keep else None,
        )
        for one in each
        if one.supplier_id is not None
    ]


def _summed(name: str, column: Any, *which: Any, joined: Any = None) -> Subquery:
    part_id = column.class_.part_id
    query = select(part_id, func.sum(column).label("quantity")).where(*which)
    if joined is not None:
        query = query.join(*joined)
    return query.group_by(part_id).subquery(name)


def _question(since: date) -> Any:
    """Return the question for all parts that may be low: a little more than the rule finds."""
    lies = _summed("lies", StockMove.quantity)
    kept = _summed("kept", Reservation.quantity, literal_column(KEEPING))
    used = _summed(
        "used",
        StockMove.quantity,
        StockMove.kind.in_((MoveKind.ISSUE, MoveKind.RETURN)),
        StockMove.moved_on > since,
    )
    missing = PurchaseOrderLine.quantity - PurchaseOrderLine.received
    coming = (
        select(PurchaseOrderLine.part_id, func.sum(missing).label("quantity"))
        .join(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.purchase_order_id)
        .where(_IS_OPEN, PurchaseOrderLine.received < PurchaseOrderLine.quantity)
        .group_by(PurchaseOrderLine.part_id)
        .subquery("coming")
    )
    there = _or_none(lies)
    free = there - _or_none(kept)
    during = -_steps(_or_none(used)) * func.coalesce(Part.lead_days, 0)
    safety = _steps(func.coalesce(Part.safety_stock, _NOTHING))
    is_low = or_(
        free + _or_none(coming) < func.coalesce(Part.keep, _NOTHING),
        (_steps(free + _or_none(coming)) - safety) * USE_DAYS < during + USE_DAYS,
    )
    asked = (getattr(Part, name) for name in _OF_PART)
    query = select(*asked, Supplier.name.label("supplier"), free, _or_none(coming), -_or_none(used))
    for table in (lies, kept, used, coming):
        query = query.outerjoin(table, table.c.part_id == Part.id)
    query = query.outerjoin(Supplier, Supplier.id == Part.supplier_id)
    return query.where(Part.archived_on.is_(None), Part.superseded_by_id.is_(None), is_low)


def _or_none(table: Subquery) -> Any:
    return func.coalesce(table.c.quantity, _NOTHING)


def _steps(quantity: Any) -> Any:
    """Return a quantity as the whole number of its smallest steps that the file keeps."""
    return type_coerce(quantity, Integer)


def _suggestion(row: Any, currency: Currency) -> dict[str, Any] | None:
    part, (supplier, free, on_order, used) = row, row[-4:]
    supply = Supply(
        available=free,
        on_order=on_order,
        keep=part.keep,
        order_up_to=part.order_up_to,
        used=max(used, _NOTHING),
        lead_days=part.lead_days,
        safety_stock=part.safety_stock,
        pack=part.purchase_factor,
    )
    quantity = reorder(supply)
    if not quantity:
        return None
    return {
        "part_id": part.id,
        "number": part.number,
        "name": part.name,
        "unit": part.unit,
        "supplier_id": part.supplier_id,
        "supplier": supplier or "",
        "quantity": quantity,
        "unit_cost": part.cost,
        "cost": amount(quantity, part.cost, currency),
        "free": free,
        "on_order": on_order,
        "keep": part.keep,
        "point": supply.point,
        "used": supply.used,
        "pack": part.purchase_unit if part.purchase_factor else "",
        "pack_of": part.purchase_factor,
    }


def _jobs(session: Session, part_ids: Sequence[int]) -> dict[int, tuple[ShortJob, ...]]:
    query = (
        select(Reservation.part_id, WorkOrder.id, WorkOrder.number)
        .join(WorkOrder, WorkOrder.id == Reservation.work_order_id)
        .where(
            Reservation.part_id.in_(part_ids),
            Reservation.status == ReservationStatus.SHORT,
            literal_column(KEEPING),
        )
        .distinct()
        .order_by(WorkOrder.level, WorkOrder.due_on, WorkOrder.id)
    )
    found: dict[int, tuple[ShortJob, ...]] = {}
    for part_id, work_order_id, number in session.execute(query):
        found[part_id] = (*found.get(part_id, ()), ShortJob(work_order_id, number))
    return found


def _in_order(each: Sequence[Suggestion]) -> list[Suggestion]:
    """Sort by what is short; a supplier stands where the worst of its parts does."""
    worst: dict[int | None, Decimal] = {}
    for one in each:
        worst[one.supplier_id] = max(worst.get(one.supplier_id, _NOTHING), one.short)
    return sorted(
        each,
        key=lambda one: (
            -worst[one.supplier_id], one.supplier.casefold(), -one.short, one.name.casefold(),
        ),
    )  # fmt: skip
