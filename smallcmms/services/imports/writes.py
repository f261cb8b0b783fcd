"""What an import will write: rows by table, held back until somebody says yes.

A record that is not there yet has a number below zero for its key, in its own row and wherever
another row names it. Written are whole tables at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from smallcmms.domain import numbers
from smallcmms.models import Base, Event, NumberSeries

NUMBERED: Mapping[str, str] = MappingProxyType(
    {"customer": "customer", "asset": "asset", "work_order": "work_order"}
)
Told = dict[str, Any]


class Writes:
    """New rows, changed rows and the events about them."""

    def __init__(self) -> None:
        self._new: dict[str, dict[int, Told]] = defaultdict(dict)
        self._beside: dict[str, dict[int, Told]] = defaultdict(dict)
        self._changed: dict[str, dict[int, Told]] = defaultdict(dict)
        self._events: list[Told] = []
        self._events_beside: dict[tuple[str, int], Told] = {}
        self._kept: list[tuple[str, Told]] = []
        self._last = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not any(self._new.values()) and not any(self._changed.values())

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
        for column, target in _names(table):
            value = row.get(column)
            if value is not None and value < 0 and value in self._beside[target]:
                self.keep(target, value)

    def new(self, table: str) -> dict[int, Told]:
        """Return the new rows of a table by the keys that stand for them."""
        return self._new[table]

    def write(self, session: Session, at: datetime) -> None:
        """Write everything inside the change under way."""
        session.flush()
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        keys = {table: _keys(connection, table, rows) for table, rows in self._new.items() if rows}
        for table, rows in self._new.items():
            if rows:
                told = list(_numbered(session, table, rows))
                _insert(connection, table, told, keys)
        for table, changed in self._changed.items():
            for row_id, row in changed.items():
                _update(connection, table, row_id, _with_keys(table, row, keys))
        self._write_events(connection, at, keys)

    def _write_events(
        self, connection: sa.Connection, at: datetime, keys: Mapping[str, dict[int, int]]
    ) -> None:
        same = {"was": "", "now": "", "reason": "", "values": {}, "happened_at": at}
        told = []
        for event in self._events:
            row = {**same, **event, "recorded_at": at}
            if row["record_id"] < 0:
                row["record_id"] = keys[row["record"]][row["record_id"]]
            told.append(row)
        if told:
            connection.execute(sa.insert(Event), told)


@cache
def _names(table: str) -> tuple[tuple[str, str], ...]:
    """Return the columns of a table that name rows, and the tables of those."""
    columns = Base.metadata.tables[table].columns
    return tuple(
        (column.name, key.column.table.name) for column in columns for key in column.foreign_keys
    )


def _keys(connection: sa.Connection, table: str, rows: Mapping[int, Told]) -> dict[int, int]:
    """Return the keys of new rows; no key is used again, not even an undone one's."""
    used = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    first = (used.scalar() or 0) + 1
    return {row_id: first + place for place, row_id in enumerate(rows)}


def _numbered(session: Session, table: str, rows: Mapping[int, Told]) -> Iterator[tuple[int, Told]]:
    """Yield the rows, each with the next number of its series."""
    if table not in NUMBERED:
        yield from rows.items()
        return
    query = sa.select(NumberSeries).where(NumberSeries.kind == NUMBERED[table])
    kept = session.scalars(query).one()
    series = numbers.Series(numbers.Kind(kept.kind), kept.prefix, kept.digits)
    for row_id, row in rows.items():
        number, kept.next = kept.next, kept.next + 1
        yield row_id, {**row, "number": numbers.write(series, number)}
    session.flush()


def _insert(
    connection: sa.Connection,
    table: str,
    rows: list[tuple[int, Told]],
    keys: Mapping[str, dict[int, int]],
) -> None:
    new, own = _new_row(table), keys[table]
    made = [{**new(), **_with_keys(table, row, keys), "id": own[row_id]} for row_id, row in rows]
    connection.execute(sa.insert(Base.metadata.tables[table]), made)


def _update(connection: sa.Connection, table: str, row_id: int, told: Told) -> None:
    model = Base.metadata.tables[table]
    connection.execute(sa.update(model).where(model.c.id == row_id).values(told))


def _with_keys(table: str, row: Told, keys: Mapping[str, dict[int, int]]) -> Told:
    found = {
        column: keys[target][row[column]]
        for column, target in _names(table)
        if row.get(column) is not None and row[column] < 0
    }
    return {**row, **found} if found else row


@cache
def _new_row(table: str) -> Any:
    """Return what makes a row with the values of a new record; lists are made anew."""
    plain: Told = {}
    made: dict[str, Any] = {}
    for column in Base.metadata.tables[table].columns:
        if column.default is None:
            plain[column.name] = None
        elif column.default.is_callable:
            made[column.name] = column.default.arg  # type: ignore[attr-defined]
        else:
            plain[column.name] = column.default.arg  # type: ignore[attr-defined]

    def row() -> Told:
        return {**plain, **{name: make(None) for name, make in made.items()}}

    return row
