"""Papers and pictures that belong to a record."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.models.base import Base, Key, table


class Attachment(Base):
    """A file kept by its content, and the record it belongs to."""

    __tablename__ = "attachment"
    __table_args__ = table(sa.Index(None, "record", "record_id"))

    id: Mapped[Key]
    record: Mapped[str]
    record_id: Mapped[int]
    kind: Mapped[AttachmentKind]
    name: Mapped[str]
    hash: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    added_at: Mapped[datetime]
    archived_on: Mapped[date | None]
