"""Purchase orders: what was ordered where, and how much of it has come."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.models.base import Base, Key, Quantity, UnitPrice, table
from smallcmms.models.part import Part, Supplier

IS_OPEN = "status IN ('draft', 'ordered', 'part_received')"
"""A literal, so that the partial index is used."""


class PurchaseOrder(Base):
    """An order at one supplier; it is received when the last of its lines is in."""

    __tablename__ = "purchase_order"
    __table_args__ = table(
        sa.Index("ix_purchase_order_open", "promised_on", sqlite_where=sa.text(IS_OPEN))
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    status: Mapped[PurchaseOrderStatus] = mapped_column(default=PurchaseOrderStatus.DRAFT)
    made_at: Mapped[datetime]
    ordered_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    received_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    cancel_reason: Mapped[str] = mapped_column(default="")

    supplier: Mapped[Supplier] = relationship(lazy="raise")


class PurchaseOrderLine(Base):
    """A line of a purchase order: a part of the register, or something in words.

    ``quantity`` and ``unit_cost`` are of the part's own unit, however the supplier packs it;
    ``work_order_id`` names the job that it is bought for.
    """

    __tablename__ = "purchase_order_line"
    __table_args__ = table(sa.Index(None, "part_id", "purchase_order_id"))

    id: Mapped[Key]
    purchase_order_id: Mapped[int] = mapped_column(sa.ForeignKey("purchase_order.id"), index=True)
    sequence: Mapped[int]
    part_id: Mapped[int | None] = mapped_column(sa.ForeignKey("part.id"))
    text: Mapped[str] = mapped_column(default="")
    supplier_number: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Quantity]
    unit_cost: Mapped[UnitPrice]
    received: Mapped[Quantity]
    work_order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("work_order.id"), index=True)

    part: Mapped[Part | None] = relationship(lazy="raise")
