"""Restocking: what a truck lacks of what it should carry, and bringing it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.loading import lack
from smallcmms.domain.stock import LocationKind
from smallcmms.domain.stock_counts import by_bin
from smallcmms.models import Part, PartPar, StockLocation
from smallcmms.services.steps import shops, stock
from smallcmms.services.steps.stock import Standing
from smallcmms.store.store import Store, about

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestockLine:
    """A part that a truck lacks, in the part's own unit.

    ``par`` is what it should carry, ``free`` what the shelf has that no job has a claim to. What
    is free is taken; ``short`` is what is lacking after that.
    """

    part_id: int
    number: str
    name: str
    unit: str
    bin: str
    par: Decimal
    on_truck: Decimal
    lacks: Decimal
    in_shop: Decimal
    free: Decimal
    take: Decimal
    short: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Restock:
    """What brings a truck to its par, from one shelf to the next."""

    truck_id: int
    truck: str
    from_id: int
    from_name: str
    lines: tuple[RestockLine, ...]


def propose(store: Store, *, truck_id: int, from_id: int | None = None) -> Restock:
    """Return what a truck lacks of what it should carry, and what the shop's shelves have of it.

    ``from_id`` is the place that it is taken from, the shop unless told.

    Raises:
        RuleBroken: there is no such truck, or nowhere to take it from.
    """
    with store.read() as session:
        return proposed(session, truck_id, from_id)


def proposed(session: Session, truck_id: int, from_id: int | None = None) -> Restock:
    """Return what a truck lacks, as ``propose`` does."""
    truck, source = _place(session, truck_id), shelf(session, from_id)
    query = (
        select(PartPar.quantity, Part)
        .join(Part, Part.id == PartPar.part_id)
        .where(PartPar.location_id == truck_id, Part.archived_on.is_(None))
    )
    wanted = session.execute(query).all()
    found = stock.standings(session, [part.id for _par, part in wanted])
    lines = [_line(part, par, found[part.id], truck_id, source.id) for par, part in wanted]
    lacking = [line for line in lines if line.lacks]
    return Restock(
        truck_id=truck_id,
        truck=truck.name,
        from_id=source.id,
        from_name=source.name,
        lines=tuple(sorted(lacking, key=lambda line: (by_bin(line.bin), line.name.casefold()))),
    )


def lying(standing: Standing, location_id: int | None) -> Decimal:
    """Return how much of a part lies in one place."""
    there = (each.quantity for each in standing.by_place if each.location_id == location_id)
    return sum(there, _NOTHING)


def shelf(session: Session, location_id: int | None = None) -> StockLocation:
    """Return the place that trucks are loaded from: the shop unless told.

    Raises:
        RuleBroken: there is none.
    """
    if location_id is not None:
        return _place(session, location_id)
    query = (
        select(StockLocation)
        .where(StockLocation.kind == LocationKind.SHOP, StockLocation.archived_on.is_(None))
        .order_by(StockLocation.id)
        .limit(1)
    )
    found = session.scalars(query).first()
    if found is None:
        raise RuleBroken("The shop has no shelf to take from.", "from_id")
    return found


def _place(session: Session, location_id: int) -> StockLocation:
    found = session.get(StockLocation, location_id)
    if found is None:
        raise RuleBroken("Say which truck.", "truck_id")
    return found


def _line(part: Part, par: Decimal, standing: Standing, truck_id: int, from_id: int) -> RestockLine:
    on_truck, in_shop = lying(standing, truck_id), lying(standing, from_id)
    free = max(min(in_shop, standing.available), _NOTHING)
    lacks = lack(par, on_truck)
    take = min(lacks, free)
    return RestockLine(
        part_id=part.id,
        number=part.number,
        name=part.name,
        unit=part.unit,
        bin=part.bin,
        par=par,
        on_truck=on_truck,
        lacks=lacks,
        in_shop=in_shop,
        free=free,
        take=take,
        short=lacks - take,
    )


def do_restock(
    store: Store,
    *,
    truck_id: int,
    take: Mapping[int, Decimal] | None = None,
    from_id: int | None = None,
    moved_on: date | None = None,
) -> int:
    """Bring parts from the shop to a truck: one change, one undo step; return how many parts.

    ``take`` says how much of each part, as proposed unless told; nothing of a part leaves it out.

    Raises:
        RuleBroken: there is nothing to move, or a quantity is below zero.
    """
    at = store.now()
    with store.change("Restock {truck}") as session:
        told = take
        if told is None:
            told = {each.part_id: each.take for each in proposed(session, truck_id, from_id).lines}
        return bring(session, at, truck_id, told, from_id=from_id, moved_on=moved_on)


def bring(
    session: Session,
    at: datetime,
    truck_id: int,
    take: Mapping[int, Decimal],
    *,
    from_id: int | None = None,
    moved_on: date | None = None,
) -> int:
    """Move parts from the shop to a truck and return how many; ``take`` is by part.

    Raises:
        RuleBroken: there is nothing to move, a quantity is below zero, or the day is to come.
    """
    truck, source = _place(session, truck_id), shelf(session, from_id)
    today = shops.current(session).day(at)
    day = moved_on or today
    if day > today:
        raise RuleBroken("This day is still to come.", "moved_on")
    moved = {part_id: quantity for part_id, quantity in take.items() if quantity}
    if not moved:
        raise RuleBroken("There is nothing to bring to {truck}.", truck=truck.name)
    for part_id, quantity in moved.items():
        stock.transfer(
            session,
            at,
            part_id=part_id,
            from_id=source.id,
            to_id=truck_id,
            quantity=quantity,
            moved_on=day,
        )
    about(session, "stock_location", truck_id, truck=truck.name)
    return len(moved)
