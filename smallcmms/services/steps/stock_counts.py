"""Lines of a count: what goes on its sheet, what the moves expect, and how it is booked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.stock import LocationKind, MoveKind
from smallcmms.domain.stock_counts import CountStatus, by_bin, check
from smallcmms.models import (
    Part,
    PartPar,
    StockCount,
    StockCountLine,
    StockLocation,
    StockMove,
)
from smallcmms.services.steps import part_holds, shops, stock
from smallcmms.services.steps.shops import ShopFacts

NOTHING = Decimal(0)


def place(session: Session, location_id: int) -> StockLocation:
    """Return a place that is counted.

    Raises:
        RuleBroken: there is no such place.
    """
    found = session.get(StockLocation, location_id)
    if found is None:
        raise RuleBroken("Say which place is counted.", "location_id")
    return found


def listed(session: Session, where: StockLocation, part_ids: Collection[int] | None) -> list[Part]:
    """Return the parts of a sheet, in walking order: by shelf, then by name.

    Without ``part_ids`` it is all that lies in the place or should: what has a par there, and in
    the shop whatever has a shelf.
    """
    if part_ids is not None:
        found = session.scalars(select(Part).where(Part.id.in_(part_ids))).all()
        if len(found) != len(set(part_ids)):
            raise NotFound("There is no such part.")
        return ordered(found, where)
    lies = (
        select(StockMove.part_id)
        .where(StockMove.location_id == where.id)
        .group_by(StockMove.part_id)
        .having(func.sum(StockMove.quantity) != NOTHING)
    )
    should: list[ColumnElement[bool]] = [
        Part.id.in_(select(PartPar.part_id).where(PartPar.location_id == where.id))
    ]
    if where.kind is LocationKind.SHOP:
        should.append(Part.bin != "")
    is_kept = and_(Part.archived_on.is_(None), or_(*should))
    return ordered(session.scalars(select(Part).where(or_(Part.id.in_(lies), is_kept))), where)


def ordered(parts: Iterable[Part], where: StockLocation) -> list[Part]:
    """Return parts in the order in which they are walked past; shelves are the shop's."""
    return sorted(parts, key=lambda part: (by_bin(shelf(part, where)), part.name.casefold()))


def shelf(part: Part, where: StockLocation) -> str:
    """Return the shelf of a part in a place; a truck has none."""
    return part.bin if where.kind is LocationKind.SHOP else ""


def expected(
    session: Session, shop: ShopFacts, location_id: int, moments: Mapping[int, datetime]
) -> dict[int, Decimal]:
    """Return what should lie in a place, of each part at its own moment, by the moves.

    A move is before a moment when its day is an earlier one, whenever it was recorded; on the day
    itself when it was recorded before it. What was recorded on a later day (the sheet came back
    the day after) took place by noon of its own day (ours).
    """
    there: dict[int, Decimal] = dict.fromkeys(moments, NOTHING)
    for moment in set(moments.values()):
        day = shop.day(moment)
        before = or_(
            StockMove.moved_on < day,
            and_(StockMove.moved_on == day, _was_before(moment, day, shop)),
        )
        part_ids = [part_id for part_id, at in moments.items() if at == moment]
        query = (
            select(StockMove.part_id, func.sum(StockMove.quantity))
            .where(StockMove.location_id == location_id, StockMove.part_id.in_(part_ids), before)
            .group_by(StockMove.part_id)
        )
        there |= dict(session.execute(query).all())
    return there


def _was_before(moment: datetime, day: date, shop: ShopFacts) -> ColumnElement[bool]:
    is_known = StockMove.recorded_at <= moment
    if moment < datetime.combine(day, time(12), shop.zone):
        return is_known
    tomorrow = datetime.combine(day + timedelta(days=1), time(), shop.zone)
    return or_(is_known, StockMove.recorded_at >= tomorrow)


def open_count(session: Session, count_id: int) -> StockCount:
    """Return a count that is under way.

    Raises:
        NotFound: there is none.
        RuleBroken: it is over.
    """
    found = session.get(StockCount, count_id)
    if found is None:
        raise NotFound("There is no such count.")
    if found.status is not CountStatus.OPEN:
        raise RuleBroken("Count {number} is over. Begin another one.", number=found.number)
    return found


def lines_of(session: Session, count_id: int) -> dict[int, StockCountLine]:
    """Return the lines of a count by their ids, in the order of its sheet."""
    query = select(StockCountLine).filter_by(stock_count_id=count_id)
    found = session.scalars(query.order_by(StockCountLine.sequence, StockCountLine.id))
    return {line.id: line for line in found}


def write_in(
    session: Session,
    count_id: int,
    counted: Mapping[int, Decimal | None],
    moment: datetime,
) -> None:
    """Write what was counted into lines of a count; None takes a figure out again.

    Raises:
        NotFound: a line is none of this count.
        RuleBroken: a figure is below zero.
    """
    lines = lines_of(session, count_id)
    for line_id, figure in counted.items():
        line = lines.get(line_id)
        if line is None:
            raise NotFound("There is no such line.")
        line.counted = None if figure is None else check(figure)
        line.counted_at = None if figure is None else moment
        line.is_recount = line.is_recount and figure is None


def set_moment(session: Session, count_id: int, moment: datetime, *, is_all: bool = False) -> None:
    """Say when everything that is written in was counted; of lines counted twice only these.

    ``is_all`` says it of the others too.
    """
    lines = lines_of(session, count_id).values()
    again = [line for line in lines if line.first_counted is not None]
    for line in lines if is_all or not again else again:
        if line.counted is not None:
            line.counted_at = moment


def book(session: Session, at: datetime, count: StockCount) -> list[StockCountLine]:
    """Turn the differences of a count into moves, and return the lines that were counted."""
    shop = shops.current(session)
    lines = [line for line in lines_of(session, count.id).values() if line.counted is not None]
    moments = {line.part_id: line.counted_at or at for line in lines}
    there = expected(session, shop, count.location_id, moments)
    parts = {part.id: part for part in session.scalars(select(Part).where(Part.id.in_(moments)))}
    moves = dict[int, StockMove]()
    with session.no_autoflush:  # each part is there once: no move changes what another one sees
        for line in lines:
            difference = check(line.counted or NOTHING) - there[line.part_id]
            if difference:
                day = shop.day(moments[line.part_id])
                moves[line.id] = _move(session, at, count, line.part_id, difference, day)
    session.flush()
    for line in lines:
        line.expected, line.cost = there[line.part_id], parts[line.part_id].cost
        line.move_id = moves[line.id].id if line.id in moves else None
    part_holds.settle(session, at, {move.part_id for move in moves.values()})
    return lines


def _move(  # noqa: PLR0917
    session: Session,
    at: datetime,
    count: StockCount,
    part_id: int,
    difference: Decimal,
    day: date,
) -> StockMove:
    return stock.move(
        session,
        at,
        part_id=part_id,
        location_id=count.location_id,
        kind=MoveKind.COUNT,
        quantity=difference,
        moved_on=day,
        reason=count.number,
    )


def add_lines(session: Session, count: StockCount, parts: Sequence[Part], at: datetime) -> None:
    """Take parts down on the sheet of a count, with what should lie there now."""
    where = session.get_one(StockLocation, count.location_id)
    there = expected(
        session, shops.current(session), where.id, dict.fromkeys((part.id for part in parts), at)
    )
    session.add_all(
        StockCountLine(
            stock_count_id=count.id,
            part_id=part.id,
            sequence=sequence,
            bin=shelf(part, where),
            begun_with=there[part.id],
        )
        for sequence, part in enumerate(parts, 1)
    )
    session.flush()
