"""Audits of assets: the sheets that were printed, and what was seen on the walk."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.domain.audits import AuditStatus, Finding
from smallcmms.models.base import Base, Key, table


class AssetAudit(Base):
    """A walk through a site, or through a part of it, with a sheet of what should stand there."""

    __tablename__ = "asset_audit"
    __table_args__ = table()

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"), index=True)
    location_id: Mapped[int | None] = mapped_column(sa.ForeignKey("location.id"), index=True)
    status: Mapped[AuditStatus] = mapped_column(default=AuditStatus.OUT)
    walked_by: Mapped[str] = mapped_column(default="")
    walked_on: Mapped[date | None]
    begun_at: Mapped[datetime]
    printed_at: Mapped[datetime | None]
    document_hash: Mapped[str | None]
    done_at: Mapped[datetime | None]


class AssetAuditLine(Base):
    """An asset of an audit: where it should stand, and what was seen; a new one has no asset yet.

    ``place`` and ``seen_place`` are paths as they were; the register may have moved on since.
    """

    __tablename__ = "asset_audit_line"
    __table_args__ = table()

    id: Mapped[Key]
    audit_id: Mapped[int] = mapped_column(sa.ForeignKey("asset_audit.id"), index=True)
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    finding: Mapped[Finding] = mapped_column(default=Finding.OPEN)
    seen_place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    short_code: Mapped[str] = mapped_column(default="")
    make: Mapped[str] = mapped_column(default="")
    model: Mapped[str] = mapped_column(default="")
    serial: Mapped[str] = mapped_column(default="")
