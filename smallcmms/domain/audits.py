"""Audits of assets: a walk with a sheet that says what should stand where, and what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.papers import Manner, Shop

BLANK_ROWS = 3
"""Rows for new assets below the places of a sheet."""


class AuditStatus(StrEnum):
    """How far an audit is: its sheet is out, its result is in the register, it was given up."""

    OUT = "out"
    DONE = "done"
    DROPPED = "dropped"


class Finding(StrEnum):
    """What the walk says of an asset; open: nobody looked, or nothing is ticked."""

    OPEN = "open"
    FOUND = "found"
    MISSING = "missing"
    MOVED = "moved"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of a walk as it was entered: the finding, where it stands now, its name if new.

    ``expected`` is the place on the sheet, ``place`` the one that was seen; both are paths.
    """

    finding: Finding
    expected: str = ""
    place: str = ""
    name: str = ""


def agree(seen: Seen) -> Seen:
    """Return a line as it is kept: only what moved or is new has a place of its own.

    Raises:
        RuleBroken: it moved to nowhere or to where it was, or is new and has no name.
    """
    if seen.finding is Finding.NEW:
        if not seen.name.strip():
            raise RuleBroken("A new asset needs a name.", "name")
        return seen
    if seen.finding is Finding.MOVED:
        if not seen.place.strip():
            raise RuleBroken("Say where it stands now.", "place")
        if seen.place == seen.expected:
            raise RuleBroken("It stands there already: tick found.", "place")
        return seen
    return Seen(seen.finding, seen.expected)


def scanned(expected: str, place: str) -> Finding:
    """Return what a tag that is scanned at a place says: found there, or moved to there."""
    return Finding.FOUND if expected == place else Finding.MOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAsset:
    """A row of the printed sheet: the asset as its plate and its tag say it."""

    number: str
    name: str
    make_model: str = ""
    serial: str = ""
    own_tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlace:
    """A place of the printed sheet by its path, and what should stand there."""

    path: str
    assets: tuple[SheetAsset, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSheet:
    """What the sheet of an audit says; `code` is the text of its QR.

    `site` is the name of the place, `within` the part of it that is walked, blank for all.
    """

    manner: Manner
    shop: Shop
    number: str
    code: str
    printed_at: datetime
    customer: str = ""
    site: str = ""
    address: tuple[str, ...] = ()
    within: str = ""
    places: tuple[SheetPlace, ...] = ()
    blank_rows: int = BLANK_ROWS
