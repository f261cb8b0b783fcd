"""What the preview beside the search tells of a record: facts with a name and a typed value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.contact_log import Way
from smallcmms.domain.missed_calls import Outcome
from smallcmms.domain.pm_facts import RuleFacts
from smallcmms.domain.stock import ReservationStatus
from smallcmms.models import WorkOrder
from smallcmms.services.steps import places

MOST_OPEN = 3
"""So many open work orders are named; the rest is on the page."""


class What(StrEnum):
    """What a fact is about."""

    WHEN = "when"
    WHO = "who"
    PARTS = "parts"
    ASSET = "asset"
    ASSETS = "assets"
    CALLER = "caller"
    RECEIVED = "received"
    ANSWER_BY = "answer_by"
    WORK_ORDER = "work_order"
    MAKE = "make"
    SERIAL = "serial"
    WARRANTY = "warranty"
    OPEN_WORK = "open_work"
    OWED = "owed"
    PAST_DUE = "past_due"
    CUSTOMER = "customer"
    MOBILE = "mobile"
    E_MAIL = "e_mail"
    PEOPLE = "people"
    ON_HAND = "on_hand"
    RESERVED = "reserved"
    ON_ORDER = "on_order"
    FREE = "free"
    PRICE = "price"
    COST = "cost"
    TOTAL = "total"
    DUE = "due"
    LEFT = "left"
    PAID = "paid"
    TRUCK = "truck"
    NEXT = "next"
    RULE = "rule"
    SUPPLIER = "supplier"
    ACCOUNT = "account"
    ORDERED = "ordered"
    PROMISED = "promised"
    WALKED_BY = "walked_by"
    BEGUN = "begun"
    SEEN = "seen"
    HOW = "how"
    CALLED = "called"
    TRIES = "tries"
    OUTCOME = "outcome"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; moments are UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the shop's currency; ``is_price`` is that of one unit."""

    amount: Decimal
    is_price: bool = False


@dataclass(frozen=True, slots=True)
class Lies:
    """A quantity in its unit, and the place where it lies, blank for all places."""

    quantity: Decimal
    unit: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """A part that a job needs: whether it is put aside, and where it lies."""

    part: str
    kept: ReservationStatus | None
    place: str


@dataclass(frozen=True, slots=True)
class Link:
    """Another record that the preview names."""

    kind: str
    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """How many of so many an audit has looked at."""

    seen: int
    of: int


Value = (
    str
    | int
    | date
    | datetime
    | Span
    | Money
    | Lies
    | Needs
    | Link
    | Seen
    | RuleFacts
    | Way
    | Outcome
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a preview; lines about the same thing follow each other."""

    what: What
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What is told of a record before it is opened.

    ``lines`` stand below its title: where it is, whose it is, what was said. ``phone`` is the
    number to ring about it; ``is_sheet`` tells that its sheet can be printed for the truck.
    """

    title: str
    lines: tuple[str, ...] = ()
    phone: str = ""
    facts: tuple[Fact, ...] = ()
    is_sheet: bool = False


def told(*facts: tuple[What, Value | None]) -> tuple[Fact, ...]:
    """Return the facts that say something."""
    return tuple(Fact(what, value) for what, value in facts if value is not None and value != "")


def joined(*parts: str | None) -> str:
    """Return what stands in one line, with commas between."""
    return ", ".join(filter(None, parts))


def said(*lines: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(filter(None, lines))


def inside(path: str | None) -> str:
    """Return a place within a site as a line of a preview: Building A, Basement."""
    return ", ".join(places.names(path or ""))


def open_work(session: Session, *where: Any) -> tuple[Fact, ...]:
    """Return the open work orders of an asset, a site or a customer, the worst first."""
    query = (
        select(WorkOrder.id, WorkOrder.number, WorkOrder.title)
        .where(WorkOrder.closed_at.is_(None), *where)
        .order_by(WorkOrder.level, WorkOrder.id)
    )
    found: Sequence[Any] = session.execute(query.limit(MOST_OPEN)).all()
    return told(
        *(
            (What.OPEN_WORK, Link("work_order", row.id, f"{row.number} {row.title}"))
            for row in found
        )
    )
