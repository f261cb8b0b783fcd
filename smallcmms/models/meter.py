"""Meters of an asset and what was read off them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.domain.meters import MeterKind, ReadingKind, ReadingSource
from smallcmms.models.base import Base, Key, Quantity, table


class Meter(Base):
    """Something on an asset that is read: hours that add up, a current that rises and falls.

    ``sensor`` is what the export of a sensor calls it, where one reads it.
    """

    __tablename__ = "meter"
    __table_args__ = table()

    id: Mapped[Key]
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    name: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    sensor: Mapped[str] = mapped_column(default="", index=True)
    kind: Mapped[MeterKind] = mapped_column(default=MeterKind.GAUGE)
    rolls_over_at: Mapped[Quantity | None]
    low: Mapped[Quantity | None]
    high: Mapped[Quantity | None]
    archived_on: Mapped[date | None]


class Reading(Base):
    """What a meter showed on a day; what happened to the meter that day, where something did.

    ``read_at`` is the moment, where a sensor says it.
    """

    __tablename__ = "reading"
    __table_args__ = table(sa.Index(None, "meter_id", "read_on", "id"))

    id: Mapped[Key]
    meter_id: Mapped[int] = mapped_column(sa.ForeignKey("meter.id"))
    read_on: Mapped[date]
    read_at: Mapped[datetime | None]
    value: Mapped[Quantity]
    kind: Mapped[ReadingKind] = mapped_column(default=ReadingKind.NORMAL)
    source: Mapped[ReadingSource] = mapped_column(default=ReadingSource.HAND)
    work_order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    recorded_at: Mapped[datetime]
