"""Questions that are asked again and again: put into SQL once, answered in plain values."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from smallcmms.store.store import Store

_DIALECT = sqlite.dialect()


class Prepared:
    """A question put into SQL once; its answers are what the file holds, days as text.

    Its own values stand in the SQL, which SQLite plans and runs faster; what changes is ``given``.
    """

    def __init__(self, statement: sa.SelectBase) -> None:
        compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})
        self._sql = str(compiled)

    def ask(self, store: Store, **values: str | int) -> list[tuple[Any, ...]]:
        """Return the rows, with the named values put in."""
        return store.fetch(self._sql, values)

    def ids(self, store: Store, **values: str | int) -> array[int]:
        """Return the ids of the rows, with the named values put in; there may be very many."""
        return store.fetch_ids(self._sql, values)


def given(name: str) -> sa.ColumnClause[int]:
    """Return the place in a statement where a value of this name is put in."""
    return sa.literal_column(f":{name}", sa.Integer)


def packed(ids: Iterable[int]) -> str:
    """Return ids as the one value that ``each`` takes."""
    return str(list(ids))


def each(name: str) -> sa.TableValuedAlias:
    """Return the ids that are given, packed, under this name: a table with the column value."""
    return sa.func.json_each(given(name)).table_valued(sa.column("value", sa.Integer))
