"""The list of parts: chips, sorts and rows, each a question that is put into SQL once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy import type_coerce as as_type

from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.domain.stock import Supply, reorder
from smallcmms.models import (
    Part,
    PurchaseOrder,
    PurchaseOrderLine,
    Reservation,
    Shop,
    StockLocation,
    StockMove,
    Supplier,
)
from smallcmms.models.part import KEEPING
from smallcmms.services.steps.stock import Lying
from smallcmms.store.prepared import Prepared, each, packed
from smallcmms.store.store import Store

_NOTHING = Decimal(0)
_KEPT = 10_000
_NEXT, _WITHIN = "\x1e", "\x1f"
"""Stand between the orders that bring a part, and between what is told of each."""
_COMING = (PurchaseOrderStatus.ORDERED, PurchaseOrderStatus.PART_RECEIVED)


class Chip(StrEnum):
    """The parts of the register that a person looks at; ``place:3`` is what lies in a place."""

    ALL = "all"
    LOW = "low"
    ON_ORDER = "on_order"
    RESERVED = "reserved"


class Sort(StrEnum):
    """What the list is sorted by."""

    NAME = "name"
    NUMBER = "number"
    BIN = "bin"
    SUPPLIER = "supplier"
    ON_HAND = "on_hand"
    RESERVED = "reserved"
    AVAILABLE = "available"
    KEEP = "keep"
    PRICE = "price"


class PartRow(NamedTuple):
    """What the list shows of a part, in its own unit; cost and price are of one unit.

    ``available`` is what no job has a claim to. ``short`` is what is missing even when all that is
    on order has come; ``to_order`` how many to order where less than is kept is free or on its
    way, nothing of a part whose place another took. ``due_on`` and ``order_number`` are of the
    order that is promised first, ``is_late`` says that its day is over.
    """

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
    by_place: tuple[Lying, ...]
    reserved: Decimal
    available: Decimal
    keep: Decimal | None
    on_order: Decimal
    short: Decimal
    to_order: Decimal
    due_on: date | None
    order_number: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many parts each chip shows; ``value`` is what lies everywhere, at its cost."""

    all: int
    low: int
    on_order: int
    reserved: int
    value: Decimal


ON_HAND = (
    select(func.coalesce(func.sum(StockMove.quantity), literal_column("0")))
    .where(StockMove.part_id == Part.id)
    .scalar_subquery()
)
RESERVED = (
    select(func.coalesce(func.sum(Reservation.quantity), literal_column("0")))
    .where(Reservation.part_id == Part.id, literal_column(f"reservation.{KEEPING}"))
    .scalar_subquery()
)
_OWED = PurchaseOrderLine.quantity - PurchaseOrderLine.received
_OWED_LINES = (
    select(PurchaseOrderLine.id)
    .join(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.purchase_order_id)
    .where(
        PurchaseOrderLine.part_id == Part.id,
        PurchaseOrder.status.in_(_COMING),
        PurchaseOrderLine.received < PurchaseOrderLine.quantity,
    )
)
ON_ORDER = _OWED_LINES.with_only_columns(
    func.coalesce(func.sum(_OWED), literal_column("0"))
).scalar_subquery()
_ORDERS = _OWED_LINES.with_only_columns(
    func.group_concat(
        func.coalesce(as_type(PurchaseOrder.promised_on, String), "~")
        + _WITHIN
        + PurchaseOrder.number
        + _WITHIN
        + cast(as_type(_OWED, Integer), String),
        _NEXT,
    )
).scalar_subquery()
IS_LOW: ColumnElement[bool] = and_(
    Part.superseded_by_id.is_(None),
    func.coalesce(Part.keep, literal_column("0")) > ON_HAND - RESERVED + ON_ORDER,
)
_SORTS: dict[Sort, ColumnElement[Any]] = {
    Sort.NAME: Part.name.expression,
    Sort.NUMBER: Part.number.expression,
    Sort.BIN: Part.bin.expression,
    Sort.SUPPLIER: func.coalesce(
        select(Supplier.name).where(Supplier.id == Part.supplier_id).scalar_subquery(), ""
    ),
    Sort.ON_HAND: ON_HAND,
    Sort.RESERVED: RESERVED,
    Sort.AVAILABLE: ON_HAND - RESERVED,
    Sort.KEEP: Part.keep.expression,
    Sort.PRICE: Part.price.expression,
}
_CHIPS: dict[Chip, ColumnElement[bool]] = {
    Chip.LOW: IS_LOW,
    Chip.ON_ORDER: _OWED_LINES.exists(),
    Chip.RESERVED: select(Reservation.id)
    .where(Reservation.part_id == Part.id, literal_column(f"reservation.{KEEPING}"))
    .exists(),
}
_WANTED = each("ids")
_ROWS = Prepared(
    select(
        Part.id,
        Part.number,
        Part.name,
        Part.unit,
        as_type(Part.cost, Integer),
        as_type(Part.price, Integer),
        Part.is_taxable,
        Part.bin,
        func.coalesce(Supplier.name, ""),
        as_type(Part.keep, Integer),
        as_type(Part.order_up_to, Integer),
        as_type(Part.purchase_factor, Integer),
        RESERVED,
        _ORDERS,
        Part.superseded_by_id.is_(None),
        select(Shop.zone).where(Shop.id == 1).scalar_subquery(),
    )
    .select_from(_WANTED)
    .join(Part, Part.id == _WANTED.c.value)
    .outerjoin(Supplier, Supplier.id == Part.supplier_id)
)
_LYING = Prepared(
    select(
        StockMove.part_id,
        StockMove.location_id,
        StockLocation.name,
        func.sum(as_type(StockMove.quantity, Integer)),
    )
    .select_from(_WANTED)
    .join(StockMove, StockMove.part_id == _WANTED.c.value)
    .join(StockLocation, StockLocation.id == StockMove.location_id)
    .group_by(StockMove.part_id, StockMove.location_id)
)


def find(
    store: Store,
    *,
    text: str = "",
    chip: str = Chip.ALL,
    sort: str = Sort.NAME,
    is_descending: bool = False,
) -> Sequence[int]:
    """Return the ids of the parts that match, in order.

    Every word of ``text`` is found in the name, the numbers, the shelf or the barcode; ``chip`` is
    one of the chips, or ``place:3`` for what lies in a place or is missing there.
    """
    if not text.strip():
        return [row[0] for row in _plain(chip, sort, is_descending=is_descending).ask(store)]
    query = _in_order(chip, sort, is_descending=is_descending)
    for word in text.split():
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in _READ)))
    with store.read() as session:
        return session.scalars(query).all()


_READ = (Part.name, Part.number, Part.bin, Part.supplier_number, Part.barcode)


@cache
def _plain(chip: str, sort: str, *, is_descending: bool) -> Prepared:
    return Prepared(_in_order(chip, sort, is_descending=is_descending))


def _in_order(chip: str, sort: str, *, is_descending: bool) -> Select[int]:
    column = _SORTS[Sort(sort)]
    query = select(Part.id).where(Part.archived_on.is_(None))
    if chip.startswith("place:"):
        query = query.where(Part.id.in_(_lying_in(int(chip.removeprefix("place:")))))
    elif chip != Chip.ALL:
        query = query.where(_CHIPS[Chip(chip)])
    return query.order_by(column.desc() if is_descending else column, Part.id)


def _lying_in(location_id: int) -> Select[int]:
    there = select(StockMove.part_id).where(StockMove.location_id == location_id)
    is_something = func.sum(as_type(StockMove.quantity, Integer)) != 0
    return there.group_by(StockMove.part_id).having(is_something)


def rows(store: Store, ids: Sequence[int]) -> dict[int, PartRow]:
    """Return what a list shows of these parts, in two questions."""
    wanted = packed(ids)
    lying: dict[int, list[Lying]] = {}
    for part_id, location_id, place, quantity in _LYING.ask(store, ids=wanted):
        if quantity:
            lying.setdefault(part_id, []).append(Lying(location_id, place, _quantity(quantity)))
    found = _ROWS.ask(store, ids=wanted)
    today = store.now().astimezone(ZoneInfo(found[0][-1])).date() if found else date.max
    return {row[0]: _row(row, lying.get(row[0], []), today) for row in found}


def _row(row: tuple[Any, ...], lying: list[Lying], today: date) -> PartRow:
    *head, keep, up_to, pack, reserved, orders, is_bought, _zone = row
    part_id, number, name, unit, cost, price, is_taxable, shelf, supplier = head
    lying.sort(key=lambda place: (-place.quantity, place.name))
    on_hand = sum((place.quantity for place in lying), _NOTHING)
    on_order, due_on, order_number = _orders(orders)
    supply = Supply(
        on_hand - _quantity(reserved),
        on_order,
        keep=_maybe(keep),
        order_up_to=_maybe(up_to),
        pack=_maybe(pack),
    )
    return PartRow(
        part_id, number, name, unit, _price(cost), None if price is None else _price(price),
        bool(is_taxable), shelf, supplier, on_hand, tuple(lying),
        reserved=_quantity(reserved),
        available=supply.available,
        keep=supply.keep,
        on_order=on_order,
        short=max(-supply.projected, _NOTHING),
        to_order=reorder(supply) if is_bought else _NOTHING,
        due_on=due_on,
        order_number=order_number,
        is_late=due_on is not None and due_on < today,
    )  # fmt: skip


def _orders(told: str | None) -> tuple[Decimal, date | None, str]:
    """Return how much is on order, and day and number of the order that is promised first."""
    if not told:
        return _NOTHING, None, ""
    lines = sorted(line.split(_WITHIN) for line in told.split(_NEXT))
    promised, number, _ = lines[0]
    due_on = None if promised == "~" else date.fromisoformat(promised)
    return _quantity(sum(int(line[2]) for line in lines)), due_on, number


def counts(store: Store) -> Counts:
    """Return how many parts each chip shows, and what lies everywhere at its cost."""
    [(every, low, ordered, reserved, value)] = _COUNTS.ask(store)
    return Counts(every, low, ordered, reserved, Decimal(value).scaleb(-7))


def _counted(chip: Chip) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((_CHIPS[chip], 1), else_=0)), 0)


_COUNTS = Prepared(
    select(
        func.count(),
        *(_counted(chip) for chip in _CHIPS),
        func.coalesce(func.sum(as_type(ON_HAND, Integer) * as_type(Part.cost, Integer)), 0),
    ).where(Part.archived_on.is_(None))
)


def match(store: Store, text: str, *, limit: int = 8) -> list[PartRow]:
    """Return the parts that a few typed letters may mean, by name."""
    ids = find(store, text=text)[:limit]
    found = rows(store, ids)
    return [found[part_id] for part_id in ids]


@lru_cache(maxsize=_KEPT)
def _quantity(kept: int) -> Decimal:
    return Decimal(kept).scaleb(-3)


def _maybe(kept: int | None) -> Decimal | None:
    return None if kept is None else _quantity(kept)


@lru_cache(maxsize=_KEPT)
def _price(kept: int) -> Decimal:
    return Decimal(kept).scaleb(-4)
