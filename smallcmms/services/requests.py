"""Requests: what callers asked for, and what becomes of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from smallcmms.domain import requests, triage
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.numbers import Kind
from smallcmms.domain.requests import Channel, RequestStatus
from smallcmms.models import Asset, Contact, Customer, Location, Request, Site, WorkOrder
from smallcmms.services.intake import answer_time, suggestion
from smallcmms.services.steps import drafts, events, shops
from smallcmms.services.steps.numbers import next_number
from smallcmms.store.store import Store, about

WAITING, ANSWERED_TODAY, DECLINED = "waiting", "answered_today", "declined"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What the queue shows of a request; moments are UTC."""

    id: int
    number: str
    level: Level
    words: str
    customer: str
    place: str
    level_reason: str
    answer_by: datetime
    received_at: datetime
    channel: Channel
    status: RequestStatus


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request whole, for triage."""

    row: RequestRow
    caller: str
    phone: str
    role: str
    customer_id: int | None
    contact_id: int | None
    site_id: int | None
    address: str
    location_id: int | None
    asset_id: int | None
    asset: str
    asset_number: str
    facts: tuple[str, ...]
    problem_codes: tuple[str, ...]
    rule_name: str
    override_reason: str
    note: str
    reason: str
    work_order_id: int | None
    work_order: str
    open_here: tuple[tuple[int, str, str], ...]


_ROW = (
    Request.id,
    Request.number,
    Request.level,
    Request.words,
    func.coalesce(Customer.name, Request.caller),
    func.coalesce(Location.path, Site.name, ""),
    Request.level_reason,
    Request.answer_by,
    Request.received_at,
    Request.channel,
    Request.status,
)


_ROWS = (
    select(*_ROW)
    .select_from(Request)
    .outerjoin(Customer, Customer.id == Request.customer_id)
    .outerjoin(Site, Site.id == Request.site_id)
    .outerjoin(Location, Location.id == Request.location_id)
)


def find(store: Store, *, which: str = WAITING) -> Sequence[int]:
    """Return the ids of the requests: waiting (worst first), answered today, or declined."""
    with store.read() as session:
        return session.scalars(_which(session, store.now(), which)).all()


def count(store: Store, *, which: str = WAITING) -> int:
    """Return how many requests there are."""
    with store.read() as session:
        query = _which(session, store.now(), which).order_by(None)
        return session.scalars(select(func.count()).select_from(query.subquery())).one()


def rows(store: Store, ids: Sequence[int]) -> dict[int, RequestRow]:
    """Return what the queue shows of these requests."""
    with store.read() as session:
        found = session.execute(_ROWS.where(Request.id.in_(ids))).all()
    return {row.id: _row(row) for row in found}


def get(store: Store, request_id: int) -> RequestPage:
    """Return a request whole."""
    with store.read() as session:
        row = _row(session.execute(_ROWS.where(Request.id == request_id)).one())
        return _page(session, session.get_one(Request, request_id), row)


def log(
    store: Store,
    *,
    words: str,
    channel: Channel = Channel.PHONE,
    received_at: datetime | None = None,
    caller: str = "",
    phone: str = "",
    customer_id: int | None = None,
    contact_id: int | None = None,
    site_id: int | None = None,
    location_id: int | None = None,
    asset_id: int | None = None,
    facts: Collection[str] = (),
    problem_codes: Collection[str] = (),
    level: Level | None = None,
    override_reason: str = "",
    note: str = "",
    intake_seconds: int | None = None,
    draft: str | None = None,
) -> int:
    """Log what a caller asked for; their words are kept as they are.

    An unknown caller and an unknown asset are fine. ``level`` overrides the suggestion and needs a
    reason. ``draft`` is the subject of the call's draft, which goes.

    Returns:
        The request's id.

    Raises:
        RuleBroken: nothing is said to be wrong, or the level was overridden without a reason.
    """
    if not words.strip():
        raise RuleBroken("Write what is wrong.", field="words")
    at = store.now()
    received = received_at or at
    with store.change("Log {number}") as session:
        found = suggestion(session, facts=facts, asset_id=asset_id)
        chosen = triage.override(found.level, level or found.level, reason=override_reason)
        request = Request(
            number=next_number(session, Kind.REQUEST),
            received_at=received,
            recorded_at=at,
            channel=channel,
            caller=caller,
            phone=phone,
            customer_id=customer_id,
            contact_id=contact_id,
            site_id=site_id,
            location_id=location_id,
            asset_id=asset_id,
            words=words,
            facts=sorted(facts),
            problem_codes=list(problem_codes),
            level=int(chosen),
            level_reason=", ".join(found.reasons),
            level_override_reason=override_reason,
            answer_by=answer_time(session, chosen, received),
            note=note,
            intake_seconds=intake_seconds,
        )
        session.add(request)
        session.flush()
        events.note(
            session, at, "request", request.id, "logged", happened_at=received, caller=caller
        )
        if draft is not None:
            drafts.drop(session, "call", draft)
        about(session, "request", request.id, number=request.number)
        return request.id


def note(store: Store, request_id: int, text: str) -> None:
    """Keep the note for the truck."""
    with store.change("Edit {number}") as session:
        request = session.get_one(Request, request_id)
        request.note = text
        about(session, "request", request_id, number=request.number)


def set_level(store: Store, request_id: int, *, level: Level, reason: str) -> None:
    """Give a request another level; the answer time follows.

    Raises:
        RuleBroken: nobody said why, or the request has been answered.
    """
    at = store.now()
    with store.change("Set the level of {number}") as session:
        request = _waiting(session, request_id)
        was = Level(request.level)
        chosen = triage.override(was, level, reason=reason)
        request.level, request.level_override_reason = int(chosen), reason
        request.answer_by = answer_time(session, chosen, request.received_at)
        events.note(
            session, at, "request", request_id, "level_set",
            was=str(int(was)), now=str(int(chosen)), reason=reason,
        )  # fmt: skip
        about(session, "request", request_id, number=request.number)


def wait_for_answer(store: Store, request_id: int, *, reason: str = "") -> None:
    """Set a request aside until the caller has answered a question."""
    _move(store, request_id, "Wait for an answer to {number}", RequestStatus.WAITING, reason)


def take_up(store: Store, request_id: int) -> None:
    """Take a request up again that waited for an answer."""
    _move(store, request_id, "Take up {number}", RequestStatus.NEW, "")


def decline(store: Store, request_id: int, *, reason: str) -> None:
    """Decline a request.

    Raises:
        RuleBroken: nobody said why, or the request has been answered.
    """
    _move(store, request_id, "Decline {number}", RequestStatus.DECLINED, reason)


def cancel(store: Store, request_id: int, *, reason: str) -> None:
    """Cancel a request that the caller took back.

    Raises:
        RuleBroken: nobody said why, or the request has been answered.
    """
    _move(store, request_id, "Cancel {number}", RequestStatus.CANCELLED, reason)


def merge(store: Store, request_id: int, *, work_order_id: int) -> None:
    """Add a request to the work order that does the same job already.

    Raises:
        RuleBroken: the request has been answered.
    """
    at = store.now()
    with store.change("Merge {number}") as session:
        request = _waiting(session, request_id)
        order = session.get_one(WorkOrder, work_order_id)
        request.status = requests.move(
            request.status, RequestStatus.DUPLICATE, duplicate_of=work_order_id
        )
        request.work_order_id, request.closed_at = work_order_id, at
        for record, record_id in (("request", request_id), ("work_order", work_order_id)):
            events.note(
                session,
                at,
                record,
                record_id,
                "merged",
                number=request.number,
                work_order=order.number,
                text=request.words,
            )
        about(session, "request", request_id, number=request.number)


def _move(store: Store, request_id: int, label: str, to: RequestStatus, reason: str) -> None:
    at = store.now()
    with store.change(label) as session:
        request = _waiting(session, request_id)
        was = request.status
        request.status = requests.move(was, to, reason=reason)
        request.reason = reason
        if to not in (RequestStatus.NEW, RequestStatus.WAITING):
            request.closed_at = at
        events.note(session, at, "request", request_id, to.value, was=was, now=to, reason=reason)
        about(session, "request", request_id, number=request.number)


def _waiting(session: Session, request_id: int) -> Request:
    request = session.get_one(Request, request_id)
    if request.closed_at is not None:
        raise RuleBroken("{number} has been answered.", number=request.number)
    return request


def _which(session: Session, now: datetime, which: str) -> Select[int]:
    if which == WAITING:
        return (
            select(Request.id)
            .where(Request.closed_at.is_(None))
            .order_by(Request.level, Request.answer_by, Request.received_at, Request.id)
        )
    newest = select(Request.id).order_by(Request.closed_at.desc(), Request.id.desc())
    if which == DECLINED:
        return newest.where(Request.status == RequestStatus.DECLINED)
    shop = shops.current(session)
    begins = datetime.combine(shop.day(now), datetime.min.time(), shop.zone)
    return newest.where(Request.closed_at >= begins)


def _row(row: Sequence[Any]) -> RequestRow:
    row_id, number, level, *rest = row
    return RequestRow(row_id, number, Level(level), *rest)


def _page(session: Session, request: Request, row: RequestRow) -> RequestPage:
    contact = session.get(Contact, request.contact_id) if request.contact_id else None
    site = session.get(Site, request.site_id) if request.site_id else None
    asset = session.get(Asset, request.asset_id) if request.asset_id else None
    order = session.get(WorkOrder, request.work_order_id) if request.work_order_id else None
    rule = suggestion(session, facts=request.facts, asset_id=request.asset_id).rule_name
    return RequestPage(
        row=row,
        caller=request.caller or (contact.name if contact else ""),
        phone=request.phone or (contact.phone if contact else ""),
        role=contact.role if contact else "",
        customer_id=request.customer_id,
        contact_id=request.contact_id,
        site_id=request.site_id,
        address=site.address if site else "",
        location_id=request.location_id,
        asset_id=request.asset_id,
        asset=f"{asset.short_code} {asset.name}".strip() if asset else "",
        asset_number=asset.number if asset else "",
        facts=tuple(request.facts),
        problem_codes=tuple(request.problem_codes),
        rule_name=rule,
        override_reason=request.level_override_reason,
        note=request.note,
        reason=request.reason,
        work_order_id=request.work_order_id,
        work_order=order.number if order else "",
        open_here=_open_here(session, request.site_id),
    )


def _open_here(session: Session, site_id: int | None) -> tuple[tuple[int, str, str], ...]:
    if site_id is None:
        return ()
    query = (
        select(WorkOrder.id, WorkOrder.number, WorkOrder.title)
        .where(WorkOrder.site_id == site_id, WorkOrder.closed_at.is_(None))
        .order_by(WorkOrder.level, WorkOrder.id)
    )
    return tuple(session.execute(query).all())
