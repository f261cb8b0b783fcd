"""The content of a shop file as lines of text that can be compared: one line a row."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy.orm import Session

from smallcmms.models import Base
from smallcmms.store.recorder import kept
from smallcmms.store.store import Store


def lines(store: Store, *, everything: bool = False) -> Iterator[str]:
    """Yield every row, sorted by table and key, its values exactly as they lie in the file.

    Without ``everything``, history, undo steps, drafts, settings and counters are left out: what
    was done and then undone leaves no difference.
    """
    with store.read() as session:
        for name, table in sorted(Base.metadata.tables.items()):
            if everything or table.info.get("dumped", True):
                yield from _rows(session, name, [column.name for column in table.columns])


def _rows(session: Session, table: str, columns: list[str]) -> Iterator[str]:
    names = ", ".join(f'"{column}"' for column in columns)
    found = session.connection().exec_driver_sql(f'SELECT {names} FROM "{table}" ORDER BY id')
    for row in found:
        values = {column: kept(value) for column, value in zip(columns, row, strict=True)}
        yield f"{table} {json.dumps(values, sort_keys=True)}"
