"""The due dates of PM schedules within a change: the first, the next, and why they are due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import pm
from smallcmms.domain.pm import DaysOff, OccurrenceStatus, Planned, Rule
from smallcmms.domain.recurrence import Interval, next_after
from smallcmms.models import PmOccurrence, PmSchedule
from smallcmms.services.steps import events, shops
from smallcmms.services.steps.meter_counts import counted
from smallcmms.services.steps.shops import ShopFacts


@dataclass(frozen=True, slots=True)
class Course:
    """A schedule in a change under way: its row, its rule, and the moment."""

    session: Session
    at: datetime
    today: date
    schedule: PmSchedule
    rule: Rule

    def note(self, kind: str, occurrence: PmOccurrence, **told: Any) -> None:
        """Write an event about one occurrence."""
        due_on = "" if occurrence.due_on is None else occurrence.due_on.isoformat()
        told = {"asset": occurrence.asset_id, "sequence": occurrence.sequence, **told}
        events.note(
            self.session, self.at, "pm_schedule", self.schedule.id, kind, now=due_on, **told
        )


def course(session: Session, at: datetime, schedule: PmSchedule) -> Course:
    """Return a schedule with its rule, at a moment."""
    shop = shops.current(session)
    return Course(session, at, shop.day(at), schedule, rule_of(schedule, shop))


def rule_of(schedule: PmSchedule, shop: ShopFacts) -> Rule:
    """Return the rule of a schedule; the shop's free weekdays and holidays are its days off.

    Raises:
        RuleBroken: it is no rule.
    """
    return Rule(
        interval=interval_of(schedule),
        timing=schedule.timing,
        anchor_on=schedule.anchor_on,
        meter_every=schedule.meter_every,
        season=frozenset(schedule.season),
        landing=schedule.landing,
        days_off=days_off(schedule, shop),
        ends_on=schedule.ends_on,
        is_by_limits=schedule.is_by_limits,
    )


def interval_of(schedule: PmSchedule) -> Interval | None:
    """Return the interval of a schedule by the calendar."""
    if schedule.every is None:
        return None
    return Interval(
        schedule.every,
        schedule.unit,
        tuple(schedule.weekdays),
        schedule.month_day,
        schedule.nth,
        schedule.weekday,
    )


def days_off(schedule: PmSchedule, shop: ShopFacts) -> DaysOff:
    """Return the days on which the shop does not work, and those that the schedule leaves out."""
    free = frozenset(day for day, hours in enumerate(shop.week.days) if hours is None)
    stretches = tuple(
        (date.fromisoformat(first), date.fromisoformat(last)) for first, last in schedule.blackouts
    )
    return DaysOff(free, shop.holidays, stretches)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a date is written: asset and sequence, the meter's count, and why it is due then."""

    asset_id: int
    sequence: int
    count: Decimal | None
    because: dict[str, Any]


def begin(course: Course, asset_id: int, sequence: int = 0) -> None:
    """Write down when an asset is due first."""
    place = _Place(asset_id, sequence, next_count(course, course.today), {"why": "first"})
    if course.rule.is_fixed:
        _fixed_from(course, place, 0)
        return
    planned = pm.first(course.rule)
    if planned is not None or place.count is not None:
        _add(course, place, planned)


def follow(course: Course, last: PmOccurrence, done_on: date, **because: Any) -> None:
    """Write down when an asset is due next, after one date was done, skipped or covered.

    Nothing is written where a later date stands already.
    """
    if is_followed(course, last):
        return
    rule, sequence = course.rule, last.sequence + 1
    count = next_count(course, done_on)
    if rule.is_fixed:
        follow_fixed(course, last, count)
        return
    why = {"why": "after_done", "done_on": done_on.isoformat(), **because}
    planned = pm.after_done(rule, done_on, sequence)
    if planned is not None or (count is not None and rule.interval is None):
        _add(course, _Place(last.asset_id, sequence, count, why), planned)


def follow_fixed(course: Course, last: PmOccurrence, count: Decimal | None = None) -> None:
    """Write down the date after one of a fixed schedule, and those that are skipped before it."""
    number = None if is_followed(course, last) else number_after(course, last)
    if number is not None:
        place = _Place(last.asset_id, last.sequence + 1, count, {"why": "fixed"})
        _fixed_from(course, place, number)


def is_followed(course: Course, last: PmOccurrence) -> bool:
    """Tell whether a date after one is written down."""
    query = select(PmOccurrence.id).where(
        PmOccurrence.pm_schedule_id == course.schedule.id,
        PmOccurrence.asset_id == last.asset_id,
        PmOccurrence.sequence > last.sequence,
    )
    return course.session.scalars(query.limit(1)).first() is not None


def number_after(course: Course, last: PmOccurrence) -> int | None:
    """Return which date of the rule comes after one, counted from the anchor."""
    interval, anchor = course.rule.interval, course.rule.anchor_on
    if interval is None or anchor is None or last.nominal_on is None:
        return None
    return next_after(interval, anchor, last.nominal_on)[0]


def _fixed_from(course: Course, place: _Place, number: int) -> None:
    """Write the dates of a fixed rule from one on, up to the first that is not skipped."""
    for planned in pm.fixed(course.rule, number):
        _add(course, place, planned)
        if planned.due_on is not None:
            return
        place = replace(place, sequence=place.sequence + 1)


def next_count(course: Course, on: date) -> Decimal | None:
    """Return what the meter will have counted when the work is due again."""
    schedule = course.schedule
    if schedule.meter_id is None or schedule.meter_every is None:
        return None
    return counted(course.session, schedule.meter_id, on).total + schedule.meter_every


def _add(course: Course, place: _Place, planned: Planned | None) -> None:
    is_skipped = planned is not None and planned.due_on is None
    moved = {"moved": planned.moved.value} if planned and planned.moved else {}
    occurrence = PmOccurrence(
        pm_schedule_id=course.schedule.id,
        asset_id=place.asset_id,
        sequence=place.sequence,
        nominal_on=planned and planned.nominal_on,
        due_on=planned and planned.due_on,
        due_count=place.count,
        because=place.because | moved,
        status=OccurrenceStatus.SKIPPED if is_skipped else OccurrenceStatus.DUE,
    )
    course.session.add(occurrence)
    course.note("skipped" if is_skipped else "due", occurrence, **occurrence.because)
