"""What a work order says: making one, editing it, its level, its rework."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.money import to_minor
from smallcmms.domain.work_orders import BillingRule, Origin, WorkOrderStatus, WorkType
from smallcmms.models import Asset, Request, Site, WorkOrder
from smallcmms.services.steps import drafts, edits, levels, shops
from smallcmms.services.steps import work_orders as steps
from smallcmms.services.steps.work_order_facts import changing, found
from smallcmms.store.store import Store, about


class Particulars(TypedDict, total=False):
    """What a new work order may say; amounts are in the shop's currency."""

    wrong: str
    truck_note: str
    instructions: str
    is_code_on_paper: bool
    planned_minutes: int | None
    due_on: date
    customer_id: int | None
    site_id: int | None
    location_id: int | None
    contact_id: int | None
    asset_id: int | None
    limit: Decimal | None
    flat_price: Decimal | None
    po_number: str
    claim_number: str
    problem: str
    cause: str
    remedies: list[str]
    found_and_did: str


class Fields(Particulars, total=False):
    """What can be edited; amounts are in the shop's currency."""

    title: str
    type: WorkType
    billing_rule: BillingRule


_MONEY = ("limit", "flat_price")
_NOT_ON_PAPER = frozenset(
    {
        "billing_rule",
        "limit",
        "flat_price",
        "po_number",
        "claim_number",
        "problem",
        "cause",
        "remedies",
        "found_and_did",
        "due_on",
        "planned_minutes",
    }
)
_EDITABLE = (*Particulars.__annotations__, *Fields.__annotations__)
_OVER = {WorkOrderStatus.CLOSED, WorkOrderStatus.CANCELLED}


def add(
    store: Store,
    *,
    title: str,
    level: Level,
    type: WorkType = WorkType.CORRECTIVE,  # noqa: A002
    origin: Origin = Origin.BY_HAND,
    billing_rule: BillingRule | None = None,
    template_id: int | None = None,
    is_approved: bool = False,
    draft: tuple[str, str] | None = None,
    **fields: Unpack[Particulars],
) -> int:
    """Write a new work order as a draft; checklist, parts, time and price come from the template.

    Without a day it is due on the day its level wants an answer. An asset says its site, and a
    site its customer, where they are not given. ``is_approved`` lets the work be done at once;
    ``draft`` is what was half typed, and goes.

    Returns:
        The work order's id.

    Raises:
        RuleBroken: it has no title, or is to be approved and something for that is missing.
    """
    at = store.now()
    with store.change("Make {number}") as session:
        order = steps.make(
            session,
            at,
            origin=origin,
            type=type,
            level=level,
            title=title,
            billing_rule=billing_rule,
            template_id=template_id,
            **_placed(session, _in_minor(session, dict(fields))),
        )
        if is_approved:
            steps.approve(session, at, order)
        if draft is not None:
            drafts.drop(session, *draft)
        about(session, "work_order", order.id, number=order.number)
        return order.id


def edit(store: Store, work_order_id: int, **fields: Unpack[Fields]) -> None:
    """Change what a work order says; what is on a printed copy makes that copy stale.

    Raises:
        RuleBroken: the title would be empty, or the work order is closed or cancelled.
    """
    at = store.now()
    with changing(store, "Edit {number}", work_order_id) as (session, order):
        if order.status in _OVER:
            message = "{number} is {status} and stays as it is."
            raise RuleBroken(message, number=order.number, status=order.status.value)
        changed = _in_minor(session, dict(fields))
        if "title" in changed:
            edits.need(changed["title"], "A work order needs a title.", "title")
        differs = {name for name, value in changed.items() if getattr(order, name) != value}
        edits.change(
            session, at, order, changed,
            allowed=_EDITABLE, about=("work_order", order.id),
        )  # fmt: skip
        if differs - _NOT_ON_PAPER:
            steps.revise(session, order)


def set_level(store: Store, work_order_id: int, *, level: Level, reason: str) -> None:
    """Give a work order another level; answer time and due day follow.

    Raises:
        RuleBroken: nobody said why.
    """
    at = store.now()
    with changing(store, "Set the level of {number}", work_order_id) as (session, order):
        if order.level == level:
            return
        edits.need(reason, "Say why it is another level.", "level_reason")
        shop, received = shops.current(session), _received_at(session, order)
        was, was_due = order.level, order.answer_by and shop.day(order.answer_by)
        order.level, order.answer_by = int(level), levels.answer_time(session, level, received)
        if order.due_on is None or order.due_on == was_due:
            order.due_on = shop.day(order.answer_by)
        told = {"was": str(was), "now": str(int(level)), "reason": reason.strip()}
        steps.note(session, at, order, "level_set", **told)
        steps.revise(session, order)


def rework(store: Store, work_order_id: int, *, title: str = "") -> int:
    """Make a work order that repairs earlier work; the earlier one stays as it is.

    Returns:
        The new work order's id.
    """
    at = store.now()
    with store.change("Make {number}") as session:
        first = found(session, work_order_id)
        same = ("customer_id", "site_id", "location_id", "contact_id", "asset_id", "wrong")
        order = steps.make(
            session,
            at,
            origin=Origin.REWORK,
            type=WorkType.REWORK,
            level=Level(first.level),
            title=title or first.title,
            billing_rule=BillingRule.NOT_BILLABLE,
            rework_of_id=first.id,
            **{name: getattr(first, name) for name in same},
        )
        steps.note(session, at, first, "reworked", number=order.number)
        about(session, "work_order", order.id, number=order.number)
        return order.id


def _in_minor(session: Session, fields: dict[str, Any]) -> dict[str, Any]:
    currency = shops.current(session).currency
    for name in _MONEY:
        if fields.get(name) is not None:
            fields[name] = to_minor(fields[name], currency)
    return fields


def _placed(session: Session, fields: dict[str, Any]) -> dict[str, Any]:
    """Say where the work is, and whose it is, as the asset and the site do."""
    if fields.get("asset_id") and not fields.get("site_id"):
        asset = session.get_one(Asset, fields["asset_id"])
        fields |= {"site_id": asset.site_id, "location_id": asset.location_id}
    if fields.get("site_id") and not fields.get("customer_id"):
        fields["customer_id"] = session.get_one(Site, fields["site_id"]).customer_id
    return fields


def _received_at(session: Session, order: WorkOrder) -> datetime:
    first = select(Request.received_at).where(Request.work_order_id == order.id).limit(1)
    return session.scalars(first.order_by(Request.id)).one_or_none() or order.created_at
