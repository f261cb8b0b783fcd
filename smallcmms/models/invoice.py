"""Invoices, credit notes and the money that came in for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.domain.lines import LineKind
from smallcmms.domain.payments import PaymentMethod
from smallcmms.models.base import Base, Key, Money, Percent, Quantity, UnitPrice, table
from smallcmms.models.customer import Customer
from smallcmms.models.work_order import WorkOrder


class Invoice(Base):
    """A bill or a credit note: a draft that may change, or issued and frozen."""

    __tablename__ = "invoice"
    __table_args__ = table(
        sa.CheckConstraint("(state = 'issued') = (number IS NOT NULL)", name="numbered"),
        sa.UniqueConstraint("kind", "count"),
        sa.Index(None, "state", "kind", "due_on", "total"),
        sa.Index(None, "customer_id", "state", "kind", "due_on", "total"),
        sa.Index(None, "credits_id", sqlite_where=sa.text("credits_id IS NOT NULL")),
        frozen="OLD.state = 'issued'",
    )

    id: Mapped[Key]
    number: Mapped[str | None] = mapped_column(unique=True)
    count: Mapped[int | None]
    kind: Mapped[InvoiceKind] = mapped_column(default=InvoiceKind.INVOICE)
    state: Mapped[InvoiceState] = mapped_column(default=InvoiceState.DRAFT)
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customer.id"))
    work_order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    credits_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invoice.id"))
    reason: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(sa.String(3))
    is_tax_included: Mapped[bool] = mapped_column(default=False)
    allowance: Mapped[Money] = mapped_column(default=0)
    charge: Mapped[Money] = mapped_column(default=0)
    drafted_at: Mapped[datetime]
    invoice_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    terms_days: Mapped[int]
    net: Mapped[Money] = mapped_column(default=0)
    tax: Mapped[Money] = mapped_column(default=0)
    total: Mapped[Money] = mapped_column(default=0)
    issued_at: Mapped[datetime | None] = mapped_column(index=True)
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    document_hash: Mapped[str | None]
    chain_hash: Mapped[str | None]

    customer: Mapped[Customer] = relationship(lazy="raise")
    work_order: Mapped[WorkOrder | None] = relationship(lazy="raise")


class InvoiceLine(Base):
    """What is billed, and the record it comes from; that record is billed at most once."""

    __tablename__ = "invoice_line"
    __table_args__ = table(
        frozen="(SELECT state FROM invoice WHERE id = OLD.invoice_id) = 'issued'",
        frozen_new="(SELECT state FROM invoice WHERE id = NEW.invoice_id) = 'issued'",
    )

    id: Mapped[Key]
    invoice_id: Mapped[int] = mapped_column(sa.ForeignKey("invoice.id"), index=True)
    sequence: Mapped[int]
    kind: Mapped[LineKind]
    labour_id: Mapped[int | None] = mapped_column(sa.ForeignKey("labour.id"), index=True)
    used_part_id: Mapped[int | None] = mapped_column(sa.ForeignKey("used_part.id"), index=True)
    text: Mapped[str]
    quantity: Mapped[Quantity]
    unit: Mapped[str] = mapped_column(default="")
    price: Mapped[UnitPrice]
    base: Mapped[Quantity]
    allowance: Mapped[Money] = mapped_column(default=0)
    charge: Mapped[Money] = mapped_column(default=0)
    tax_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tax.id"), index=True)
    net: Mapped[Money] = mapped_column(default=0)


class InvoiceTax(Base):
    """The tax of one rate on one invoice, as it was computed."""

    __tablename__ = "invoice_tax"
    __table_args__ = table(
        frozen="(SELECT state FROM invoice WHERE id = OLD.invoice_id) = 'issued'",
        frozen_new="(SELECT state FROM invoice WHERE id = NEW.invoice_id) = 'issued'",
    )

    id: Mapped[Key]
    invoice_id: Mapped[int] = mapped_column(sa.ForeignKey("invoice.id"), index=True)
    tax_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tax.id"), index=True)
    name: Mapped[str]
    percent: Mapped[Percent]
    base: Mapped[Money]
    amount: Mapped[Money]


class Payment(Base):
    """Money that came in, or an amount written off."""

    __tablename__ = "payment"
    __table_args__ = table()

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customer.id"), index=True)
    received_on: Mapped[date] = mapped_column(index=True)
    recorded_at: Mapped[datetime]
    amount: Mapped[Money]
    method: Mapped[PaymentMethod]
    reference: Mapped[str] = mapped_column(default="")


class PaymentAllocation(Base):
    """The share of a payment that goes towards an invoice."""

    __tablename__ = "payment_allocation"
    __table_args__ = table(sa.Index(None, "invoice_id", "amount"))

    id: Mapped[Key]
    payment_id: Mapped[int] = mapped_column(sa.ForeignKey("payment.id"), index=True)
    invoice_id: Mapped[int] = mapped_column(sa.ForeignKey("invoice.id"), index=True)
    amount: Mapped[Money]
