"""Attachments: papers and pictures kept by their content, and the copies that leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.attachments import (
    HEAD,
    MOST_BYTES,
    PICTURES,
    AttachmentKind,
    ending,
    guess,
    safe_name,
    shown_name,
)
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.models import Asset, Attachment, Base, Customer, Invoice, Part, Request, WorkOrder
from smallcmms.services.steps import events, shops
from smallcmms.store.files import read_outside, write_outside
from smallcmms.store.store import Store, about

Clean = Callable[[bytes], Iterable[bytes | memoryview]]
"""Takes out of a picture what tells where it was taken; the face hands it in."""

_OWNERS: MappingProxyType[str, Any] = MappingProxyType(
    {
        "asset": Asset,
        "work_order": WorkOrder,
        "request": Request,
        "customer": Customer,
        "invoice": Invoice,
        "part": Part,
    }
)


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """What a list shows of an attachment; its size is in bytes.

    ``is_there`` tells that the document lies beside the shop file in its full size.
    """

    id: int
    kind: AttachmentKind
    name: str
    hash: str
    size: int
    added_at: datetime
    is_there: bool


def add(
    store: Store,
    record: str,
    record_id: int,
    *,
    name: str,
    content: bytes,
    kind: AttachmentKind | None = None,
) -> int:
    """Keep a file with a record; its bytes are safe on disk before the record names them.

    ``kind`` is guessed from the name and the first bytes unless it is told.

    Returns:
        The attachment's id.

    Raises:
        RuleBroken: there is no name, or it is larger than is kept.
    """
    return _add(store, record, record_id, [(name, content)], kind)[0]


def add_files(
    store: Store,
    record: str,
    record_id: int,
    paths: Iterable[Path],
    *,
    kind: AttachmentKind | None = None,
) -> list[int]:
    """Keep several files with a record: one change, all of them or none.

    Raises:
        RuleBroken: one is no plain file of this machine, is empty, or is larger than is kept.
    """
    read = ((path.name, read_outside(path, most=MOST_BYTES)) for path in paths)
    return _add(store, record, record_id, read, kind)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file whose bytes lie safe already."""

    name: str
    kind: AttachmentKind
    hash: str
    size: int


def _add(
    store: Store,
    record: str,
    record_id: int,
    files: Iterable[tuple[str, bytes]],
    kind: AttachmentKind | None,
) -> list[int]:
    at = store.now()
    kept = [_put(store, shown_name(name), content, kind) for name, content in files]
    if not kept:
        return []
    label = "Attach {name}" if len(kept) == 1 else "Attach {count} files"
    with store.change(label, name=kept[0].name, count=len(kept)) as session:
        number = _number(session, record, record_id)
        added = [_made(each, record, record_id, at) for each in kept]
        session.add_all(added)
        session.flush()
        for each in added:
            events.note(session, at, record, record_id, "attached", name=each.name)
        about(session, record, record_id, number=number)
        return [each.id for each in added]


def _put(store: Store, name: str, content: bytes, kind: AttachmentKind | None) -> _Kept:
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise RuleBroken("{name} is larger than {most} MB.", name=name, most=most)
    kept = store.files.put(content)
    return _Kept(name, kind or guess(name, content[:HEAD]), kept, len(content))


def _made(kept: _Kept, record: str, record_id: int, at: datetime) -> Attachment:
    return Attachment(
        record=record,
        record_id=record_id,
        kind=kept.kind,
        name=kept.name,
        hash=kept.hash,
        size=kept.size,
        added_at=at,
    )


def _number(session: Session, record: str, record_id: int) -> str:
    owner: Base | None = session.get(_OWNERS[record], record_id) if record in _OWNERS else None
    if owner is None:
        raise NotFound("There is nothing here that a file could belong to.")
    return str(getattr(owner, "number", "") or "")


def rename(store: Store, attachment_id: int, *, name: str) -> None:
    """Give a file another name; its content stays what it is.

    Raises:
        RuleBroken: the name is blank.
    """
    told, at = shown_name(name), store.now()
    with store.change("Rename {name}") as session:
        attachment = _found(session, attachment_id)
        was, attachment.name = attachment.name, told
        _note(session, at, attachment, "attachment_renamed", was=was, now=told)


def set_kind(store: Store, attachment_id: int, *, kind: AttachmentKind) -> None:
    """Say what a file is."""
    at = store.now()
    with store.change("Say what {name} is") as session:
        attachment = _found(session, attachment_id)
        was, attachment.kind = attachment.kind, kind
        _note(session, at, attachment, "attachment_kind", was=was.value, now=kind.value)


def archive(store: Store, attachment_id: int) -> None:
    """Put a file away: the record shows it no more, and its bytes stay where they are."""
    at = store.now()
    with store.change("Archive {name}") as session:
        attachment = _found(session, attachment_id)
        attachment.archived_on = shops.current(session).day(at)
        _note(session, at, attachment, "attachment_archived")


def _note(session: Session, at: datetime, attachment: Attachment, kind: str, **told: str) -> None:
    record, record_id, name = attachment.record, attachment.record_id, attachment.name
    events.note(session, at, record, record_id, kind, name=name, **told)  # type: ignore[arg-type]
    about(session, record, record_id, name=name)


def _found(session: Session, attachment_id: int) -> Attachment:
    attachment = session.get(Attachment, attachment_id)
    if attachment is None:
        raise NotFound("There is no such file.")
    return attachment


def rows(store: Store, record: str, record_id: int) -> list[AttachmentRow]:
    """Return the attachments of a record, the oldest first."""
    query = (
        select(Attachment)
        .where(
            Attachment.record == record,
            Attachment.record_id == record_id,
            Attachment.archived_on.is_(None),
        )
        .order_by(Attachment.id)
    )
    with store.read() as session:
        return [_row(store, each) for each in session.scalars(query)]


def get(store: Store, attachment_id: int) -> AttachmentRow:
    """Return what a list shows of one attachment.

    Raises:
        NotFound: there is none.
    """
    with store.read() as session:
        return _row(store, _found(session, attachment_id))


def _row(store: Store, attachment: Attachment) -> AttachmentRow:
    return AttachmentRow(
        attachment.id,
        attachment.kind,
        attachment.name,
        attachment.hash,
        attachment.size,
        attachment.added_at,
        store.files.size(attachment.hash) == attachment.size,
    )


def content(store: Store, attachment_id: int) -> bytes:
    """Return the bytes of an attachment.

    Raises:
        NotFound: there is none, or its document is missing.
        RuleBroken: its document is no longer what it was.
    """
    with store.read() as session:
        attachment = _found(session, attachment_id)
        kept, name = attachment.hash, attachment.name
    try:
        return store.files.get(kept)
    except NotFound as error:
        raise NotFound("{name} is missing from the shop's files.", name=name) from error
    except RuleBroken as error:
        message = "{name} is damaged: it is no longer what was added."
        raise RuleBroken(message, name=name) from error


def copy_name(store: Store, attachment_id: int) -> str:
    """Return the name under which a copy may leave, with the ending that fits its content."""
    row = get(store, attachment_id)
    return safe_name(row.name, ending(_head(store, row.hash), row.name))


def opens(store: Store, attachment_id: int) -> bool:
    """Tell whether the system may open a copy: plain pictures, PDF and plain text alone."""
    row = get(store, attachment_id)
    return bool(ending(_head(store, row.hash), row.name))


def is_picture(store: Store, attachment_id: int) -> bool:
    """Tell whether a file is a picture, by what it holds."""
    return ending(_head(store, get(store, attachment_id).hash)) in PICTURES


def _head(store: Store, content_hash: str) -> bytes:
    try:
        with store.files.path(content_hash).open("rb") as opened:
            return opened.read(HEAD)
    except OSError:
        return b""


def save_copy(store: Store, attachment_id: int, target: Path, *, clean: Clean) -> Path:
    """Write a copy of an attachment as ``target``; the original stays untouched.

    ``clean`` takes out of pictures what tells where they were taken.

    Raises:
        NotFound: the document is missing.
        RuleBroken: the document is damaged, or the copy cannot be written.
    """
    write_outside(target, clean(content(store, attachment_id)))
    return target


def lay_out(store: Store, attachment_id: int, folder: Path, *, clean: Clean) -> Path:
    """Write a copy into an empty, private folder, to be opened by the system; return it.

    Raises:
        RuleBroken: it is of a kind that the system must not open from here, or is damaged.
        NotFound: the document is missing.
    """
    data, row = content(store, attachment_id), get(store, attachment_id)
    fits = ending(data[:HEAD], row.name)
    if not fits:
        message = "{name} is not opened from here: it may be a program. Save it first."
        raise RuleBroken(message, name=row.name)
    target = folder / safe_name(row.name, fits)
    write_outside(target, clean(data))
    return target
