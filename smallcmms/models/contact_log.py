"""What was said between the shop and a customer."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.contact_log import Way
from smallcmms.models.base import Base, Key, table
from smallcmms.models.customer import Contact, Customer


class ContactLog(Base):
    """One talk, message or letter: with whom, how, when it was, and what was said."""

    __tablename__ = "contact_log"
    __table_args__ = table(sa.Index(None, "customer_id", "happened_at"))

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customer.id"))
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact.id"), index=True)
    how: Mapped[Way]
    said: Mapped[str]
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]

    customer: Mapped[Customer] = relationship(lazy="raise")
    contact: Mapped[Contact | None] = relationship(lazy="raise")
