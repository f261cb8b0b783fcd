"""The register of purchase orders: which there are, what each says, which are late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain import purchase_orders as rules
from smallcmms.domain.money import Currency
from smallcmms.domain.purchase_orders import LeadTime, PurchaseOrderStatus
from smallcmms.domain.tags import TagKind, code
from smallcmms.models import Part, PurchaseOrder, PurchaseOrderLine, Supplier, WorkOrder
from smallcmms.services import suppliers
from smallcmms.services.steps import purchase_orders as steps
from smallcmms.services.steps import shops
from smallcmms.store.store import Store

_NOTHING = Decimal(0)


class Chip(StrEnum):
    """The choices above the list."""

    OPEN = "open"
    DRAFT = "draft"
    LATE = "late"
    RECEIVED = "received"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PurchaseOrderRow:
    """A purchase order in a list; ``total`` is its lines at their cost, without tax."""

    id: int
    number: str
    supplier_id: int
    supplier: str
    status: PurchaseOrderStatus
    made_at: datetime
    ordered_on: date | None
    promised_on: date | None
    received_on: date | None
    days_late: int
    lines: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line: quantities in the part's own unit, ``coming`` what is still to come.

    ``packs`` is the number of the supplier's packs where the part is bought in packs, with
    ``pack`` what one is called and ``pack_of`` how much it holds.
    """

    id: int
    part_id: int | None
    number: str
    name: str
    supplier_number: str
    unit: str
    quantity: Decimal
    received: Decimal
    coming: Decimal
    unit_cost: Decimal
    amount: Decimal
    pack: str
    pack_of: Decimal | None
    packs: Decimal | None
    work_order_id: int | None
    work_order: str


@dataclass(frozen=True, slots=True)
class PurchaseOrderPage:
    """A purchase order whole; ``code`` is the text of its QR."""

    row: PurchaseOrderRow
    code: str
    phone: str
    email: str
    address: str
    account: str
    reference: str
    note: str
    cancel_reason: str
    lead: LeadTime
    lines: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many purchase orders each chip shows."""

    open: int
    draft: int
    late: int
    received: int
    all: int


def find(
    store: Store, *, text: str = "", chip: Chip = Chip.ALL, supplier_id: int | None = None
) -> Sequence[int]:
    """Return the ids of the orders that match: open ones first, the first due first.

    Every word of ``text`` is in the number, the supplier, the reference or a part of it.
    """
    with store.read() as session:
        query = _narrowed(select(PurchaseOrder.id), session, store, chip)
        if supplier_id is not None:
            query = query.where(PurchaseOrder.supplier_id == supplier_id)
        for word in text.split():
            query = query.where(_holds(word))
        return session.scalars(query.order_by(*_ORDER)).all()


def counts(store: Store) -> Counts:
    """Return how many orders each chip shows."""
    with store.read() as session:
        query = select(func.count()).select_from(PurchaseOrder)
        each = {
            chip.value: session.scalars(_narrowed(query, session, store, chip)).one()
            for chip in Chip
        }
    return Counts(**each)


def rows(store: Store, ids: Sequence[int]) -> dict[int, PurchaseOrderRow]:
    """Return what a list shows of these orders."""
    with store.read() as session:
        shop = shops.current(session)
        today = shop.day(store.now())
        lines = _lines(session, ids)
        query = select(PurchaseOrder, Supplier.name).join(PurchaseOrder.supplier)
        found = session.execute(query.where(PurchaseOrder.id.in_(ids)))
        return {
            order.id: _row(order, name, lines.get(order.id, []), today, shop.currency)
            for order, name in found
        }


def get(store: Store, purchase_order_id: int) -> PurchaseOrderPage:
    """Return a purchase order whole.

    Raises:
        NotFound: there is none.
    """
    with store.read() as session:
        order = steps.found(session, purchase_order_id)
        shop = shops.current(session)
        supplier = suppliers.get(store, order.supplier_id)
        today, kept = shop.day(store.now()), _lines(session, [order.id]).get(order.id, [])
        return PurchaseOrderPage(
            row=_row(order, supplier.name, kept, today, shop.currency),
            code=code(shop.code, TagKind.PURCHASE_ORDER, order.number),
            phone=supplier.phone,
            email=supplier.email,
            address=supplier.address,
            account=supplier.account,
            reference=order.reference,
            note=order.note,
            cancel_reason=order.cancel_reason,
            lead=supplier.lead,
            lines=tuple(_told(session, kept, shop.currency)),
        )


_STATUS = PurchaseOrder.status
_OWED = (PurchaseOrderStatus.ORDERED, PurchaseOrderStatus.PART_RECEIVED)
_OPEN = (PurchaseOrderStatus.DRAFT, *_OWED)
_ORDER = (
    ~_STATUS.in_(_OPEN),
    _STATUS != PurchaseOrderStatus.DRAFT,
    PurchaseOrder.promised_on.is_(None),
    func.iif(_STATUS.in_(_OPEN), PurchaseOrder.promised_on, None),
    PurchaseOrder.id.desc(),
)
_IN_CHIP: dict[Chip, tuple[ColumnElement[bool], ...]] = {
    Chip.OPEN: (_STATUS.in_(_OPEN),),
    Chip.DRAFT: (_STATUS == PurchaseOrderStatus.DRAFT,),
    Chip.RECEIVED: (_STATUS == PurchaseOrderStatus.RECEIVED,),
    Chip.ALL: (),
}


def _narrowed(query: Select[int], session: Session, store: Store, chip: Chip) -> Select[int]:
    if chip is Chip.LATE:
        today = shops.current(session).day(store.now())
        return query.where(_STATUS.in_(_OWED), PurchaseOrder.promised_on < today)
    return query.where(*_IN_CHIP[chip])


def _holds(word: str) -> ColumnElement[bool]:
    named = select(Supplier.id).where(Supplier.name.icontains(word, autoescape=True))
    parts = (
        select(PurchaseOrderLine.purchase_order_id)
        .outerjoin(Part, Part.id == PurchaseOrderLine.part_id)
        .where(
            or_(
                PurchaseOrderLine.text.icontains(word, autoescape=True),
                Part.name.icontains(word, autoescape=True),
                Part.number.icontains(word, autoescape=True),
            )
        )
    )
    return or_(
        PurchaseOrder.number.icontains(word, autoescape=True),
        PurchaseOrder.reference.icontains(word, autoescape=True),
        PurchaseOrder.supplier_id.in_(named),
        PurchaseOrder.id.in_(parts),
    )


def _lines(session: Session, ids: Sequence[int]) -> dict[int, list[PurchaseOrderLine]]:
    query = select(PurchaseOrderLine).where(PurchaseOrderLine.purchase_order_id.in_(ids))
    found: dict[int, list[PurchaseOrderLine]] = {}
    for line in session.scalars(query.order_by(PurchaseOrderLine.sequence, PurchaseOrderLine.id)):
        found.setdefault(line.purchase_order_id, []).append(line)
    return found


def _row(
    order: PurchaseOrder,
    supplier: str,
    lines: Sequence[PurchaseOrderLine],
    today: date,
    currency: Currency,
) -> PurchaseOrderRow:
    return PurchaseOrderRow(
        id=order.id,
        number=order.number,
        supplier_id=order.supplier_id,
        supplier=supplier,
        status=order.status,
        made_at=order.made_at,
        ordered_on=order.ordered_on,
        promised_on=order.promised_on,
        received_on=order.received_on,
        days_late=rules.days_late(order.status, order.promised_on, today),
        lines=len(lines),
        total=sum((amount(line.quantity, line.unit_cost, currency) for line in lines), _NOTHING),
    )


def amount(quantity: Decimal, unit_cost: Decimal, currency: Currency) -> Decimal:
    """Return what so much of something costs, in major units, half-up to the minor unit."""
    step = Decimal(1).scaleb(-currency.decimals)
    return (quantity * unit_cost).quantize(step, ROUND_HALF_UP)


def _told(
    session: Session, lines: Iterable[PurchaseOrderLine], currency: Currency
) -> Iterable[OrderLine]:
    for line in lines:
        part = session.get(Part, line.part_id) if line.part_id is not None else None
        work = session.get(WorkOrder, line.work_order_id) if line.work_order_id else None
        factor = part.purchase_factor if part is not None else None
        yield OrderLine(
            id=line.id,
            part_id=line.part_id,
            number=part.number if part is not None else "",
            name=line.text or (part.name if part is not None else ""),
            supplier_number=line.supplier_number or (part.supplier_number if part else ""),
            unit=line.unit or (part.unit if part is not None else ""),
            quantity=line.quantity,
            received=line.received,
            coming=rules.outstanding(line.quantity, line.received),
            unit_cost=line.unit_cost,
            amount=amount(line.quantity, line.unit_cost, currency),
            pack=part.purchase_unit if part is not None and factor else "",
            pack_of=factor,
            packs=line.quantity / factor if factor and not line.quantity % factor else None,
            work_order_id=line.work_order_id,
            work_order=work.number if work is not None else "",
        )
