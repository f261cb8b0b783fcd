"""Notes the inverse of every change to a row, and takes changes back from such notes.

Temporary triggers on the writing connection see cascades, bulk updates and INSERT … SELECT alike.
The notes are data, never SQL: a file from elsewhere must not be able to run anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Base

Operation = list[Any]
"""What was done, to which table and row, and the row's old values: ``["U", "part", 7, [7, …]]``."""

_ADDED, _ALTERED, _REMOVED = "I", "U", "D"
_NAMES = ("added", "altered", "removed")


@cache
def undoable_tables(metadata: sa.MetaData) -> dict[str, tuple[str, ...]]:
    """Return the columns, by table, of all tables whose changes can be taken back."""
    return {
        table.name: tuple(column.name for column in table.columns)
        for table in metadata.sorted_tables
        if table.info.get("undoable", True)
    }


class Recorder:
    """The notes of what the writing connection does to rows."""

    def __init__(self, metadata: sa.MetaData = Base.metadata) -> None:
        self.tables = undoable_tables(metadata)

    def attach(self, connection: sqlite3.Connection) -> None:
        """Lay the triggers on a connection that has just been opened."""
        widest = max(map(len, self.tables.values()))
        slots = ", ".join(_slots(widest))
        connection.execute(
            f"CREATE TEMP TABLE change_log (seq INTEGER PRIMARY KEY, op, tbl, id, {slots})"
        )
        self.listen(connection.execute)

    def listen(self, execute: Callable[[str], object]) -> None:
        """Note from now on what is done."""
        for table, columns in self.tables.items():
            for trigger in _triggers(table, columns):
                execute(trigger)

    def look_away(self, execute: Callable[[str], object]) -> None:
        """Note nothing until ``listen`` is called again, or the transaction is rolled back."""
        for table in self.tables:
            for name in _NAMES:
                execute(f'DROP TRIGGER temp."{table}_{name}"')

    def named(self, connection: sa.Connection) -> list[str]:
        """Return the tables that the notes name."""
        found = connection.exec_driver_sql("SELECT DISTINCT tbl FROM temp.change_log")
        return [table for (table,) in found]

    def take(self, connection: sa.Connection) -> list[Operation]:
        """Return what was noted since the last call, oldest first, and forget it."""
        run = connection.exec_driver_sql
        log = run("SELECT seq, op, tbl, id FROM temp.change_log ORDER BY seq").all()
        if not log:
            return []
        was = run("SELECT * FROM temp.change_log WHERE op <> 'I'")
        old = {seq: values for seq, _op, _table, _id, *values in was}
        run("DELETE FROM temp.change_log")
        return [
            [op, table, row_id, _all_kept(old[seq][: len(self.tables[table])])]
            if seq in old
            else [op, table, row_id, []]
            for seq, op, table, row_id in log
        ]

    def take_back(self, connection: sa.Connection, operations: Sequence[Operation]) -> None:
        """Undo the operations, the latest first.

        Raises:
            RuleBroken: they name what is no table of ours, or a row is no longer as they left it.
        """
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        added = _added(operations)

        def alike(operation: Operation) -> tuple[str, str, bool]:
            op, table, row_id, _ = operation
            return op, table, (table, row_id) in added

        for (op, table, may_be_gone), group in groupby(reversed(operations), key=alike):
            statement, rows = self._inverse(op, table, list(group))
            try:
                done = connection.exec_driver_sql(statement, rows).rowcount
            except sa.exc.IntegrityError as error:
                raise _no_longer() from error
            if done != len(rows) and not may_be_gone:
                raise _no_longer()

    def _inverse(
        self, op: str, table: str, operations: list[Operation]
    ) -> tuple[str, list[tuple[Any, ...]]]:
        columns = self.tables.get(table)
        if columns is None:
            raise _no_longer()
        if op == _ADDED:
            statement = f'DELETE FROM main."{table}" WHERE id = ?'
            return statement, [(row_id,) for _, _, row_id, _ in operations]
        rows = [(_values(values, columns), row_id) for _, _, row_id, values in operations]
        if op == _ALTERED:
            return _restoring(table, columns, rows)
        if op == _REMOVED:
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join("?" * len(columns))
            statement = f'INSERT INTO main."{table}" ({names}) VALUES ({marks})'
            return statement, [values for values, _ in rows]
        raise _no_longer()


def _restoring(
    table: str, columns: Sequence[str], rows: list[tuple[tuple[Any, ...], int]]
) -> tuple[str, list[tuple[Any, ...]]]:
    """Return what gives altered rows their old values back.

    A key is set only where it changed: SQLite looks through every table that refers to it.
    """
    key = columns.index("id")
    if all(values[key] == row_id for values, row_id in rows):
        rows = [((*values[:key], *values[key + 1 :]), row_id) for values, row_id in rows]
        columns = [column for column in columns if column != "id"]
    pairs = ", ".join(f'"{column}" = ?' for column in columns)
    statement = f'UPDATE main."{table}" SET {pairs} WHERE id = ?'
    return statement, [(*values, row_id) for values, row_id in rows]


def touched(operations: Sequence[Operation]) -> dict[str, frozenset[int]]:
    """Return the ids of the rows that the operations touched, by table."""
    rows: dict[str, set[int]] = {}
    for _, table, row_id, _ in operations:
        rows.setdefault(table, set()).add(row_id)
    return {table: frozenset(ids) for table, ids in rows.items()}


def _triggers(table: str, columns: Sequence[str]) -> Iterator[str]:
    slots = ", ".join(_slots(len(columns)))
    old = ", ".join(f'OLD."{column}"' for column in columns)
    added = f"INSERT INTO change_log (op, tbl, id) VALUES ('I', '{table}', NEW.id)"
    yield f'CREATE TEMP TRIGGER "{table}_added" AFTER INSERT ON main."{table}" BEGIN {added}; END'
    for name, when, op, row in (
        ("altered", "AFTER UPDATE", _ALTERED, "NEW"),
        ("removed", "BEFORE DELETE", _REMOVED, "OLD"),
    ):
        yield (
            f'CREATE TEMP TRIGGER "{table}_{name}" {when} ON main."{table}" BEGIN'
            f" INSERT INTO change_log (op, tbl, id, {slots})"
            f" VALUES ('{op}', '{table}', {row}.id, {old}); END"
        )


def _slots(count: int) -> list[str]:
    return [f"c{position}" for position in range(count)]


def _added(operations: Sequence[Operation]) -> set[tuple[str, int]]:
    """Return the rows that were not there before; a cascade may take them away on its own."""
    first: dict[tuple[str, int], str] = {}
    for operation in operations:
        match operation:
            case [str(op), str(table), int(row_id), _]:
                first.setdefault((table, row_id), op)
            case _:
                raise _no_longer()
    return {row for row, op in first.items() if op == _ADDED}


def _all_kept(values: Sequence[Any]) -> list[Any]:
    return [kept(value) for value in values]


def kept(value: Any) -> Any:
    """Return a value as JSON can hold it without loss."""
    if isinstance(value, bytes):
        return {"blob": value.hex()}
    if isinstance(value, float):
        return {"real": value.hex()}
    return value


def _values(told: Any, columns: Sequence[str]) -> tuple[Any, ...]:
    if not isinstance(told, list) or len(told) != len(columns):
        raise _no_longer()
    return tuple(_value(value) for value in told)


def _value(told: Any) -> Any:
    match told:
        case {"blob": str(text)}:
            return bytes.fromhex(text)
        case {"real": str(text)}:
            return float.fromhex(text)
        case None | str() | int():
            return told
    raise _no_longer()


def _no_longer() -> RuleBroken:
    return RuleBroken("This step can no longer be taken back.")
