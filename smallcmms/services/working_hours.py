"""When the shop works: its hours by weekday, and its holidays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.levels import Hours, WorkWeek
from smallcmms.domain.pm import Landing
from smallcmms.models import PmSchedule, Shop
from smallcmms.services.steps import pm_occurrences, pm_plans, shops
from smallcmms.store.store import Store, about


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of each weekday, Monday first, None for a day off; and the holidays in order."""

    week: tuple[Hours | None, ...]
    holidays: tuple[date, ...]


def get(store: Store) -> WorkingHours:
    """Return when the shop works."""
    with store.read() as session:
        facts = shops.current(session)
    return WorkingHours(facts.week.days, tuple(sorted(facts.holidays)))


def set_week(store: Store, days: Sequence[Hours | None]) -> None:
    """Work at other hours: seven days, Monday first, None for a day off.

    Next dates of PM schedules that keep off free days move, each with an event; answer times that
    were given stay.

    Raises:
        RuleBroken: no day is worked.
    """
    week = WorkWeek(tuple(days))
    kept = {
        name: [hours.opens.isoformat("minutes"), hours.closes.isoformat("minutes")]
        for name, hours in zip(shops.WEEKDAYS, week.days, strict=True)
        if hours is not None
    }
    with store.change("Change the hours") as session:
        session.get_one(Shop, 1).hours = kept
        _follow(store, session)


def set_holidays(store: Store, days: Collection[date]) -> None:
    """Keep other holidays; next dates of PM schedules follow as they do the hours."""
    with store.change("Change the holidays") as session:
        session.get_one(Shop, 1).holidays = [day.isoformat() for day in sorted(set(days))]
        _follow(store, session)


def _follow(store: Store, session: Session) -> None:
    session.flush()
    query = select(PmSchedule).where(
        PmSchedule.landing != Landing.KEEP, PmSchedule.archived_on.is_(None)
    )
    at = store.now()
    for schedule in session.scalars(query.order_by(PmSchedule.id)).all():
        pm_plans.follow_days_off(pm_occurrences.course(session, at, schedule))
    about(session, "shop", 1)
