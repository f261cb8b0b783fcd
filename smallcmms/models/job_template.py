"""Job templates: what a usual job needs."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from smallcmms.domain.tasks import TaskKind
from smallcmms.models.base import Base, Key, Money, Quantity, table
from smallcmms.models.part import Part


class JobTemplate(Base):
    """A usual job: checklist, parts, safety, time, price."""

    __tablename__ = "job_template"
    __table_args__ = table()

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(default="")
    safety: Mapped[list[str]] = mapped_column(default=list)
    planned_minutes: Mapped[int | None]
    flat_price: Mapped[Money | None]
    archived_on: Mapped[date | None]


class TemplateTask(Base):
    """A line of the template's checklist."""

    __tablename__ = "template_task"
    __table_args__ = table()

    id: Mapped[Key]
    job_template_id: Mapped[int] = mapped_column(sa.ForeignKey("job_template.id"), index=True)
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


class TemplatePart(Base):
    """A part that the job usually needs."""

    __tablename__ = "template_part"
    __table_args__ = table()

    id: Mapped[Key]
    job_template_id: Mapped[int] = mapped_column(sa.ForeignKey("job_template.id"), index=True)
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("part.id"), index=True)
    quantity: Mapped[Quantity]
    sequence: Mapped[int]

    part: Mapped[Part] = relationship(lazy="raise")
