"""The documents beside a shop file: which are named, which are missing, which may go."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from smallcmms.models import Attachment, Base, UndoStep
from smallcmms.store import disk
from smallcmms.store.files import hash_of
from smallcmms.store.store import Store

_COLUMNS: Final = ("hash", "document_hash", "logo_hash")
_UNNAMED: Final = "unnamed.json"
_PATIENCE: Final = timedelta(days=30)


def named(session: Session) -> set[str]:
    """Return the hashes of all documents that a record names."""
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name in _COLUMNS:
                found.update(session.scalars(sa.select(column).where(column.is_not(None))))
    return found


def kept(folder: Path) -> Iterator[Path]:
    """Yield the documents in a folder."""
    if folder.is_dir():
        yield from sorted(folder.glob("[0-9a-f][0-9a-f]/" + "[0-9a-f]" * 64))


def spoiled(store: Store) -> tuple[list[str], list[str]]:
    """Return the hashes of the named documents that are missing, and of those that changed."""
    with store.read() as session:
        hashes = sorted(named(session))
    missing, changed = [], []
    for content_hash in hashes:
        path = store.files.path(content_hash)
        if not path.is_file():
            missing.append(content_hash)
        elif hash_of(path) != content_hash:
            changed.append(content_hash)
    return missing, changed


def names(store: Store, hashes: Sequence[str]) -> dict[str, str]:
    """Return what people know documents by: the name of an attachment and whose it is."""
    found = dict(zip(hashes, hashes, strict=True))
    with store.read() as session:
        for content_hash in hashes:
            query = sa.select(Attachment).where(Attachment.hash == content_hash)
            whose = [f"{each.name} ({_owner(session, each)})" for each in session.scalars(query)]
            found[content_hash] = ", ".join([*whose, content_hash])
    return found


def _owner(session: Session, attachment: Attachment) -> str:
    table = Base.metadata.tables.get(attachment.record)
    if table is None or "number" not in table.columns:
        return f"{attachment.record} {attachment.record_id}"
    query = sa.select(table.c.number).where(table.c.id == attachment.record_id)
    return str(session.scalars(query).first() or attachment.record)


def copy_documents(source: Path, target: Path) -> None:
    """Copy the documents of one folder that another lacks."""
    for path in kept(source):
        copy = target / path.parent.name / path.name
        if not copy.exists():
            for folder in (target, copy.parent):
                disk.make_private_folder(folder)
            disk.write_whole(copy, path.read_bytes())


def sweep(store: Store) -> int:
    """Take away what nothing has named for 30 days, and return how many documents went.

    What an undo step names may come back, and so is named.
    """
    with store.read() as session:
        wanted = named(session)
        steps = " ".join(map(json.dumps, session.scalars(sa.select(UndoStep.operations))))
    found = {path.name: path for path in kept(store.files.folder)}
    unnamed = {name for name in found if name not in wanted and name not in steps}
    noted, now = _read(store.files.folder), store.now()
    since = {name: noted.get(name, now) for name in sorted(unnamed)}
    gone = {name for name, moment in since.items() if now - moment >= _PATIENCE}
    for name in gone:
        disk.remove(found[name])
        del since[name]
    if since != noted:
        _write(store.files.folder, since)
    return len(gone)


def _read(folder: Path) -> dict[str, datetime]:
    try:
        listed = json.loads((folder / _UNNAMED).read_text("utf-8"))
        return {str(name): datetime.fromisoformat(moment) for name, moment in listed.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _write(folder: Path, since: dict[str, datetime]) -> None:
    listed = {name: moment.isoformat() for name, moment in since.items()}
    disk.write_whole(folder / _UNNAMED, json.dumps(listed, indent=0).encode())
