"""Calling back: what was said when the desk rang the caller of a request."""

from __future__ import annotations

from smallcmms.domain.contact_log import Way
from smallcmms.domain.requests import RequestStatus
from smallcmms.models import ContactLog, Request
from smallcmms.services.steps import edits, events
from smallcmms.store.store import Store, about


def log(store: Store, request_id: int, *, said: str, is_reached: bool = True) -> None:
    """Write down a call back; a request that waited for the answer is taken up again.

    ``is_reached``: somebody answered. What was said stands in the customer's contact log too.

    Raises:
        RuleBroken: nothing is written.
    """
    at = store.now()
    with store.change("Log a call back on {number}") as session:
        edits.need(said, "Write what was said.", "reason")
        request = session.get_one(Request, request_id)
        text = said.strip()
        if request.customer_id is not None:
            session.add(
                ContactLog(
                    customer_id=request.customer_id,
                    contact_id=request.contact_id,
                    how=Way.WE_CALLED,
                    said=text,
                    happened_at=at,
                    recorded_at=at,
                )
            )
        kind = "called_back" if is_reached else "not_reached"
        events.note(session, at, "request", request_id, kind, text=text)
        if is_reached and request.status is RequestStatus.WAITING:
            request.status, request.reason = RequestStatus.NEW, ""
            was, now = RequestStatus.WAITING, RequestStatus.NEW
            events.note(session, at, "request", request_id, "new", was=was, now=now)
        about(session, "request", request_id, number=request.number)
