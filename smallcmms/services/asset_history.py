"""What was done on an asset: the finished work orders, their hours and what was billed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from smallcmms.domain.invoices import InvoiceState
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.money import from_minor
from smallcmms.domain.work_orders import BillingRule, WorkOrderStatus, WorkType
from smallcmms.models import Invoice, Labour, Technician, WorkOrder
from smallcmms.services.steps import shops, work_order_assets
from smallcmms.store.store import Store

FINISHED = (WorkOrderStatus.COMPLETED, WorkOrderStatus.CLOSED)

PLANNED = (WorkType.PREVENTIVE, WorkType.INSPECTION, WorkType.CONDITION_BASED)
REPAIRS = (WorkType.EMERGENCY, WorkType.CORRECTIVE, WorkType.REWORK, WorkType.WARRANTY)
"""What counts towards repair or replace: an installation or an improvement is neither."""


@dataclass(frozen=True, slots=True)
class PastWork:
    """A finished work order of an asset.

    ``minutes`` are those on site, of all technicians together; ``who`` their first names;
    ``billed`` what the customer was billed in major units, tax included, credit notes taken off,
    None where nothing was billed.
    """

    id: int
    number: str
    title: str
    found_and_did: str
    type: WorkType
    on: date
    who: tuple[str, ...]
    minutes: int
    billing_rule: BillingRule
    billed: Decimal | None

    @property
    def is_planned(self) -> bool:
        """Tell whether it was planned upkeep and no repair."""
        return self.type in PLANNED


_MINUTES = (
    select(func.coalesce(func.sum(Labour.minutes), 0))
    .where(Labour.work_order_id == WorkOrder.id, Labour.labour_class != LabourClass.TRAVEL)
    .correlate(WorkOrder)
    .scalar_subquery()
)
_BILLED = (
    select(func.sum(Invoice.total))
    .where(Invoice.work_order_id == WorkOrder.id, Invoice.state == InvoiceState.ISSUED)
    .correlate(WorkOrder)
    .scalar_subquery()
)
_PAST = (
    select(
        WorkOrder.id,
        WorkOrder.number,
        WorkOrder.title,
        WorkOrder.found_and_did,
        WorkOrder.type,
        WorkOrder.done_on,
        WorkOrder.recorded_at,
        _MINUTES.label("minutes"),
        WorkOrder.billing_rule,
        func.coalesce(_BILLED, WorkOrder.historic_cost).label("billed"),
    )
    .where(work_order_assets.is_of(bindparam("asset")), WorkOrder.status.in_(FINISHED))
    .order_by(WorkOrder.done_on.desc(), WorkOrder.id.desc())
)
_WHO = (
    select(Labour.work_order_id, Technician.name)
    .join(Technician, Technician.id == Labour.technician_id)
    .join(WorkOrder, WorkOrder.id == Labour.work_order_id)
    .where(work_order_assets.is_of(bindparam("asset")), WorkOrder.status.in_(FINISHED))
    .group_by(Labour.work_order_id, Technician.id)
    .order_by(func.min(Labour.id))
)


_SPENT = select(
    func.coalesce(func.sum(func.coalesce(_BILLED, WorkOrder.historic_cost)), 0),
    func.count(WorkOrder.id),
).where(
    WorkOrder.asset_id == bindparam("asset"),
    WorkOrder.status.in_(FINISHED),
    WorkOrder.type.in_(REPAIRS),
)


def spent(session: Session, asset_id: int) -> tuple[int, int]:
    """Return what the repairs of an asset came to in minor units, and how many there were."""
    amount, repairs = session.execute(_SPENT, {"asset": asset_id}).one()
    return amount, repairs


def history(store: Store, asset_id: int) -> list[PastWork]:
    """Return the finished work on an asset, the latest first.

    Where nobody knows the day it was done, the day it was recorded stands in.
    """
    who: dict[int, list[str]] = {}
    with store.read() as session:
        shop = shops.current(session)
        for work_order_id, name in session.execute(_WHO, {"asset": asset_id}):
            who.setdefault(work_order_id, []).append(name.split()[0])
        found = session.execute(_PAST, {"asset": asset_id}).all()
    return [_past(row, tuple(who.get(row.id, ())), shop) for row in found]


def _past(row: Row[Any], who: tuple[str, ...], shop: shops.ShopFacts) -> PastWork:
    return PastWork(
        id=row.id,
        number=row.number,
        title=row.title,
        found_and_did=row.found_and_did,
        type=row.type,
        on=row.done_on or shop.day(row.recorded_at),
        who=who,
        minutes=row.minutes,
        billing_rule=row.billing_rule,
        billed=None if row.billed is None else from_minor(row.billed, shop.currency),
    )
