"""Catching up with PM schedules: at the start, past midnight, and when somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import pm as rules
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import Compliance, OccurrenceStatus
from smallcmms.domain.pm_facts import CaughtUp
from smallcmms.models import History, PmOccurrence, PmSchedule
from smallcmms.services import follow_ups, settings
from smallcmms.services.steps import bulk, pm_making, pm_occurrences, shops
from smallcmms.services.steps import pm as steps
from smallcmms.store.store import Store, about

__all__ = [
    "CaughtUp",
    "Checked",
    "checked",
    "compliance",
    "done_lately",
    "generate",
    "make_now",
    "skip",
]
LATELY = 90
"""So many days back the figure of Today goes."""
_CHECKED = "pm_checked"
_COUNTED = (
    OccurrenceStatus.GENERATED,
    OccurrenceStatus.DONE,
    OccurrenceStatus.MISSED,
    OccurrenceStatus.COALESCED,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """When the schedules were checked last (UTC), and how many orders that day's checks made."""

    on: date | None
    made: int
    at: datetime | None = None


def checked(store: Store) -> Checked:
    """Return when the schedules were checked last."""
    kept = settings.get(store, _CHECKED)
    on = date.fromisoformat(kept["on"]) if kept else None
    at = datetime.fromisoformat(kept["at"]) if kept.get("at") else None
    return Checked(on, kept.get("made", 0), at)


def generate(
    store: Store, *, is_sure: bool = False, step: Callable[[int, int], object] | None = None
) -> CaughtUp:
    """Make the work orders of everything that is due; running it again makes nothing more.

    What is to be followed up is looked for too.

    ``is_sure``: a person has said that the date of this computer is right. ``step`` is told how
    many schedules are looked through, of how many.

    Raises:
        RuleBroken: the date jumped back, or more than 60 days ahead, since the last check or,
            before the first, since the last change; the field is ``is_sure``.
    """
    at, last = store.now(), checked(store).on
    with store.read() as session:
        shop = shops.current(session)
        today, known = shop.day(at), last or _last_changed(session, shop)
    if rules.is_clock_odd(known, today) and not is_sure:
        _ask_about_the_clock(known, today)
    made = _make(store, step)
    follow_ups.notice(store)
    if last != today or made.orders:
        before = checked(store).made if last == today else 0
        kept = {"on": today.isoformat(), "made": before + len(made.orders), "at": at.isoformat()}
        settings.keep(store, _CHECKED, kept)
    away = 0 if last is None else max((today - last).days, 0)
    by = tuple(sorted(made.by))
    return CaughtUp(away, made.due, tuple(made.orders), made.merged, made.covered, by)


def _last_changed(session: Session, shop: shops.ShopFacts) -> date | None:
    """Return the day of the last change: what a file tells of the date before its first check."""
    at = session.scalars(select(History.at).order_by(History.id.desc()).limit(1)).first()
    return None if at is None else shop.day(at)


def _ask_about_the_clock(last: date | None, today: date) -> None:
    message = (
        "This computer says that it is {today}; the schedules were checked last on {last}. "
        "Nothing was made. Is the date right?"
    )
    raise RuleBroken(message, "is_sure", today=today, last=last)


class _NothingDue(Exception):  # noqa: N818
    """Leaves a change that has nothing to change."""


def _make(store: Store, step: Callable[[int, int], object] | None) -> pm_making.Made:
    try:
        with bulk.unswept(), store.change("Catch up with the PM schedules") as session:
            made = _need(pm_making.make_due(session, store.now(), step))
            about(session, "pm_schedule", 0, n=len(made.orders))
            return made
    except _NothingDue:
        return pm_making.Made()


def _need(made: pm_making.Made) -> pm_making.Made:
    """See that something came due."""
    if not made.due:
        raise _NothingDue
    return made


def make_now(store: Store, pm_schedule_id: int) -> str:
    """Make the work order of the next date now, however far ahead it is; return its number.

    Raises:
        RuleBroken: the schedule is paused, or all its work is under way.
    """
    at = store.now()
    with store.change("Make {number}") as session:
        schedule = session.get_one(PmSchedule, pm_schedule_id)
        if schedule.paused_on is not None or schedule.archived_on is not None:
            raise RuleBroken("This schedule is paused or has ended.")
        number = pm_making.make_ahead(session, at, pm_schedule_id)
        about(session, "pm_schedule", pm_schedule_id, number=number)
        return number


def skip(store: Store, occurrence_id: int, *, reason: str) -> None:
    """Leave one date out, with its reason; a work order that is made for it is cancelled instead.

    Raises:
        RuleBroken: nobody said why, or its work is under way.
    """
    if not reason.strip():
        raise RuleBroken("Say why it is left out.", "reason")
    at = store.now()
    with store.change("Skip a date of {number}") as session:
        occurrence = session.get_one(PmOccurrence, occurrence_id)
        if occurrence.status is not OccurrenceStatus.DUE:
            raise RuleBroken("Its work order is made. Cancel that.")
        schedule = session.get_one(PmSchedule, occurrence.pm_schedule_id)
        steps.skip(pm_occurrences.course(session, at, schedule), occurrence, reason.strip())
        about(session, "pm_schedule", schedule.id, number=schedule.number)


def done_lately(store: Store) -> Compliance:
    """Return how many PM due in the last 90 days were done on time."""
    with store.read() as session:
        today = shops.current(session).day(store.now())
    return compliance(store, from_on=today - timedelta(days=LATELY), until_on=today)


def compliance(store: Store, *, from_on: date, until_on: date) -> Compliance:
    """Return how many PM of a period were done on time, of those due in it [SMRP 5.4.14].

    Skipped and covered dates are left out; a date whose grace is not over yet and whose work is
    open is not counted.
    """
    query = (
        select(PmOccurrence.due_on, PmOccurrence.done_on, PmSchedule)
        .join(PmSchedule, PmSchedule.id == PmOccurrence.pm_schedule_id)
        .where(
            PmOccurrence.due_on.between(from_on, until_on),
            PmOccurrence.status.in_(_COUNTED),
        )
    )
    with store.read() as session:
        today = shops.current(session).day(store.now())
        judged = [
            (due_on, done_on, _grace(schedule))
            for due_on, done_on, schedule in session.execute(query)
            if due_on is not None
        ]
    return rules.complied(judged, today)


def _grace(schedule: PmSchedule) -> int:
    if schedule.grace_days is not None:
        return schedule.grace_days
    interval = pm_occurrences.interval_of(schedule)
    return rules.grace_days(interval.days if interval else 0)
