"""What the papers of the stock say: everything is decided before a page is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from smallcmms.domain.papers import Manner, Shop

BLANK_ROWS = 3
"""Rows below a count sheet for what lies there and is not listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """A row of a count sheet; how many the program thinks there are is not on it."""

    bin: str = ""
    number: str
    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheet:
    """What the sheet of a count says; `code` is the text of its QR, the rows walk by shelf.

    `is_recount` says that these are the lines to count once more.
    """

    manner: Manner
    shop: Shop
    number: str
    code: str
    printed_at: datetime
    place: str
    rows: tuple[CountRow, ...] = ()
    counted_by: str = ""
    is_recount: bool = False
    blank_rows: int = BLANK_ROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRow:
    """A row of a load list: how many, of what, where from, and what it is for.

    `is_fetched` when somebody has to go for it; `note` says in words what is wrong with it.
    """

    quantity: Decimal
    unit: str = ""
    name: str
    number: str = ""
    where: str = ""
    is_fetched: bool = False
    note: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadStop:
    """A stop of the day, as far as loading asks: when, which work order, where, for whom."""

    starts_at: datetime
    number: str
    place: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadList:
    """What goes on a truck before its day: the parts of the planned jobs, then the restocking.

    `minutes` is what the day's visits are planned to take. `code` leads back to the list.
    """

    manner: Manner
    shop: Shop
    technician: str
    truck: str
    on: date
    code: str
    printed_at: datetime
    minutes: int = 0
    stops: tuple[LoadStop, ...] = ()
    rows: tuple[LoadRow, ...] = ()
    restock: tuple[LoadRow, ...] = ()
