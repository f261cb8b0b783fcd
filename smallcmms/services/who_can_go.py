"""Who can go: the gap in each technician's days for a job, and what speaks for it or against."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain import absences, who_can_go
from smallcmms.domain.certificates import Lack
from smallcmms.domain.who_can_go import Near
from smallcmms.models import (
    Customer,
    Request,
    Site,
    Technician,
    Visit,
    VisitTechnician,
    WorkOrder,
)
from smallcmms.services import visits
from smallcmms.services.steps import certificates, shops
from smallcmms.services.steps import visits as steps
from smallcmms.store.store import Store

DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Offer:
    """A gap in a technician's day in which a job of ``minutes`` is done, or begun; moments are UTC.

    The gap is free until ``free_until``, when ``then`` (a customer) comes next, or the day ends:
    a gap that is too short for the whole job ends the visit there.
    ``lacks`` are the certificates that the work asks for and the technician does not hold on that
    day. ``load_minutes`` are planned on that day, of ``capacity_minutes``. ``away_until`` is the
    last day of an absence that holds today.
    """

    technician_id: int
    technician: str
    starts_at: datetime
    ends_at: datetime
    is_in_time: bool
    free_until: datetime
    then: str
    minutes: int = 0
    lacks: tuple[Lack, ...] = ()
    near: Near = Near.ELSEWHERE
    load_minutes: int = 0
    capacity_minutes: int = 0
    away_until: date | None = None

    @property
    def free_minutes(self) -> int:
        """Return how long the gap is."""
        return int((self.free_until - self.starts_at).total_seconds()) // 60

    @property
    def is_short(self) -> bool:
        """Tell whether the job can only be begun in it."""
        return self.free_minutes < self.minutes


@dataclass(frozen=True, slots=True)
class NotFree:
    """A technician without a gap in the next 14 days, and until when they are away, if they are."""

    technician_id: int
    technician: str
    away_until: date | None


@dataclass(frozen=True, slots=True)
class _Wanted:
    today: date
    minutes: int
    until: datetime
    site_id: int | None
    zone: str
    kinds: Collection[str]


@dataclass(frozen=True, slots=True)
class _Stop:
    begins: datetime
    ends: datetime
    customer: str
    site_id: int | None
    zone: str


def offers(
    store: Store, request_id: int, *, minutes: int
) -> tuple[tuple[Offer, ...], tuple[NotFree, ...]]:
    """Return each technician's gap, in the order in which they are offered; and who has none.

    ``minutes`` is how long the job is planned to take. A gap of an hour in which it can be begun is
    offered where none that takes it whole begins before the answer is due.
    """
    with store.read() as session:
        wanted = _wanted(session, store.now(), session.get_one(Request, request_id), minutes)
        people = select(Technician).where(Technician.archived_on.is_(None))
        found = [
            _offer(store, session, each, wanted)
            for each in session.scalars(people.order_by(Technician.name))
        ]
    offered = [each for each in found if isinstance(each, Offer)]
    rest = tuple(each for each in found if isinstance(each, NotFree))
    return tuple(sorted(offered, key=_order)), rest


def _wanted(session: Session, now: datetime, request: Request, minutes: int) -> _Wanted:
    site = session.get(Site, request.site_id) if request.site_id is not None else None
    return _Wanted(
        today=shops.current(session).day(now),
        minutes=minutes,
        until=request.answer_by,
        site_id=request.site_id,
        zone=site.zone if site else "",
        kinds=certificates.needed(session, asset_id=request.asset_id, site_id=request.site_id),
    )


def _offer(store: Store, session: Session, person: Technician, wanted: _Wanted) -> Offer | NotFree:
    away = absences.away_until(absences.read(person.absences), wanted.today)
    found = who_can_go.first(_free(store, person, wanted), wanted.minutes, wanted.until)
    if found is None:
        return NotFree(person.id, person.name, away)
    return _weighed(session, person, visits.Gap(*found), wanted, away)


def _free(store: Store, person: Technician, wanted: _Wanted) -> Iterator[tuple[datetime, datetime]]:
    least = who_can_go.least(wanted.minutes)
    for ahead in range(DAYS_AHEAD):
        day = wanted.today + timedelta(days=ahead)
        for gap in visits.gaps(store, technician_id=person.id, on=day, minutes=least):
            yield gap.starts_at, gap.ends_at


def _weighed(
    session: Session, person: Technician, gap: visits.Gap, wanted: _Wanted, away: date | None
) -> Offer:
    day = shops.current(session).day(gap.starts_at)
    stops = _stops(session, person.id, day)
    follows = (each.customer for each in stops if each.begins == gap.ends_at)
    return Offer(
        technician_id=person.id,
        technician=person.name,
        starts_at=gap.starts_at,
        ends_at=min(gap.starts_at + timedelta(minutes=wanted.minutes), gap.ends_at),
        is_in_time=gap.starts_at <= wanted.until,
        free_until=gap.ends_at,
        then=next(follows, ""),
        minutes=wanted.minutes,
        lacks=certificates.lacks(session, wanted.kinds, [person.id], day),
        near=who_can_go.nearness(
            wanted.site_id, wanted.zone, [(each.site_id, each.zone) for each in stops]
        ),
        load_minutes=sum(int((each.ends - each.begins).total_seconds()) // 60 for each in stops),
        capacity_minutes=who_can_go.capacity(person.weekly_minutes, shops.current(session).week),
        away_until=away,
    )


def _stops(session: Session, technician_id: int, on: date) -> list[_Stop]:
    zone = shops.current(session).zone
    begins = datetime.combine(on, time(), zone).astimezone(UTC)
    ends = datetime.combine(on + timedelta(days=1), time(), zone).astimezone(UTC)
    query = (
        select(
            Visit.planned_from,
            Visit.planned_to,
            func.coalesce(Customer.name, ""),
            WorkOrder.site_id,
            func.coalesce(Site.zone, ""),
        )
        .join(VisitTechnician, VisitTechnician.visit_id == Visit.id)
        .join(WorkOrder, WorkOrder.id == Visit.work_order_id)
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .outerjoin(Site, Site.id == WorkOrder.site_id)
        .where(
            steps.goes(technician_id),
            steps.IS_ON_BOARD,
            Visit.planned_from >= begins,
            Visit.planned_from < ends,
        )
        .order_by(Visit.planned_from)
    )
    found: Sequence[Any] = session.execute(query).all()
    return [_Stop(*row) for row in found]


def _order(offer: Offer) -> tuple[bool, bool, bool, datetime, int, int, str]:
    return who_can_go.order_key(
        who_can_go.Gap(
            starts_at=offer.starts_at,
            is_in_time=offer.is_in_time,
            is_short=offer.is_short,
            lacks=offer.lacks,
            near=offer.near,
            load=offer.load_minutes,
            name=offer.technician,
        )
    )
