"""The shop: its address, its habits, its rates, taxes, levels and lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from smallcmms.domain.rates import RateClass
from smallcmms.models.base import Base, Key, Percent, UnitPrice, table


class Shop(Base):
    """The one shop whose file this is."""

    __tablename__ = "shop"
    __table_args__ = table(sa.CheckConstraint("id = 1", name="one"))

    id: Mapped[Key]
    name: Mapped[str]
    tagline: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    logo_hash: Mapped[str | None]
    tax_id: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(sa.String(4))
    currency: Mapped[str] = mapped_column(sa.String(3))
    locale: Mapped[str]
    zone: Mapped[str]
    paper: Mapped[str]
    hours: Mapped[dict[str, Any]] = mapped_column(default=dict)
    holidays: Mapped[list[Any]] = mapped_column(default=list)
    terms_days: Mapped[int] = mapped_column(default=30)
    is_tax_included: Mapped[bool] = mapped_column(default=False)
    travel_is_billed: Mapped[bool] = mapped_column(default=False)
    invoice_footer: Mapped[str] = mapped_column(default="")
    payment_note: Mapped[str] = mapped_column(default="")


class NumberSeries(Base):
    """The next number of one kind of record; a number is never used twice."""

    __tablename__ = "number_series"
    __table_args__ = table(undoable=False, dumped=False)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(unique=True)
    prefix: Mapped[str]
    digits: Mapped[int] = mapped_column(default=1)
    first: Mapped[int] = mapped_column(default=1)
    next: Mapped[int] = mapped_column(default=1)


class NumberGap(Base):
    """Numbers that a restored backup skips, because the file set aside had used them."""

    __tablename__ = "number_gap"
    __table_args__ = table(undoable=False, dumped=False)

    id: Mapped[Key]
    kind: Mapped[str]
    first: Mapped[int]
    last: Mapped[int]
    reason: Mapped[str]


class Rate(Base):
    """What an hour or a call-out costs the customer, from a date on, for all or for one."""

    __tablename__ = "rate"
    __table_args__ = table()

    id: Mapped[Key]
    kind: Mapped[RateClass]
    customer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customer.id"), index=True)
    price: Mapped[UnitPrice]
    from_on: Mapped[date]


class Tax(Base):
    """A tax and the kinds of line it is charged on."""

    __tablename__ = "tax"
    __table_args__ = table()

    id: Mapped[Key]
    name: Mapped[str]
    percent: Mapped[Percent]
    from_on: Mapped[date]
    line_kinds: Mapped[list[str]]
    archived_on: Mapped[date | None]


class Level(Base):
    """What a priority level promises."""

    __tablename__ = "level"
    __table_args__ = table()

    id: Mapped[Key]
    text: Mapped[str]
    answer_minutes: Mapped[int | None]
    answer_workdays: Mapped[int | None]


class TriageFact(Base):
    """A fact that the caller is asked about and the person at the desk ticks."""

    __tablename__ = "triage_fact"
    __table_args__ = table()

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    short: Mapped[str]
    sequence: Mapped[int]
    archived_on: Mapped[date | None]


class TriageRule(Base):
    """Facts that together make a level."""

    __tablename__ = "triage_rule"
    __table_args__ = table()

    id: Mapped[Key]
    name: Mapped[str]
    facts: Mapped[list[str]]
    level: Mapped[int]
    sequence: Mapped[int]
    archived_on: Mapped[date | None]


class Choice(Base):
    """An entry of one of the shop's lists: problems, causes, remedies, reasons."""

    __tablename__ = "choice"
    __table_args__ = table(sa.UniqueConstraint("kind", "code"))

    id: Mapped[Key]
    kind: Mapped[str]
    code: Mapped[str]
    text: Mapped[str]
    sequence: Mapped[int]
    archived_on: Mapped[date | None]


class Setting(Base):
    """A choice of the person at the desk that is no record of the trade."""

    __tablename__ = "setting"
    __table_args__ = table(undoable=False, dumped=False)

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[dict[str, Any]]
