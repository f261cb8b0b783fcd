"""Attachments: papers and pictures kept by their content."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.models import Attachment
from smallcmms.services.steps import events
from smallcmms.store.store import Store, about


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """What a list shows of an attachment; its size is in bytes."""

    id: int
    kind: AttachmentKind
    name: str
    hash: str
    size: int


def add(
    store: Store,
    record: str,
    record_id: int,
    *,
    name: str,
    content: bytes,
    kind: AttachmentKind = AttachmentKind.OTHER,
) -> int:
    """Keep a file with a record; its bytes are safe on disk before the record names them.

    Returns:
        The attachment's id.
    """
    at, kept = store.now(), store.files.put(content)
    with store.change("Attach {name}", name=name) as session:
        attachment = Attachment(
            record=record,
            record_id=record_id,
            kind=kind,
            name=name,
            hash=kept,
            size=len(content),
            added_at=at,
        )
        session.add(attachment)
        session.flush()
        events.note(session, at, record, record_id, "attached", name=name)
        about(session, record, record_id)
        return attachment.id


def rows(store: Store, record: str, record_id: int) -> list[AttachmentRow]:
    """Return the attachments of a record, the oldest first."""
    query = (
        select(Attachment.id, Attachment.kind, Attachment.name, Attachment.hash, Attachment.size)
        .where(
            Attachment.record == record,
            Attachment.record_id == record_id,
            Attachment.archived_on.is_(None),
        )
        .order_by(Attachment.id)
    )
    with store.read() as session:
        return [AttachmentRow(*row) for row in session.execute(query)]


def content(store: Store, attachment_id: int) -> bytes:
    """Return the bytes of an attachment.

    Raises:
        NotFound: the file is missing or is no longer what it was.
    """
    with store.read() as session:
        kept = session.get_one(Attachment, attachment_id).hash
    return store.files.get(kept)
