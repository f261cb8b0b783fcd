"""Triage: a request becomes a work order on somebody's board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from smallcmms.domain import requests
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.requests import RequestStatus
from smallcmms.domain.work_orders import Origin, WorkType
from smallcmms.models import Asset, JobTemplate, Request, WorkOrder
from smallcmms.services import job_templates, technicians, visits
from smallcmms.services.job_templates import TemplateRow
from smallcmms.services.steps import events, shops, work_orders
from smallcmms.services.technicians import TechnicianRow
from smallcmms.store.store import Store, about

TITLE_LENGTH = 80
USUAL_MINUTES = 120
"""How long a job is taken to last where nothing says better (ours)."""
DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Offer:
    """A gap in a technician's day that is long enough; moments are UTC.

    The gap is free until ``free_until``, when ``then`` (a customer) comes next, or the day ends.
    """

    technician_id: int
    technician: str
    starts_at: datetime
    ends_at: datetime
    is_in_time: bool
    free_until: datetime
    then: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a request may be answered: who can go when, by which template, in how many minutes."""

    offers: tuple[Offer, ...]
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
        return Plan(
            offers=tuple(offers(store, request_id, minutes=lasts)),
            technicians=tuple(technicians.rows(store)),
            templates=templates,
            template_id=template_id,
            minutes=lasts,
        )


def offers(store: Store, request_id: int, *, minutes: int = USUAL_MINUTES) -> list[Offer]:
    """Return each technician's first gap that takes the job, the earliest first."""
    with store.read() as session:
        until = session.get_one(Request, request_id).answer_by
        today = shops.current(session).day(store.now())
        found = [_first_gap(store, each, today, minutes, until) for each in technicians.rows(store)]
    offered = [offer for offer in found if offer is not None]
    return sorted(offered, key=lambda offer: (offer.starts_at, offer.technician))


def _first_gap(
    store: Store, person: TechnicianRow, today: date, minutes: int, until: datetime
) -> Offer | None:
    for ahead in range(DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        gaps = visits.gaps(store, technician_id=person.id, on=day, minutes=minutes)
        if not gaps:
            continue
        starts, free_until = gaps[0].starts_at, gaps[0].ends_at
        after = [
            visit.customer
            for visit in visits.board(store, from_on=day)
            if visit.technician_id == person.id and visit.planned_from == free_until
        ]
        return Offer(
            technician_id=person.id,
            technician=person.name,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=minutes),
            is_in_time=starts <= until,
            free_until=free_until,
            then=next(iter(after), ""),
        )
    return None


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
) -> int:
    """Make the work order of a request, approve it and put it on the board, all in one.

    Without technicians it waits to be scheduled. Checklist, parts, time and price come from the
    template. The work order is due when the request wants its answer.

    Returns:
        The work order's id.

    Raises:
        RuleBroken: the request has been answered, or a rule of the work order is broken.
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
