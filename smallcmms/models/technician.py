"""Technicians."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.models.base import Base, Key, UnitPrice, table
from smallcmms.models.part import StockLocation


class Technician(Base):
    """Who drives out and does the work."""

    __tablename__ = "technician"
    __table_args__ = table()

    id: Mapped[Key]
    name: Mapped[str]
    initials: Mapped[str] = mapped_column(default="")
    trades: Mapped[list[str]] = mapped_column(default=list)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    truck_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stock_location.id"), index=True)
    cost_rate: Mapped[UnitPrice | None]
    bill_rate: Mapped[UnitPrice | None]
    weekly_minutes: Mapped[int] = mapped_column(default=2400)
    absences: Mapped[list[Any]] = mapped_column(default=list)
    sheet_language: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None]

    truck: Mapped[StockLocation | None] = relationship(lazy="raise")
