"""Follow-ups: what somebody must come back to, and what came of it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.models.base import Base, Key, Money, table


class FollowUp(Base):
    """Something to come back to: by which rule, about which record, until when.

    ``occasion`` tells two of one rule and record apart: the day on which a certificate expires, the
    visit. ``value`` is what is at stake. It is not shown before the
    day that it was put off until.
    """

    __tablename__ = "follow_up"
    __table_args__ = table(
        sa.UniqueConstraint("rule", "record", "record_id", "occasion"),
        sa.Index("ix_follow_up_open", "due_on", sqlite_where=sa.text("done_on IS NULL")),
    )

    id: Mapped[Key]
    rule: Mapped[FollowUpRule]
    record: Mapped[str]
    record_id: Mapped[int]
    occasion: Mapped[str] = mapped_column(default="")
    customer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customer.id"), index=True)
    due_on: Mapped[date]
    put_off_until: Mapped[date | None]
    value: Mapped[Money | None]
    outcome: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]
    created_at: Mapped[datetime]
