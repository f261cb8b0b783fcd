"""Counts of stock: what should lie in a place, and what was counted there."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.domain.stock_counts import CountStatus
from smallcmms.models.base import Base, Key, Quantity, UnitPrice, table


class StockCount(Base):
    """A count of what lies in one place, with a sheet to write the figures on.

    ``counted_at`` is when the sheet says it was counted; without it each figure has its own moment.
    """

    __tablename__ = "stock_count"
    __table_args__ = table()

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    location_id: Mapped[int] = mapped_column(sa.ForeignKey("stock_location.id"), index=True)
    status: Mapped[CountStatus] = mapped_column(default=CountStatus.OPEN)
    counted_by: Mapped[str] = mapped_column(default="")
    begun_at: Mapped[datetime]
    printed_at: Mapped[datetime | None]
    document_hash: Mapped[str | None]
    counted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class StockCountLine(Base):
    """A part of a count: what the moves said when it began, and what was counted.

    ``bin`` is the shelf as it was then. ``expected`` and ``cost`` are set when it is booked, as
    they were when it was counted; ``move_id`` is the move that booked the difference.
    """

    __tablename__ = "stock_count_line"
    __table_args__ = table(sa.UniqueConstraint("stock_count_id", "part_id"))

    id: Mapped[Key]
    stock_count_id: Mapped[int] = mapped_column(sa.ForeignKey("stock_count.id"))
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("part.id"), index=True)
    sequence: Mapped[int]
    bin: Mapped[str] = mapped_column(default="")
    begun_with: Mapped[Quantity]
    first_counted: Mapped[Quantity | None]
    counted: Mapped[Quantity | None]
    counted_at: Mapped[datetime | None]
    is_added: Mapped[bool] = mapped_column(default=False)
    is_recount: Mapped[bool] = mapped_column(default=False)
    expected: Mapped[Quantity | None]
    cost: Mapped[UnitPrice | None]
    move_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stock_move.id"), index=True)
