"""PM schedules: what is done again and again, on which assets, by which rule."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.pm import Landing, Missed, OccurrenceStatus, Timing
from smallcmms.domain.recurrence import MonthDay, Unit
from smallcmms.domain.work_orders import BillingRule, WorkType
from smallcmms.models.asset import Asset
from smallcmms.models.base import Base, Key, Money, Quantity, table
from smallcmms.models.customer import Site

IS_DUE = "status = 'due'"
"""A literal, so that the partial index is used."""


class PmSchedule(Base):
    """Work that comes again: by the calendar, by a meter, or when a reading leaves its limits."""

    __tablename__ = "pm_schedule"
    __table_args__ = table()

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"), index=True)
    type: Mapped[WorkType] = mapped_column(default=WorkType.PREVENTIVE)
    level: Mapped[int] = mapped_column(default=3)
    timing: Mapped[Timing]
    every: Mapped[int | None]
    unit: Mapped[Unit]
    weekdays: Mapped[list[Any]]
    month_day: Mapped[MonthDay]
    nth: Mapped[int]
    weekday: Mapped[int]
    anchor_on: Mapped[date | None]
    meter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meter.id"), index=True)
    meter_every: Mapped[Quantity | None]
    is_by_limits: Mapped[bool]
    season: Mapped[list[Any]]
    landing: Mapped[Landing]
    blackouts: Mapped[list[Any]]
    lead_days: Mapped[int] = mapped_column(default=7)
    early_days: Mapped[int | None]
    grace_days: Mapped[int | None]
    missed: Mapped[Missed] = mapped_column(default=Missed.COALESCE)
    job_template_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("job_template.id"), index=True
    )
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technician.id"), index=True)
    planned_minutes: Mapped[int | None]
    billing_rule: Mapped[BillingRule] = mapped_column(default=BillingRule.TIME_AND_MATERIALS)
    flat_price: Mapped[Money | None]
    instructions: Mapped[str] = mapped_column(default="")
    ends_on: Mapped[date | None]
    paused_on: Mapped[date | None]
    pause_reason: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None]

    site: Mapped[Site] = relationship(lazy="raise")


class PmScheduleAsset(Base):
    """An asset that a schedule is about; each keeps its own due dates."""

    __tablename__ = "pm_schedule_asset"
    __table_args__ = table(sa.UniqueConstraint("pm_schedule_id", "asset_id"))

    id: Mapped[Key]
    pm_schedule_id: Mapped[int] = mapped_column(sa.ForeignKey("pm_schedule.id"), index=True)
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    sequence: Mapped[int]

    asset: Mapped[Asset] = relationship(lazy="raise")


class PmCover(Base):
    """A smaller schedule whose work is part of a larger one: the annual includes the monthly."""

    __tablename__ = "pm_cover"
    __table_args__ = table(sa.UniqueConstraint("larger_id", "smaller_id"))

    id: Mapped[Key]
    larger_id: Mapped[int] = mapped_column(sa.ForeignKey("pm_schedule.id"), index=True)
    smaller_id: Mapped[int] = mapped_column(sa.ForeignKey("pm_schedule.id"), index=True)


class PmOccurrence(Base):
    """One due date of one asset, or one reading at which it is due, and what became of it.

    ``nominal_on`` is what the interval gave, ``due_on`` the day after season and days off;
    ``due_count`` is what the meter has counted in all when the work is due. ``because`` says why
    it is due then.
    """

    __tablename__ = "pm_occurrence"
    __table_args__ = table(
        sa.UniqueConstraint("pm_schedule_id", "asset_id", "sequence"),
        sa.Index("ix_pm_occurrence_pending", "due_on", sqlite_where=sa.text(IS_DUE)),
    )

    id: Mapped[Key]
    pm_schedule_id: Mapped[int] = mapped_column(sa.ForeignKey("pm_schedule.id"), index=True)
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    sequence: Mapped[int]
    nominal_on: Mapped[date | None]
    due_on: Mapped[date | None]
    due_count: Mapped[Quantity | None]
    because: Mapped[dict[str, Any]] = mapped_column(default=dict)
    status: Mapped[OccurrenceStatus] = mapped_column(default=OccurrenceStatus.DUE)
    work_order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    covered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pm_occurrence.id"), index=True)
    generated_at: Mapped[datetime | None]
    done_on: Mapped[date | None]
    done_count: Mapped[Quantity | None]
    reason: Mapped[str] = mapped_column(default="")
