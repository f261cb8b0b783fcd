"""Opening a shop file: look without touching, take the lock, and only then open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path

from smallcmms.store import disk, engine, schema
from smallcmms.store.errors import FileRefused, in_words
from smallcmms.store.lock import Lock, canonical
from smallcmms.store.look import examine, examine_unfinished, is_unfinished, recognise, roll_back
from smallcmms.store.revision import HEAD
from smallcmms.store.store import Store

__all__ = ["FileRefused", "create", "open_shop"]


def create(path: Path, *, now: Callable[[], datetime] | None = None) -> Store:
    """Make a new, empty shop file and open it.

    Raises:
        FileRefused: there is a file of that name, or the folder cannot be used.
        DiskFull: the disk took no more, and no file was made.
    """
    path = canonical(path)
    if not path.parent.is_dir():
        raise FileRefused("There is no folder {folder}.", folder=str(path.parent))
    if path.exists():
        raise FileRefused("There is a file {name} already.", name=path.name)
    lock = Lock(path)
    try:
        with in_words(path):
            _make(path)
        return Store(path, lock=lock, now=now)
    except BaseException:
        lock.release()
        raise


def open_shop(path: Path, *, now: Callable[[], datetime] | None = None) -> Store:
    """Open a shop file, after it was recognised, locked and, where it is older, migrated.

    Raises:
        FileRefused: it is not there, in use, foreign, damaged or of a newer version; its bytes
            are left as they were.
    """
    path = canonical(path)
    recognise(path)
    lock = Lock(path)
    try:
        _bring_up(path)
        return Store(path, lock=lock, now=now)
    except BaseException:
        lock.release()
        raise


def _bring_up(path: Path) -> None:
    for leftover in (".new", ".look", ".look-journal", ".upgrade", ".restore"):
        path.with_name(f".{path.name}{leftover}").unlink(missing_ok=True)
    if is_unfinished(path):
        examine_unfinished(path)
        with in_words(path):
            roll_back(path)
    if examine(path) != HEAD:
        migrate = import_module("smallcmms.store.migrate")  # Alembic takes 0.3 s to load
        migrate.upgrade(path)


def _make(path: Path) -> None:
    part = path.with_name(f".{path.name}.new")
    part.unlink(missing_ok=True)
    try:
        disk.make_empty(part)
        connection = engine.connect(part)
        try:
            connection.execute("BEGIN IMMEDIATE")
            for statement in schema.statements():
                connection.execute(statement)
            schema.stamp(connection, HEAD)
            connection.execute("COMMIT")
        finally:
            connection.close()
        disk.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
