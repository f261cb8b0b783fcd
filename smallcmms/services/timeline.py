"""What happened: the events of a record, in words that a face translates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain.work_orders import HoldReason, WorkOrderStatus
from smallcmms.models import Event, Invoice, Request, Technician
from smallcmms.services import pm_timeline
from smallcmms.store.store import Store
from smallcmms.texts import later

TEXTS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("request", "logged"): later("{caller} called, {number}"),
        ("request", "triaged"): later("L{level}: {level_reason}"),
        ("request", "level_set"): later("L{now} instead of L{was}: {reason}"),
        ("request", "waiting"): later("Waits for an answer. {reason}"),
        ("request", "new"): later("Taken up again"),
        ("request", "declined"): later("Declined: {reason}"),
        ("request", "cancelled"): later("Cancelled: {reason}"),
        ("request", "merged"): later("Added to {work_order}"),
        ("request", "repeated"): later("{number} is about the same: {text}"),
        ("request", "called_back"): later("Called back: {text}"),
        ("request", "not_reached"): later("Rang, nobody answered: {text}"),
        ("work_order", "made"): later("Work order made"),
        ("work_order", "brought_in"): later("Brought in from earlier books"),
        ("work_order", "approved"): later("Approved"),
        ("work_order", "scheduled"): later("Put on {technicians}, {planned_from}"),
        ("work_order", "visit_planned"): later("Another visit: {technicians}, {planned_from}"),
        ("work_order", "rescheduled"): later("Moved to {technicians}, {planned_from}"),
        ("work_order", "unscheduled"): later("Taken off the board"),
        ("work_order", "cancelled_by_customer"): later(
            "Visit called off by the customer. {reason}"
        ),
        ("work_order", "cancelled_by_us"): later("We called off. {reason}"),
        ("work_order", "away"): later("{technicians} is away, off the visit of {planned_from}"),
        ("work_order", "no_show"): later("Nobody was there. {reason}"),
        ("work_order", "begun"): later("Began"),
        ("work_order", "locked_out"): later("Lock-out steps keyed"),
        ("work_order", "went_ahead"): later("Went ahead of {waiting}: {reason}"),
        ("work_order", "held"): later("Waits: {hold_reason}. {text}"),
        ("work_order", "resumed"): later("Waits no longer"),
        ("work_order", "part_is_in"): later("Part is in"),
        ("work_order", "completed"): later("Done"),
        ("work_order", "confirmed"): later("Confirmed by {by}"),
        ("work_order", "closed"): later("Closed"),
        ("work_order", "cancelled"): later("Cancelled: {reason}"),
        ("work_order", "reopened"): later("Opened again: {reason}"),
        ("work_order", "reworked"): later("To be done again: {number}"),
        ("work_order", "level_set"): later("L{now} instead of L{was}: {reason}"),
        ("work_order", "edited"): later("{field} changed"),
        ("work_order", "task_added"): later("Line added: {text}"),
        ("work_order", "task_removed"): later("Line taken off: {text}"),
        ("work_order", "part_added"): later("Part added: {part}"),
        ("work_order", "part_removed"): later("Part taken off: {part}"),
        ("work_order", "part_put_back"): later("Not needed, put back: {quantity} {part}"),
        ("work_order", "time_added"): later("Time added: {technician}, {minutes} min"),
        ("work_order", "time_removed"): later("Time taken off: {technician}, {minutes} min"),
        ("work_order", "printed"): later("Printed for {truck}, copy {copy}"),
        ("work_order", "did_not_print"): later("Copy {copy} did not print"),
        ("work_order", "lost"): later("Copy {copy} is lost. {reason}"),
        ("work_order", "entered"): later("Sheet entered"),
        ("work_order", "deficiency_found"): later("Saw something else: {text}"),
        ("work_order", "merged"): later("{number} is about the same: {text}"),
        ("work_order", "attached"): later("{name} added"),
        ("work_order", "attachment_renamed"): later("{was} is named {now}"),
        ("work_order", "attachment_kind"): later("{name} is kept as another kind"),
        ("work_order", "attachment_archived"): later("{name} put away"),
        ("work_order", "invoiced"): later("{number} sent"),
        ("work_order", "credited"): later("{number} negates its invoice"),
        ("work_order", "note"): later("{text}"),
        ("customer", "added"): later("Added"),
        ("customer", "edited"): later("{field} changed"),
        ("customer", "contact_added"): later("{name} added"),
        ("customer", "contact_archived"): later("{name} archived"),
        ("customer", "contact_restored"): later("{name} brought back"),
        ("customer", "site_added"): later("{address} added"),
        ("customer", "site_archived"): later("{address} archived"),
        ("customer", "site_restored"): later("{address} brought back"),
        ("customer", "code_shown"): later("Access code of {address} shown"),
        ("customer", "merged"): later("{name}, {was}, merged into it"),
        ("customer", "merged_into"): later("Merged into {now}"),
        ("customer", "archived"): later("Archived"),
        ("customer", "restored"): later("Brought back"),
        ("asset", "added"): later("Added"),
        ("asset", "moved"): later("Moved from {was} to {now}"),
        ("asset", "edited"): later("{field} changed"),
        ("asset", "archived"): later("Archived"),
        ("asset", "restored"): later("Brought back"),
        ("asset", "meter_added"): later("Meter added: {name}"),
        ("asset", "meter_archived"): later("Meter put away: {name}"),
        ("asset", "meter_restored"): later("Meter brought back: {name}"),
        ("asset", "reading_logged"): later("{meter}: {now} {unit}"),
        ("asset", "reading_removed"): later("Reading taken out: {meter}, {was}"),
        ("asset", "reading_left_out"): later("{meter}: {value} does not fit. {why}"),
        ("asset", "warranty_added"): later("Warranty until {until}"),
        ("asset", "warranty_removed"): later("Warranty until {until} taken off"),
        ("part", "added"): later("Added"),
        ("part", "edited"): later("{field} changed"),
        ("part", "archived"): later("Archived"),
        ("part", "brought_back"): later("Brought back"),
        ("stock_count", "begun"): later("Count of {place} begun, {count} parts"),
        ("stock_count", "printed"): later("Sheet printed"),
        ("stock_count", "recounted"): later("{count} to count again"),
        ("stock_count", "entered"): later("Booked: {moved} of {lines} differed"),
        ("stock_count", "cancelled"): later("Cancelled, nothing booked"),
        ("supplier", "added"): later("Added"),
        ("supplier", "edited"): later("{field} changed"),
        ("supplier", "archived"): later("Archived"),
        ("purchase_order", "drafted"): later("Drafted for {supplier}"),
        ("purchase_order", "edited"): later("{field} changed"),
        ("purchase_order", "ordered"): later("Ordered"),
        ("purchase_order", "received"): later("Came in: {parts}"),
        ("purchase_order", "taken_back"): later("A receipt was taken back"),
        ("purchase_order", "cancelled"): later("Cancelled: {reason}"),
        ("purchase_order", "discarded"): later("Draft thrown away"),
        ("invoice", "drafted"): later("Invoice drafted"),
        ("invoice", "issued"): later("{number} sent"),
        ("invoice", "credited"): later("Credited by {number}: {reason}"),
        ("invoice", "paid"): later("Payment taken"),
    }
)
"""What each event says; values that are moments or days are written by the face."""

_OTHER = later("{kind}")
_STATES = frozenset(state.value for state in WorkOrderStatus)
_MOMENTS = ("planned_from", "planned_to")
_QUIET = frozenset({"made", "approved"})


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A line of what happened: when it was, when it was recorded, a message id and its values.

    Values may be moments (aware) and days: the face writes them in the shop's way.
    """

    at: datetime
    recorded_at: datetime
    record: str
    kind: str
    text: str
    values: Mapping[str, Any]


def of(store: Store, record: str, record_id: int) -> list[TimelineRow]:
    """Return what happened to a record, the newest first.

    A work order's timeline begins with its requests' and goes on to its invoices'.
    """
    with store.read() as session:
        whose = or_(*_records(session, record, record_id))
        events = session.scalars(select(Event).where(whose).order_by(Event.id)).all()
        names = _names(session, events)
        requests = _requests(session, events)
        newest_first = sorted(events, key=lambda event: (event.happened_at, event.id), reverse=True)
        return [
            _row(event, names, requests.get(event.record_id, {}))
            for event in newest_first
            if not _is_quiet(event, events)
        ]


def held(store: Store, work_order_id: int) -> dict[HoldReason, int]:
    """Return how many minutes a work order has waited for each reason, until now.

    Minutes count from when it began to wait to when it went on, as the person stated both.
    """
    now = store.now()
    query = (
        select(Event)
        .where(Event.record == "work_order", Event.record_id == work_order_id)
        .order_by(Event.id)
    )
    waited: dict[HoldReason, int] = {}
    with store.read() as session:
        moves = [event for event in session.scalars(query) if _is_move(event)]
        for event, following in zip(moves, [*moves[1:], None], strict=True):
            if event.now == WorkOrderStatus.ON_HOLD:
                until = following.happened_at if following else now
                minutes = max(int((until - event.happened_at).total_seconds()) // 60, 0)
                reason = HoldReason(event.reason)
                waited[reason] = waited.get(reason, 0) + minutes
    return waited


def _is_move(event: Event) -> bool:
    return event.kind != "edited" and event.was in _STATES and event.now in _STATES


def _records(session: Session, record: str, record_id: int) -> list[ColumnElement[bool]]:
    found = [and_(Event.record == record, Event.record_id == record_id)]
    if record == "work_order":
        for name, owner in (("request", Request), ("invoice", Invoice)):
            owned = select(owner.id).where(owner.work_order_id == record_id)
            ids = session.scalars(owned).all()
            if ids:
                found.append(and_(Event.record == name, Event.record_id.in_(ids)))
    return found


def _is_quiet(event: Event, events: Iterable[Event]) -> bool:
    """Tell whether an event goes without saying: made and approved in the step that scheduled."""
    return event.kind in _QUIET and any(
        other.kind == "scheduled" and other.recorded_at == event.recorded_at for other in events
    )


def _row(event: Event, names: Mapping[int, str], request: Mapping[str, Any]) -> TimelineRow:
    values: dict[str, Any] = {"kind": event.kind, "reason": event.reason}
    values |= {"was": event.was, "now": event.now}
    if event.record == "request":
        values |= request
    values |= event.values
    for name in _MOMENTS:
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    values |= _people(event, names)
    if event.record == "pm_schedule":
        values |= pm_timeline.values(event)
    elif values.get("done_on"):
        values["done_on"] = date.fromisoformat(values["done_on"])
    if event.kind == "held":
        values["hold_reason"] = event.reason
    return TimelineRow(
        at=event.happened_at,
        recorded_at=event.recorded_at,
        record=event.record,
        kind=event.kind,
        text=_text(event),
        values=values,
    )


def _text(event: Event) -> str:
    if event.record == "pm_schedule":
        return pm_timeline.text(event) or _OTHER
    return TEXTS.get((event.record, event.kind), _OTHER)


def _people(event: Event, names: Mapping[int, str]) -> dict[str, str]:
    told = event.values
    people = {}
    if "technicians" in told:
        people["technicians"] = ", ".join(names.get(each, "") for each in told["technicians"])
    if isinstance(told.get("technician"), int):
        people["technician"] = names.get(told["technician"], "")
    return people


def _names(session: Session, events: Iterable[Event]) -> dict[int, str]:
    ids = {each for event in events for each in event.values.get("technicians", ())}
    ids |= {event.values["technician"] for event in events if "technician" in event.values}
    query = select(Technician.id, Technician.name).where(Technician.id.in_(ids))
    return {each: name.split()[0] for each, name in session.execute(query)}


def _requests(session: Session, events: Iterable[Event]) -> dict[int, dict[str, Any]]:
    ids = {event.record_id for event in events if event.record == "request"}
    query = select(Request).where(Request.id.in_(ids))
    return {
        request.id: {
            "number": request.number,
            "level": request.level,
            "level_reason": request.level_override_reason or request.level_reason,
            "channel": request.channel.value,
            "caller": request.caller,
        }
        for request in session.scalars(query)
    }
