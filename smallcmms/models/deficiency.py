"""Deficiencies: faults found during other work."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.domain.deficiencies import DeficiencyStatus
from smallcmms.models.base import Base, Key, Money, table


class Deficiency(Base):
    """Something else that should be put right, and may be quoted."""

    __tablename__ = "deficiency"
    __table_args__ = table()

    id: Mapped[Key]
    work_order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    text: Mapped[str]
    status: Mapped[DeficiencyStatus] = mapped_column(default=DeficiencyStatus.OPEN, index=True)
    deferred_until: Mapped[date | None]
    value: Mapped[Money | None]
    found_on: Mapped[date]
    recorded_at: Mapped[datetime]
