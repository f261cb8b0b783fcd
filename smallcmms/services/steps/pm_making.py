"""Catching up with PM schedules: what is due becomes work orders, once, and is explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from smallcmms.domain import pm
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import Missed, OccurrenceStatus
from smallcmms.domain.recurrence import next_after
from smallcmms.models import PmOccurrence
from smallcmms.services.steps import pm_orders, pm_writing
from smallcmms.services.steps.pm_book import OPEN, Book, Dated, open_book
from smallcmms.services.steps.pm_occurrences import Course

_TOGETHER = 7
"""Days: assets of one schedule that are due so near are done on one visit (ours)."""
_BECAUSE: dict[str, Any] = {"why": "fixed"}
Ready = tuple[date, Dated]
"""A date whose work order is to be made, and the day it is due."""


@dataclass(slots=True)
class Made:
    """What a catch-up made: the dates that came due, what became of each, what covered some."""

    due: int = 0
    orders: list[str] = field(default_factory=list)
    merged: int = 0
    covered: int = 0
    by: set[str] = field(default_factory=set)


def make_due(
    session: Session, at: datetime, step: Callable[[int, int], object] | None = None
) -> Made:
    """Make the work orders of everything that is due; running it again makes nothing.

    Larger schedules go first, so that what they cover is known. ``step`` is told how many of them
    are decided.
    """
    book, made = open_book(session, at), Made()
    bigger = {large for each in book.larger.values() for large in each}
    drafts: list[pm_orders.Draft] = []
    order = sorted(book.waiting, key=lambda each: (each not in bigger, each))
    for number, schedule_id in enumerate(order):
        if step is not None:
            step(number, len(order))
        run = _Run(book, book.courses[schedule_id], made)
        drafts += run.drafts(book.waiting[schedule_id])
    made.orders = pm_writing.write(book, drafts)
    return made


def make_ahead(session: Session, at: datetime, pm_schedule_id: int) -> str:
    """Make the work order of a schedule's next dates now; return its number.

    Raises:
        RuleBroken: there is no date that waits.
    """
    book = open_book(session, at, [pm_schedule_id])
    waiting = book.waiting.get(pm_schedule_id, [])
    if not waiting:
        raise RuleBroken("The work of this schedule is under way.")
    run = _Run(book, book.courses[pm_schedule_id], Made())
    unknown = book.today + timedelta(run.course.schedule.lead_days)
    days = [(book.due_day(each), each) for each in waiting]
    ready = [(unknown if on == date.max else on, each) for on, each in days]
    together = _together(ready)[0]
    for _, dated in together:
        run.follow(dated)
    return pm_writing.write(book, [run.draft(together)])[0]


def make_of(session: Session, at: datetime, occurrence: PmOccurrence) -> None:
    """Make the work order of one date that a reading called for."""
    schedule_id = occurrence.pm_schedule_id
    book = open_book(session, at, [schedule_id])
    run = _Run(book, book.courses[schedule_id], Made())
    [dated] = [each for each in book.waiting[schedule_id] if each.id == occurrence.id]
    pm_writing.write(book, [run.draft([(book.today, dated)])])
    session.refresh(occurrence)


@dataclass(slots=True)
class _Run:
    """One schedule in a catch-up: what is ready for a work order, and what was missed before it."""

    book: Book
    course: Course
    made: Made
    ready: list[Ready] = field(default_factory=list)
    missed: dict[int, list[Dated]] = field(default_factory=lambda: defaultdict(list))
    following: dict[int, tuple[Dated, Iterator[Dated]]] = field(default_factory=dict)

    def drafts(self, waiting: Sequence[Dated]) -> list[pm_orders.Draft]:
        """Settle what waits, and return the work orders of what is due together."""
        queue = list(waiting)
        while queue:
            dated = queue.pop(0)
            if dated.status is not OccurrenceStatus.DUE or not self.book.is_ready(dated):
                continue
            if self._settle(dated, self.book.due_day(dated)):
                following = self.follow(dated)
                queue += [following] if following is not None else []
        for _, last in self.ready:
            for earlier in self.missed[last.asset_id]:
                self._merge(earlier, last)
        return [self.draft(together) for together in _together(self.ready)]

    def draft(self, together: Sequence[Ready]) -> pm_orders.Draft:
        """Return the work order of dates that are due together."""
        dates = [dated for _, dated in together]
        for dated in dates:
            self._become(dated, OccurrenceStatus.GENERATED)
        return pm_orders.Draft(self.course, together[0][0], dates)

    def follow(self, dated: Dated) -> Dated | None:
        """Write the next date of a fixed schedule; the others wait until the work is done."""
        rule, key = self.course.rule, dated.key
        is_by_calendar = rule.is_fixed and rule.meter_every is None
        if not is_by_calendar or self.book.last[key] > dated.sequence:
            return None
        last, course = self.following.get(dated.asset_id, (None, None))
        if course is None or last is not dated:
            course = self._after(dated)
        for following in course:
            self.book.fresh.append(following)
            self.book.last[key] = following.sequence
            self.book.open[key].append(following)
            if following.status is OccurrenceStatus.DUE:
                self.following[dated.asset_id] = following, course
                return following
        return None

    def _after(self, dated: Dated) -> Iterator[Dated]:
        """Yield the dates after one, skipped ones too."""
        rule = self.course.rule
        if rule.interval is None or rule.anchor_on is None or dated.nominal_on is None:
            return
        number, _ = next_after(rule.interval, rule.anchor_on, dated.nominal_on)
        for sequence, planned in enumerate(pm.fixed(rule, number), dated.sequence + 1):
            because = _BECAUSE | {"moved": planned.moved.value} if planned.moved else _BECAUSE
            is_skipped = planned.due_on is None
            yield Dated(
                None,
                dated.schedule_id,
                dated.asset_id,
                sequence,
                planned.nominal_on,
                planned.due_on,
                None,
                because,
                OccurrenceStatus.SKIPPED if is_skipped else OccurrenceStatus.DUE,
            )

    def _settle(self, dated: Dated, on: date) -> bool:
        """Say what becomes of one date; False: it waits, because older work is still open.

        Of several missed dates the last gets the work order. Where older work is open already,
        a date that comes due is part of that.
        """
        if self.course.schedule.missed is Missed.COALESCE:
            earlier = self._in_this_run(dated)
            open_one = None if earlier else self.book.made.get(dated.key)
            if (earlier or open_one) and on > self.book.today:
                return False
            if open_one is not None:
                self.made.due += 1
                self._merge(dated, open_one)
                return True
            if earlier is not None:
                self.ready.remove(earlier)
                self.missed[dated.asset_id].append(earlier[1])
        self.made.due += 1
        self._make_or_cover(dated, on)
        return True

    def _in_this_run(self, dated: Dated) -> Ready | None:
        return next((each for each in self.ready if each[1].asset_id == dated.asset_id), None)

    def _make_or_cover(self, dated: Dated, on: date) -> None:
        larger = self._covering(dated, on)
        if larger is None:
            self.ready.append((on, dated))
            return
        schedule = self.book.courses[larger.schedule_id].schedule
        dated.told["by"] = schedule.number
        self.made.by.add(schedule.name)
        self._become(dated, OccurrenceStatus.SUPPRESSED, larger)
        self.made.covered += 1
        for earlier in self.missed.pop(dated.asset_id, ()):
            self._merge(earlier, dated)

    def _covering(self, dated: Dated, on: date) -> Dated | None:
        """Return the open date of a larger schedule that covers this one [domain.md, rule 7]."""
        interval = self.course.rule.interval
        window = pm.window_days(self.course.schedule.early_days, interval.days if interval else 0)
        for larger_id in self.book.larger.get(dated.schedule_id, ()):
            for each in self.book.open.get((larger_id, dated.asset_id), ()):
                is_open = each.status in OPEN and each.due_on is not None
                if is_open and pm.is_covered(on, self.book.due_day(each), window):
                    return each
        return None

    def _merge(self, dated: Dated, into: Dated) -> None:
        dated.told["into"] = into.sequence
        self._become(dated, OccurrenceStatus.COALESCED, into)
        self.made.merged += 1

    def _become(
        self, dated: Dated, status: OccurrenceStatus, covered_by: Dated | None = None
    ) -> None:
        dated.status, dated.covered_by = status, covered_by
        if dated.id is not None:
            self.book.changed.append(dated)


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
