"""Who can go: what speaks for a technician's first gap, and in which order gaps are offered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from smallcmms.domain.certificates import Lack
from smallcmms.domain.levels import WorkWeek


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
    lacks: tuple[Lack, ...] = ()
    near: Near = Near.ELSEWHERE
    load: int = 0
    name: str = ""


_NEARNESS = {Near.SITE: 0, Near.ZONE: 1, Near.ELSEWHERE: 2}


def order_key(gap: Gap) -> tuple[bool, bool, datetime, int, int, str]:
    """Return the key that orders the offers (ours).

    Who has every certificate goes before who lacks one, who meets the answer time before who
    misses it; then the earlier gap, who is there anyway, and who has less to do that day.
    """
    nearness = _NEARNESS[gap.near]
    return bool(gap.lacks), not gap.is_in_time, gap.starts_at, nearness, gap.load, gap.name


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
