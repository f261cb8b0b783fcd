"""Calls: a request is written down while the caller is on the phone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy.orm import Session

from smallcmms.domain import triage
from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.messages import KeptFile
from smallcmms.domain.missed_calls import Outcome
from smallcmms.domain.numbers import Kind
from smallcmms.domain.requests import Channel
from smallcmms.models import Request, WorkOrder
from smallcmms.services.intake import fixed_lately, suggestion
from smallcmms.services.steps import (
    attachments,
    customers,
    drafts,
    events,
    levels,
    missed_calls,
    requests,
    stubs,
)
from smallcmms.services.steps.customers import NewContact, NewSite
from smallcmms.services.steps.numbers import coming, next_number
from smallcmms.services.steps.stubs import NewAsset
from smallcmms.store.store import Store, about


class Particulars(TypedDict, total=False):
    """What else may be known of a call: who, where, what about, how long it took."""

    caller: str
    phone: str
    customer_id: int | None
    contact_id: int | None
    site_id: int | None
    location_id: int | None
    asset_id: int | None
    note: str
    intake_seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomer:
    """A caller whom nobody knew before, as typed."""

    name: str
    phone: str = ""
    address: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brings:
    """What a call brings along: an asset that nobody had taken in yet, files, a call returned."""

    asset: NewAsset | None = None
    files: Sequence[KeptFile] = ()
    missed_call_id: int | None = None


_NOTHING = Brings()


def log(
    store: Store,
    *,
    words: str,
    channel: Channel = Channel.PHONE,
    received_at: datetime | None = None,
    facts: Collection[str] = (),
    problem_codes: Collection[str] = (),
    level: Level | None = None,
    override_reason: str = "",
    new_customer: NewCustomer | None = None,
    same_as: int | None = None,
    brings: Brings = _NOTHING,
    draft: str | None = None,
    **particulars: Unpack[Particulars],
) -> int:
    """Log what a caller asked for, in one step; their words are kept as they are.

    An unknown caller and an unknown asset are fine. ``level`` overrides the suggestion and needs a
    reason. ``new_customer`` is taken in with the call, and so is what it ``brings``; ``same_as`` is
    the work order that the call is added to; ``draft`` is the subject of its draft, which goes.

    Returns:
        The request's id.

    Raises:
        RuleBroken: nothing is said to be wrong, the level was overridden without a reason, the
            request is to have come in later than now, or a new asset stands nowhere.
    """
    if not words.strip():
        raise RuleBroken("Write what is wrong.", field="words")
    at = store.now()
    received = received_at or at
    if received > at:
        raise RuleBroken("That is still to come.", field="received_at")
    with store.change("Log {number}") as session:
        if new_customer is not None:
            particulars.update(_take_in(session, at, new_customer))
        if brings.asset is not None:
            particulars.update(_take_in_asset(session, at, brings.asset, particulars))
        asset_id = particulars.get("asset_id")
        request = Request(
            number=next_number(session, Kind.REQUEST),
            received_at=received,
            recorded_at=at,
            channel=channel,
            words=words,
            facts=sorted(facts),
            problem_codes=list(problem_codes),
            **_judge(session, received, facts, asset_id, level, override_reason),
            **particulars,
        )
        _note(session, at, request)
        _bring(session, at, request, brings)
        if same_as is not None:
            requests.merge(session, at, request, session.get_one(WorkOrder, same_as))
        if draft is not None:
            drafts.drop(session, "call", draft)
        about(session, "request", request.id, number=request.number)
        return request.id


def coming_number(store: Store) -> str:
    """Return the number that the next call gets, unless another is logged before it."""
    with store.read() as session:
        return coming(session, Kind.REQUEST)


def _judge(  # noqa: PLR0917
    session: Session,
    received_at: datetime,
    facts: Collection[str],
    asset_id: int | None,
    level: Level | None,
    reason: str,
) -> dict[str, Any]:
    """Return how bad it is: by the shop's rules, or by the person who knows better."""
    repair = fixed_lately(session, asset_id, received_at)
    found = suggestion(session, facts=facts, asset_id=asset_id, is_fixed_lately=repair is not None)
    chosen = triage.override(found.level, level or found.level, reason=reason)
    return {
        "level": int(chosen),
        "level_reason": ", ".join(found.reasons),
        "level_override_reason": reason if chosen != found.level else "",
        "answer_by": levels.answer_time(session, chosen, received_at),
        "fixed_by_id": repair.work_order_id if repair is not None else None,
    }


def _note(session: Session, at: datetime, request: Request) -> None:
    session.add(request)
    session.flush()
    happened, caller = request.received_at, request.caller
    events.note(session, at, "request", request.id, "logged", happened_at=happened, caller=caller)


def _take_in(session: Session, at: datetime, new: NewCustomer) -> Particulars:
    customer = customers.make(session, at, name=new.name, kind=CustomerKind.RESIDENTIAL)
    person = NewContact(name=new.name, phone=new.phone, email=new.email)
    taken = Particulars(
        caller=customer.name,
        phone=new.phone,
        customer_id=customer.id,
        contact_id=customers.make_contact(session, at, customer.id, person).id,
    )
    if new.address.strip():
        site = NewSite(address=new.address)
        taken["site_id"] = customers.make_site(session, at, customer.id, site).id
    return taken


def _take_in_asset(session: Session, at: datetime, new: NewAsset, told: Particulars) -> Particulars:
    site_id, location_id = told.get("site_id"), told.get("location_id")
    made = stubs.make(session, at, new, site_id=site_id, location_id=location_id)
    return Particulars(asset_id=made.id)


def _bring(session: Session, at: datetime, request: Request, brings: Brings) -> None:
    for kept in brings.files:
        attachments.attach(session, at, "request", request.id, kept)
    if (missed := brings.missed_call_id) is not None:
        missed_calls.settle(session, at, missed, Outcome.LOGGED, request_id=request.id)
