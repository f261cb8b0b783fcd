"""Absences: the days on which a technician is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from smallcmms.domain.errors import RuleBroken


@dataclass(frozen=True, slots=True, order=True)
class Absence:
    """A span of days, both ends included."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            raise RuleBroken("The absence ends before it begins.", "last_on")


def read(kept: Iterable[Sequence[str]]) -> tuple[Absence, ...]:
    """Return absences that are kept as pairs of days, the earliest first."""
    return tuple(sorted(Absence(*map(date.fromisoformat, pair)) for pair in kept))


def written(absences: Iterable[Absence]) -> list[list[str]]:
    """Return absences as they are kept: pairs of days, the earliest first."""
    return [[each.first_on.isoformat(), each.last_on.isoformat()] for each in sorted(absences)]


def away_until(absences: Iterable[Absence], on: date) -> date | None:
    """Return the last day of the absence that holds a day, or None when they are there.

    Absences that follow each other without a day between count as one.
    """
    until: date | None = None
    day = on
    for each in sorted(absences):
        if each.first_on <= day <= each.last_on:
            until = each.last_on
            day = until + timedelta(days=1)
    return until
