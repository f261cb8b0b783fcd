"""Triage: a request becomes a work order on somebody's board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from smallcmms.domain import requests
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.requests import RequestStatus
from smallcmms.domain.work_orders import Origin, WorkType
from smallcmms.models import Asset, JobTemplate, Request, WorkOrder
from smallcmms.services import job_templates, technicians, who_can_go
from smallcmms.services.job_templates import TemplateRow
from smallcmms.services.steps import events, shops, work_orders
from smallcmms.services.steps import requests as steps
from smallcmms.services.technicians import TechnicianRow
from smallcmms.services.who_can_go import NotFree, Offer
from smallcmms.store.store import Store, about

__all__ = [
    "USUAL_MINUTES",
    "NotFree",
    "Offer",
    "Plan",
    "make_work_order",
    "offers",
    "plan",
    "propose",
]

TITLE_LENGTH = 80
USUAL_MINUTES = 120
"""How long a job is taken to last where nothing says better (ours)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a request may be answered: who can go when, by which template, in how many minutes.

    ``not_free`` are those who have no gap for it in the next 14 days.
    """

    offers: tuple[Offer, ...]
    not_free: tuple[NotFree, ...]
    technicians: tuple[TechnicianRow, ...]
    templates: tuple[TemplateRow, ...]
    template_id: int | None
    minutes: int


def propose(store: Store, request_id: int) -> Plan:
    """Return a plan with the template that the request names, and its time."""
    with store.read() as session:
        request = session.get_one(Request, request_id)
        asset = session.get(Asset, request.asset_id) if request.asset_id else None
        said = f"{request.words} {asset.name if asset else ''}"
        return plan(store, request_id, template_id=job_templates.match(store, said))


def plan(
    store: Store, request_id: int, *, template_id: int | None, minutes: int | None = None
) -> Plan:
    """Return who can go, with a template, for so many minutes or for the template's."""
    with store.read():
        templates = tuple(job_templates.rows(store))
        usual = [each.planned_minutes for each in templates if each.id == template_id]
        lasts = minutes or next(iter(usual), None) or USUAL_MINUTES
        offered, rest = who_can_go.offers(store, request_id, minutes=lasts)
        return Plan(
            offers=offered,
            not_free=rest,
            technicians=tuple(technicians.rows(store)),
            templates=templates,
            template_id=template_id,
            minutes=lasts,
        )


def offers(store: Store, request_id: int, *, minutes: int = USUAL_MINUTES) -> list[Offer]:
    """Return each technician's gap for the job, the likeliest first."""
    return list(who_can_go.offers(store, request_id, minutes=minutes)[0])


def make_work_order(
    store: Store,
    request_id: int,
    *,
    technician_ids: Sequence[int] = (),
    planned_from: datetime | None = None,
    planned_to: datetime | None = None,
    template_id: int | None = None,
    planned_minutes: int | None = None,
    title: str = "",
    truck_note: str = "",
    override_reason: str = "",
    waiting_reason: str = "",
) -> int:
    """Make the work order of a request, approve it and put it on the board, all in one.

    Without technicians it waits to be scheduled. Checklist, parts, time and price come from the
    template. The work order is due when the request wants its answer. ``override_reason`` says why
    somebody without a certificate goes, ``waiting_reason`` why an L4 goes before a waiting L1.

    Returns:
        The work order's id.

    Raises:
        RuleBroken: the request has been answered, a rule of the work order is broken, a
            certificate is lacking, or an L1 waits.
    """
    at = store.now()
    with store.change("Make {number}") as session:
        request = session.get_one(Request, request_id)
        if request.closed_at is not None:
            raise RuleBroken("{number} has been answered.", number=request.number)
        order = _make(
            session,
            at,
            request,
            template_id=template_id,
            planned_minutes=planned_minutes,
            title=title,
            truck_note=truck_note or request.note,
        )
        work_orders.approve(session, at, order)
        if technician_ids and planned_from and planned_to:
            work_orders.schedule(
                session,
                at,
                order,
                technician_ids=technician_ids,
                planned_from=planned_from,
                planned_to=planned_to,
                override_reason=override_reason,
                waiting_reason=waiting_reason,
            )
        _accept(session, at, request, order)
        about(session, "work_order", order.id, number=order.number)
        return order.id


def _make(
    session: Session,
    at: datetime,
    request: Request,
    *,
    template_id: int | None,
    planned_minutes: int | None,
    title: str,
    truck_note: str,
) -> WorkOrder:
    template = session.get(JobTemplate, template_id) if template_id is not None else None
    level = Level(request.level)
    return work_orders.make(
        session,
        at,
        origin=Origin.REQUEST,
        type=WorkType.EMERGENCY if level is Level.CRITICAL else WorkType.CORRECTIVE,
        level=level,
        customer_id=request.customer_id,
        site_id=request.site_id,
        location_id=request.location_id,
        contact_id=request.contact_id,
        asset_id=request.asset_id,
        title=title.strip() or (template.title if template else "") or _title(request.words),
        wrong=request.words,
        truck_note=truck_note,
        planned_minutes=planned_minutes or (template.planned_minutes if template else None),
        due_on=shops.current(session).day(request.answer_by),
        answer_by=request.answer_by,
        template_id=template_id,
    )


def _accept(session: Session, at: datetime, request: Request, order: WorkOrder) -> None:
    request.status = requests.move(request.status, RequestStatus.ACCEPTED)
    request.work_order_id, request.closed_at = order.id, at
    session.flush()
    steps.take_along(session, request)
    events.note(
        session,
        at,
        "request",
        request.id,
        "triaged",
        number=request.number,
        work_order=order.number,
    )


def _title(words: str) -> str:
    line = " ".join(words.split())
    if len(line) <= TITLE_LENGTH:
        return line
    return line[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
