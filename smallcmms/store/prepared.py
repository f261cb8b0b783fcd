"""Questions that are asked again and again: put into SQL once, answered in plain values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

_DIALECT = sqlite.dialect(paramstyle="named")


class Prepared:
    """A question put into SQL once; its answers are what the file holds, days as text.

    The statement's own values must be texts and whole numbers.
    """

    def __init__(self, statement: sa.Select[Any]) -> None:
        compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        self._sql = str(compiled)
        self._values = dict(compiled.params)

    def ask(self, session: Session, **values: str | int) -> list[tuple[Any, ...]]:
        """Return the rows, with the named values put in."""
        connection = session.connection()
        found = connection.exec_driver_sql(self._sql, self._values | values)
        cursor: Any = found.cursor
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        found.close()
        return rows


def packed(ids: Iterable[int]) -> str:
    """Return ids as the one value that ``among`` takes."""
    return json.dumps(list(ids))


def among(name: str) -> sa.Select[int]:
    """Return the question for the ids that are bound, packed, under this name."""
    each = sa.func.json_each(sa.bindparam(name, "[]")).table_valued(sa.column("value", sa.Integer))
    return sa.select(each.c.value)
