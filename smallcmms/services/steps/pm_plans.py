"""The next dates of a PM schedule when its rule, its assets or its pause change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select

from smallcmms.domain import pm
from smallcmms.domain.pm import OccurrenceStatus, Planned, Rule
from smallcmms.domain.recurrence import next_after
from smallcmms.models import PmOccurrence
from smallcmms.services.steps import pm_occurrences
from smallcmms.services.steps.pm_occurrences import Course


def see(rule: Rule) -> None:
    """See that a rule has a date at all.

    Raises:
        RuleBroken: every date of it would be skipped.
    """
    next((each for each in pm.fixed(rule) if each.due_on is not None), None)


def replan(course: Course) -> None:
    """Move the next date of each asset to where the changed rule has it, with an event."""
    for occurrence in _pending(course):
        _move(course, occurrence)


def follow_days_off(course: Course) -> None:
    """Move the next dates off the days that nobody works now, or back, each with an event."""
    for occurrence in _pending(course):
        if occurrence.nominal_on is not None:
            _fall(course, occurrence, occurrence.nominal_on)


def follow_assets(course: Course, asset_ids: Sequence[int]) -> None:
    """Begin the dates of assets that are new, and end those of assets that are gone."""
    waiting = {occurrence.asset_id: occurrence for occurrence in _pending(course)}
    for asset_id, occurrence in waiting.items():
        if asset_id not in asset_ids:
            occurrence.status, occurrence.reason = OccurrenceStatus.SKIPPED, ""
            course.note("skipped", occurrence, why="asset_left")
    for asset_id in asset_ids:
        last = _last(course, asset_id)
        if last is None:
            pm_occurrences.begin(course, asset_id)
        elif last.status is OccurrenceStatus.SKIPPED and asset_id not in waiting:
            pm_occurrences.begin(course, asset_id, last.sequence + 1)


def skip_paused(course: Course, since: date) -> None:
    """Skip the fixed dates that passed while a schedule was paused."""
    if not course.rule.is_fixed:
        return
    for occurrence in _pending(course):
        current = occurrence
        while current.due_on is not None and current.due_on < course.today:
            current.status = OccurrenceStatus.SKIPPED
            course.note("skipped", current, why="paused", since=since.isoformat())
            pm_occurrences.follow_fixed(course, current)
            course.session.flush()
            following = _last(course, current.asset_id)
            if following is None or following.status is not OccurrenceStatus.DUE:
                break
            current = following


def _move(course: Course, occurrence: PmOccurrence) -> None:
    planned, count = _planned(course, occurrence)
    if planned is None and count is None:
        occurrence.status = OccurrenceStatus.SKIPPED
        course.note("skipped", occurrence, why="ended")
        return
    occurrence.nominal_on = None if planned is None else planned.nominal_on
    occurrence.due_count = count
    _put(course, occurrence, planned, "rule_changed")


def _fall(course: Course, occurrence: PmOccurrence, nominal_on: date) -> None:
    planned = pm.fallen(course.rule, occurrence.sequence, nominal_on)
    if planned.due_on == occurrence.due_on:
        return
    if planned.due_on is None:
        occurrence.status = OccurrenceStatus.SKIPPED
        course.note("skipped", occurrence, why=planned.moved.value)
        pm_occurrences.follow_fixed(course, occurrence)
        return
    _put(course, occurrence, planned, "days_off")


def _put(course: Course, occurrence: PmOccurrence, planned: Planned | None, why: str) -> None:
    """Put a date on the day that is planned for it, with an event that says why."""
    was = "" if occurrence.due_on is None else occurrence.due_on.isoformat()
    occurrence.due_on = None if planned is None else planned.due_on
    occurrence.because = {"why": why}
    if planned is not None and planned.moved:
        occurrence.because = {"why": why, "moved": planned.moved.value}
    course.note("due", occurrence, **occurrence.because, was=was)


def _planned(course: Course, occurrence: PmOccurrence) -> tuple[Planned | None, Decimal | None]:
    """Return the next date of an asset by the rule as it is now, and the meter's count for it."""
    settled = _settled(course, occurrence.asset_id)
    on = nominal_on = None
    if settled is not None:
        nominal_on = settled.nominal_on
        on = settled.done_on or settled.due_on or nominal_on
    count = pm_occurrences.next_count(course, on or course.today)
    if course.rule.is_fixed:
        return _next_fixed(course.rule, nominal_on), count
    if on is not None:
        return pm.after_done(course.rule, on, occurrence.sequence), count
    return pm.first(course.rule), count


def _next_fixed(rule: Rule, after: date | None) -> Planned | None:
    if rule.interval is None or rule.anchor_on is None:
        return None
    number = 0 if after is None else next_after(rule.interval, rule.anchor_on, after)[0]
    return next((each for each in pm.fixed(rule, number) if each.due_on is not None), None)


def _pending(course: Course) -> Sequence[PmOccurrence]:
    query = select(PmOccurrence).where(
        PmOccurrence.pm_schedule_id == course.schedule.id,
        PmOccurrence.status == OccurrenceStatus.DUE,
    )
    return course.session.scalars(query.order_by(PmOccurrence.id)).all()


def _last(course: Course, asset_id: int) -> PmOccurrence | None:
    query = select(PmOccurrence).where(
        PmOccurrence.pm_schedule_id == course.schedule.id, PmOccurrence.asset_id == asset_id
    )
    return course.session.scalars(query.order_by(PmOccurrence.sequence.desc()).limit(1)).first()


def _settled(course: Course, asset_id: int) -> PmOccurrence | None:
    """Return the last date of an asset that a changed rule leaves as it is.

    Its work is made, done or part of other work, a person left it out, or it has passed. What the
    rule alone skipped ahead of today may be due by the changed rule.
    """
    query = select(PmOccurrence).where(
        PmOccurrence.pm_schedule_id == course.schedule.id,
        PmOccurrence.asset_id == asset_id,
        PmOccurrence.status != OccurrenceStatus.DUE,
        or_(
            PmOccurrence.status != OccurrenceStatus.SKIPPED,
            PmOccurrence.work_order_id.is_not(None),
            PmOccurrence.reason != "",
            PmOccurrence.nominal_on < course.today,
        ),
    )
    return course.session.scalars(query.order_by(PmOccurrence.sequence.desc()).limit(1)).first()
