"""Technicians, what they are certified for, and where that is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.models.asset import Asset, AssetClass
from smallcmms.models.base import Base, Key, UnitPrice, table
from smallcmms.models.customer import Site
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


class Certificate(Base):
    """A certificate that a technician holds, or that an asset or a site has."""

    __tablename__ = "certificate"
    __table_args__ = table()

    id: Mapped[Key]
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technician.id"), index=True)
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"), index=True)
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None] = mapped_column(index=True)
    archived_on: Mapped[date | None]

    technician: Mapped[Technician | None] = relationship(lazy="raise")
    asset: Mapped[Asset | None] = relationship(lazy="raise")
    site: Mapped[Site | None] = relationship(lazy="raise")


class CertificateNeed(Base):
    """A kind of certificate that work on a class of assets, an asset or a site asks for."""

    __tablename__ = "certificate_need"
    __table_args__ = table()

    id: Mapped[Key]
    kind: Mapped[str]
    asset_class_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset_class.id"), index=True)
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"), index=True)
    archived_on: Mapped[date | None]

    asset_class: Mapped[AssetClass | None] = relationship(lazy="raise")
