"""What happened, what was changed, what can be taken back, what is half typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.models.base import Base, Key, table


class Event(Base):
    """Something that happened to a record: when it was, and when it was recorded."""

    __tablename__ = "event"
    __table_args__ = table(sa.Index(None, "record", "record_id"))

    id: Mapped[Key]
    record: Mapped[str]
    record_id: Mapped[int]
    kind: Mapped[str]
    was: Mapped[str] = mapped_column(default="")
    now: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]


class History(Base):
    """One change or one undo, kept for good."""

    __tablename__ = "history"
    __table_args__ = table(undoable=False, dumped=False)

    id: Mapped[Key]
    at: Mapped[datetime]
    way: Mapped[str]
    label: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    record: Mapped[str] = mapped_column(default="")
    record_id: Mapped[int | None]


class UndoStep(Base):
    """One change as data, so that it can be taken back."""

    __tablename__ = "undo_step"
    __table_args__ = table(undoable=False, dumped=False)

    id: Mapped[Key]
    way: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_barrier: Mapped[bool] = mapped_column(default=False)
    record: Mapped[str] = mapped_column(default="")
    record_id: Mapped[int | None]
    operations: Mapped[list[Any]]


class Draft(Base):
    """Something half typed that survives a crash: a call, a sheet."""

    __tablename__ = "draft"
    __table_args__ = table(sa.UniqueConstraint("kind", "subject"), undoable=False, dumped=False)

    id: Mapped[Key]
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]
