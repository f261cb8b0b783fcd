"""The open dates of all PM schedules that run, in memory: a catch-up asks the file only once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain import pm
from smallcmms.domain.pm import OccurrenceStatus
from smallcmms.models import PmCover, PmOccurrence, PmSchedule
from smallcmms.services.steps import pm_occurrences, shops
from smallcmms.services.steps.meter_counts import Count, counted
from smallcmms.services.steps.pm_occurrences import Course

OPEN = (OccurrenceStatus.DUE, OccurrenceStatus.GENERATED)
Key = tuple[int, int]
"""A schedule and an asset of it."""


@dataclass(slots=True, eq=False)
class Dated:
    """One date of an asset; ``id`` is None while the file does not have it.

    ``told`` is what its event says beside the date.
    """

    id: int | None
    schedule_id: int
    asset_id: int
    sequence: int
    nominal_on: date | None
    due_on: date | None
    due_count: Decimal | None
    because: dict[str, Any]
    status: OccurrenceStatus
    work_order_id: int | None = None
    covered_by: Dated | None = None
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Return whose date it is."""
        return self.schedule_id, self.asset_id


@dataclass(slots=True)
class Book:
    """The schedules that run, their open dates, and what a catch-up changes."""

    session: Session
    at: datetime
    today: date
    courses: dict[int, Course]
    waiting: dict[int, list[Dated]]
    made: dict[Key, Dated]
    open: dict[Key, list[Dated]]
    last: dict[Key, int]
    larger: dict[int, list[int]]
    counts: dict[int, Count] = field(default_factory=dict)
    fresh: list[Dated] = field(default_factory=list)
    changed: list[Dated] = field(default_factory=list)

    def due_day(self, dated: Dated) -> date:
        """Return when a date is due, by calendar or meter, the earlier; the last day if never."""
        by_calendar = dated.due_on or date.max
        if dated.due_count is None:
            return by_calendar
        meter_id = self.courses[dated.schedule_id].schedule.meter_id
        if meter_id is None:
            return by_calendar
        if meter_id not in self.counts:
            self.counts[meter_id] = counted(self.session, meter_id, self.today)
        by_meter = self.counts[meter_id].due_day(dated.due_count, self.today)
        return min(by_calendar, by_meter or date.max)

    def is_ready(self, dated: Dated) -> bool:
        """Tell whether the work order of a date is to be made."""
        on = self.due_day(dated)
        lead = self.courses[dated.schedule_id].schedule.lead_days
        return on < date.max and pm.is_time_to_make(on, lead, self.today)


def open_book(session: Session, at: datetime, schedule_ids: Collection[int] | None = None) -> Book:
    """Read the open dates of the schedules that run, or of some of them."""
    shop = shops.current(session)
    running = select(PmSchedule).where(
        PmSchedule.paused_on.is_(None), PmSchedule.archived_on.is_(None)
    )
    if schedule_ids is not None:
        running = running.where(PmSchedule.id.in_(schedule_ids))
    today = shop.day(at)
    courses = {
        each.id: Course(session, at, today, each, pm_occurrences.rule_of(each, shop))
        for each in session.scalars(running)
    }
    waiting: dict[int, list[Dated]] = defaultdict(list)
    made: dict[Key, Dated] = {}
    known: dict[Key, list[Dated]] = defaultdict(list)
    for dated in (Dated(*row) for row in session.execute(_DATES)):
        if dated.schedule_id not in courses:
            continue
        known[dated.key].append(dated)
        if dated.status is OccurrenceStatus.DUE:
            waiting[dated.schedule_id].append(dated)
        else:
            made[dated.key] = dated
    larger = defaultdict(list)
    for small, large in session.execute(select(PmCover.smaller_id, PmCover.larger_id)):
        larger[small].append(large)
    last = {(row[0], row[1]): row[2] for row in session.execute(_LAST)}
    return Book(session, at, today, courses, waiting, made, known, last, larger)


_DATES = (
    select(
        PmOccurrence.id,
        PmOccurrence.pm_schedule_id,
        PmOccurrence.asset_id,
        PmOccurrence.sequence,
        PmOccurrence.nominal_on,
        PmOccurrence.due_on,
        PmOccurrence.due_count,
        PmOccurrence.because,
        PmOccurrence.status,
        PmOccurrence.work_order_id,
    )
    .where(PmOccurrence.status.in_(OPEN))
    .order_by(PmOccurrence.due_on, PmOccurrence.id)
)
_LAST = select(
    PmOccurrence.pm_schedule_id, PmOccurrence.asset_id, func.max(PmOccurrence.sequence)
).group_by(PmOccurrence.pm_schedule_id, PmOccurrence.asset_id)
