"""Parts, where they lie and how they move."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.stock import LocationKind, MoveKind
from smallcmms.models.base import Base, Key, Percent, Quantity, UnitPrice, table


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
    bin: Mapped[str] = mapped_column(default="")
    superseded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("part.id"), index=True)
    notes: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None]

    supplier: Mapped[Supplier | None] = relationship(lazy="raise")


class StockMove(Base):
    """One movement of a part; on hand is the sum of the moves."""

    __tablename__ = "stock_move"
    __table_args__ = table(sa.Index(None, "part_id", "location_id", "quantity"))

    id: Mapped[Key]
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("part.id"), index=True)
    location_id: Mapped[int] = mapped_column(sa.ForeignKey("stock_location.id"), index=True)
    kind: Mapped[MoveKind]
    quantity: Mapped[Quantity]
    unit_cost: Mapped[UnitPrice]
    used_part_id: Mapped[int | None] = mapped_column(sa.ForeignKey("used_part.id"), index=True)
    reverses_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stock_move.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    moved_on: Mapped[date]
    recorded_at: Mapped[datetime]
