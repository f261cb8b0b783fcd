"""Whole copies of a shop file, also while it is written to, and whether a copy is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from smallcmms.store import disk, engine
from smallcmms.store.errors import damaged, in_words
from smallcmms.store.revision import APPLICATION_ID

_STEPS: Final = (200, 200, 1_000, 10_000, -1)
"""Pages at a time; a save in between begins the copy anew, so the last tries take more at once."""


class _Overtaken(Exception):  # noqa: N818
    """A save came between two steps, and the copy would begin anew."""


def copy_whole(source: Path, target: Path) -> int:
    """Copy a shop file that may be in use, see that the copy is whole, and return its rows.

    The copy gets its name only when all its bytes are on the disk and have been read back.

    Raises:
        FileRefused: the file is damaged; ``target`` is left as it was.
        DiskFull: the disk took no more; ``target`` is left as it was.
    """
    part = target.with_name(f".{target.name}.part")
    with in_words(target):
        try:
            with in_words(source):
                _copy(source, part)
            disk.sync(part)
            rows = count_whole(part, source)
            disk.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
    return rows


def count_whole(path: Path, named: Path) -> int:
    """Return how many rows a closed file has, after no damage was found in any of its pages.

    Raises:
        FileRefused: the file, known to people as ``named``, is damaged.
    """
    with in_words(named), closing(engine.connect(path, engine.READS_ONLY)) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if found != "ok" or application != APPLICATION_ID:
            raise damaged(named)
        return sum(count_rows(connection).values())


def find_damage(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong with the file and with what its rows refer to."""
    found = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
    for table, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.append(f"{table} {row_id} refers to a missing {parent}")
    return found


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows by table, without what SQLite keeps for itself."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%'"
        " ESCAPE '~' AND name <> 'search' AND name NOT LIKE 'search~_%' ESCAPE '~'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names
    }


def _copy(source: Path, part: Path) -> None:
    with closing(engine.connect(source, engine.READS_ONLY)) as live:
        for pages in _STEPS:
            disk.remove(part)
            disk.make_empty(part)
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                copy.execute("PRAGMA journal_mode = OFF")
                copy.execute("PRAGMA synchronous = OFF")
                try:
                    live.backup(copy, pages=pages, progress=_watch(), sleep=0.01)
                except _Overtaken:
                    continue
                return


def _watch() -> Callable[[int, int, int], None]:
    left = [1 << 62]

    def progress(_status: int, remaining: int, _total: int) -> None:
        if remaining > left[0]:
            raise _Overtaken
        left[0] = remaining

    return progress
