"""Counts of stock: begun, counted with a sheet, written in, and booked as moves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.stock_counts import CountStatus, vary
from smallcmms.models import Part, StockCount, StockCountLine, StockLocation
from smallcmms.services.steps import events, shops, stock_counts
from smallcmms.services.steps.numbers import next_number
from smallcmms.services.steps.stock_counts import NOTHING
from smallcmms.services.stock_count_pages import (
    CountLine,
    CountPage,
    CountRow,
    find,
    get,
    open_at,
    rows,
    variances,
)
from smallcmms.store.store import Store, about

__all__ = [
    "CountLine",
    "CountPage",
    "CountRow",
    "Entered",
    "add_line",
    "begin",
    "cancel",
    "enter",
    "find",
    "get",
    "keep_sheet",
    "note",
    "open_at",
    "recount",
    "remove_line",
    "rows",
    "say_when",
    "variances",
]


@dataclass(frozen=True, slots=True)
class Entered:
    """What a count came to: so many lines counted, so many differed, and their value at cost."""

    lines: int
    moved: int
    value: Decimal


def begin(
    store: Store,
    *,
    location_id: int,
    part_ids: Collection[int] | None = None,
    counted_by: str = "",
) -> int:
    """Begin a count of all that lies in a place, or of these parts.

    What should lie there is taken down as the moves have it now; the sheet does not say it.

    Raises:
        RuleBroken: there is no such place, nothing lies there, or a part is being counted already.
    """
    at = store.now()
    with store.change("Begin count {number}") as session:
        where = stock_counts.place(session, location_id)
        parts = stock_counts.listed(session, where, part_ids)
        if not parts:
            raise RuleBroken("There is nothing to count in {place}.", place=where.name)
        _see_that_none_is_counted(session, location_id, parts)
        count = StockCount(
            number=next_number(session, "stock_count"),
            location_id=location_id,
            counted_by=counted_by.strip(),
            begun_at=at,
        )
        session.add(count)
        session.flush()
        stock_counts.add_lines(session, count, parts, at)
        events.note(
            session, at, "stock_count", count.id, "begun", place=where.name, count=len(parts)
        )
        _told(session, count)
        return count.id


def _see_that_none_is_counted(session: Session, location_id: int, parts: Iterable[Part]) -> None:
    query = (
        select(StockCount.number, Part.name)
        .join(StockCountLine, StockCountLine.stock_count_id == StockCount.id)
        .join(Part, Part.id == StockCountLine.part_id)
        .where(StockCount.status == CountStatus.OPEN, StockCount.location_id == location_id)
        .where(Part.id.in_([part.id for part in parts]))
        .limit(1)
    )
    found = session.execute(query).first()
    if found is not None:
        number, part = found
        message = "{part} is being counted already: {number} is open."
        raise RuleBroken(message, "location_id", part=part, number=number)


def keep_sheet(store: Store, count_id: int, *, pdf: bytes) -> None:
    """Keep a printed sheet with its count; the bytes are safe before the count names them."""
    at, kept = store.now(), store.files.put(pdf)
    with store.change("Print count {number}") as session:
        count = stock_counts.open_count(session, count_id)
        count.printed_at, count.document_hash = at, kept
        events.note(session, at, "stock_count", count_id, "printed")
        _told(session, count)


def note(
    store: Store,
    count_id: int,
    counted: Mapping[int, Decimal | None],
    *,
    counted_at: datetime | None = None,
) -> None:
    """Keep what the sheet says of lines, None for nothing; the stock stays as it is until booked.

    ``counted_at`` is when it was counted; unless told, when the sheet says, or else now.

    Raises:
        RuleBroken: the count is over, a figure is below zero, or the moment lies ahead.
        NotFound: a line is none of this count.
    """
    moment = _moment(store, counted_at)
    with store.change("{number}: counted") as session:
        count = stock_counts.open_count(session, count_id)
        stock_counts.write_in(session, count_id, counted, counted_at or count.counted_at or moment)
        _told(session, count)


def say_when(store: Store, count_id: int, *, counted_at: datetime | None) -> None:
    """Say when the sheet was counted: what is written in, and what will be; None for each its own.

    After lines were asked for again it is when these were counted.

    Raises:
        RuleBroken: the count is over, or the moment lies ahead.
    """
    moment = _moment(store, counted_at)
    with store.change("{number}: when it was counted") as session:
        count = stock_counts.open_count(session, count_id)
        count.counted_at = counted_at
        if counted_at is not None:
            stock_counts.set_moment(session, count_id, moment)
        _told(session, count)


def recount(store: Store, count_id: int, line_ids: Collection[int]) -> None:
    """Ask for lines to be counted again; the first figure is kept beside the new one.

    Raises:
        RuleBroken: the count is over, or a line has no figure yet.
        NotFound: a line is none of this count.
    """
    at = store.now()
    with store.change("{number}: count again") as session:
        count = stock_counts.open_count(session, count_id)
        for line_id in line_ids:
            line = _line(session, count, line_id)
            if line.counted is None:
                raise RuleBroken("This line is not counted yet.")
            line.first_counted, line.is_recount = line.counted, True
            line.counted = line.counted_at = None
        count.counted_at = None
        events.note(session, at, "stock_count", count_id, "recounted", count=len(line_ids))
        _told(session, count)


def add_line(store: Store, count_id: int, part_id: int) -> int:
    """Add a part that was found in the place and is not on the sheet; return its line.

    Raises:
        RuleBroken: the count is over, or the part is on the sheet.
    """
    at = store.now()
    with store.change("{number}: {part}") as session:
        count = stock_counts.open_count(session, count_id)
        part, lines = session.get_one(Part, part_id), stock_counts.lines_of(session, count_id)
        if any(line.part_id == part_id for line in lines.values()):
            raise RuleBroken("{part} is on the sheet already.", "part_id", part=part.name)
        where = session.get_one(StockLocation, count.location_id)
        now = dict.fromkeys([part_id], at)
        there = stock_counts.expected(session, shops.current(session), where.id, now)
        line = StockCountLine(
            stock_count_id=count_id,
            part_id=part_id,
            sequence=len(lines) + 1,
            bin=stock_counts.shelf(part, where),
            begun_with=there[part_id],
            is_added=True,
        )
        session.add(line)
        session.flush()
        _told(session, count, part=part.name)
        return line.id


def remove_line(store: Store, count_id: int, line_id: int) -> None:
    """Take a line off that the sheet did not have.

    Raises:
        RuleBroken: it is a line of the sheet.
    """
    with store.change("{number}: {part} taken off") as session:
        count = stock_counts.open_count(session, count_id)
        line = _line(session, count, line_id)
        if not line.is_added:
            raise RuleBroken("A line of the sheet stays. Leave it blank.")
        _told(session, count, part=session.get_one(Part, line.part_id).name)
        session.delete(line)


def enter(
    store: Store,
    count_id: int,
    counted: Mapping[int, Decimal | None] | None = None,
    *,
    counted_at: datetime | None = None,
) -> Entered:
    """Book a count, with the figures that are not written in yet: one change, one undo step.

    Each difference becomes a move of the day of the count. What is expected is reckoned from the
    moves up to the moment of the count, so that what went out before it is no loss, and what went
    out after it stays out. ``counted_at`` is that moment for all lines; unless told it is when the
    sheet says, or else when each was written in. Lines without a figure stay as they are.

    Raises:
        RuleBroken: the count is over, nothing is counted, a figure is below zero, or the moment
            lies ahead.
    """
    at, moment = store.now(), _moment(store, counted_at)
    with store.change("Book count {number}") as session:
        count = stock_counts.open_count(session, count_id)
        when = counted_at or count.counted_at or moment
        stock_counts.write_in(session, count_id, counted or {}, when)
        if counted_at is not None:
            stock_counts.set_moment(session, count_id, moment, is_all=True)
        session.flush()
        lines = stock_counts.book(session, at, count)
        if not lines:
            raise RuleBroken("Nothing is counted yet: write in what the sheet says.")
        count.status, count.ended_at = CountStatus.ENTERED, at
        entered = _came_to(session, lines)
        events.note(
            session,
            at,
            "stock_count",
            count_id,
            "entered",
            happened_at=max(line.counted_at or at for line in lines),
            lines=entered.lines,
            moved=entered.moved,
            value=str(entered.value),
        )
        _told(session, count)
        return entered


def _came_to(session: Session, lines: Collection[StockCountLine]) -> Entered:
    currency = shops.current(session).currency
    found = [
        vary(line.counted or NOTHING, line.expected or NOTHING, line.cost or NOTHING, currency)
        for line in lines
    ]
    value = sum((each.value for each in found), NOTHING)
    return Entered(len(lines), sum(1 for each in found if each.quantity), value)


def cancel(store: Store, count_id: int) -> None:
    """Give a count up: nothing of it is booked.

    Raises:
        RuleBroken: it is over already.
    """
    at = store.now()
    with store.change("Cancel count {number}") as session:
        count = stock_counts.open_count(session, count_id)
        count.status, count.ended_at = CountStatus.CANCELLED, at
        events.note(session, at, "stock_count", count_id, "cancelled")
        _told(session, count)


def _moment(store: Store, counted_at: datetime | None) -> datetime:
    now = store.now()
    if counted_at is not None and counted_at > now:
        raise RuleBroken("The count lies ahead. Try today.", "counted_at")
    return counted_at or now


def _line(session: Session, count: StockCount, line_id: int) -> StockCountLine:
    line = session.get(StockCountLine, line_id)
    if line is None or line.stock_count_id != count.id:
        raise NotFound("There is no such line.")
    return line


def _told(session: Session, count: StockCount, **values: str) -> None:
    about(session, "stock_count", count.id, number=count.number, **values)
