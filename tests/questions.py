"""What a service asks of the file: the statements and SQLite's plans for them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

from smallcmms.store.store import Store


def statements(store: Store, ask: Callable[[], object]) -> list[str]:
    """Return the questions that are asked of the file."""
    return [statement for statement, _ in _asked(store, ask)]


def plan(store: Store, ask: Callable[[], object]) -> list[str]:
    """Return the lines of SQLite's plans for the questions."""
    asked = _asked(store, ask)
    with store.read() as session:
        connection = session.connection()
        return [
            row[3]
            for statement, values in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]


def _asked(store: Store, ask: Callable[[], object]) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            heard.append((statement, values))

    def fetch(sql: str, values: Mapping[str, str | int]) -> list[tuple[Any, ...]]:
        heard.append((sql, values))
        return Store.fetch(store, sql, values)

    def fetch_ids(sql: str, values: Mapping[str, str | int]) -> array[int]:
        heard.append((sql, values))
        return Store.fetch_ids(store, sql, values)

    engines = (store._screen, store._readers)
    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", note)
    with patch.object(store, "fetch", fetch), patch.object(store, "fetch_ids", fetch_ids):
        ask()
    for engine in engines:
        sa.event.remove(engine, "before_cursor_execute", note)
    return heard
