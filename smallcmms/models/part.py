"""Parts, where they lie and how they move."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.stock import LocationKind, MoveKind, ReservationStatus
from smallcmms.models.base import Base, Key, Percent, Quantity, UnitPrice, table

KEEPING = "settled_at IS NULL"
"""Reservations that keep something or wait for it: a literal, so that the index is used."""


class Supplier(Base):
    """Where parts are bought."""

    __tablename__ = "supplier"
    __table_args__ = table()

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    account: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None]


class StockLocation(Base):
    """A place where parts lie: the shop, a truck, a bin."""

    __tablename__ = "stock_location"
    __table_args__ = table()

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[LocationKind]
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stock_location.id"), index=True)
    archived_on: Mapped[date | None]


class Part(Base):
    """Something that is kept, used and sold."""

    __tablename__ = "part"
    __table_args__ = table()

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    unit: Mapped[str] = mapped_column(default="")
    purchase_unit: Mapped[str] = mapped_column(default="")
    purchase_factor: Mapped[Quantity | None]
    barcode: Mapped[str] = mapped_column(default="")
    supplier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    supplier_number: Mapped[str] = mapped_column(default="")
    cost: Mapped[UnitPrice]
    price: Mapped[UnitPrice | None]
    markup: Mapped[Percent | None]
    is_taxable: Mapped[bool] = mapped_column(default=True)
    keep: Mapped[Quantity | None]
    order_up_to: Mapped[Quantity | None]
    safety_stock: Mapped[Quantity | None]
    lead_days: Mapped[int | None]
    bin: Mapped[str] = mapped_column(default="")
    superseded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("part.id"), index=True)
    notes: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None]

    supplier: Mapped[Supplier | None] = relationship(lazy="raise")


class StockMove(Base):
    """One movement of a part; on hand is the sum of the moves."""

    __tablename__ = "stock_move"
    __table_args__ = table(
        sa.Index(None, "part_id", "location_id", "quantity"),
        sa.Index(None, "kind", "moved_on", "part_id", "quantity"),
    )

    id: Mapped[Key]
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("part.id"), index=True)
    location_id: Mapped[int] = mapped_column(sa.ForeignKey("stock_location.id"), index=True)
    kind: Mapped[MoveKind]
    quantity: Mapped[Quantity]
    unit_cost: Mapped[UnitPrice]
    used_part_id: Mapped[int | None] = mapped_column(sa.ForeignKey("used_part.id"), index=True)
    purchase_order_line_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("purchase_order_line.id"), index=True
    )
    reverses_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stock_move.id"), index=True)
    pair_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stock_move.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    override_reason: Mapped[str] = mapped_column(default="")
    moved_on: Mapped[date]
    recorded_at: Mapped[datetime]


class PartPar(Base):
    """How much of a part a place should carry."""

    __tablename__ = "part_par"
    __table_args__ = table(sa.UniqueConstraint("part_id", "location_id"))

    id: Mapped[Key]
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("part.id"), index=True)
    location_id: Mapped[int] = mapped_column(sa.ForeignKey("stock_location.id"), index=True)
    quantity: Mapped[Quantity]


class PartFit(Base):
    """A part that fits an asset, or every asset of a class."""

    __tablename__ = "part_fit"
    __table_args__ = table(
        sa.UniqueConstraint("part_id", "asset_id"),
        sa.UniqueConstraint("part_id", "asset_class_id"),
        sa.CheckConstraint("(asset_id IS NULL) <> (asset_class_id IS NULL)", name="one"),
    )

    id: Mapped[Key]
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("part.id"), index=True)
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    asset_class_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset_class.id"), index=True)


class Reservation(Base):
    """What a planned part keeps of the stock for its work order, or waits for."""

    __tablename__ = "reservation"
    __table_args__ = table(
        sa.Index(
            "ix_reservation_open", "part_id", "status", "quantity", sqlite_where=sa.text(KEEPING)
        ),
    )

    id: Mapped[Key]
    planned_part_id: Mapped[int] = mapped_column(sa.ForeignKey("planned_part.id"), index=True)
    work_order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("part.id"), index=True)
    quantity: Mapped[Quantity]
    status: Mapped[ReservationStatus]
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
