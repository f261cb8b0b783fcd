"""Stock: what is on hand is the sum of its moves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.stock import MoveKind, moving_average
from smallcmms.models import Part, StockLocation, StockMove


class Lying(NamedTuple):
    """How much of a part lies in one place."""

    location_id: int
    name: str
    quantity: Decimal


def on_hand(session: Session, part_id: int, location_id: int | None = None) -> Decimal:
    """Return the quantity on hand, in one place or in all; it may be below zero."""
    query = select(func.coalesce(func.sum(StockMove.quantity), Decimal(0))).where(
        StockMove.part_id == part_id
    )
    if location_id is not None:
        query = query.where(StockMove.location_id == location_id)
    return session.scalars(query).one()


def where(session: Session, part_id: int) -> list[Lying]:
    """Return the places in which the part lies or is missing, the fullest first."""
    quantity = func.sum(StockMove.quantity)
    query = (
        select(StockMove.location_id, StockLocation.name, quantity)
        .join(StockLocation, StockLocation.id == StockMove.location_id)
        .where(StockMove.part_id == part_id)
        .group_by(StockMove.location_id)
        .having(quantity != Decimal(0))
        .order_by(quantity.desc(), StockLocation.name)
    )
    return [Lying(*row) for row in session.execute(query)]


def move(
    session: Session,
    at: datetime,
    *,
    part_id: int,
    location_id: int,
    kind: MoveKind,
    quantity: Decimal,
    moved_on: date,
    unit_cost: Decimal | None = None,
    used_part_id: int | None = None,
    reverses_id: int | None = None,
    reason: str = "",
) -> StockMove:
    """Write a move: a positive quantity comes in, a negative one goes out.

    A receipt moves the part's cost to the moving average; every move keeps the cost of its day.
    """
    part = session.get_one(Part, part_id)
    if kind is MoveKind.RECEIPT and unit_cost is not None:
        part.cost = moving_average(on_hand(session, part_id), part.cost, quantity, unit_cost)
    written = StockMove(
        part_id=part_id,
        location_id=location_id,
        kind=kind,
        quantity=quantity,
        unit_cost=part.cost if unit_cost is None else unit_cost,
        used_part_id=used_part_id,
        reverses_id=reverses_id,
        reason=reason,
        moved_on=moved_on,
        recorded_at=at,
    )
    session.add(written)
    return written
