"""Counts of stock as lists and forms show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound
from smallcmms.domain.stock_counts import CountStatus, Variance, check, vary
from smallcmms.domain.tags import TagKind, code
from smallcmms.models import Part, StockCount, StockCountLine, StockLocation
from smallcmms.services.steps import shops, stock_counts
from smallcmms.store.store import Store

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class CountRow:
    """What a list shows of a count: of ``lines`` so many are ``counted``.

    ``counted_at`` is the moment of the latest figure, ``said_at`` the one that the sheet says.
    """

    id: int
    number: str
    status: CountStatus
    location_id: int
    place: str
    counted_by: str
    begun_at: datetime
    printed_at: datetime | None
    ended_at: datetime | None
    counted_at: datetime | None
    lines: int
    counted: int
    said_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """A line of a count, in the part's own unit; cost is of one, value at cost in money.

    ``moved`` is what came and went between the beginning and the count of this line; ``expected``
    is what should lie there at the count. What is not counted has no variance.
    """

    id: int
    part_id: int
    number: str
    name: str
    unit: str
    bin: str
    begun_with: Decimal
    moved: Decimal
    expected: Decimal
    counted: Decimal | None
    counted_at: datetime | None
    first_counted: Decimal | None
    variance: Decimal | None
    cost: Decimal
    value: Decimal | None
    is_added: bool
    is_recount: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPage:
    """A count with its lines in the order of the sheet, and the text of its QR.

    ``value_off`` is what all differences come to at cost; ``off`` is how many lines differ.
    """

    row: CountRow
    code: str
    lines: tuple[CountLine, ...]

    @property
    def off(self) -> int:
        """Return how many lines differ from what was expected."""
        return sum(1 for line in self.lines if line.variance)

    @property
    def value_off(self) -> Decimal:
        """Return what the differences come to at cost, those below zero taken off."""
        return sum((line.value or _NOTHING for line in self.lines), _NOTHING)


_LINES = (
    select(
        StockCountLine.stock_count_id,
        func.count().label("lines"),
        func.count(StockCountLine.counted).label("counted"),
        func.max(StockCountLine.counted_at).label("counted_at"),
    )
    .group_by(StockCountLine.stock_count_id)
    .subquery()
)
_ROWS: Select[Any] = (
    select(
        StockCount.id,
        StockCount.number,
        StockCount.status,
        StockCount.location_id,
        StockLocation.name.label("place"),
        StockCount.counted_by,
        StockCount.begun_at,
        StockCount.printed_at,
        StockCount.ended_at,
        _LINES.c.counted_at,
        func.coalesce(_LINES.c.lines, 0),
        func.coalesce(_LINES.c.counted, 0),
        StockCount.counted_at.label("said_at"),
    )
    .join(StockLocation, StockLocation.id == StockCount.location_id)
    .outerjoin(_LINES, _LINES.c.stock_count_id == StockCount.id)
)


def find(store: Store, *, is_open_only: bool = False) -> Sequence[int]:
    """Return the ids of the counts: those under way first, the newest first."""
    is_over = StockCount.status != CountStatus.OPEN
    query = select(StockCount.id).order_by(is_over, StockCount.id.desc())
    if is_open_only:
        query = query.where(~is_over)
    with store.read() as session:
        return session.scalars(query).all()


def open_at(store: Store, location_id: int) -> int | None:
    """Return the newest count of a place that is under way, None where there is none."""
    query = (
        select(StockCount.id)
        .where(StockCount.location_id == location_id, StockCount.status == CountStatus.OPEN)
        .order_by(StockCount.id.desc())
        .limit(1)
    )
    with store.read() as session:
        return session.scalars(query).first()


def rows(store: Store, ids: Sequence[int]) -> dict[int, CountRow]:
    """Return what a list shows of these counts."""
    with store.read() as session:
        found = session.execute(_ROWS.where(StockCount.id.in_(list(ids))))
        return {row.id: CountRow(*row) for row in found}


def get(store: Store, count_id: int) -> CountPage:
    """Return a count with its lines in the order of the sheet.

    Raises:
        NotFound: there is none.
    """
    return variances(store, count_id, {})


def variances(
    store: Store,
    count_id: int,
    counted: Mapping[int, Decimal | None],
    *,
    counted_at: datetime | None = None,
) -> CountPage:
    """Return a count as it would be with these figures; nothing is written.

    ``counted_at`` is when it was counted, all of it; unless told these are counted when the sheet
    says, or else now.

    Raises:
        NotFound: there is no such count.
        RuleBroken: a figure is below zero.
    """
    now = store.now()
    with store.read() as session:
        row = rows(store, [count_id]).get(count_id)
        if row is None:
            raise NotFound("There is no such count.")
        when = counted_at or row.said_at or now
        typed = {each: (check(figure), when) if figure is not None else None
                 for each, figure in counted.items()}  # fmt: skip
        return CountPage(
            row=row,
            code=code(shops.current(session).code, TagKind.STOCK_COUNT, row.number),
            lines=tuple(_lines(session, row, typed, now, counted_at)),
        )


Figure = tuple[Decimal, datetime] | None


def _lines(
    session: Session,
    row: CountRow,
    typed: Mapping[int, Figure],
    now: datetime,
    counted_at: datetime | None,
) -> list[CountLine]:
    lines = list(stock_counts.lines_of(session, row.id).values())
    query = select(Part).where(Part.id.in_([line.part_id for line in lines]))
    parts = {part.id: part for part in session.scalars(query)}
    figures = {line.id: typed.get(line.id, _kept(line, counted_at)) for line in lines}
    moments = {}
    for line in lines:
        figure = figures[line.id]
        moments[line.part_id] = row.ended_at or now if figure is None else figure[1]
    shop = shops.current(session)
    there = stock_counts.expected(session, shop, row.location_id, moments)
    return [
        _line(line, parts[line.part_id], figures[line.id], there[line.part_id], shop)
        for line in lines
    ]


def _kept(line: StockCountLine, counted_at: datetime | None) -> Figure:
    if line.counted is None or line.counted_at is None:
        return None
    return line.counted, counted_at or line.counted_at


def _line(
    line: StockCountLine, part: Part, figure: Figure, there: Decimal, shop: shops.ShopFacts
) -> CountLine:
    """Return a line as it is shown; one that is booked stays as it was booked."""
    expected = there if line.expected is None else line.expected
    cost = part.cost if line.cost is None else line.cost
    variance: Variance | None = None
    if figure is not None:
        variance = vary(figure[0], expected, cost, shop.currency)
    return CountLine(
        id=line.id,
        part_id=part.id,
        number=part.number,
        name=part.name,
        unit=part.unit,
        bin=line.bin,
        begun_with=line.begun_with,
        moved=expected - line.begun_with,
        expected=expected,
        counted=None if figure is None else figure[0],
        counted_at=None if figure is None else figure[1],
        first_counted=line.first_counted,
        variance=None if variance is None else variance.quantity,
        cost=cost,
        value=None if variance is None else variance.value,
        is_added=line.is_added,
        is_recount=line.is_recount,
    )
