"""Label sheets that the shop has measured itself."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.models.base import Base, Key, Quantity, table


class LabelSheet(Base):
    """A label sheet of the shop's own; lengths are millimetres."""

    __tablename__ = "label_sheet"
    __table_args__ = table(
        sa.CheckConstraint("columns >= 1 AND rows >= 1", name="grid"),
        sa.CheckConstraint("width > 0 AND height > 0", name="label"),
    )

    id: Mapped[Key]
    name: Mapped[str]
    page_width: Mapped[Quantity]
    page_height: Mapped[Quantity]
    width: Mapped[Quantity]
    height: Mapped[Quantity]
    pitch_x: Mapped[Quantity]
    pitch_y: Mapped[Quantity]
    left: Mapped[Quantity]
    top: Mapped[Quantity]
    columns: Mapped[int]
    rows: Mapped[int]
    is_round: Mapped[bool] = mapped_column(default=False)
    archived_on: Mapped[date | None]
