"""Reservations: what jobs keep of the stock, or wait for, from their approval until they are done.

Nothing leaves its shelf by a reservation: it is a claim to what is on hand, wherever it lies.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, insert, literal_column, select, update
from sqlalchemy.orm import Session

from smallcmms.domain.stock import Claim, ReservationStatus, kept
from smallcmms.domain.work_orders import IN_HAND
from smallcmms.models import PlannedPart, Reservation, StockMove, UsedPart, WorkOrder
from smallcmms.models.part import KEEPING

_NOTHING = Decimal(0)
_IS_OPEN: ColumnElement[bool] = literal_column(KEEPING)


def reserve(session: Session, at: datetime, order: WorkOrder) -> None:
    """Reserve the planned parts of a work order that are neither reserved nor used yet.

    A draft reserves nothing, and nothing is reserved for work that is done or cancelled.
    """
    if order.status in IN_HAND:
        reserve_all(session, at, [order.id])


def reserve_all(session: Session, at: datetime, work_order_ids: Collection[int]) -> None:
    """Reserve the planned parts of approved work orders, those of all of them at once."""
    session.flush()
    is_kept = exists().where(Reservation.planned_part_id == PlannedPart.id, _IS_OPEN)
    is_used = exists().where(UsedPart.planned_part_id == PlannedPart.id)
    wanted = select(
        PlannedPart.id, PlannedPart.work_order_id, PlannedPart.part_id, PlannedPart.quantity
    ).where(
        PlannedPart.work_order_id.in_(work_order_ids),
        PlannedPart.part_id.is_not(None),
        ~is_kept,
        ~is_used,
    )
    made: list[dict[str, Any]] = [
        {
            "planned_part_id": planned_id,
            "work_order_id": work_order_id,
            "part_id": part_id,
            "quantity": quantity,
            "status": ReservationStatus.SHORT,
            "made_at": at,
        }
        for planned_id, work_order_id, part_id, quantity in session.execute(
            wanted.order_by(PlannedPart.id)
        )
    ]
    if made:
        session.connection().execute(insert(Reservation), made)
        settle(session, at, {each["part_id"] for each in made})


def settle(session: Session, at: datetime, part_ids: Collection[int]) -> frozenset[int]:  # noqa: ARG001
    """Give what is on hand of these parts to the jobs that want it; the others are short.

    To be called after everything that moves them, in or out.

    Returns:
        The work orders that were short of one of these parts and are short of nothing now.
    """
    session.flush()
    claims = _claims(session, part_ids)
    there = _on_hand(session, claims)
    changed: dict[ReservationStatus, list[int]] = {}
    filled = set()
    for part_id, wanting in claims.items():
        fed = kept(there.get(part_id, _NOTHING), [claim for claim, _ in wanting])
        for claim, work_order_id in wanting:
            if (claim.id in fed) != claim.is_kept:
                to = ReservationStatus.SHORT if claim.is_kept else ReservationStatus.ACTIVE
                changed.setdefault(to, []).append(claim.id)
                filled |= set() if claim.is_kept else {work_order_id}
    for status, ids in changed.items():
        change = update(Reservation).where(Reservation.id.in_(ids)).values(status=status)
        session.execute(change, execution_options={"synchronize_session": "fetch"})
    return frozenset(filled - _short(session, filled))


def used(session: Session, at: datetime, order: WorkOrder) -> None:
    """End the reservations of parts that are booked: used, or not needed and free again."""
    session.flush()
    query = select(UsedPart.planned_part_id, UsedPart.part_id, UsedPart.quantity)
    lines = session.execute(query.where(UsedPart.work_order_id == order.id)).all()
    booked = {planned_id: quantity for planned_id, _part_id, quantity in lines}
    for each in open_of(session, order.id):
        if each.planned_part_id in booked:
            is_used = booked[each.planned_part_id] > 0
            each.status = ReservationStatus.USED if is_used else ReservationStatus.FREED
            each.settled_at = at
    settle(session, at, {part_id for _planned_id, part_id, _quantity in lines if part_id})


def free(session: Session, at: datetime, order: WorkOrder) -> None:
    """End every reservation of work that is done or cancelled; what it kept is free for others."""
    ended = open_of(session, order.id)
    for each in ended:
        each.status, each.settled_at = ReservationStatus.FREED, at
    if ended:
        settle(session, at, {each.part_id for each in ended})


def change(session: Session, at: datetime, line: PlannedPart) -> None:
    """Reserve as much as is planned now."""
    for each in session.scalars(_of_line(line)):
        each.quantity = line.quantity
        settle(session, at, {each.part_id})


def drop(session: Session, at: datetime, line: PlannedPart) -> None:
    """Reserve nothing any more for a part that is planned no longer, before the line goes."""
    session.execute(delete(Reservation).where(Reservation.planned_part_id == line.id))
    if line.part_id is not None:
        settle(session, at, {line.part_id})


def open_of(session: Session, work_order_id: int) -> list[Reservation]:
    """Return what a work order keeps, or waits for."""
    query = select(Reservation).where(Reservation.work_order_id == work_order_id, _IS_OPEN)
    return list(session.scalars(query.order_by(Reservation.id)))


def _of_line(line: PlannedPart) -> Any:
    return select(Reservation).where(Reservation.planned_part_id == line.id, _IS_OPEN)


def _claims(session: Session, part_ids: Collection[int]) -> dict[int, list[tuple[Claim, int]]]:
    """Return who wants these parts: for each, the claims and the work orders they are of."""
    query = (
        select(
            Reservation.part_id,
            Reservation.work_order_id,
            Reservation.id,
            Reservation.quantity,
            Reservation.status,
            WorkOrder.level,
            WorkOrder.due_on,
        )
        .join(WorkOrder, WorkOrder.id == Reservation.work_order_id)
        .where(Reservation.part_id.in_(part_ids), _IS_OPEN)
    )
    found: dict[int, list[tuple[Claim, int]]] = {}
    for part_id, work_order_id, claim_id, quantity, status, level, due_on in session.execute(query):
        is_kept = status is ReservationStatus.ACTIVE
        claim = Claim(claim_id, quantity, is_kept, level, due_on)
        found.setdefault(part_id, []).append((claim, work_order_id))
    return found


def _on_hand(session: Session, part_ids: Collection[int]) -> dict[int, Decimal]:
    if not part_ids:
        return {}
    sums = select(StockMove.part_id, func.sum(StockMove.quantity)).where(
        StockMove.part_id.in_(part_ids)
    )
    return dict(session.execute(sums.group_by(StockMove.part_id)).all())


def _short(session: Session, work_order_ids: Collection[int]) -> set[int]:
    if not work_order_ids:
        return set()
    short = select(Reservation.work_order_id).where(
        Reservation.work_order_id.in_(work_order_ids),
        Reservation.status == ReservationStatus.SHORT,
        _IS_OPEN,
    )
    return set(session.scalars(short))
