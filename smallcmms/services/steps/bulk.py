"""Many rows of a table in one statement, for work that writes by the thousand.

What is told of a row are its columns by name; what no row tells is that of a new record.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from smallcmms.models import Base

Told = dict[str, Any]
_NOT_TOLD: Any = object()
_NONE: Mapping[str, Mapping[int, int]] = MappingProxyType({})


@contextmanager
def unswept() -> Iterator[None]:
    """Let Python not look for circles among the rows, of which there are many and no circles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def names(table: str) -> tuple[tuple[str, str], ...]:
    """Return the columns of a table that name rows, and the tables of those."""
    columns = Base.metadata.tables[table].columns
    return tuple(
        (column.name, key.column.table.name) for column in columns for key in column.foreign_keys
    )


def next_keys(connection: sa.Connection, table: str, count: int) -> range:
    """Return the keys of new rows; no key is used again, not even an undone one's."""
    used = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    first = (used.scalar() or 0) + 1
    return range(first, first + count)


def insert(
    connection: sa.Connection,
    table: str,
    rows: Sequence[Told],
    keys: Mapping[str, Mapping[int, int]] = _NONE,
) -> None:
    """Write rows in one statement; what no row tells stands in the statement itself.

    ``keys`` are those of rows that another number stood for, by table.
    """
    told = list(dict.fromkeys(chain.from_iterable(dict.fromkeys(map(tuple, rows)))))
    targets = {column: keys.get(target, {}) for column, target in names(table)}
    same = {name: value for name, value in _new_row(table).items() if name not in {*told, "id"}}
    columns = ", ".join(f'"{name}"' for name in (*told, *same))
    marks = ", ".join([*"?" * len(told), *map(_literal, same.values())])
    values = [_column(connection, table, name, rows, targets.get(name)) for name in told]
    connection.exec_driver_sql(
        f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',  # noqa: S608, names of our own
        list(zip(*values, strict=True)),
    )


def _column(
    connection: sa.Connection,
    table: str,
    name: str,
    rows: Sequence[Told],
    keys: Mapping[int, int] | None,
) -> list[Any]:
    """Return the values of one column as the file keeps them; a new record's where none is told."""
    new, process = _new_row(table).get(name), _processor(connection, table, name)
    values = [row.get(name, _NOT_TOLD) for row in rows]
    if keys:
        values = [keys.get(value, value) for value in values]
    if process is None:
        return [new if value is _NOT_TOLD else value for value in values]
    if isinstance(Base.metadata.tables[table].columns[name].type, sa.JSON):
        return list(_written(values, process, new))
    kept = {value: process(value) for value in set(values) - {_NOT_TOLD}}
    kept[_NOT_TOLD] = new
    return [kept[value] for value in values]


def _written(values: Iterable[Any], process: Callable[[Any], str], new: Any) -> Iterator[Any]:
    """Yield values as JSON; one that stands in many rows is written out once in a row of them."""
    before, text = _NOT_TOLD, new
    for value in values:
        if value is _NOT_TOLD:
            yield new
            continue
        if value is not before:
            before, text = value, process(value)
        yield text


def _processor(connection: sa.Connection, table: str, name: str) -> Any:
    kind = Base.metadata.tables[table].columns[name].type
    return kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(int(value))


@cache
def _new_row(table: str) -> Told:
    """Return the values of a new record as the file keeps them."""
    columns = Base.metadata.tables[table].columns
    return {column.name: _new(column) for column in columns}


def _new(column: sa.Column[Any]) -> Any:
    if column.default is None:
        return None
    value = column.default.arg  # type: ignore[attr-defined]
    if column.default.is_callable:
        return json.dumps(value(None))
    return value.value if isinstance(value, Enum) else value
