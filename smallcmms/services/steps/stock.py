"""Stock: what is on hand is the sum of its moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import case, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.domain.stock import MoveKind, average_without, moving_average
from smallcmms.models import (
    Part,
    PurchaseOrder,
    PurchaseOrderLine,
    Reservation,
    StockLocation,
    StockMove,
)
from smallcmms.models.part import KEEPING

NOTHING = Decimal(0)
_COMING = (PurchaseOrderStatus.ORDERED, PurchaseOrderStatus.PART_RECEIVED)


class Lying(NamedTuple):
    """How much of a part lies in one place."""

    location_id: int
    name: str
    quantity: Decimal


class Standing(NamedTuple):
    """How a part stands, in its own unit.

    ``available`` is on hand less reserved, what waits for parts counted too; ``projected`` is
    that and what is on order.
    """

    part_id: int
    on_hand: Decimal
    reserved: Decimal
    on_order: Decimal
    by_place: tuple[Lying, ...]

    @property
    def available(self) -> Decimal:
        """Return what no job has a claim to; below zero that much is short."""
        return self.on_hand - self.reserved

    @property
    def projected(self) -> Decimal:
        """Return what will be free when all that is on order has come."""
        return self.available + self.on_order


def on_hand(session: Session, part_id: int, location_id: int | None = None) -> Decimal:
    """Return the quantity on hand, in one place or in all; it may be below zero."""
    query = select(func.coalesce(func.sum(StockMove.quantity), NOTHING)).where(
        StockMove.part_id == part_id
    )
    if location_id is not None:
        query = query.where(StockMove.location_id == location_id)
    return session.scalars(query).one()


def where(session: Session, part_id: int) -> list[Lying]:
    """Return the places in which the part lies or is missing, the fullest first."""
    return list(standing(session, part_id).by_place)


def standing(session: Session, part_id: int) -> Standing:
    """Return how a part stands."""
    return standings(session, [part_id])[part_id]


def standings(session: Session, part_ids: Sequence[int]) -> dict[int, Standing]:
    """Return how parts stand, in one question; the fullest place of each first."""
    wanted = list(dict.fromkeys(part_ids))
    lying: dict[int, list[Lying]] = {part_id: [] for part_id in wanted}
    sums: dict[int, dict[str, Decimal]] = {part_id: {} for part_id in wanted}
    for part_id, what, location_id, name, quantity in session.execute(_facts(wanted)):
        if what != _LIES:
            sums[part_id][what] = quantity
        elif quantity:
            lying[part_id].append(Lying(location_id, name, quantity))
    return {
        part_id: Standing(
            part_id,
            on_hand=sum((place.quantity for place in places), NOTHING),
            reserved=sums[part_id].get(_RESERVED, NOTHING),
            on_order=sums[part_id].get(_ON_ORDER, NOTHING),
            by_place=tuple(sorted(places, key=lambda place: (-place.quantity, place.name))),
        )
        for part_id, places in lying.items()
    }


_LIES, _RESERVED, _ON_ORDER = "lies", "reserved", "on_order"


def _facts(part_ids: Sequence[int]) -> Any:
    """Return the question for the sums of parts: by place, reserved, on order."""
    lies: Any = (
        select(
            StockMove.part_id,
            literal_column(f"'{_LIES}'"),
            StockMove.location_id,
            StockLocation.name,
            func.sum(StockMove.quantity),
        )
        .join(StockLocation, StockLocation.id == StockMove.location_id)
        .where(StockMove.part_id.in_(part_ids))
        .group_by(StockMove.part_id, StockMove.location_id)
    )
    nowhere: tuple[Any, ...] = (literal_column("0"), literal_column("''"))
    reserved = (
        select(
            Reservation.part_id,
            literal_column(f"'{_RESERVED}'"),
            *nowhere,
            func.sum(Reservation.quantity),
        )
        .where(Reservation.part_id.in_(part_ids), literal_column(KEEPING))
        .group_by(Reservation.part_id)
    )
    missing = PurchaseOrderLine.quantity - PurchaseOrderLine.received
    coming = (
        select(
            PurchaseOrderLine.part_id,
            literal_column(f"'{_ON_ORDER}'"),
            *nowhere,
            func.sum(case((missing > NOTHING, missing), else_=NOTHING)),
        )
        .join(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.purchase_order_id)
        .where(PurchaseOrderLine.part_id.in_(part_ids), PurchaseOrder.status.in_(_COMING))
        .group_by(PurchaseOrderLine.part_id)
    )
    return union_all(lies, reserved, coming)


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
    reason: str = "",
    override_reason: str = "",
    **of: Any,
) -> StockMove:
    """Write a move: a positive quantity comes in, a negative one goes out.

    A receipt moves the part's cost to the moving average; every move keeps the cost of its day.
    What leaves a place below zero is written too: the part is gone already, and the move keeps
    ``override_reason``, else its reason, as why it was let through. ``of`` names what it belongs
    to: used_part_id, reverses_id, pair_id, purchase_order_line_id, stock_count_line_id.
    """
    part = session.get_one(Part, part_id)
    if kind is MoveKind.RECEIPT and unit_cost is not None:
        _average(session, part, quantity, unit_cost)
    is_below = quantity < 0 and on_hand(session, part_id, location_id) + quantity < 0
    written = StockMove(
        part_id=part_id,
        location_id=location_id,
        kind=kind,
        quantity=quantity,
        unit_cost=part.cost if unit_cost is None else unit_cost,
        reason=reason,
        override_reason=(override_reason or reason or kind.value) if is_below else "",
        moved_on=moved_on,
        recorded_at=at,
        **of,
    )
    session.add(written)
    return written


def _average(session: Session, part: Part, quantity: Decimal, unit_cost: Decimal) -> None:
    there = on_hand(session, part.id)
    if quantity < 0:
        part.cost = average_without(there, part.cost, -quantity, unit_cost)
    else:
        part.cost = moving_average(there, part.cost, quantity, unit_cost)


def transfer(
    session: Session,
    at: datetime,
    *,
    part_id: int,
    from_id: int,
    to_id: int,
    quantity: Decimal,
    moved_on: date,
    reason: str = "",
) -> StockMove:
    """Move parts from one place to another: two moves, the one that arrives names the other.

    Raises:
        RuleBroken: the quantity is not above zero, or both places are the same.
    """
    above_zero(quantity)
    if from_id == to_id:
        raise RuleBroken("They lie there already. Choose another place.", "to_id")
    told: dict[str, Any] = {"part_id": part_id, "moved_on": moved_on, "reason": reason}
    told["kind"] = MoveKind.TRANSFER
    left = move(session, at, location_id=from_id, quantity=-quantity, **told)
    session.flush()
    arrived = move(session, at, location_id=to_id, quantity=quantity, pair_id=left.id, **told)
    session.flush()
    return arrived


def reverse(
    session: Session, at: datetime, found: StockMove, *, moved_on: date, reason: str
) -> StockMove:
    """Write the opposite of a move; what it did to the cost of a receipt is taken back too.

    Raises:
        RuleBroken: nobody said why, it is reversed already, or it reverses another itself.
    """
    if not reason.strip():
        raise RuleBroken("Say why.", "reason")
    if found.reverses_id is not None:
        raise RuleBroken("This move takes another back. Write a new move instead.")
    again = select(StockMove.id).where(StockMove.reverses_id == found.id).limit(1)
    if session.scalars(again).first() is not None:
        raise RuleBroken("This move is taken back already.")
    written = move(
        session,
        at,
        part_id=found.part_id,
        location_id=found.location_id,
        kind=found.kind,
        quantity=-found.quantity,
        moved_on=moved_on,
        unit_cost=found.unit_cost,
        reason=reason.strip(),
        reverses_id=found.id,
        used_part_id=found.used_part_id,
        purchase_order_line_id=found.purchase_order_line_id,
    )
    session.flush()
    return written


def above_zero(quantity: Decimal) -> None:
    """See that a quantity is more than nothing.

    Raises:
        RuleBroken: it is not.
    """
    if quantity <= 0:
        raise RuleBroken("How many? A quantity is more than zero.", "quantity")
