"""The board as a strip: what each technician does on some days, and where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from smallcmms.domain.visits import VisitStatus
from smallcmms.services import technicians, visits
from smallcmms.services.steps import shops
from smallcmms.services.steps.shops import ShopFacts
from smallcmms.services.technicians import TechnicianRow
from smallcmms.services.visits import BoardVisit, Gap
from smallcmms.store.store import Store

LEAST_GAP = 60
"""A gap of so many minutes is worth being shown (ours)."""
_HOUR = timedelta(hours=1)
_OPENS, _CLOSES = time(8), time(17)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the strip: when it begins and ends on paper, moments in UTC."""

    on: date
    begins: datetime
    ends: datetime
    is_worked: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A technician's row: their visits, the earliest first, their free gaps, and days away."""

    technician_id: int
    technician: str
    truck: str
    visits: tuple[BoardVisit, ...]
    gaps: tuple[Gap, ...]
    away: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Some days of every technician."""

    days: tuple[Day, ...]
    lanes: tuple[Lane, ...]


def strip(store: Store, *, from_on: date, days: int = 1) -> Board:
    """Return so many days of every technician; free gaps are told of a single day only.

    Days that nobody works and nothing is planned on are left out of a longer strip.
    """
    with store.read() as session:
        shop = shops.current(session)
        planned = visits.board(store, from_on=from_on, days=days)
        found = tuple(
            day
            for ahead in range(days)
            if (day := _day(shop, from_on + timedelta(days=ahead), planned)).is_worked
            or days == 1
            or _planned_on(shop, day.on, planned)
        )
        lanes = (
            _lane(store, each, planned, [day.on for day in found])
            for each in sorted(technicians.rows(store), key=_by_truck)
        )
        return Board(found, tuple(lanes))


def _by_truck(person: TechnicianRow) -> tuple[bool, str, str]:
    return not person.truck, person.truck, person.name


def _day(shop: ShopFacts, on: date, planned: Iterable[BoardVisit]) -> Day:
    """Return a day from an hour before it opens to its end, and longer where work is planned."""
    hours = shop.week.hours(on, shop.holidays)
    opens = datetime.combine(on, hours.opens if hours else _OPENS, shop.zone)
    closes = datetime.combine(on, hours.closes if hours else _CLOSES, shop.zone)
    theirs = _planned_on(shop, on, planned)
    begins = min([opens - _HOUR, *(each.planned_from for each in theirs)])
    ends = max([closes, *(each.planned_to for each in theirs)])
    return Day(on, begins.astimezone(UTC), ends.astimezone(UTC), hours is not None)


def _planned_on(shop: ShopFacts, on: date, planned: Iterable[BoardVisit]) -> list[BoardVisit]:
    done = VisitStatus.PLANNED, VisitStatus.DONE
    return [
        each for each in planned if each.visit_status in done and shop.day(each.planned_from) == on
    ]


def _lane(
    store: Store, person: TechnicianRow, planned: Sequence[BoardVisit], days: Sequence[date]
) -> Lane:
    absences = technicians.absences(store, person.id)
    away = [on for on in days if any(each.first_on <= on <= each.last_on for each in absences)]
    gaps: tuple[Gap, ...] = ()
    if len(days) == 1:
        gaps = visits.gaps(store, technician_id=person.id, on=days[0], minutes=LEAST_GAP)
    return Lane(
        technician_id=person.id,
        technician=person.name,
        truck=person.truck,
        visits=tuple(each for each in planned if each.technician_id == person.id),
        gaps=gaps,
        away=tuple(away),
    )
