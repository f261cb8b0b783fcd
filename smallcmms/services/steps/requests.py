"""The steps of a request's life; they take the session of the change under way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import requests as rules
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.requests import RequestStatus
from smallcmms.models import Request, WorkOrder
from smallcmms.services.steps import events


def waiting(session: Session, request_id: int) -> Request:
    """Return a request that has not been answered yet.

    Raises:
        RuleBroken: it has been answered.
    """
    request = session.get_one(Request, request_id)
    if request.closed_at is not None:
        raise RuleBroken("{number} has been answered.", number=request.number)
    return request


def merge_into_request(session: Session, at: datetime, request: Request, other: Request) -> None:
    """Add a request to another one that tells of the same trouble; it goes where that one goes.

    Raises:
        RuleBroken: they are one and the same, or the other has been answered without a job.
    """
    if other.id == request.id:
        raise RuleBroken("A request cannot repeat itself.", "duplicate_of")
    if other.closed_at is not None and other.work_order_id is None:
        message = "{number} has been answered without a work order."
        raise RuleBroken(message, "duplicate_of", number=other.number)
    duplicate = RequestStatus.DUPLICATE
    request.status = rules.move(request.status, duplicate, duplicate_of=other.id)
    request.duplicate_of_id, request.closed_at = other.id, at
    request.work_order_id = other.work_order_id
    session.flush()
    _bring_along(session, request.id, other.id)
    told: dict[str, Any] = {"number": request.number, "work_order": other.number}
    told["text"] = request.words
    for record_id, kind in ((request.id, "merged"), (other.id, "repeated")):
        events.note(session, at, "request", record_id, kind, **told)


def take_along(session: Session, request: Request) -> None:
    """Let the requests that repeat one go where it went: to the same work order."""
    twins = select(Request).where(Request.duplicate_of_id == request.id)
    for twin in session.scalars(twins):
        twin.work_order_id = request.work_order_id


def _bring_along(session: Session, request_id: int, other_id: int) -> None:
    """Let what repeats a request repeat the one that it is merged into."""
    for twin in session.scalars(select(Request).where(Request.duplicate_of_id == request_id)):
        twin.duplicate_of_id = other_id


def merge(session: Session, at: datetime, request: Request, order: WorkOrder) -> None:
    """Add a request to the work order that does the same job already.

    Raises:
        RuleBroken: the request cannot become a duplicate any more.
    """
    duplicate = RequestStatus.DUPLICATE
    request.status = rules.move(request.status, duplicate, duplicate_of=order.id)
    request.work_order_id, request.closed_at = order.id, at
    session.flush()
    take_along(session, request)
    number, words = request.number, request.words
    for record, record_id in (("request", request.id), ("work_order", order.id)):
        events.note(
            session, at, record, record_id, "merged",
            number=number, work_order=order.number, text=words,
        )  # fmt: skip
