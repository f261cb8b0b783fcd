"""What can go wrong with the file, in words for the person at the desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from smallcmms.domain.errors import RuleBroken
from smallcmms.store import disk


class FileRefused(RuleBroken):
    """The file is not opened, not read on or not replaced, and the words say why."""


class FileInUse(FileRefused):
    """Another program has the file open."""


class DiskFull(RuleBroken):
    """The disk took no more; nothing of what was under way is kept."""


class Overtaken(Exception):  # noqa: N818
    """A question was interrupted, because nobody waits for its answer any more."""


def disk_full(path: Path) -> DiskFull:
    """Return the refusal that names the disk that ``path`` lies on."""
    return DiskFull(
        "The disk {disk} is full, so nothing was saved. Make room on it, then do this again.",
        disk=disk.name_of(path),
    )


def damaged(path: Path) -> FileRefused:
    """Return the refusal of a file whose content is broken."""
    return FileRefused(
        "{name} is damaged. It was left as it is; restore it from a backup.", name=path.name
    )


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say about ``path`` into words for people."""
    try:
        with sqlite_in_words(path):
            yield
    except UnicodeDecodeError as error:
        raise damaged(path) from error
    except OSError as error:
        if error.errno not in disk.FULL:
            raise
        raise disk_full(path) from error


@contextmanager
def sqlite_in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says about ``path`` into words for people."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        told = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        words = _words(getattr(told, "sqlite_errorcode", 0), path)
        if str(told).startswith("Could not decode"):  # Python's own finding, without a code
            words = damaged(path)
        if words is None:
            raise
        raise words from error


_FULL = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
)
"""SQLite says only ENOSPC by its name; a quota or a limit is a write that failed."""


def _words(code: int, path: Path) -> Exception | None:
    if code in _FULL:
        return disk_full(path)
    if code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path)
    if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return FileRefused(
            "{name} is in use by another program. Close it there, then do this again.",
            name=path.name,
        )
    if code & 0xFF == sqlite3.SQLITE_READONLY:
        return FileRefused("{name} can be read here, but not written.", name=path.name)
    if code & 0xFF == sqlite3.SQLITE_IOERR:
        return FileRefused("The disk {disk} cannot be read or written.", disk=disk.name_of(path))
    return Overtaken() if code == sqlite3.SQLITE_INTERRUPT else None
