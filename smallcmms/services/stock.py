"""Stock: what comes in, goes out, lies somewhere else or was counted; each is a move that stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.stock import MoveKind
from smallcmms.models import (
    InvoiceLine,
    Part,
    PurchaseOrder,
    PurchaseOrderLine,
    StockLocation,
    StockMove,
    UsedPart,
    WorkOrder,
)
from smallcmms.services.steps import events, part_holds, purchase_orders, shops, stock
from smallcmms.services.steps.stock import Lying, Standing
from smallcmms.store.store import Store, about

__all__ = ["Lying", "MoveRow", "Standing"]


class MoveRow(NamedTuple):
    """A move of a part, in its unit; what comes in is above zero, what goes out below.

    ``on_hand`` is what lay everywhere after it. ``work_order`` and ``order`` are the numbers of the
    work order that it was used on and of the purchase order that brought it; ``other_place`` is
    the other end of a transfer. ``override_reason`` says why it was let through below zero.
    """

    id: int
    moved_on: date
    kind: MoveKind
    quantity: Decimal
    unit_cost: Decimal
    place: str
    other_place: str
    work_order_id: int | None
    work_order: str
    order: str
    reason: str
    override_reason: str
    reverses_id: int | None
    is_reversed: bool
    on_hand: Decimal


def standings(store: Store, part_ids: Sequence[int]) -> dict[int, Standing]:
    """Return how parts stand: on hand by place, reserved, on order."""
    with store.read() as session:
        return stock.standings(session, part_ids)


def where(store: Store, part_id: int) -> list[Lying]:
    """Return the places in which a part lies or is missing, the fullest first."""
    with store.read() as session:
        return stock.where(session, part_id)


def receive(
    store: Store,
    part_id: int,
    *,
    location_id: int,
    quantity: Decimal,
    moved_on: date,
    unit_cost: Decimal | None = None,
    reason: str = "",
) -> int:
    """Put parts that came in on a shelf; their cost enters the moving average.

    Work that was short of them gets them, and waits for parts no longer when it was the last.

    Raises:
        RuleBroken: the quantity is not above zero, the cost is below, or the day is to come.
    """
    if quantity <= 0:
        raise RuleBroken("How many came in? A receipt is more than zero.", "quantity")
    if unit_cost is not None and unit_cost < 0:
        raise RuleBroken("A cost or price cannot be below zero.", "unit_cost")
    return _move(
        store, "Receive {part}", part_id,
        kind=MoveKind.RECEIPT, location_id=location_id, quantity=quantity, moved_on=moved_on,
        unit_cost=unit_cost, reason=reason.strip(),
    )  # fmt: skip


def adjust(
    store: Store, part_id: int, *, location_id: int, by: Decimal, reason: str, moved_on: date
) -> int:
    """Correct what lies in a place by so many, up or down.

    Raises:
        RuleBroken: nothing changes, nobody said why, or the day is to come.
    """
    if not by:
        raise RuleBroken("Nothing changes by zero.", "by")
    return _move(
        store, "Adjust {part}", part_id,
        kind=MoveKind.ADJUSTMENT, location_id=location_id, quantity=by, moved_on=moved_on,
        reason=_why(reason),
    )  # fmt: skip


def scrap(
    store: Store, part_id: int, *, location_id: int, quantity: Decimal, reason: str, moved_on: date
) -> int:
    """Throw parts away.

    Raises:
        RuleBroken: the quantity is not above zero, nobody said why, or the day is to come.
    """
    stock.above_zero(quantity)
    return _move(
        store, "Scrap {part}", part_id,
        kind=MoveKind.SCRAP, location_id=location_id, quantity=-quantity, moved_on=moved_on,
        reason=_why(reason),
    )  # fmt: skip


def count(
    store: Store, part_id: int, *, location_id: int, counted: Decimal, counted_on: date
) -> int | None:
    """Write down what was counted in a place: the difference becomes a move.

    Returns:
        The move's id; none where the count says what the moves say.

    Raises:
        RuleBroken: the count is below zero, or its day is to come.
    """
    if counted < 0:
        raise RuleBroken("A count cannot be below zero.", "quantity")
    with _moving(store, "Count {part}", part_id, counted_on) as session:
        by = counted - stock.on_hand(session, part_id, location_id)
        if not by:
            return None
        move = stock.move(
            session, store.now(),
            part_id=part_id, location_id=location_id, kind=MoveKind.COUNT, quantity=by,
            moved_on=counted_on,
        )  # fmt: skip
        session.flush()
        return move.id


def transfer(
    store: Store,
    part_id: int,
    *,
    from_id: int,
    to_id: int,
    quantity: Decimal,
    moved_on: date,
    reason: str = "",
) -> int:
    """Move parts from one place to another: shop to truck, truck to truck.

    Returns:
        The id of the move that arrives; it names the one that left.

    Raises:
        RuleBroken: the quantity is not above zero, both places are one, or the day is to come.
    """
    with _moving(store, "Move {part}", part_id, moved_on) as session:
        return stock.transfer(
            session, store.now(),
            part_id=part_id, from_id=from_id, to_id=to_id, quantity=quantity, moved_on=moved_on,
            reason=reason.strip(),
        ).id  # fmt: skip


def reverse(store: Store, move_id: int, *, reason: str) -> int:
    """Take a move back by its opposite; both ends of a transfer go back.

    What was used on a work order is no longer used there; what an order brought is owed again.

    Returns:
        The id of the move that takes it back.

    Raises:
        NotFound: there is no such move.
        RuleBroken: nobody said why, it is taken back already, takes another back itself, or what
            was used is on an invoice.
    """
    with store.read() as session:
        found = session.get(StockMove, move_id)
        if found is None:
            raise NotFound("There is no such move.")
        part_id = found.part_id
    with _moving(store, "Take back a move of {part}", part_id) as session:
        at, today = store.now(), shops.current(session).day(store.now())
        found = session.get_one(StockMove, move_id)
        made = stock.reverse(session, at, found, moved_on=today, reason=reason)
        other = _other_end(session, found)
        if other is not None:
            back = stock.reverse(session, at, other, moved_on=today, reason=reason)
            back.pair_id = made.id
        if found.used_part_id is not None:
            _use_less(session, found.used_part_id, -found.quantity)
        if found.purchase_order_line_id is not None:
            purchase_orders.taken_back(session, at, found.purchase_order_line_id, found.quantity)
        return made.id


def put_back(
    store: Store, used_part_id: int, *, quantity: Decimal, location_id: int, moved_on: date
) -> int:
    """Put parts that a work order used back on a shelf: they were not needed after all.

    They come back at the cost they were used at, and the work order used that many less.

    Raises:
        NotFound: nothing of the register was used there.
        RuleBroken: the quantity is not above zero, more than was used, or on an invoice, or the
            day is to come.
    """
    stock.above_zero(quantity)
    with store.read() as session:
        used = session.get(UsedPart, used_part_id)
        if used is None or used.part_id is None:
            raise NotFound("No part of the register was used there.")
        part_id = used.part_id
    with _moving(store, "Put back {part}", part_id, moved_on) as session:
        used = session.get_one(UsedPart, used_part_id)
        _use_less(session, used_part_id, quantity)
        at, home = store.now(), used.location_id or location_id
        move = stock.move(
            session, at,
            part_id=part_id, location_id=home, kind=MoveKind.RETURN, quantity=quantity,
            moved_on=moved_on, unit_cost=used.cost, used_part_id=used.id,
        )  # fmt: skip
        session.flush()
        if home != location_id:
            stock.transfer(
                session, at,
                part_id=part_id, from_id=home, to_id=location_id, quantity=quantity,
                moved_on=moved_on,
            )  # fmt: skip
        events.note(
            session, at, "work_order", used.work_order_id, "part_put_back",
            part=session.get_one(Part, part_id).name, quantity=str(quantity),
        )  # fmt: skip
        return move.id


def moves(store: Store, part_id: int, limit: int = 50) -> list[MoveRow]:
    """Return the last moves of a part, the newest first, and how many there were after each."""
    other, lies, lay = aliased(StockMove), StockLocation, aliased(StockLocation)
    back, of_part = aliased(StockMove), aliased(StockMove)
    of_part_only = other.part_id + 0 == StockMove.part_id  # by its index all moves would be walked
    last = (
        select(StockMove.id)
        .where(StockMove.part_id == part_id)
        .order_by(StockMove.id.desc())
        .limit(limit)
    )
    whole = select(func.sum(of_part.quantity)).where(of_part.part_id == part_id)
    later = func.sum(StockMove.quantity).over(order_by=StockMove.id.desc()) - StockMove.quantity
    query = (
        select(
            StockMove.id,
            StockMove.moved_on,
            StockMove.kind,
            StockMove.quantity,
            StockMove.unit_cost,
            lies.name,
            func.coalesce(
                *(
                    select(lay.name)
                    .select_from(other)
                    .join(lay, lay.id == other.location_id)
                    .where(is_it, of_part_only)
                    .scalar_subquery()
                    for is_it in (other.id == StockMove.pair_id, other.pair_id == StockMove.id)
                ),
                "",
            ),
            UsedPart.work_order_id,
            func.coalesce(WorkOrder.number, ""),
            func.coalesce(PurchaseOrder.number, ""),
            StockMove.reason,
            StockMove.override_reason,
            StockMove.reverses_id,
            select(back.id).where(back.reverses_id == StockMove.id).exists(),
            whole.scalar_subquery() - later,
        )
        .join(lies, lies.id == StockMove.location_id)
        .outerjoin(UsedPart, UsedPart.id == StockMove.used_part_id)
        .outerjoin(WorkOrder, WorkOrder.id == UsedPart.work_order_id)
        .outerjoin(PurchaseOrderLine, PurchaseOrderLine.id == StockMove.purchase_order_line_id)
        .outerjoin(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.purchase_order_id)
        .where(StockMove.id.in_(last))
        .order_by(StockMove.id.desc())
    )
    with store.read() as session:
        return [MoveRow._make((*row[:6], row[6] or "", *row[7:])) for row in session.execute(query)]


def _move(store: Store, label: str, part_id: int, **fields: Any) -> int:
    with _moving(store, label, part_id, fields["moved_on"]) as session:
        move = stock.move(session, store.now(), part_id=part_id, **fields)
        session.flush()
        return move.id


@contextmanager
def _moving(
    store: Store, label: str, part_id: int, moved_on: date | None = None
) -> Iterator[Session]:
    """Open a change that moves a part; in the end it goes to the jobs that want it."""
    with store.change(label) as session:
        part = session.get(Part, part_id)
        if part is None:
            raise NotFound("There is no such part.")
        if moved_on is not None and moved_on > shops.current(session).day(store.now()):
            raise RuleBroken("This day is still to come.", "moved_on")
        about(session, "part", part_id, number=part.number, part=part.name)
        yield session
        part_holds.settle(session, store.now(), [part_id])


def _why(reason: str) -> str:
    if not reason.strip():
        raise RuleBroken("Say why.", "reason")
    return reason.strip()


def _other_end(session: Session, found: StockMove) -> StockMove | None:
    is_other = (StockMove.id == found.pair_id) | (StockMove.pair_id == found.id)
    return session.scalars(select(StockMove).where(is_other)).one_or_none()


def _use_less(session: Session, used_part_id: int, quantity: Decimal) -> None:
    """Say that a work order used so much less of a part; a bill that names it stands in the way."""
    used = session.get_one(UsedPart, used_part_id)
    billed = select(InvoiceLine.id).where(InvoiceLine.used_part_id == used_part_id).limit(1)
    if session.scalars(billed).first() is not None:
        raise RuleBroken("This part is on an invoice. Take it off there first.")
    if quantity > used.quantity:
        raise RuleBroken("No more than {n} was used.", "quantity", n=str(used.quantity))
    used.quantity -= quantity
