"""A file that lies safe on the disk becomes an attachment, inside the change under way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.messages import KeptFile
from smallcmms.models import Attachment
from smallcmms.services.steps import events


def attach(
    session: Session,
    at: datetime,
    record: str,
    record_id: int,
    kept: KeptFile,
    *,
    kind: AttachmentKind = AttachmentKind.OTHER,
) -> Attachment:
    """Write that a kept file belongs to a record."""
    made = Attachment(
        record=record,
        record_id=record_id,
        kind=kind,
        name=kept.name,
        hash=kept.hash,
        size=kept.size,
        added_at=at,
    )
    session.add(made)
    session.flush()
    events.note(session, at, record, record_id, "attached", name=kept.name)
    return made
