"""A folder into which sensors write what they read: each file is read once, and never touched."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import Kind, Outcome
from smallcmms.domain.tables import Book
from smallcmms.services import imports, settings
from smallcmms.services.imports import Done, Preview, Said
from smallcmms.store.files import read_outside
from smallcmms.store.store import Store

SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods"})
SETTLED_SECONDS = 2
"""A file that was written to so lately may not be whole yet; it waits for the next look (ours)."""
_CHOSEN, _READ = "sensor_folder", "sensor_files"
_MOST_BYTES = 50_000_000
_TRIES = 3
Read = Callable[[bytes, str], Book]
"""Reads the bytes of a file of some name as a table."""
_Known = dict[str, list[int | str]]


@dataclass(frozen=True, slots=True)
class FileTold:
    """What came of one file: readings that are new, rows that were refused, and the first reason.

    ``row`` is the row that the reason is about, 0 for the whole file.
    """

    name: str
    new: int = 0
    refused: int = 0
    row: int = 0
    why: Said | None = None


def chosen(store: Store) -> str:
    """Return the folder that is looked into while the program runs, "" where none is."""
    return str(settings.get(store, _CHOSEN).get("folder", ""))


def choose(store: Store, folder: str) -> None:
    """Look into a folder while the program runs, into none with "".

    Raises:
        RuleBroken: it is no folder that can be read.
    """
    if folder:
        _entries(Path(folder))
    settings.keep(store, _CHOSEN, {"folder": folder})


def look(
    store: Store, folder: Path, *, read: Read, settled_seconds: int = SETTLED_SECONDS
) -> list[FileTold]:
    """Bring in the readings of the files that are new or have grown; say what came of each.

    Raises:
        RuleBroken: the folder cannot be read.
    """
    known: _Known = settings.get(store, _READ)
    there: _Known = {}
    told = []
    for entry in _entries(folder):
        about = entry.stat()
        key, stamp = str(folder / entry.name), [about.st_size, about.st_mtime_ns]
        was = known.get(key, [])
        if was[1:] == stamp or time.time_ns() - about.st_mtime_ns < settled_seconds * 10**9:
            there |= {key: was} if was else {}
            continue
        data = _bytes(folder / entry.name)
        digest = hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else ""
        if isinstance(data, RuleBroken):
            told.append(FileTold(entry.name, why=Said(data.message, data.values)))
        elif was[:1] != [digest]:
            told.append(_bring_in(store, data, entry.name, read))
        there[key] = [digest, *stamp]
    if there != known:
        settings.keep(store, _READ, there)
    return told


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return sorted(_files(folder), key=lambda entry: entry.name)
    except OSError as error:
        message, reason = "{name} cannot be read: {reason}.", error.strerror or ""
        raise RuleBroken(message, "folder", name=str(folder), reason=reason) from error


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        for entry in found:
            is_table = Path(entry.name).suffix.casefold() in SUFFIXES
            if is_table and entry.is_file(follow_symlinks=False):
                yield entry


def _bytes(path: Path) -> bytes | RuleBroken:
    try:
        return read_outside(path, most=_MOST_BYTES)
    except RuleBroken as error:
        return error


def _bring_in(store: Store, data: bytes, name: str, read: Read) -> FileTold:
    try:
        book = read(data, name)
        told, done = _run(store, book)
    except RuleBroken as error:
        return FileTold(name, why=Said(error.message, error.values))
    refused = [row for row in told.rows if row.outcome is Outcome.REFUSED]
    first = refused[0] if refused else None
    return FileTold(
        name,
        done.counts[Outcome.NEW],
        len(refused),
        first.row if first else 0,
        first.reasons[0] if first else None,
    )


def _run(store: Store, book: Book) -> tuple[Preview, Done]:
    """Look and bring in; look again where somebody else changed something meanwhile."""
    plan = imports.guess(store, Kind.READINGS, book)
    for left in range(_TRIES, 0, -1):
        told = imports.preview(store, book, plan)
        try:
            return told, imports.run(store, told)
        except RuleBroken:
            if left == 1:
                raise
    raise AssertionError("the last try returns or raises")
