"""Who can go: what speaks for a technician's first gap, and in which order gaps are offered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from smallcmms.domain.certificates import Lack
from smallcmms.domain.levels import WorkWeek

LEAST_MINUTES = 60
"""The shortest gap, in minutes, in which a longer job is begun (ours)."""


class Near(StrEnum):
    """Where the technician is on that day anyway, seen from the job."""

    SITE = "site"
    ZONE = "zone"
    ELSEWHERE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What is weighed of a technician's first gap; minutes of the day, the moment in UTC."""

    starts_at: datetime
    is_in_time: bool
    is_short: bool = False
    lacks: tuple[Lack, ...] = ()
    near: Near = Near.ELSEWHERE
    load: int = 0
    name: str = ""


_NEARNESS = {Near.SITE: 0, Near.ZONE: 1, Near.ELSEWHERE: 2}


def least(minutes: int) -> int:
    """Return the minutes that must be free at least for a job of so many."""
    return min(minutes, LEAST_MINUTES)


def first(
    spans: Iterable[tuple[datetime, datetime]], minutes: int, until: datetime
) -> tuple[datetime, datetime] | None:
    """Return the free span in which a job of so many minutes is offered (ours); None: no span.

    The first that takes the whole job, where it begins before the answer is due at ``until``;
    otherwise the first in which the job can at least be begun. The spans come in their order, each
    of ``least`` minutes or more.
    """
    soonest = None
    for begins, ends in spans:
        soonest = soonest or (begins, ends)
        if begins > until:
            break
        if ends - begins >= timedelta(minutes=minutes):
            return begins, ends
    return soonest


def order_key(gap: Gap) -> tuple[bool, bool, bool, datetime, int, int, str]:
    """Return the key that orders the offers (ours).

    Who has every certificate goes before who lacks one, who meets the answer time before who
    misses it, and in time who can do the whole job before who can only begin it; then the earlier
    gap, who is there anyway, and who has less to do that day.
    """
    is_cut = gap.is_in_time and gap.is_short
    nearness = _NEARNESS[gap.near]
    is_late = not gap.is_in_time
    return bool(gap.lacks), is_late, is_cut, gap.starts_at, nearness, gap.load, gap.name


def nearness(site_id: int | None, zone: str, visited: Collection[tuple[int | None, str]]) -> Near:
    """Return how near a day's visits, as (site, zone), bring somebody to a job."""
    if site_id is not None and any(site_id == each for each, _zone in visited):
        return Near.SITE
    wanted = zone.strip().casefold()
    if wanted and any(wanted == each.strip().casefold() for _site, each in visited):
        return Near.ZONE
    return Near.ELSEWHERE


def capacity(weekly_minutes: int, week: WorkWeek) -> int:
    """Return the minutes that a technician works on a day: the week's shared by its workdays."""
    return weekly_minutes // sum(day is not None for day in week.days)
