"""Lists as other programs write them, brought in by the services as a face does it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from smallcmms.domain.imports import Kind, Plan
from smallcmms.domain.tables import Book, Sheet
from smallcmms.services import imports
from smallcmms.services.imports import Preview, PreviewRow
from smallcmms.store.dump import lines
from smallcmms.store.store import Store


def book(text: str, name: str = "list.csv") -> Book:
    """Return a list written with | between the cells."""
    rows = tuple(
        tuple(cell.strip() for cell in line.split("|")) if line.strip() else ()
        for line in text.strip("\n").splitlines()
    )
    return Book(name, "csv", (Sheet("list", rows),))


def plan(store: Store, kind: Kind, told: Book, **changed: Any) -> Plan:
    """Return what is guessed of a list, with what a person changed."""
    return replace(imports.guess(store, kind, told), **changed)


def look(store: Store, kind: Kind, text: str, **changed: Any) -> Preview:
    """Return what would become of the rows of a list."""
    told = book(text)
    return imports.preview(store, told, plan(store, kind, told, **changed))


def bring(store: Store, kind: Kind, text: str, **changed: Any) -> Preview:
    """Bring a list in, look that the same list changes nothing then, and that undo takes it back.

    What was brought in is there afterwards.
    """
    before = content(store)
    told = look(store, kind, text, **changed)
    imports.run(store, told, is_agreed=True)
    after = content(store)
    again = look(store, kind, text, **changed)
    assert again.is_empty
    assert imports.run(store, again).batch_id is None
    if not told.is_empty:
        store.undo()
        assert content(store) == before
        store.redo()
    assert content(store) == after
    return told


def content(store: Store) -> list[str]:
    """Return what the file holds."""
    return list(lines(store))


def outcomes(told: Preview) -> list[str]:
    """Return what becomes of each row."""
    counted = Counter(row.outcome for row in told.rows)
    assert {outcome: count for outcome, count in told.counts.items() if count} == counted
    return [row.outcome.value for row in told.rows]


def reasons(row: PreviewRow) -> list[str]:
    """Return why, in English."""
    return [said.message.format(**said.values) for said in row.reasons]


def also(told: Preview) -> list[str]:
    """Return what else is said, in English."""
    return [said.message.format(**said.values) for said in told.also]


def changes(row: PreviewRow) -> list[tuple[str, str, str]]:
    """Return the fields that get another value."""
    return [(change.label, change.was, change.now) for change in row.changes]
