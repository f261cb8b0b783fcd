"""Lists from other programs: which columns they have, and what each of them is for us."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.import_words import CUSTOM_KINDS, FIELDS, Words
from smallcmms.domain.tables import Book, Row, shown

LEFT_OUT, CUSTOM = "", "custom"
"""What a column can be besides a field: nothing, or a field of its own name."""
SAMPLES = 3
_HEADER_WITHIN = 20


class Kind(StrEnum):
    """What a file brings in."""

    CUSTOMERS = "customers"
    ASSETS = "assets"
    TECHNICIANS = "technicians"
    PARTS = "parts"
    WORK_ORDERS = "work-orders"
    READINGS = "readings"
    COBIE = "cobie"


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column can be; ``label`` is a message id."""

    key: str
    label: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its place from 0, its header, what it is, and its first texts."""

    position: int
    header: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the rows of a sheet are read.

    ``header`` is the index of the header's row, -1 where there is none. ``decimal`` ("." or ",")
    and ``date_order`` ("ymd", "dmy", "mdy") are empty where nothing tells them. ``customer`` and
    ``site`` are those of rows that name none; ``is_making`` makes what rows name and is not there.
    """

    kind: Kind
    sheet: int
    header: int
    columns: tuple[Column, ...]
    decimal: str = ""
    date_order: str = ""
    customer: str = ""
    site: str = ""
    is_making: bool = True
    fingerprint: str = ""
    is_remembered: bool = False

    def put(self, position: int, field: str) -> Plan:
        """Return the plan with a column meaning something else; no two columns are one field.

        Raises:
            RuleBroken: the kind of list has no such field.
        """
        if field not in (LEFT_OUT, CUSTOM, *(each.key for each in fields(self.kind))):
            raise RuleBroken("There is no field {name}.", "columns", name=field)
        if field == CUSTOM and not takes_custom(self.kind):
            raise RuleBroken("Only assets have fields of their own.", "columns")
        changed = tuple(
            replace(column, field=field)
            if column.position == position
            else replace(column, field=LEFT_OUT)
            if field not in (LEFT_OUT, CUSTOM) and column.field == field
            else column
            for column in self.columns
        )
        return replace(self, columns=changed)


def fields(kind: Kind) -> tuple[Field, ...]:
    """Return what a column of such a list can be, in the order people expect."""
    told = FIELDS.get(kind, ())
    return tuple(Field(each.key, each.label, each.is_required) for each in told)


def takes_custom(kind: Kind) -> bool:
    """Tell whether other columns can be kept under their own names."""
    return kind.value in CUSTOM_KINDS


def words(kind: Kind) -> Mapping[str, Words]:
    """Return the fields of such a list by their keys."""
    return {each.key: each for each in FIELDS[kind]}


def squeezed(text: str) -> str:
    """Return a text without case, blanks and signs; # stays, it means a number."""
    return "".join(letter for letter in text.casefold() if letter.isalnum() or letter == "#")


@cache
def _synonyms(kind: Kind) -> dict[str, tuple[int, str]]:
    """Return the field that each squeezed header names; of two columns the lower rank wins."""
    found: dict[str, tuple[int, str]] = {}
    for each in FIELDS[kind]:
        told = [each.label, each.key, *each.others.split("|")]
        for rank, word in enumerate(told):
            key = squeezed(word)
            if key not in found or found[key][0] > rank:
                found[key] = (rank, each.key)
    return found


def find_header(kind: Kind, rows: Sequence[Row]) -> int:
    """Return the index of the row whose cells are most like headers, -1 where no row has a cell."""
    best, header = 0, -1
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if row and header < 0:
            header = index
        known = {_synonyms(kind).get(squeezed(shown(cell)), (0, ""))[1] for cell in row} - {""}
        if len(known) > best:
            best, header = len(known), index
    return header


def find_sheet(kind: Kind, book: Book) -> int:
    """Return the sheet whose header has most of the fields; the first of equals."""

    def known(index: int) -> tuple[int, bool]:
        rows = book.sheets[index].rows
        header = find_header(kind, rows)
        if header < 0:
            return (0, False)
        headers = [shown(cell) for cell in rows[header]]
        return (sum(column != LEFT_OUT for column in meanings(kind, headers)), len(rows) > 1)

    return max(range(len(book.sheets)), key=known, default=0)


def meanings(kind: Kind, headers: Sequence[str]) -> list[str]:
    """Return the field that each header most likely names; no field twice."""
    found = [_synonyms(kind).get(squeezed(header)) for header in headers]
    best = {each: min(rank for rank in found if rank and rank[1] == each)
            for each in {told[1] for told in found if told}}  # fmt: skip
    given: set[str] = set()
    meant = []
    for told in found:
        is_best = told is not None and told == best[told[1]] and told[1] not in given
        meant.append(told[1] if told is not None and is_best else LEFT_OUT)
        given.add(meant[-1])
    return meant


def columns(kind: Kind, rows: Sequence[Row], header: int) -> tuple[Column, ...]:
    """Return the columns of a sheet, each with what it most likely is."""
    titles = rows[header] if header >= 0 else ()
    below = rows[header + 1 :]
    width = max((len(row) for row in (titles, *below)), default=0)
    headers = [shown(titles[at]) if at < len(titles) else "" for at in range(width)]
    meant = meanings(kind, headers) if header >= 0 else [LEFT_OUT] * width
    return tuple(
        Column(at, headers[at], meant[at], tuple(_samples(below, at))) for at in range(width)
    )


def _samples(rows: Iterable[Row], position: int) -> list[str]:
    found: list[str] = []
    for row in rows:
        text = shown(row[position]) if position < len(row) else ""
        if text and text not in found:
            found.append(text)
            if len(found) == SAMPLES:
                break
    return found


def fingerprint(headers: Iterable[str]) -> str:
    """Return what files of the same columns have in common."""
    return hashlib.sha256("|".join(map(squeezed, headers)).encode()).hexdigest()[:32]
