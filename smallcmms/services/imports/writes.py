"""What an import will write: rows by table, held back until somebody says yes.

A record that is not there yet has a number below zero for its key, in its own row and wherever
another row names it. Written are whole tables at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from smallcmms.domain import numbers
from smallcmms.models import Base, NumberSeries
from smallcmms.services.steps import bulk

NUMBERED = frozenset({"customer", "asset", "work_order"})
Told = dict[str, Any]
Step = Callable[[int, int], object]
"""Hears how much of how much is done; where it raises, the work ends."""
Keys = Mapping[str, Mapping[int, int]]
"""The keys of new rows by their tables and the keys that stood for them."""
Act = Callable[[Session, datetime, Keys], object]
"""Does what follows from the rows that were written, at a moment."""


class Writes:
    """New rows, changed rows and the events about them."""

    def __init__(self) -> None:
        self._new: dict[str, dict[int, Told]] = defaultdict(dict)
        self._beside: dict[str, dict[int, Told]] = defaultdict(dict)
        self._changed: dict[str, dict[int, Told]] = defaultdict(dict)
        self._events: list[Told] = []
        self._events_beside: dict[tuple[str, int], Told] = {}
        self._kept: list[tuple[str, Told]] = []
        self._afterwards: list[Act] = []
        self._last = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not (any(self._new.values()) or any(self._changed.values()) or self._afterwards)

    def add(self, table: str, told: Told) -> int:
        """Put a new row on its way and return the key that stands for it."""
        self._last -= 1
        self._new[table][self._last] = told
        return self._last

    def add_beside(self, table: str, told: Told, event: Told | None = None) -> int:
        """Hold a row that is written only if a row that is written names it."""
        self._last -= 1
        self._beside[table][self._last] = told
        if event is not None:
            self._events_beside[table, self._last] = event
        return self._last

    def change(self, table: str, row_id: int, told: Told) -> None:
        """Put changes of a row on their way, of one that is there or of one that is new."""
        row = self._beside[table].get(row_id) or self._new[table].get(row_id)
        if row is not None:
            row |= told
        else:
            self._changed[table].setdefault(row_id, {}).update(told)

    def note(self, record: str, record_id: int, kind: str, **told: Any) -> None:
        """Put an event on its way: its was, now, happened_at, and values."""
        self._events.append({"record": record, "record_id": record_id, "kind": kind, **told})

    def afterwards(self, act: Act) -> None:
        """Do something once the rows are written, in the same change."""
        self._afterwards.append(act)

    def keep(self, table: str, row_id: int) -> None:
        """Let a row that is held be written, with all that it names."""
        row = self._beside[table].pop(row_id, None)
        if row is None:
            return
        self._keep_named(table, row)
        self._new[table][row_id] = row
        self._kept.append((table, row))
        event = self._events_beside.get((table, row_id))
        if event is not None:
            target = row[event["of"]] if "of" in event else row_id
            told = {name: value for name, value in event.items() if name != "of"}
            self._events.append({"record_id": target, **told})

    def keep_named(self) -> None:
        """Let everything be written that is named by what is written."""
        for rows in (dict(self._new), dict(self._changed)):
            for table, told in rows.items():
                for row in tuple(told.values()):
                    self._keep_named(table, row)

    def beside(self, table: str) -> list[Told]:
        """Return the rows of a table that are written because others name them."""
        return [row for kept, row in self._kept if kept == table]

    def _keep_named(self, table: str, row: Told) -> None:
        for column, target in bulk.names(table):
            value = row.get(column)
            if value is not None and value < 0 and value in self._beside[target]:
                self.keep(target, value)

    def new(self, table: str) -> dict[int, Told]:
        """Return the new rows of a table by the keys that stand for them."""
        return self._new[table]

    def write(self, session: Session, at: datetime, step: Step) -> None:
        """Write everything inside the change under way; ``step`` hears which table it is at."""
        session.flush()
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        keys = {
            table: dict(zip(rows, bulk.next_keys(connection, table, len(rows)), strict=True))
            for table, rows in self._new.items()
            if rows
        }
        for count, (table, rows) in enumerate(self._new.items()):
            step(count, len(self._new) + 1)
            if rows:
                _number(session, table, rows)
                for row_id, row in rows.items():
                    row["id"] = keys[table][row_id]
                bulk.insert(connection, table, list(rows.values()), keys)
        for table, changed in self._changed.items():
            for row_id, row in changed.items():
                _update(connection, table, row_id, _with_keys(table, row, keys))
        self._write_events(connection, at, keys)
        for act in self._afterwards:
            act(session, at, keys)
        step(len(self._new), len(self._new) + 1)

    def _write_events(
        self, connection: sa.Connection, at: datetime, keys: Mapping[str, dict[int, int]]
    ) -> None:
        same = {"happened_at": at, "recorded_at": at}
        rows = [{**same, **event} for event in self._events]
        for row in rows:
            if row["record_id"] < 0:
                row["record_id"] = keys[row["record"]][row["record_id"]]
        if rows:
            bulk.insert(connection, "event", rows, keys)


def _number(session: Session, table: str, rows: Mapping[int, Told]) -> None:
    """Give rows the next numbers of their series."""
    if table not in NUMBERED:
        return
    kept = session.scalars(sa.select(NumberSeries).where(NumberSeries.kind == table)).one()
    series = numbers.Series(numbers.Kind(kept.kind), kept.prefix, kept.digits)
    for number, row in enumerate(rows.values(), kept.next):
        row["number"] = numbers.write(series, number)
    kept.next += len(rows)
    session.flush()


def _update(connection: sa.Connection, table: str, row_id: int, told: Told) -> None:
    model = Base.metadata.tables[table]
    connection.execute(sa.update(model).where(model.c.id == row_id).values(told))


def _with_keys(table: str, row: Told, keys: Mapping[str, dict[int, int]]) -> Told:
    found = {
        column: keys[target][row[column]]
        for column, target in bulk.names(table)
        if row.get(column) is not None and row[column] < 0
    }
    return {**row, **found} if found else row
