"""Backups: whole, verified, fourteen of them, and never a good one lost to a bad one."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from smallcmms.store import disk, engine
from smallcmms.store.copying import copy_whole
from smallcmms.store.documents import copy_documents, sweep
from smallcmms.store.errors import FileRefused, in_words
from smallcmms.store.files import folder_of
from smallcmms.store.lock import canonical
from smallcmms.store.look import recognise, untouched
from smallcmms.store.store import Store

KEPT: Final = 14
_MOMENT: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"(?P<number>\d{5,}) (?P<moment>\d{8}T\d{6}Z) (?P<rows>\d+)")


@dataclass(frozen=True)
class Backup:
    """A backup that was whole when it was made."""

    path: Path
    number: int
    made_at: datetime
    rows: int


def back_up(store: Store, target: Path) -> int:
    """Make a whole copy of the shop file with its documents beside it; return its rows.

    Raises:
        FileRefused: ``target`` is another file, or the shop file is damaged.
        DiskFull: the disk took no more; an earlier backup of that name is left as it was.
    """
    target = canonical(target)
    if not target.parent.is_dir():
        raise FileRefused("There is no folder {folder}.", folder=str(target.parent))
    if target.exists():
        recognise(target)
        if target.samefile(store.path):
            raise FileRefused("{name} cannot be its own backup.", name=target.name)
        _see_own(store, target)
    copy_documents(store.files.folder, folder_of(target))
    return copy_whole(store.path, target)


def _see_own(store: Store, target: Path) -> None:
    """See that a backup takes the place of one of the same shop, or of a damaged one.

    Raises:
        FileRefused: ``target`` is another shop's file.
    """
    asked = "SELECT code FROM shop"
    try:
        with untouched(target) as connection:
            there = connection.execute(asked).fetchall()
    except sqlite3.DatabaseError:
        return
    if there != store.fetch(asked, {}):
        raise FileRefused("{name} is the file of another shop.", name=target.name)


def folder(shop: Path) -> Path:
    """Return where the daily backups of a shop file lie."""
    return shop.with_name(f"{shop.stem}.backups")


def every(shop: Path) -> list[Backup]:
    """Return the daily backups of a shop file, the oldest first."""
    place = folder(shop)
    if not place.is_dir():
        return []
    found = (_read_name(path, shop) for path in place.iterdir())
    return sorted((backup for backup in found if backup), key=lambda backup: backup.number)


def age(store: Store) -> timedelta | None:
    """Return how old the last backup is; none, if there is no backup."""
    backups = every(store.path)
    return store.now() - backups[-1].made_at if backups else None


def daily(store: Store, *, is_leaving: bool = False) -> Backup | None:
    """Make the backup that is due: the first of a day, or on leaving if something was changed.

    Then the documents go that nothing has named for 30 days.

    Raises:
        FileRefused: the shop file is damaged; all earlier backups are kept.
        DiskFull: the disk took no more; all earlier backups are kept.
    """
    backups = every(store.path)
    is_due = not backups or _day(backups[-1].made_at) != _day(store.now())
    if is_due or (is_leaving and _last_change(store.path) != _last_change(backups[-1].path)):
        made = _make(store, backups[-1].number + 1 if backups else 1)
        _rotate([*backups, made])
        sweep(store)
        return made
    return None


def shares_disk(store: Store) -> bool:
    """Tell whether the daily backups lie on the shop file's own disk, and would go with it."""
    place = folder(store.path)
    return not place.is_dir() or place.stat().st_dev == store.path.stat().st_dev


def _make(store: Store, number: int) -> Backup:
    place = folder(store.path)
    with in_words(place):
        disk.make_private_folder(place)
        made_at = store.now().replace(microsecond=0)
        unnamed = place / f"new{store.path.suffix}"
        rows = copy_whole(store.path, unnamed)
        name = f"{store.path.stem} {number:05} {made_at.strftime(_MOMENT)} {rows}"
        path = place / f"{name}{store.path.suffix}"
        disk.replace(unnamed, path)
        copy_documents(store.files.folder, place / "files")
    return Backup(path, number, made_at, rows)


def _rotate(backups: list[Backup]) -> None:
    """Keep the last fourteen, and the fullest one besides: what shrank may be what was lost."""
    fullest = max(backups, key=lambda backup: (backup.rows, backup.number))
    for backup in backups[:-KEPT]:
        if backup != fullest:
            disk.remove(backup.path)


def _read_name(path: Path, shop: Path) -> Backup | None:
    found = _NAME.fullmatch(path.stem.removeprefix(f"{shop.stem} "))
    if path.suffix != shop.suffix or not found:
        return None
    made_at = datetime.strptime(found["moment"], _MOMENT).replace(tzinfo=UTC)
    return Backup(path, int(found["number"]), made_at, int(found["rows"]))


def _day(moment: datetime) -> object:
    return moment.astimezone().date()


def _last_change(path: Path) -> int:
    with in_words(path), closing(engine.connect(path, engine.READS_ONLY)) as connection:
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM history").fetchone()
    return int(last)
