"""Parts: the register, and what lies where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.stock import LocationKind, MoveKind
from smallcmms.models import Part, StockLocation, StockMove, Supplier
from smallcmms.services.steps import events, stock
from smallcmms.store.store import Store, about

EDITABLE = (
    "number", "name", "unit", "purchase_unit", "purchase_factor", "barcode", "supplier_number",
    "cost", "price", "markup", "is_taxable", "keep", "order_up_to", "bin", "notes",
)  # fmt: skip
SORTS = {"name": Part.name, "number": Part.number}
_NONE_ON_HAND = Decimal(0)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part: cost and price of one unit in the shop's currency, quantity on hand in all places."""

    id: int
    number: str
    name: str
    unit: str
    cost: Decimal
    price: Decimal | None
    is_taxable: bool
    bin: str
    supplier: str
    on_hand: Decimal


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A place where parts lie."""

    id: int
    name: str
    kind: LocationKind


_ON_HAND = (
    select(func.coalesce(func.sum(StockMove.quantity), _NONE_ON_HAND))
    .where(StockMove.part_id == Part.id)
    .scalar_subquery()
)
_ROWS = select(
    Part.id,
    Part.number,
    Part.name,
    Part.unit,
    Part.cost,
    Part.price,
    Part.is_taxable,
    Part.bin,
    func.coalesce(Supplier.name, ""),
    _ON_HAND,
).outerjoin(Supplier, Supplier.id == Part.supplier_id)
_BY_ID = _ROWS.where(Part.id.in_(bindparam("ids", expanding=True)))


def find(store: Store, *, text: str = "", sort: str = "name") -> Sequence[int]:
    """Return the ids of the parts whose name or number holds the text, in order."""
    query = select(Part.id).where(Part.archived_on.is_(None)).order_by(SORTS[sort], Part.id)
    for word in text.split():
        query = query.where(
            or_(
                Part.name.icontains(word, autoescape=True),
                Part.number.icontains(word, autoescape=True),
            )
        )
    with store.read() as session:
        return session.scalars(query).all()


def rows(store: Store, ids: Sequence[int]) -> dict[int, PartRow]:
    """Return what a list shows of these parts."""
    with store.read() as session:
        found = session.execute(_BY_ID, {"ids": list(ids)})
        return {row[0]: PartRow(*row) for row in map(list, found)}


def match(store: Store, text: str, *, limit: int = 8) -> list[PartRow]:
    """Return the parts that a few typed letters may mean, by name."""
    ids = find(store, text=text)[:limit]
    found = rows(store, ids)
    return [found[part_id] for part_id in ids]


def where(store: Store, part_id: int) -> list[stock.Lying]:
    """Return the places in which a part lies, the fullest first."""
    with store.read() as session:
        return stock.where(session, part_id)


def locations(store: Store) -> list[LocationRow]:
    """Return the places where parts lie, the shop first."""
    query = (
        select(StockLocation.id, StockLocation.name, StockLocation.kind)
        .where(StockLocation.archived_on.is_(None))
        .order_by(StockLocation.kind != LocationKind.SHOP, StockLocation.name)
    )
    with store.read() as session:
        return [LocationRow(*row) for row in session.execute(query)]


def add(
    store: Store,
    *,
    number: str,
    name: str,
    cost: Decimal,
    price: Decimal | None = None,
    supplier: str = "",
    **fields: Any,
) -> int:
    """Add a part to the register; cost and price are those of one unit.

    Raises:
        RuleBroken: number or name is empty, the number is taken, or an amount is below zero.
    """
    with store.change("Add part {name}", name=name.strip()) as session:
        part = Part(number=number.strip(), name=name.strip(), cost=cost, price=price, **fields)
        _check(session, part)
        part.supplier_id = _supplier(session, supplier)
        session.add(part)
        session.flush()
        events.note(session, store.now(), "part", part.id, "added")
        about(session, "part", part.id, number=part.number)
        return part.id


def edit(store: Store, part_id: int, *, supplier: str | None = None, **fields: Any) -> None:
    """Change a part; past jobs keep the cost and the price they were done at.

    Raises:
        RuleBroken: as for a new part, or the field cannot be changed.
    """
    for field in fields:
        if field not in EDITABLE:
            raise RuleBroken("{name} of a part cannot be changed.", field=field, name=field)
    with store.change("Edit a part") as session:
        part = session.get_one(Part, part_id)
        with session.no_autoflush:
            for field, value in fields.items():
                setattr(part, field, value)
            _check(session, part)
        if supplier is not None:
            part.supplier_id = _supplier(session, supplier)
        about(session, "part", part_id, number=part.number)


def archive(store: Store, part_id: int) -> None:
    """Keep a part no longer; what was done with it stays."""
    with store.change("Archive a part") as session:
        part = session.get_one(Part, part_id)
        part.archived_on = store.now().date()
        about(session, "part", part_id, number=part.number)


def receive(
    store: Store,
    part_id: int,
    *,
    location_id: int,
    quantity: Decimal,
    moved_on: date,
    unit_cost: Decimal | None = None,
) -> int:
    """Put parts that came in on a shelf; their cost enters the moving average.

    Raises:
        RuleBroken: the quantity is not above zero.
    """
    if quantity <= 0:
        raise RuleBroken("How many came in? A receipt is more than zero.", field="quantity")
    return _move(
        store,
        part_id,
        location_id=location_id,
        kind=MoveKind.RECEIPT,
        quantity=quantity,
        moved_on=moved_on,
        unit_cost=unit_cost,
    )


def count(
    store: Store, part_id: int, *, location_id: int, counted: Decimal, counted_on: date
) -> int:
    """Write down what was counted in a place: the difference becomes a move.

    Raises:
        RuleBroken: the count is below zero.
    """
    if counted < 0:
        raise RuleBroken("A count cannot be below zero.", field="quantity")
    with store.read() as session:
        there = stock.on_hand(session, part_id, location_id)
    return _move(
        store,
        part_id,
        location_id=location_id,
        kind=MoveKind.COUNT,
        quantity=counted - there,
        moved_on=counted_on,
    )


def _move(
    store: Store,
    part_id: int,
    *,
    location_id: int,
    kind: MoveKind,
    quantity: Decimal,
    moved_on: date,
    unit_cost: Decimal | None = None,
) -> int:
    with store.change("Move a part") as session:
        part = session.get_one(Part, part_id)
        move = stock.move(
            session,
            store.now(),
            part_id=part_id,
            location_id=location_id,
            kind=kind,
            quantity=quantity,
            moved_on=moved_on,
            unit_cost=unit_cost,
        )
        session.flush()
        about(session, "part", part_id, number=part.number)
        return move.id


def _check(session: Session, part: Part) -> None:
    if not part.number:
        raise RuleBroken("A part needs a number.", field="number")
    if not part.name:
        raise RuleBroken("A part needs a name.", field="name")
    if part.cost < 0 or (part.price is not None and part.price < 0):
        raise RuleBroken("A cost or price cannot be below zero.", field="cost")
    same = select(Part.id).where(Part.number == part.number)
    if any(other != part.id for other in session.scalars(same)):
        raise RuleBroken("Part {number} is there already.", field="number", number=part.number)


def _supplier(session: Session, name: str) -> int | None:
    if not name.strip():
        return None
    supplier = session.scalars(select(Supplier).where(Supplier.name == name.strip())).one_or_none()
    if supplier is None:
        supplier = Supplier(name=name.strip())
        session.add(supplier)
        session.flush()
    return supplier.id
