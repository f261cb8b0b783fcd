"""Missed calls: somebody rang and nobody could answer."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.domain.missed_calls import Outcome
from smallcmms.models.base import Base, Key, table

IS_WAITING = "returned_at IS NULL"
"""A literal, so that the partial index is used."""


class MissedCall(Base):
    """A call to return, and what became of it."""

    __tablename__ = "missed_call"
    __table_args__ = table(
        sa.Index("ix_missed_call_waiting", "called_at", sqlite_where=sa.text(IS_WAITING)),
        sa.UniqueConstraint("digits", "called_at"),
    )

    id: Mapped[Key]
    phone: Mapped[str]
    digits: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    called_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    customer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customer.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact.id"), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("request.id"), index=True)
