"""The previews of what the search found in the shop's books: parts, orders, audits, schedules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.models import Part, PmSchedule, PurchaseOrder, PurchaseOrderLine, Supplier
from smallcmms.services import asset_audit_pages, pm_pages, stock_count_pages
from smallcmms.services.search_facts import (
    Lies,
    Link,
    Money,
    Preview,
    Seen,
    What,
    joined,
    said,
    told,
)
from smallcmms.services.steps import stock
from smallcmms.store.store import Store

_MOST_LINES = 4


def _part(_store: Store, session: Session, part_id: int) -> Preview | None:
    part = session.get(Part, part_id)
    if part is None:
        return None
    supplier = session.get(Supplier, part.supplier_id) if part.supplier_id else None
    stands = stock.standing(session, part_id)
    unit = part.unit
    lying = (Lies(at.quantity, unit, at.name) for at in stands.by_place)
    return Preview(
        title=part.name,
        lines=said(joined(supplier.name if supplier else "", part.supplier_number)),
        facts=told(
            *((What.ON_HAND, each) for each in lying),
            (What.ON_HAND, None if stands.by_place else Lies(stands.on_hand, unit)),
            (What.RESERVED, Lies(stands.reserved, unit) if stands.reserved else None),
            (What.FREE, Lies(stands.available, unit)),
            (What.ON_ORDER, Lies(stands.on_order, unit) if stands.on_order else None),
            (What.PRICE, None if part.price is None else Money(part.price, is_price=True)),
            (What.COST, Money(part.cost, is_price=True)),
        ),
    )


def _purchase_order(_store: Store, session: Session, order_id: int) -> Preview | None:
    order = session.get(PurchaseOrder, order_id)
    if order is None:
        return None
    supplier = session.get_one(Supplier, order.supplier_id)
    query = (
        select(PurchaseOrderLine, Part.name)
        .outerjoin(Part, Part.id == PurchaseOrderLine.part_id)
        .where(PurchaseOrderLine.purchase_order_id == order_id)
        .order_by(PurchaseOrderLine.sequence, PurchaseOrderLine.id)
        .limit(_MOST_LINES)
    )
    wanted = [
        Lies(line.quantity, line.unit, line.text or name) for line, name in session.execute(query)
    ]
    return Preview(
        title=supplier.name,
        lines=said(supplier.phone, order.note),
        phone=supplier.phone,
        facts=told(
            (What.ORDERED, order.ordered_on),
            (What.PROMISED, None if order.received_on else order.promised_on),
            (What.RECEIVED, order.received_on),
            *((What.PARTS, each) for each in wanted),
        ),
    )


def _audit(store: Store, _session: Session, audit_id: int) -> Preview | None:
    row = asset_audit_pages.rows(store, [audit_id]).get(audit_id)
    if row is None:
        return None
    return Preview(
        title=row.site,
        lines=said(joined(row.customer, row.within)),
        facts=told(
            (What.BEGUN, row.begun_at),
            (What.WALKED_BY, row.walked_by),
            (What.WHEN, row.walked_on),
            (What.SEEN, Seen(row.seen, row.lines)),
        ),
    )


def _stock_count(store: Store, _session: Session, count_id: int) -> Preview | None:
    row = stock_count_pages.rows(store, [count_id]).get(count_id)
    if row is None:
        return None
    return Preview(
        title=row.place,
        lines=said(row.counted_by),
        facts=told((What.BEGUN, row.begun_at), (What.WHEN, row.ended_at)),
    )


def _pm_schedule(store: Store, session: Session, schedule_id: int) -> Preview | None:
    if session.get(PmSchedule, schedule_id) is None:
        return None
    row = pm_pages.rows(store, [schedule_id])[schedule_id]
    order = Link("work_order", row.order_id, row.order) if row.order_id else None
    return Preview(
        title=row.name,
        lines=said(row.customer),
        facts=told((What.RULE, row.rule), (What.NEXT, row.next_on), (What.WORK_ORDER, order)),
    )


PREVIEWS: Mapping[str, Callable[[Store, Session, int], Preview | None]] = MappingProxyType(
    {
        "part": _part,
        "purchase_order": _purchase_order,
        "asset_audit": _audit,
        "stock_count": _stock_count,
        "pm_schedule": _pm_schedule,
    }
)
"""What is asked for a record of each kind."""
