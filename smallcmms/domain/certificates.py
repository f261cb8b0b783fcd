"""Certificates: what work asks for, and which of it somebody lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

SOON_DAYS = 30
"""A certificate that runs out within so many days is told of (ours)."""


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that somebody holds; without a day it does not run out."""

    kind: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class Lack:
    """A kind that is asked for and not held; ``expired_on`` when the last one ran out, if any."""

    kind: str
    expired_on: date | None = None


def same(kind: str) -> str:
    """Return a kind as it is compared: EPA 608 and epa  608 are one."""
    return " ".join(kind.split()).casefold()


def lacking(needed: Collection[str], held: Iterable[Held], on: date) -> tuple[Lack, ...]:
    """Return what is lacking on a day, by kind; a certificate is good on the day it expires."""
    last: dict[str, date] = {}
    for each in held:
        key, until = same(each.kind), each.expires_on or date.max
        last[key] = max(last.get(key, until), until)
    wanted = {same(kind): kind for kind in needed}
    return tuple(
        Lack(kind, last.get(key))
        for key, kind in sorted(wanted.items())
        if key not in last or last[key] < on
    )


def runs_out_soon(expires_on: date | None, today: date) -> bool:
    """Tell whether a certificate runs out within 30 days, or has."""
    return expires_on is not None and (expires_on - today).days <= SOON_DAYS
