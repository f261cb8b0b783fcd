"""Assets, their classes and warranties."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.assets import AssetStatus, Criticality, Owner
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.models.base import Base, Key, Money, table
from smallcmms.models.customer import Location, Site


class AssetClass(Base):
    """What assets of one kind have in common."""

    __tablename__ = "asset_class"
    __table_args__ = table()

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    hazards: Mapped[str] = mapped_column(default="")
    problem_codes: Mapped[list[str]] = mapped_column(default=list)
    expected_life_years: Mapped[int | None]
    custom_fields: Mapped[list[str]] = mapped_column(default=list)
    archived_on: Mapped[date | None]


class Asset(Base):
    """A machine or installation that is kept running."""

    __tablename__ = "asset"
    __table_args__ = table()

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    short_code: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(index=True)
    asset_class_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset_class.id"), index=True)
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"), index=True)
    location_id: Mapped[int | None] = mapped_column(sa.ForeignKey("location.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    own_tag: Mapped[str] = mapped_column(default="")
    make: Mapped[str] = mapped_column(default="")
    model: Mapped[str] = mapped_column(default="")
    serial: Mapped[str] = mapped_column(default="")
    nameplate: Mapped[str] = mapped_column(default="")
    criticality: Mapped[Criticality | None]
    status: Mapped[AssetStatus] = mapped_column(default=AssetStatus.IN_SERVICE)
    installed_on: Mapped[date | None]
    expected_life_years: Mapped[int | None]
    replacement_cost: Mapped[Money | None]
    owner: Mapped[Owner] = mapped_column(default=Owner.CUSTOMER)
    lock_out_energies: Mapped[str] = mapped_column(default="")
    lock_out_steps: Mapped[list[str]] = mapped_column(default=list)
    custom_values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    notes: Mapped[str] = mapped_column(default="")
    is_stub: Mapped[bool] = mapped_column(default=False)
    missing_on: Mapped[date | None]
    archived_on: Mapped[date | None]

    asset_class: Mapped[AssetClass | None] = relationship(lazy="raise")
    site: Mapped[Site] = relationship(lazy="raise")
    location: Mapped[Location | None] = relationship(lazy="raise")


class Warranty(Base):
    """A promise to repair an asset without charge, for a time."""

    __tablename__ = "warranty"
    __table_args__ = table()

    id: Mapped[Key]
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    kind: Mapped[WarrantyKind] = mapped_column(default=WarrantyKind.FULL)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date]
    guarantor: Mapped[str] = mapped_column(default="")
