"""The steps of a work order's life; they take the session of the change under way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from smallcmms.domain import work_orders as rules
from smallcmms.domain.copies import Audience, CopyState
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.domain.invoices import InvoiceState
from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import (
    BillingRule,
    HoldReason,
    NotOnSheet,
    Origin,
    WorkOrderStatus,
    WorkType,
)
from smallcmms.models import (
    Asset,
    Customer,
    Invoice,
    InvoiceLine,
    InvoiceTax,
    JobTemplate,
    PlannedPart,
    SheetCopy,
    Task,
    TemplatePart,
    TemplateTask,
    Visit,
    WorkOrder,
)
from smallcmms.services.steps import (
    certificates,
    events,
    follow_ups,
    levels,
    pm,
    reservations,
    shops,
    visits,
    waiting,
)
from smallcmms.services.steps.numbers import next_number
from smallcmms.services.steps.work_order_facts import gather

_UNBILLED = {WorkType.INTERNAL: BillingRule.NOT_BILLABLE, WorkType.WARRANTY: BillingRule.WARRANTY}


def make(
    session: Session,
    at: datetime,
    *,
    origin: Origin,
    type: WorkType,  # noqa: A002
    level: Level,
    title: str,
    answer_by: datetime | None = None,
    due_on: date | None = None,
    billing_rule: BillingRule | None = None,
    template_id: int | None = None,
    **fields: Any,
) -> WorkOrder:
    """Write a new work order as a draft; checklist, parts, time and price come from the template.

    Without a day it is due on the day its level wants an answer.

    Raises:
        RuleBroken: it has no title.
    """
    if not title.strip():
        raise RuleBroken("A work order needs a title.", "title")
    answer_by = answer_by or levels.answer_time(session, level, at)
    order = WorkOrder(
        number=next_number(session, "work_order"),
        origin=origin,
        type=type,
        level=int(level),
        title=title.strip(),
        answer_by=answer_by,
        due_on=due_on or shops.current(session).day(answer_by),
        billing_rule=billing_rule or _UNBILLED.get(type, BillingRule.TIME_AND_MATERIALS),
        created_at=at,
        **fields,
    )
    _take_limit(session, order)
    _take_place(session, order)
    session.add(order)
    session.flush()
    if template_id is not None:
        _take_template(session, order, template_id)
    note(session, at, order, "made", origin=origin.value)
    return order


def _take_place(session: Session, order: WorkOrder) -> None:
    """Send the technician to where the asset stands, unless a place was told."""
    asset = session.get(Asset, order.asset_id) if order.asset_id is not None else None
    if asset is not None and order.location_id is None and asset.site_id == order.site_id:
        order.location_id = asset.location_id


def note(session: Session, at: datetime, order: WorkOrder, kind: str, **values: Any) -> None:
    """Write an event of the work order."""
    events.note(session, at, "work_order", order.id, kind, **values)


def go(
    session: Session,
    at: datetime,
    order: WorkOrder,
    to: WorkOrderStatus,
    kind: str,
    *,
    facts: dict[str, Any] | None = None,
    **told: Any,
) -> None:
    """Take a work order to another state as the rules allow, and write the event.

    What was followed up as it was off the board is so no more once it goes on.

    Raises:
        RuleBroken: there is no such step, or what it needs is missing.
    """
    was = order.status
    order.status = rules.move(was, to, gather(session, at, order, **(facts or {})))
    note(session, at, order, kind, was=was.value, now=to.value, **told)
    if to is not WorkOrderStatus.APPROVED:
        follow_ups.settle_work(session, at, order, FollowUpRule.OFF_THE_BOARD)


def approve(session: Session, at: datetime, order: WorkOrder) -> None:
    """Let the work be done; its planned parts are reserved, or it is short of them.

    Raises:
        RuleBroken: place, problem, level or a limit the customer wants is missing.
    """
    go(session, at, order, WorkOrderStatus.APPROVED, "approved")
    reservations.reserve(session, at, order)


def schedule(
    session: Session,
    at: datetime,
    order: WorkOrder,
    *,
    technician_ids: Sequence[int],
    planned_from: datetime,
    planned_to: datetime,
    override_reason: str = "",
    waiting_reason: str = "",
) -> Visit:
    """Plan a visit; a draft is approved first, and what waits for a return visit waits no longer.

    Raises:
        RuleBroken: nobody goes, the visit ends before it begins, the work cannot be planned, who
            goes lacks a certificate, or an L1 waits while an L4 is planned.
    """
    waiting.pass_over(session, at, order, waiting_reason)
    if order.status is WorkOrderStatus.DRAFT:
        approve(session, at, order)
    if order.status is WorkOrderStatus.ON_HOLD:
        if order.hold_reason != HoldReason.RETURN_VISIT and not override_reason.strip():
            message = "It waits ({reason}). Say why it goes on the board anyway."
            raise RuleBroken(message, "override_reason", reason=order.hold_reason)
        resume(session, at, order)
    visits.open_for_visits(order)
    day = shops.current(session).day(planned_from)
    is_certified = certificates.see(session, order, technician_ids, day, override_reason)
    visit = visits.plan_visit(
        session, order, technician_ids=technician_ids, begins=planned_from, ends=planned_to
    )
    order.part_in_at = None
    told = {"visit": visit.id, "technicians": list(technician_ids)}
    told |= {"planned_from": planned_from.isoformat(), "planned_to": planned_to.isoformat()}
    if order.status is WorkOrderStatus.APPROVED:
        facts = {"override_reason": override_reason, "has_valid_certificates": is_certified}
        told |= {"reason": override_reason}
        go(session, at, order, WorkOrderStatus.SCHEDULED, "scheduled", facts=facts, **told)
    else:
        note(session, at, order, "visit_planned", reason=override_reason, **told)
        follow_ups.settle_work(session, at, order, FollowUpRule.OFF_THE_BOARD)
    revise(session, order)
    return visit


def begin(
    session: Session,
    at: datetime,
    order: WorkOrder,
    *,
    happened_at: datetime | None = None,
    is_locked_out: bool = False,
    answered: Collection[NotOnSheet] = (),
    is_there: bool = False,
) -> None:
    """Begin the work, when somebody has arrived or work is booked; the response clock stops.

    ``is_there``: a sheet says that somebody was, though without a time.

    Raises:
        RuleBroken: nobody is there, or the lock-out steps are not answered.
    """
    answer(order, answered)
    if is_locked_out:
        note(session, at, order, "locked_out", happened_at=happened_at)
    session.flush()
    facts = {"is_begun": True} if is_there else None
    begun = WorkOrderStatus.IN_PROGRESS
    go(session, at, order, begun, "begun", facts=facts, happened_at=happened_at)


def hold(
    session: Session,
    at: datetime,
    order: WorkOrder,
    reason: HoldReason,
    *,
    text: str = "",
    happened_at: datetime | None = None,
) -> None:
    """Let the work wait; the events are the clock of each reason.

    Raises:
        RuleBroken: work in this state cannot wait.
    """
    told: dict[str, Any] = {"reason": reason.value, "text": text, "happened_at": happened_at}
    go(session, at, order, WorkOrderStatus.ON_HOLD, "held", facts={"hold_reason": reason}, **told)
    order.hold_reason, order.part_in_at = reason.value, None


def resume(session: Session, at: datetime, order: WorkOrder) -> None:
    """Go on with work that waited: where it was, by what is booked and planned.

    Raises:
        RuleBroken: it does not wait.
    """
    known = gather(session, at, order)
    if known.has_bookings or known.is_begun:
        to = WorkOrderStatus.IN_PROGRESS
    else:
        to = WorkOrderStatus.SCHEDULED if known.planned_visits else WorkOrderStatus.APPROVED
    waited_for, order.hold_reason = order.hold_reason, ""
    go(session, at, order, to, "resumed", reason=waited_for)


def complete(
    session: Session,
    at: datetime,
    order: WorkOrder,
    *,
    done_on: date | None,
    answered: Collection[NotOnSheet] = (),
    happened_at: datetime | None = None,
) -> None:
    """Say that the work is done, and on which day; when it was recorded stands beside it.

    Raises:
        RuleBroken: day, checklist, coding or a visit is open and not answered otherwise.
    """
    answer(order, answered)
    order.done_on = done_on
    day = done_on.isoformat() if done_on else ""
    done = WorkOrderStatus.COMPLETED
    go(session, at, order, done, "completed", happened_at=happened_at, done_on=day)
    order.recorded_at = at
    reservations.free(session, at, order)
    pm.done(session, at, order)


def close(session: Session, at: datetime, order: WorkOrder, *, is_waived: bool = False) -> None:
    """Close reviewed work: it is to be billed, or was not billable.

    Raises:
        RuleBroken: the customer has neither confirmed nor was waived, or the sheet is out.
    """
    is_settled = is_waived or order.confirmed_at is not None
    facts = {"is_reviewed": True, "is_confirmed_or_waived": is_settled}
    is_told = is_waived and order.confirmed_at is None
    go(session, at, order, WorkOrderStatus.CLOSED, "closed", facts=facts, is_waived=is_told)
    order.closed_at = at


def cancel(session: Session, at: datetime, order: WorkOrder, *, reason: str) -> None:
    """Cancel work that will not be done.

    Raises:
        RuleBroken: nobody said why, or labour or parts are booked on it.
    """
    facts = {"reason": reason}
    go(session, at, order, WorkOrderStatus.CANCELLED, "cancelled", facts=facts, reason=reason)
    visits.drop_planned(session, order, reason=reason)
    order.cancel_reason, order.closed_at = reason, at
    reservations.free(session, at, order)
    pm.cancelled(session, at, order, reason)


def reopen(session: Session, at: datetime, order: WorkOrder, *, reason: str) -> None:
    """Open done work again: closed becomes completed, completed becomes in progress.

    Raises:
        RuleBroken: nobody said why, or it is invoiced.
    """
    is_closed = order.status is WorkOrderStatus.CLOSED
    to = WorkOrderStatus.COMPLETED if is_closed else WorkOrderStatus.IN_PROGRESS
    go(session, at, order, to, "reopened", facts={"reason": reason}, reason=reason)
    order.closed_at = None
    _drop_drafts(session, order)
    if not is_closed:
        pm.taken_back(session, at, order)
        reservations.reserve(session, at, order)
        order.done_on = order.recorded_at = None


def answer(order: WorkOrder, answered: Collection[NotOnSheet]) -> None:
    """Keep what a person answered "not on the sheet"; it is counted in the figures."""
    order.not_on_sheet = sorted({*order.not_on_sheet, *(each.value for each in answered)})


def revise(session: Session, order: WorkOrder) -> None:
    """Raise the revision where the present one is out on paper: its copies become stale."""
    out = select(func.count()).where(
        SheetCopy.work_order_id == order.id,
        SheetCopy.audience == Audience.TECHNICIAN,
        SheetCopy.state == CopyState.OUT,
        SheetCopy.revision == order.revision,
    )
    if session.scalars(out).one():
        order.revision += 1


def invoiced(session: Session, at: datetime, work_order_id: int, number: str) -> None:
    """Say that an invoice of the work order was issued: nothing of it is to be billed."""
    order = session.get_one(WorkOrder, work_order_id)
    order.invoiced_at = at
    note(session, at, order, "invoiced", number=number)


def credited(session: Session, at: datetime, work_order_id: int, number: str) -> None:
    """Say that the invoice of the work order was negated: it is to be billed again."""
    order = session.get_one(WorkOrder, work_order_id)
    order.invoiced_at = None
    note(session, at, order, "credited", number=number)


def begin_if_due(session: Session, at: datetime, order: WorkOrder, **told: Any) -> None:
    """Begin the work where it has not begun and something is booked on it now."""
    if order.status in {WorkOrderStatus.APPROVED, WorkOrderStatus.SCHEDULED}:
        begin(session, at, order, **told)


def _drop_drafts(session: Session, order: WorkOrder) -> None:
    """Delete the drafts of its invoice: they have no number, and the work may change."""
    drafts = select(Invoice.id).where(
        Invoice.work_order_id == order.id, Invoice.state == InvoiceState.DRAFT
    )
    drafted = session.scalars(drafts).all()
    for owned in (InvoiceLine, InvoiceTax):
        session.execute(delete(owned).where(owned.invoice_id.in_(drafted)))
    session.execute(delete(Invoice).where(Invoice.id.in_(drafted)))


def _take_limit(session: Session, order: WorkOrder) -> None:
    """Take over the customer's limit where the work order has none of its own."""
    if order.customer_id is not None and order.limit is None:
        order.limit = session.get_one(Customer, order.customer_id).not_to_exceed


def _take_template(session: Session, order: WorkOrder, template_id: int) -> None:
    template = session.get_one(JobTemplate, template_id)
    order.planned_minutes = order.planned_minutes or template.planned_minutes
    if template.flat_price is not None and order.flat_price is None:
        order.flat_price, order.billing_rule = template.flat_price, BillingRule.FLAT_RATE
    order.instructions = order.instructions or "\n".join(template.safety)
    lines = select(TemplateTask).where(TemplateTask.job_template_id == template_id)
    copied = ("section", "sequence", "text", "kind", "unit", "low", "high", "choices")
    for line in session.scalars(lines.order_by(TemplateTask.sequence)):
        same = {name: getattr(line, name) for name in (*copied, "is_required", "is_hazard")}
        session.add(Task(work_order_id=order.id, **same))
    parts = select(TemplatePart).where(TemplatePart.job_template_id == template_id)
    for part in session.scalars(parts.order_by(TemplatePart.sequence)):
        same = {name: getattr(part, name) for name in ("part_id", "quantity", "sequence")}
        session.add(PlannedPart(work_order_id=order.id, **same))
    session.flush()
