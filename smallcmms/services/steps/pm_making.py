"""Catching up with PM schedules: what is due becomes work orders, once, and is explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from smallcmms.domain import pm
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import Missed, OccurrenceStatus
from smallcmms.models import PmCover, PmOccurrence, PmSchedule, WorkOrder
from smallcmms.services.steps import pm_occurrences, pm_orders
from smallcmms.services.steps.meter_counts import counted
from smallcmms.services.steps.pm_occurrences import Course

Ready = tuple[date, PmOccurrence]
"""An occurrence whose work order is to be made, and the day it is due."""


@dataclass(slots=True)
class Made:
    """What a catch-up made: the dates that came due, and what became of each."""

    due: int = 0
    orders: list[str] = field(default_factory=list)
    merged: int = 0
    covered: int = 0


def pending(session: Session, today: date) -> list[PmOccurrence]:
    """Return what may be due by its date, and all that waits for a meter."""
    active = select(PmSchedule.id, PmSchedule.lead_days).where(
        PmSchedule.paused_on.is_(None), PmSchedule.archived_on.is_(None)
    )
    leads = {key: days for key, days in session.execute(active)}  # noqa: C416
    until = today + timedelta(max(leads.values(), default=0))
    query = (
        select(PmOccurrence)
        .where(
            PmOccurrence.status == OccurrenceStatus.DUE,
            or_(PmOccurrence.due_on <= until, PmOccurrence.due_count.is_not(None)),
        )
        .order_by(PmOccurrence.pm_schedule_id, PmOccurrence.due_on, PmOccurrence.id)
        .execution_options(populate_existing=True)
    )
    return [each for each in session.scalars(query) if each.pm_schedule_id in leads]


def due_day(session: Session, schedule: PmSchedule, occurrence: PmOccurrence, today: date) -> date:
    """Return the day on which an occurrence is due: by the calendar or the meter, the earlier."""
    by_calendar = occurrence.due_on or date.max
    if occurrence.due_count is None or schedule.meter_id is None:
        return by_calendar
    count = counted(session, schedule.meter_id, today)
    days = pm.meter_days(count.total, occurrence.due_count, count.per_day)
    return by_calendar if days is None else min(by_calendar, today + timedelta(days))


def is_ready(session: Session, schedule: PmSchedule, occurrence: PmOccurrence, today: date) -> bool:
    """Tell whether the work order of an occurrence is to be made."""
    on = due_day(session, schedule, occurrence, today)
    return on < date.max and pm.is_time_to_make(on, schedule.lead_days, today)


def make_due(session: Session, at: datetime, today: date) -> Made:
    """Make the work orders of everything that is due; running it again makes nothing.

    Larger schedules go first, so that what they cover is known.
    """
    made, waiting = Made(), defaultdict(list)
    for occurrence in pending(session, today):
        waiting[occurrence.pm_schedule_id].append(occurrence)
    for schedule in _larger_first(session, waiting):
        course = pm_occurrences.course(session, at, schedule)
        _make_of(course, waiting[schedule.id], made)
        session.flush()
    return made


def make_ahead(course: Course) -> str:
    """Make the work order of a schedule's next dates now; return its number.

    Raises:
        RuleBroken: there is no date that waits.
    """
    session = course.session
    query = select(PmOccurrence).where(
        PmOccurrence.pm_schedule_id == course.schedule.id,
        PmOccurrence.status == OccurrenceStatus.DUE,
    )
    ready = [
        (due_day(session, course.schedule, each, course.today), each)
        for each in session.scalars(query.order_by(PmOccurrence.due_on, PmOccurrence.id))
    ]
    if not ready:
        raise RuleBroken("The work of this schedule is under way.")
    made = Made()
    together = _together([(_last(course) if on == date.max else on, each) for on, each in ready])[0]
    _make(course, together, made)
    for _, occurrence in together:
        _next_of(course, occurrence)
    return made.orders[0]


def _last(course: Course) -> date:
    """Return the day that stands for a meter whose day is not known."""
    return course.today + timedelta(course.schedule.lead_days)


def _larger_first(session: Session, ids: Iterable[int]) -> Sequence[PmSchedule]:
    larger = set(session.scalars(select(PmCover.larger_id)))
    found = session.scalars(select(PmSchedule).where(PmSchedule.id.in_(list(ids))))
    return sorted(found, key=lambda each: (each.id not in larger, each.id))


def _make_of(course: Course, waiting: Sequence[PmOccurrence], made: Made) -> None:
    """Settle what waits of one schedule, and make one work order of what is due together."""
    run, queue = _Run(course, made), list(waiting)
    while queue:
        occurrence = queue.pop(0)
        if occurrence.status is not OccurrenceStatus.DUE:
            continue  # a larger schedule of this run covered it
        on = due_day(course.session, course.schedule, occurrence, course.today)
        if on == date.max or not pm.is_time_to_make(on, course.schedule.lead_days, course.today):
            continue
        if run.settle(occurrence, on):
            following = _next_of(course, occurrence)
            queue += [following] if following is not None else []
    run.finish()


@dataclass(slots=True)
class _Run:
    """One schedule in a catch-up: what is ready for a work order, and what was missed before it."""

    course: Course
    made: Made
    ready: list[Ready] = field(default_factory=list)
    missed: dict[int, list[PmOccurrence]] = field(default_factory=lambda: defaultdict(list))

    def settle(self, occurrence: PmOccurrence, on: date) -> bool:
        """Say what becomes of one occurrence; False: it waits, because older work is still open.

        Of several missed dates the last gets the work order. Where older work is open already,
        a date that comes due is part of that.
        """
        course = self.course
        if course.schedule.missed is Missed.COALESCE:
            earlier = self._in_this_run(occurrence)
            open_one = None if earlier else _open_one(course, occurrence)
            if (earlier or open_one) and on > course.today:
                return False
            self.made.due += 1
            if open_one is not None:
                _merge(course, occurrence, open_one)
                self.made.merged += 1
                return True
            if earlier is not None:
                self.ready.remove(earlier)
                self.missed[occurrence.asset_id].append(earlier[1])
                self.made.merged += 1
        else:
            self.made.due += 1
        self._make_or_cover(occurrence, on)
        return True

    def finish(self) -> None:
        """Make the work orders, and merge what was missed into them."""
        for _, last in self.ready:
            for earlier in self.missed[last.asset_id]:
                _merge(self.course, earlier, last)
        for together in _together(self.ready):
            _make(self.course, together, self.made)

    def _make_or_cover(self, occurrence: PmOccurrence, on: date) -> None:
        larger = _covering(self.course, occurrence, on)
        if larger is None:
            self.ready.append((on, occurrence))
            return
        _cover(self.course, occurrence, larger)
        for earlier in self.missed.pop(occurrence.asset_id, ()):
            _merge(self.course, earlier, occurrence)
        self.made.covered += 1

    def _in_this_run(self, occurrence: PmOccurrence) -> Ready | None:
        same = (each for each in self.ready if each[1].asset_id == occurrence.asset_id)
        return next(same, None)


def _next_of(course: Course, occurrence: PmOccurrence) -> PmOccurrence | None:
    """Write the next date of a fixed schedule; the others wait until the work is done."""
    if not course.rule.is_fixed or course.rule.meter_every is not None:
        return None
    pm_occurrences.follow_fixed(course, occurrence)
    course.session.flush()
    return pending_of(course.session, course.schedule.id, occurrence.asset_id)


def pending_of(session: Session, pm_schedule_id: int, asset_id: int) -> PmOccurrence | None:
    """Return the next date of an asset that nothing has become of yet."""
    query = select(PmOccurrence).where(
        PmOccurrence.pm_schedule_id == pm_schedule_id,
        PmOccurrence.asset_id == asset_id,
        PmOccurrence.status == OccurrenceStatus.DUE,
    )
    return session.scalars(query.order_by(PmOccurrence.sequence.desc()).limit(1)).first()


def _open_one(course: Course, occurrence: PmOccurrence) -> PmOccurrence | None:
    """Return an earlier occurrence of the asset whose work order is made and not done."""
    query = select(PmOccurrence).where(
        PmOccurrence.pm_schedule_id == course.schedule.id,
        PmOccurrence.asset_id == occurrence.asset_id,
        PmOccurrence.status == OccurrenceStatus.GENERATED,
    )
    return course.session.scalars(query.order_by(PmOccurrence.sequence.desc()).limit(1)).first()


def _merge(course: Course, occurrence: PmOccurrence, open_one: PmOccurrence) -> None:
    occurrence.status = OccurrenceStatus.COALESCED
    occurrence.covered_by_id, occurrence.work_order_id = open_one.id, open_one.work_order_id
    course.note("coalesced", occurrence, into=open_one.sequence)


def _covering(course: Course, occurrence: PmOccurrence, on: date) -> PmOccurrence | None:
    """Return the open date of a larger schedule that covers this one [domain.md, rule 7]."""
    interval = course.rule.interval
    window = pm.window_days(course.schedule.early_days, interval.days if interval else 0)
    query = (
        select(PmOccurrence)
        .join(PmCover, PmCover.larger_id == PmOccurrence.pm_schedule_id)
        .join(PmSchedule, PmSchedule.id == PmOccurrence.pm_schedule_id)
        .where(
            PmCover.smaller_id == course.schedule.id,
            PmOccurrence.asset_id == occurrence.asset_id,
            PmOccurrence.status.in_([OccurrenceStatus.DUE, OccurrenceStatus.GENERATED]),
            PmOccurrence.due_on.is_not(None),
            PmSchedule.paused_on.is_(None),
            PmSchedule.archived_on.is_(None),
        )
        .order_by(PmOccurrence.due_on)
    )
    near = (each for each in course.session.scalars(query) if _is_near(on, each.due_on, window))
    return next(near, None)


def _is_near(on: date, larger_on: date | None, window: int) -> bool:
    return larger_on is not None and pm.is_covered(on, larger_on, window)


def _cover(course: Course, occurrence: PmOccurrence, larger: PmOccurrence) -> None:
    occurrence.status = OccurrenceStatus.SUPPRESSED
    occurrence.covered_by_id, occurrence.work_order_id = larger.id, larger.work_order_id
    number = course.session.get_one(PmSchedule, larger.pm_schedule_id).number
    course.note("suppressed", occurrence, by=number)


def _together(ready: Sequence[Ready]) -> list[list[Ready]]:
    """Return what goes on one work order: different assets, due within a week of each other."""
    groups: list[list[Ready]] = []
    for each in sorted(ready, key=lambda one: (one[0], one[1].asset_id)):
        for group in groups:
            is_there = any(other.asset_id == each[1].asset_id for _, other in group)
            if not is_there and (each[0] - group[0][0]).days <= _TOGETHER:
                group.append(each)
                break
        else:
            groups.append([each])
    return groups


_TOGETHER = 7
"""Days: assets of one schedule that are due so near are done on one visit (ours)."""


def _make(course: Course, together: Sequence[Ready], made: Made) -> WorkOrder:
    order = pm_orders.make(course, together[0][0], [each for _, each in together])
    course.session.flush()
    ids = [occurrence.id for _, occurrence in together]
    covered = course.session.scalars(
        select(PmOccurrence).where(PmOccurrence.covered_by_id.in_(ids))
    )
    for occurrence in covered:
        occurrence.work_order_id = order.id
    made.orders.append(order.number)
    return order
