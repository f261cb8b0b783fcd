"""Work orders and what they own: checklist, visits, time, parts, copies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.copies import Audience, CopyState
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.sheets import Mark
from smallcmms.domain.tasks import TaskKind
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import BillingRule, Origin, WorkOrderStatus, WorkType
from smallcmms.models.asset import Asset
from smallcmms.models.base import Base, Key, Money, Quantity, UnitPrice, table
from smallcmms.models.customer import Contact, Customer, Location, Site
from smallcmms.models.part import Part, StockLocation
from smallcmms.models.technician import Technician

OPEN = "closed_at IS NULL"
"""Work that is neither closed nor cancelled: a literal, so that the partial indexes are used."""
TO_INVOICE = (
    "status = 'closed' AND invoiced_at IS NULL"
    " AND billing_rule IN ('time_and_materials', 'flat_rate')"
)
"""Closed work that is to be billed, and is on no issued invoice that still stands."""


class WorkOrder(Base):
    """The authorisation to do a job."""

    __tablename__ = "work_order"
    __table_args__ = table(
        sa.Index("ix_work_order_level", "level", "due_on", "id"),
        sa.Index("ix_work_order_open", "level", "due_on", "id", sqlite_where=sa.text(OPEN)),
        sa.Index("ix_work_order_open_due", "due_on", "id", sqlite_where=sa.text(OPEN)),
        sa.Index("ix_work_order_open_created", "created_at", "id", sqlite_where=sa.text(OPEN)),
        sa.Index("ix_work_order_open_id", "id", sqlite_where=sa.text(OPEN)),
        sa.Index("ix_work_order_open_customer_id", "customer_id", sqlite_where=sa.text(OPEN)),
        sa.Index("ix_work_order_to_invoice", "level", "due_on", sqlite_where=sa.text(TO_INVOICE)),
        sa.Index("ix_work_order_to_invoice_id", "id", sqlite_where=sa.text(TO_INVOICE)),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    origin: Mapped[Origin]
    type: Mapped[WorkType]
    level: Mapped[int]
    status: Mapped[WorkOrderStatus] = mapped_column(default=WorkOrderStatus.DRAFT)
    customer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customer.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"), index=True)
    location_id: Mapped[int | None] = mapped_column(sa.ForeignKey("location.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact.id"), index=True)
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    title: Mapped[str] = mapped_column(index=True)
    wrong: Mapped[str] = mapped_column(default="")
    truck_note: Mapped[str] = mapped_column(default="")
    instructions: Mapped[str] = mapped_column(default="")
    is_code_on_paper: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None] = mapped_column(index=True)
    answer_by: Mapped[datetime | None]
    planned_minutes: Mapped[int | None]
    wanted_technician_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("technician.id"), index=True
    )
    billing_rule: Mapped[BillingRule]
    flat_price: Mapped[Money | None]
    limit: Mapped[Money | None]
    historic_cost: Mapped[Money | None]
    earlier_number: Mapped[str] = mapped_column(default="")
    po_number: Mapped[str] = mapped_column(default="")
    hold_reason: Mapped[str] = mapped_column(default="")
    part_in_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    rework_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    problem: Mapped[str] = mapped_column(default="")
    cause: Mapped[str] = mapped_column(default="")
    remedies: Mapped[list[str]] = mapped_column(default=list)
    detection: Mapped[str] = mapped_column(default="")
    found_and_did: Mapped[str] = mapped_column(default="")
    not_on_sheet: Mapped[list[str]] = mapped_column(default=list)
    down_from: Mapped[datetime | None]
    up_at: Mapped[datetime | None]
    rating: Mapped[int | None]
    signed_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    is_unhappy: Mapped[bool] = mapped_column(default=False)
    claim_number: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(index=True)
    done_on: Mapped[date | None] = mapped_column(index=True)
    recorded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    invoiced_at: Mapped[datetime | None]

    customer: Mapped[Customer | None] = relationship(lazy="raise")
    site: Mapped[Site | None] = relationship(lazy="raise")
    location: Mapped[Location | None] = relationship(lazy="raise")
    contact: Mapped[Contact | None] = relationship(lazy="raise")
    asset: Mapped[Asset | None] = relationship(lazy="raise")


class WorkOrderAsset(Base):
    """An asset that a work order is about, where it is about several or comes from a PM schedule.

    ``done_on`` is its own day where the work on it was done on another day than the rest.
    """

    __tablename__ = "work_order_asset"
    __table_args__ = table(sa.UniqueConstraint("work_order_id", "asset_id"))

    id: Mapped[Key]
    work_order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    sequence: Mapped[int]
    done_on: Mapped[date | None]


class Task(Base):
    """A line of a work order's checklist, and how it was answered."""

    __tablename__ = "task"
    __table_args__ = table()

    id: Mapped[Key]
    work_order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("asset.id"), index=True)
    section: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int]
    text: Mapped[str]
    kind: Mapped[TaskKind] = mapped_column(default=TaskKind.CHECK)
    unit: Mapped[str] = mapped_column(default="")
    low: Mapped[Quantity | None]
    high: Mapped[Quantity | None]
    choices: Mapped[list[str]] = mapped_column(default=list)
    is_required: Mapped[bool] = mapped_column(default=True)
    is_hazard: Mapped[bool] = mapped_column(default=False)
    mark: Mapped[Mark | None]
    value: Mapped[str] = mapped_column(default="")
    initials: Mapped[str] = mapped_column(default="")


class Visit(Base):
    """One trip to the site."""

    __tablename__ = "visit"
    __table_args__ = table()

    id: Mapped[Key]
    work_order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    planned_from: Mapped[datetime] = mapped_column(index=True)
    planned_to: Mapped[datetime]
    window_from: Mapped[datetime | None]
    window_to: Mapped[datetime | None]
    status: Mapped[VisitStatus] = mapped_column(default=VisitStatus.PLANNED, index=True)
    outcome: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime | None]


class VisitTechnician(Base):
    """A technician on a visit, with a row of times of their own."""

    __tablename__ = "visit_technician"
    __table_args__ = table(
        sa.UniqueConstraint("visit_id", "technician_id"),
        sa.Index(None, "technician_id", "arrived_at"),
    )

    id: Mapped[Key]
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technician.id"))
    sequence: Mapped[int]
    left_shop_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    back_at: Mapped[datetime | None]
    break_minutes: Mapped[int] = mapped_column(default=0)

    technician: Mapped[Technician] = relationship(lazy="raise")


class Labour(Base):
    """Working time of one technician, with the rates of its day."""

    __tablename__ = "labour"
    __table_args__ = table()

    id: Mapped[Key]
    work_order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technician.id"), index=True)
    labour_class: Mapped[LabourClass]
    worked_on: Mapped[date]
    minutes: Mapped[int]
    cost_rate: Mapped[UnitPrice]
    bill_rate: Mapped[UnitPrice]
    is_billable: Mapped[bool]
    recorded_at: Mapped[datetime]

    technician: Mapped[Technician] = relationship(lazy="raise")


class PlannedPart(Base):
    """A part that the job is expected to need."""

    __tablename__ = "planned_part"
    __table_args__ = table()

    id: Mapped[Key]
    work_order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    part_id: Mapped[int | None] = mapped_column(sa.ForeignKey("part.id"), index=True)
    text: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Quantity]
    location_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stock_location.id"), index=True)
    sequence: Mapped[int]

    part: Mapped[Part | None] = relationship(lazy="raise")
    location: Mapped[StockLocation | None] = relationship(lazy="raise")


class UsedPart(Base):
    """A part that went into the job, at the cost and price of that day."""

    __tablename__ = "used_part"
    __table_args__ = table()

    id: Mapped[Key]
    work_order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    planned_part_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("planned_part.id"), index=True
    )
    part_id: Mapped[int | None] = mapped_column(sa.ForeignKey("part.id"), index=True)
    text: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Quantity]
    location_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stock_location.id"), index=True)
    cost: Mapped[UnitPrice]
    price: Mapped[UnitPrice]
    is_taxable: Mapped[bool]
    used_on: Mapped[date]
    recorded_at: Mapped[datetime]

    part: Mapped[Part | None] = relationship(lazy="raise")
    location: Mapped[StockLocation | None] = relationship(lazy="raise")


class SheetCopy(Base):
    """A numbered copy of a printed work order."""

    __tablename__ = "sheet_copy"
    __table_args__ = table(sa.UniqueConstraint("work_order_id", "copy"))

    id: Mapped[Key]
    work_order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), index=True)
    copy: Mapped[int]
    revision: Mapped[int]
    audience: Mapped[Audience]
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technician.id"), index=True)
    printed_at: Mapped[datetime]
    state: Mapped[CopyState] = mapped_column(default=CopyState.OUT, index=True)
    entered_at: Mapped[datetime | None]
    document_hash: Mapped[str]
    layout: Mapped[dict[str, Any]]
    entry: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))

    technician: Mapped[Technician | None] = relationship(lazy="raise")
