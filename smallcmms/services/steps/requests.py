"""The steps of a request's life; they take the session of the change under way."""

from __future__ import annotations

from datetime import datetime

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


def merge(session: Session, at: datetime, request: Request, order: WorkOrder) -> None:
    """Add a request to the work order that does the same job already.

    Raises:
        RuleBroken: the request cannot become a duplicate any more.
    """
    duplicate = RequestStatus.DUPLICATE
    request.status = rules.move(request.status, duplicate, duplicate_of=order.id)
    request.work_order_id, request.closed_at = order.id, at
    number, words = request.number, request.words
    for record, record_id in (("request", request.id), ("work_order", order.id)):
        events.note(
            session, at, record, record_id, "merged",
            number=number, work_order=order.number, text=words,
        )  # fmt: skip
