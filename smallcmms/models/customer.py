"""Customers, their people, their sites and the places in them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.customers import CustomerKind, TaxProfile
from smallcmms.models.base import Base, Key, Money, table


class Customer(Base):
    """Who is billed."""

    __tablename__ = "customer"
    __table_args__ = table()

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[CustomerKind] = mapped_column(default=CustomerKind.COMMERCIAL)
    bill_to: Mapped[str] = mapped_column(default="")
    terms_days: Mapped[int | None]
    tax_profile: Mapped[TaxProfile] = mapped_column(default=TaxProfile.TAXABLE)
    exemption_certificate: Mapped[str] = mapped_column(default="")
    is_po_required: Mapped[bool] = mapped_column(default=False)
    not_to_exceed: Mapped[Money | None]
    language: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customer.id"), index=True)
    archived_on: Mapped[date | None]


class Contact(Base):
    """A person at a customer's."""

    __tablename__ = "contact"
    __table_args__ = table()

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customer.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"), index=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    phone_digits: Mapped[str] = mapped_column(default="", index=True)
    mobile: Mapped[str] = mapped_column(default="")
    mobile_digits: Mapped[str] = mapped_column(default="", index=True)
    email: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None]

    customer: Mapped[Customer] = relationship(lazy="raise")


class Site(Base):
    """A service address of a customer."""

    __tablename__ = "site"
    __table_args__ = table()

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customer.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    address: Mapped[str]
    city: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    access_notes: Mapped[str] = mapped_column(default="")
    access_code: Mapped[str] = mapped_column(default="")
    hazards: Mapped[str] = mapped_column(default="")
    latitude: Mapped[str] = mapped_column(default="")
    longitude: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None]

    customer: Mapped[Customer] = relationship(lazy="raise")


class Location(Base):
    """A place in a site: building, floor, room."""

    __tablename__ = "location"
    __table_args__ = table()

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("location.id"), index=True)
    name: Mapped[str]
    path: Mapped[str]
    archived_on: Mapped[date | None]

    site: Mapped[Site] = relationship(lazy="raise")
