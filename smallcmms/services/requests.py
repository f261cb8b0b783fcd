"""Requests: what callers asked for, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, bindparam, func, select, text
from sqlalchemy.orm import Session, aliased

from smallcmms.domain import requests, triage
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.requests import Channel, RequestStatus
from smallcmms.models import Asset, Choice, Contact, Customer, Location, Request, Site, WorkOrder
from smallcmms.models.request import IS_DECLINED
from smallcmms.services.calls import NewCustomer, log
from smallcmms.services.intake import suggestion
from smallcmms.services.steps import events, levels, shops
from smallcmms.services.steps import requests as steps
from smallcmms.store.store import Store, about

__all__ = [
    "ANSWERED_TODAY",
    "DECLINED",
    "WAITING",
    "Counts",
    "NewCustomer",
    "RequestPage",
    "RequestRow",
    "cancel",
    "count",
    "counts",
    "decline",
    "find",
    "get",
    "log",
    "merge",
    "note",
    "rows",
    "set_level",
    "take_up",
    "wait_for_answer",
]

_IS_DECLINED = text(IS_DECLINED)
WAITING, ANSWERED_TODAY, DECLINED = "waiting", "answered_today", "declined"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What the queue shows of a request; moments are UTC.

    ``problem`` is the first that was ticked. ``fixed_by`` and ``fixed_on`` tell the newest repair
    of the asset in the 14 days before the call.
    """

    id: int
    number: str
    level: Level
    words: str
    customer: str
    place: str
    level_reason: str
    override_reason: str
    answer_by: datetime
    received_at: datetime
    channel: Channel
    status: RequestStatus
    problem: str = ""
    fixed_by: str = ""
    fixed_on: date | None = None


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request whole, for triage.

    ``open_here`` and ``waiting_here`` are the open work orders and the other waiting requests at
    its site: (id, number, what it is about).
    """

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
    rule_level: Level
    note: str
    intake_seconds: int | None
    reason: str
    work_order_id: int | None
    work_order: str
    open_here: tuple[tuple[int, str, str], ...]
    waiting_here: tuple[tuple[int, str, str], ...]
    duplicate_of: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requests there are behind each chip, and whether a waiting one is critical."""

    waiting: int
    answered_today: int
    declined: int
    is_critical: bool


_PROBLEM = (
    select(Choice.text)
    .where(Choice.kind == "problem", Choice.code == Request.problem_codes[0].as_string())
    .scalar_subquery()
)
_FIXED = aliased(WorkOrder)
_ROW = (
    Request.id,
    Request.number,
    Request.level,
    Request.words,
    func.coalesce(Customer.name, Request.caller),
    func.coalesce(Location.path, func.nullif(Site.name, ""), Site.address, ""),
    Request.level_reason,
    Request.level_override_reason,
    Request.answer_by,
    Request.received_at,
    Request.channel,
    Request.status,
    func.coalesce(_PROBLEM, ""),
    func.coalesce(_FIXED.number, ""),
    _FIXED.done_on,
)


_ROWS = (
    select(*_ROW)
    .select_from(Request)
    .outerjoin(Customer, Customer.id == Request.customer_id)
    .outerjoin(Site, Site.id == Request.site_id)
    .outerjoin(Location, Location.id == Request.location_id)
    .outerjoin(_FIXED, _FIXED.id == Request.fixed_by_id)
)
_BY_ID = _ROWS.where(Request.id.in_(bindparam("ids", expanding=True)))


def find(store: Store, *, which: str = WAITING) -> Sequence[int]:
    """Return the ids of the requests: waiting (worst first), answered today, or declined."""
    with store.read() as session:
        return session.scalars(_which(session, store.now(), which)).all()


def count(store: Store, *, which: str = WAITING) -> int:
    """Return how many requests there are."""
    with store.read() as session:
        query = _which(session, store.now(), which).order_by(None)
        return session.scalars(select(func.count()).select_from(query.subquery())).one()


def counts(store: Store) -> Counts:
    """Return how many requests wait, were answered today and were declined."""
    with store.read() as session:
        now = store.now()
        worst = select(func.min(Request.level)).where(Request.closed_at.is_(None))
        return Counts(
            _how_many(session, Request.closed_at.is_(None)),
            _how_many(session, _is_answered_today(session, now)),
            _how_many(session, _IS_DECLINED),
            session.scalars(worst).one() == Level.CRITICAL,
        )


def rows(store: Store, ids: Sequence[int]) -> dict[int, RequestRow]:
    """Return what the queue shows of these requests."""
    with store.read() as session:
        found = session.execute(_BY_ID, {"ids": list(ids)}).all()
    return {row.id: _row(row) for row in found}


def get(store: Store, request_id: int) -> RequestPage:
    """Return a request whole."""
    with store.read() as session:
        row = _row(session.execute(_ROWS.where(Request.id == request_id)).one())
        return _page(session, session.get_one(Request, request_id), row)


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
        request = steps.waiting(session, request_id)
        was = Level(request.level)
        chosen = triage.override(was, level, reason=reason)
        request.level, request.level_override_reason = int(chosen), reason
        request.answer_by = levels.answer_time(session, chosen, request.received_at)
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


def merge(
    store: Store,
    request_id: int,
    *,
    work_order_id: int | None = None,
    into_request_id: int | None = None,
) -> None:
    """Add a request to the work order, or the other request, that does the same job already.

    Raises:
        RuleBroken: the request has been answered, or nothing is told that it repeats.
    """
    at = store.now()
    with store.change("Merge {number}") as session:
        request = steps.waiting(session, request_id)
        if work_order_id is not None:
            steps.merge(session, at, request, session.get_one(WorkOrder, work_order_id))
        elif into_request_id is not None:
            other = session.get_one(Request, into_request_id)
            steps.merge_into_request(session, at, request, other)
        else:
            raise RuleBroken("Say which request or work order it repeats.", "duplicate_of")
        about(session, "request", request_id, number=request.number)


def _move(store: Store, request_id: int, label: str, to: RequestStatus, reason: str) -> None:
    at = store.now()
    with store.change(label) as session:
        request = steps.waiting(session, request_id)
        was = request.status
        request.status = requests.move(was, to, reason=reason)
        request.reason = reason
        if to not in (RequestStatus.NEW, RequestStatus.WAITING):
            request.closed_at = at
        events.note(session, at, "request", request_id, to.value, was=was, now=to, reason=reason)
        about(session, "request", request_id, number=request.number)


def _which(session: Session, now: datetime, which: str) -> Select[int]:
    if which == WAITING:
        return (
            select(Request.id)
            .where(Request.closed_at.is_(None))
            .order_by(Request.level, Request.answer_by, Request.received_at, Request.id)
        )
    newest = select(Request.id).order_by(Request.closed_at.desc(), Request.id.desc())
    if which == DECLINED:
        return newest.where(_IS_DECLINED)
    return newest.where(_is_answered_today(session, now))


def _is_answered_today(session: Session, now: datetime) -> ColumnElement[bool]:
    shop = shops.current(session)
    return Request.closed_at >= datetime.combine(shop.day(now), datetime.min.time(), shop.zone)


def _how_many(session: Session, which: ColumnElement[bool] | TextClause) -> int:
    return session.scalars(select(func.count()).select_from(Request).where(which)).one()


def _row(row: Sequence[Any]) -> RequestRow:
    row_id, number, level, *rest = row
    return RequestRow(row_id, number, Level(level), *rest)


def _page(session: Session, request: Request, row: RequestRow) -> RequestPage:
    contact = session.get(Contact, request.contact_id) if request.contact_id else None
    site = session.get(Site, request.site_id) if request.site_id else None
    asset = session.get(Asset, request.asset_id) if request.asset_id else None
    order = session.get(WorkOrder, request.work_order_id) if request.work_order_id else None
    rule = suggestion(
        session,
        facts=request.facts,
        asset_id=request.asset_id,
        is_fixed_lately=request.fixed_by_id is not None,
    )
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
        rule_name=rule.rule_name,
        rule_level=rule.level,
        note=request.note,
        intake_seconds=request.intake_seconds,
        reason=request.reason,
        work_order_id=request.work_order_id,
        work_order=order.number if order else "",
        open_here=_open_here(session, request.site_id),
        waiting_here=_waiting_here(session, request),
        duplicate_of=_number_of(session, request.duplicate_of_id),
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


def _waiting_here(session: Session, request: Request) -> tuple[tuple[int, str, str], ...]:
    if request.site_id is None:
        return ()
    query = (
        select(Request.id, Request.number, Request.words)
        .where(
            Request.site_id == request.site_id,
            Request.closed_at.is_(None),
            Request.id != request.id,
        )
        .order_by(Request.level, Request.id)
    )
    return tuple(session.execute(query).all())


def _number_of(session: Session, request_id: int | None) -> str:
    found = session.get(Request, request_id) if request_id is not None else None
    return found.number if found else ""
