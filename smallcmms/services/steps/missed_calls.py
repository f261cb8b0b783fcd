"""A missed call that was returned, inside the change under way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.contact_log import Way
from smallcmms.domain.missed_calls import RETURNED, Outcome
from smallcmms.models import ContactLog, MissedCall
from smallcmms.services.steps import events


def settle(
    session: Session,
    at: datetime,
    missed_call_id: int,
    outcome: Outcome,
    *,
    note: str = "",
    request_id: int | None = None,
) -> MissedCall:
    """Write what became of ringing back; who rang several times is rung back once.

    What was said goes into the log of the customer, where the number is a known one.
    """
    call = session.get_one(MissedCall, missed_call_id)
    same = select(MissedCall).where(
        MissedCall.digits == call.digits, MissedCall.returned_at.is_(None)
    )
    for each in {call.id: call} | {row.id: row for row in session.scalars(same)}:
        _settle(session.get_one(MissedCall, each), at, outcome, request_id)
    events.note(
        session, at, "missed_call", call.id, "returned",
        now=outcome.value, phone=call.phone, text=note,
    )  # fmt: skip
    if note.strip() and call.customer_id is not None:
        session.add(_talk(call, at, note))
    return call


def _settle(call: MissedCall, at: datetime, outcome: Outcome, request_id: int | None) -> None:
    call.outcome, call.request_id = outcome, request_id
    call.tries, call.tried_at = call.tries + 1, at
    if outcome in RETURNED:
        call.returned_at = at


def _talk(call: MissedCall, at: datetime, note: str) -> ContactLog:
    return ContactLog(
        customer_id=call.customer_id,
        contact_id=call.contact_id,
        how=Way.WE_CALLED,
        said=note,
        happened_at=at,
        recorded_at=at,
    )
