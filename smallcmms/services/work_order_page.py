"""A work order whole: everything that its details show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.copies import PaperState
from smallcmms.domain.money import from_minor
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import (
    BillingRule,
    BillingState,
    HoldReason,
    Origin,
    ShownState,
    WorkOrderStatus,
    WorkType,
    billing_state,
    shown_state,
)
from smallcmms.models import (
    Asset,
    Contact,
    Customer,
    Invoice,
    Location,
    Request,
    Site,
    Technician,
    WorkOrder,
)
from smallcmms.services.steps import levels, shops, work_order_assets
from smallcmms.services.steps import work_order_lines as lines
from smallcmms.services.steps.past_work import PastLine, count_past, past_work
from smallcmms.services.steps.shops import ShopFacts
from smallcmms.services.steps.work_order_facts import found, has_issued_invoice, paper
from smallcmms.services.steps.work_order_lines import (
    CopyLine,
    DeficiencyLine,
    LabourLine,
    PlannedLine,
    TaskLine,
    UsedLine,
    VisitLine,
)
from smallcmms.services.work_order_list import days_late
from smallcmms.store.store import Store

PAST = 6
"""So many earlier jobs of the asset stand beside the work order."""


class Verb(StrEnum):
    """What the state of a work order lets a person do."""

    EDIT = "edit"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PRINT = "print"
    ENTER = "enter"
    BEGIN = "begin"
    HOLD = "hold"
    RESUME = "resume"
    CANCEL = "cancel"
    COMPLETE = "complete"
    REOPEN = "reopen"
    CLOSE = "close"
    INVOICE = "invoice"
    REWORK = "rework"


@dataclass(frozen=True, slots=True)
class Named:
    """Another record that the page names: its number, its name and a second line."""

    id: int
    number: str
    text: str
    second: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderPage:
    """A work order whole; amounts are in the shop's currency, moments UTC."""

    id: int
    number: str
    revision: int
    title: str
    type: WorkType
    origin: Origin
    level: int
    level_text: str
    status: WorkOrderStatus
    state: ShownState
    paper: PaperState
    billing: BillingState
    billing_rule: BillingRule
    hold_reason: HoldReason | None
    cancel_reason: str
    wrong: str
    truck_note: str
    instructions: str
    is_code_on_paper: bool
    found_and_did: str
    problem: str
    cause: str
    remedies: tuple[str, ...]
    not_on_sheet: tuple[str, ...]
    signed_by: str
    rating: int | None
    is_unhappy: bool
    confirmed_at: datetime | None
    customer: Named | None
    contact: Named | None
    site: Named | None
    location_id: int | None
    asset: Named | None
    assets: tuple[Named, ...]
    wanted: Named | None
    request: Named | None
    rework_of: Named | None
    invoice: Named | None
    received_at: datetime
    created_at: datetime
    answer_by: datetime | None
    due_on: date | None
    days_late: int
    done_on: date | None
    recorded_at: datetime | None
    closed_at: datetime | None
    planned_minutes: int | None
    limit: Decimal | None
    flat_price: Decimal | None
    po_number: str
    visits: tuple[VisitLine, ...]
    tasks: tuple[TaskLine, ...]
    parts: tuple[PlannedLine, ...]
    used: tuple[UsedLine, ...]
    labour: tuple[LabourLine, ...]
    copies: tuple[CopyLine, ...]
    deficiencies: tuple[DeficiencyLine, ...]
    past: tuple[PastLine, ...]
    past_count: int
    lock_out_energies: str
    lock_out_steps: tuple[str, ...]
    verbs: frozenset[Verb]


_UNDER_WAY = frozenset({Verb.EDIT, Verb.PRINT, Verb.ENTER, Verb.SCHEDULE, Verb.HOLD})
_VERBS = MappingProxyType(
    {
        WorkOrderStatus.DRAFT: frozenset({Verb.EDIT, Verb.APPROVE, Verb.SCHEDULE, Verb.CANCEL}),
        WorkOrderStatus.APPROVED: _UNDER_WAY | {Verb.CANCEL, Verb.BEGIN},
        WorkOrderStatus.SCHEDULED: _UNDER_WAY | {Verb.UNSCHEDULE, Verb.CANCEL, Verb.BEGIN},
        WorkOrderStatus.IN_PROGRESS: _UNDER_WAY | {Verb.COMPLETE},
        WorkOrderStatus.ON_HOLD: frozenset(
            {Verb.EDIT, Verb.PRINT, Verb.ENTER, Verb.SCHEDULE, Verb.RESUME}
        ),
        WorkOrderStatus.COMPLETED: frozenset({Verb.EDIT, Verb.PRINT, Verb.REOPEN, Verb.CLOSE}),
        WorkOrderStatus.CLOSED: frozenset({Verb.PRINT, Verb.REWORK}),
        WorkOrderStatus.CANCELLED: frozenset({Verb.PRINT}),
    }
)


def get(store: Store, work_order_id: int) -> WorkOrderPage:
    """Return a work order whole.

    Raises:
        NotFound: there is none.
    """
    now = store.now()
    with store.read() as session:
        order = found(session, work_order_id)
        return _page(session, order, now)


def _page(session: Session, order: WorkOrder, now: datetime) -> WorkOrderPage:
    shop = shops.current(session)
    visits = lines.visits(session, order.id)
    state, paper_is, billing = _states(session, order, visits, shop, now)
    coming = lines.coming(visits)
    trucks = frozenset(
        each.truck_id for each in (coming.technicians if coming else ()) if each.truck_id
    )
    copied = (
        "id number revision title type origin level status billing_rule cancel_reason wrong"
        " truck_note instructions is_code_on_paper found_and_did problem cause signed_by rating"
        " is_unhappy confirmed_at location_id created_at answer_by due_on done_on recorded_at"
        " closed_at planned_minutes po_number"
    )
    same: dict[str, Any] = {name: getattr(order, name) for name in copied.split()}
    return WorkOrderPage(
        **same,
        **_others(session, order),
        level_text=levels.word(session, order.level),
        state=state,
        paper=paper_is,
        billing=billing,
        hold_reason=HoldReason(order.hold_reason) if order.hold_reason else None,
        remedies=tuple(order.remedies),
        not_on_sheet=tuple(order.not_on_sheet),
        days_late=days_late(order.due_on, state, shop.day(now)),
        limit=_amount(order.limit, shop),
        flat_price=_amount(order.flat_price, shop),
        visits=visits,
        tasks=lines.tasks(session, order.id),
        parts=lines.planned(session, order.id, trucks),
        used=lines.used(session, order.id),
        labour=lines.labour(session, order.id),
        copies=lines.copies(session, order),
        deficiencies=lines.deficiencies(session, order.id),
        past=past_work(session, order, most=PAST),
        past_count=count_past(session, order),
        verbs=_verbs(order, billing),
    )


def _states(
    session: Session,
    order: WorkOrder,
    visits: tuple[VisitLine, ...],
    shop: ShopFacts,
    now: datetime,
) -> tuple[ShownState, PaperState, BillingState]:
    paper_is = paper(session, order)
    billing = billing_state(
        order.billing_rule,
        is_issued=has_issued_invoice(session, order.id),
        has_unbilled=False,
        is_paid=False,
    )
    state = shown_state(
        order.status,
        billing=billing,
        paper=paper_is,
        visit_days=[
            shop.day(visit.planned_from) for visit in visits if visit.status is VisitStatus.PLANNED
        ],
        today=shop.day(now),
        hold_reason=HoldReason(order.hold_reason) if order.hold_reason else None,
    )
    return state, paper_is, billing


def _verbs(order: WorkOrder, billing: BillingState) -> frozenset[Verb]:
    verbs = _VERBS[order.status]
    if order.status is not WorkOrderStatus.CLOSED:
        return verbs
    if billing is BillingState.TO_INVOICE:
        return verbs | {Verb.REOPEN, Verb.INVOICE}
    return verbs | {Verb.REOPEN} if billing is BillingState.NOT_BILLABLE else verbs


def _others(session: Session, order: WorkOrder) -> dict[str, Any]:
    """Return the other records that the page names."""
    request = session.scalars(
        select(Request).where(Request.work_order_id == order.id).order_by(Request.id).limit(1)
    ).one_or_none()
    assets = work_order_assets.of(session, order)
    asset = assets[0] if order.asset_id is not None else None
    invoice = session.scalars(
        select(Invoice)
        .where(Invoice.work_order_id == order.id)
        .order_by(Invoice.id.desc())
        .limit(1)
    ).one_or_none()
    return {
        "customer": _customer(session, order),
        "contact": _contact(session, order),
        "site": _site(session, order),
        "asset": _asset(asset),
        "assets": tuple(filter(None, map(_asset, assets))),
        "wanted": _wanted(session, order),
        "request": request and Named(request.id, request.number, request.words, request.caller),
        "rework_of": _rework_of(session, order),
        "invoice": invoice and Named(invoice.id, invoice.number or "", invoice.state.value),
        "received_at": request.received_at if request else order.created_at,
        "lock_out_energies": asset.lock_out_energies if asset else "",
        "lock_out_steps": tuple(asset.lock_out_steps) if asset else (),
    }


def _customer(session: Session, order: WorkOrder) -> Named | None:
    if order.customer_id is None:
        return None
    customer = session.get_one(Customer, order.customer_id)
    return Named(customer.id, customer.number, customer.name)


def _contact(session: Session, order: WorkOrder) -> Named | None:
    if order.contact_id is None:
        return None
    contact = session.get_one(Contact, order.contact_id)
    return Named(contact.id, contact.role, contact.name, contact.phone or contact.mobile)


def _site(session: Session, order: WorkOrder) -> Named | None:
    if order.site_id is None:
        return None
    site = session.get_one(Site, order.site_id)
    place = session.get(Location, order.location_id) if order.location_id else None
    return Named(site.id, site.name, site.address, place.path if place else "")


def _asset(asset: Asset | None) -> Named | None:
    if asset is None:
        return None
    name = f"{asset.short_code} {asset.name}".strip()
    return Named(asset.id, asset.number, name, f"{asset.make} {asset.model}".strip())


def _wanted(session: Session, order: WorkOrder) -> Named | None:
    """Return who is wanted to do it."""
    if order.wanted_technician_id is None:
        return None
    person = session.get_one(Technician, order.wanted_technician_id)
    return Named(person.id, person.initials, person.name)


def _rework_of(session: Session, order: WorkOrder) -> Named | None:
    if order.rework_of_id is None:
        return None
    first = session.get_one(WorkOrder, order.rework_of_id)
    return Named(first.id, first.number, first.title)


def _amount(minor: int | None, shop: ShopFacts) -> Decimal | None:
    return None if minor is None else from_minor(minor, shop.currency)
