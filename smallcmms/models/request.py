"""Requests: what callers asked for."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.requests import Channel, RequestStatus
from smallcmms.models.asset import Asset
from smallcmms.models.base import Base, Key, table
from smallcmms.models.customer import Contact, Customer, Location, Site

IS_WAITING = "closed_at IS NULL"
IS_DECLINED = "status = 'declined'"
"""Literals, so that the partial indexes are used."""


class Request(Base):
    """A call, a walk-in, an e-mail: somebody wants something done."""

    __tablename__ = "request"
    __table_args__ = table(
        sa.Index("ix_request_waiting", "level", "answer_by", sqlite_where=sa.text(IS_WAITING)),
        sa.Index("ix_request_closed", "closed_at", "id"),
        sa.Index("ix_request_declined", "closed_at", "id", sqlite_where=sa.text(IS_DECLINED)),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
    recorded_at: Mapped[datetime]
    channel: Mapped[Channel]
    caller: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    customer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customer.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"), index=True)
    location_id: Mapped[int | None] = mapped_column(sa.ForeignKey("location.id"), index=True)
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    words: Mapped[str]
    facts: Mapped[list[str]] = mapped_column(default=list)
    problem_codes: Mapped[list[str]] = mapped_column(default=list)
    level: Mapped[int]
    level_reason: Mapped[str] = mapped_column(default="")
    fixed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    level_override_reason: Mapped[str] = mapped_column(default="")
    answer_by: Mapped[datetime]
    status: Mapped[RequestStatus] = mapped_column(default=RequestStatus.NEW)
    reason: Mapped[str] = mapped_column(default="")
    duplicate_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("request.id"), index=True)
    work_order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
    intake_seconds: Mapped[int | None]
    closed_at: Mapped[datetime | None]

    customer: Mapped[Customer | None] = relationship(lazy="raise")
    contact: Mapped[Contact | None] = relationship(lazy="raise")
    site: Mapped[Site | None] = relationship(lazy="raise")
    location: Mapped[Location | None] = relationship(lazy="raise")
    asset: Mapped[Asset | None] = relationship(lazy="raise")
