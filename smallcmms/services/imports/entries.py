"""The rows of a foreign sheet as values of our fields, and what cannot be read in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from smallcmms.domain import imports
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.import_values import Spoken, is_nothing, reader
from smallcmms.domain.import_words import NOTHING
from smallcmms.domain.imports import CUSTOM, LEFT_OUT, Outcome, Plan
from smallcmms.domain.tables import Book, Cell, Row, shown
from smallcmms.services.imports.told import Change, PreviewRow, Said
from smallcmms.services.imports.writes import Step
from smallcmms.services.steps.shops import ShopFacts

_NEW: Any = object()
_STEP = 500
_LONGEST_NOTHING = max(map(len, NOTHING))


@dataclass(slots=True, eq=False)
class Entry:
    """One row: what it tells by our fields, and under its own headers; what becomes of it."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    reasons: list[Said] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    outcome: Outcome = Outcome.NEW
    record_id: int | None = None
    number: str = ""
    title: str = ""
    unknown_types: tuple[str, ...] = ()

    @property
    def is_in(self) -> bool:
        """Tell whether the row is still to be brought in."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)

    def refuse(self, message: str, **values: object) -> None:
        """Leave the row out, and say why."""
        self.outcome = Outcome.REFUSED
        self.reasons.append(Said(message, values))

    def double(self, message: str, **values: object) -> None:
        """Leave the row out because it is there twice, and say where."""
        self.outcome = Outcome.DUPLICATE
        self.reasons.append(Said(message, values))

    def remark(self, message: str, **values: object) -> None:
        """Say something about a row that is brought in."""
        self.reasons.append(Said(message, values))

    def says(self, other: Entry) -> bool:
        """Tell whether another row says the same."""
        return self.values == other.values and self.custom == other.custom

    def told(self) -> PreviewRow:
        """Return what the preview shows of the row."""
        return PreviewRow(
            self.row,
            self.outcome,
            self.title,
            self.record_id,
            self.number,
            tuple(self.reasons),
            tuple(self.changes),
        )


@dataclass(slots=True)
class _Reader:
    """What reads one column; the same text is read once."""

    position: int
    header: str
    field: str
    is_text: bool
    read: Callable[[Cell], Any]
    known: dict[Cell, Any] = dataclasses.field(default_factory=dict)

    def value(self, cell: Cell) -> Any:
        """Return the value of a cell, None for an empty one.

        Raises:
            RuleBroken: it cannot be read.
        """
        found = self.known.get(cell, _NEW)
        if found is _NEW:
            is_empty = isinstance(cell, str) and is_nothing(cell)
            found = self.known[cell] = None if is_empty else self.read(cell)
        return found


def spoken(plan: Plan, shop: ShopFacts, today: date) -> Spoken:
    """Return how the file's values are read for this shop."""
    return Spoken(plan.decimal, plan.date_order, shop.locale, shop.currency, today)


def read(book: Book, plan: Plan, said: Spoken, step: Step) -> list[Entry]:
    """Return the rows below the header that tell anything; ``step`` hears how far that is.

    Raises:
        RuleBroken: a column is missing that every row needs.
    """
    _see_needed(plan)
    readers, own = _readers(plan, said), _own(plan)
    rows = book.sheets[plan.sheet].rows
    found = []
    for index in range(plan.header + 1, len(rows)):
        if index % _STEP == 0:
            step(index, 2 * len(rows))
        if rows[index]:
            found.append(_entry(index + 1, rows[index], readers, own))
    return found


def _see_needed(plan: Plan) -> None:
    given = {column.field for column in plan.columns}
    for each in imports.fields(plan.kind):
        if each.is_required and each.key not in given:
            raise RuleBroken("No column is said to be {name}.", "columns", name=each.label)


def _readers(plan: Plan, said: Spoken) -> list[_Reader]:
    kinds = imports.words(plan.kind)
    return [
        _Reader(
            column.position,
            column.header,
            column.field,
            kinds[column.field].value == "text",
            reader(kinds[column.field].value, said),
        )
        for column in plan.columns
        if column.field not in (LEFT_OUT, CUSTOM)
    ]


def _own(plan: Plan) -> list[tuple[int, str]]:
    return [
        (column.position, column.header or str(column.position + 1))
        for column in plan.columns
        if column.field == CUSTOM
    ]


def _entry(
    number: int, row: Row, readers: Sequence[_Reader], own: Sequence[tuple[int, str]]
) -> Entry:
    entry, width = Entry(number), len(row)
    values = entry.values
    for each in readers:
        if each.position >= width or (cell := row[each.position]) == "":
            continue
        if each.is_text and isinstance(cell, str) and len(cell) > _LONGEST_NOTHING:
            values[each.field] = cell
            continue
        try:
            value = each.value(cell)
        except RuleBroken as error:
            entry.outcome = Outcome.REFUSED
            entry.reasons.append(Said(error.message, error.values, each.header))
            continue
        if value is not None:
            values[each.field] = value
    for position, header in own:
        if position < width and not is_nothing(text := shown(row[position])):
            entry.custom[header] = text
    return entry


def written(value: object) -> str:
    """Return a value of a field as the preview shows it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
