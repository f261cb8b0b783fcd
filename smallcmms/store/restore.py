"""Restoring a backup: exactly the backup, the current file set aside, no number used again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from smallcmms.store import backup, disk, engine
from smallcmms.store.copying import copy_whole
from smallcmms.store.documents import copy_documents
from smallcmms.store.errors import FileRefused, in_words
from smallcmms.store.files import folder_of
from smallcmms.store.lock import Lock, canonical
from smallcmms.store.look import (
    examine,
    examine_unfinished,
    is_unfinished,
    journal_of,
    recognise,
    untouched,
)

_GAP = "INSERT INTO number_gap (kind, first, last, reason) VALUES (?, ?, ?, ?)"
_CONTINUE = "UPDATE number_series SET next = ? WHERE kind = ?"


def restore(
    source: Path,
    path: Path,
    *,
    lock: Lock | None = None,
    now: Callable[[], datetime] | None = None,
) -> Path | None:
    """Put a backup in the place of a shop file that nobody has open.

    Number series continue after the highest number of the file set aside; the gap is recorded.
    A ``lock`` that is handed in stays held.

    Returns:
        Where the file lies that was there before, if there was one.

    Raises:
        FileRefused: the backup is damaged or foreign, or the shop file is in use; it is left as it
            was.
        DiskFull: the disk took no more; the shop file is left as it was.
    """
    source, path = canonical(source), canonical(path)
    recognise(source)
    examine(source)
    if path.exists() and source.samefile(path):
        raise FileRefused("{name} cannot be its own backup.", name=path.name)
    moment = (now or (lambda: datetime.now(UTC)))()
    held = lock or Lock(path)
    try:
        with in_words(path):
            return _restore(source, path, moment)
    finally:
        if lock is None:
            held.release()


def _restore(source: Path, path: Path, moment: datetime) -> Path | None:
    part = path.with_name(f".{path.name}.restore")
    try:
        copy_whole(source, part)
        aside = _set_aside(path, moment) if path.exists() else None
        _continue_numbers(part, [*([aside] if aside else []), *_backups(path)])
        for documents in (folder_of(source), source.parent / "files"):
            copy_documents(documents, folder_of(path))
        disk.sync(part)
        disk.remove(journal_of(path))
        disk.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return aside


def _set_aside(path: Path, moment: datetime) -> Path:
    """Keep the current file under another name; one that is whole is rolled back first."""
    stamp = moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.stem} set aside {stamp}{path.suffix}")
    if aside.exists():
        raise FileRefused("There is a file {name} already.", name=aside.name)
    if _is_readable(path):
        copy_whole(path, aside)
        return aside
    for old, new in ((path, aside), (journal_of(path), journal_of(aside))):
        if old.exists():
            disk.copy(old, new)
    disk.sync_folder(path.parent)
    return aside


def _is_readable(path: Path) -> bool:
    """Tell whether SQLite may open a file; it would write a journal into what is left of a ruin."""
    try:
        recognise(path)
        if is_unfinished(path):
            examine_unfinished(path)
        else:
            examine(path)
    except FileRefused:
        return False
    return True


def _backups(path: Path) -> list[Path]:
    return [each.path for each in backup.every(path)]


def _continue_numbers(restored: Path, others: Iterable[Path]) -> None:
    """Let every number series go on after the highest number that any other file has used."""
    highest: dict[str, int] = {}
    for path in others:
        for kind, following in _series(path).items():
            highest[kind] = max(following, highest.get(kind, 0))
    with closing(engine.connect(restored)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        found = connection.execute("SELECT kind, next FROM number_series").fetchall()
        for kind, following in found:
            if highest.get(kind, 0) > following:
                last = highest[kind] - 1
                connection.execute(_GAP, (kind, following, last, "A backup was restored."))
                connection.execute(_CONTINUE, (last + 1, kind))
        connection.execute("COMMIT")


def _series(path: Path) -> dict[str, int]:
    """Return the next number by kind, as far as a file can be read, without touching it."""
    try:
        with untouched(path) as connection:
            return dict(connection.execute("SELECT kind, next FROM number_series").fetchall())
    except (sqlite3.Error, UnicodeDecodeError):
        return {}
