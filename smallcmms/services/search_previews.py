"""The preview of what the search found: the few facts for which a record is looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.money import Currency, from_minor
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.models import (
    Asset,
    Contact,
    Customer,
    Invoice,
    Location,
    Request,
    Reservation,
    Site,
    Warranty,
    WorkOrder,
)
from smallcmms.services import invoice_register, search_people, search_things
from smallcmms.services.search_facts import (
    Fact,
    Link,
    Money,
    Needs,
    Preview,
    Span,
    What,
    inside,
    joined,
    open_work,
    said,
    told,
)
from smallcmms.services.search_hits import SHEET, Hit
from smallcmms.services.steps import work_order_assets
from smallcmms.services.steps import work_order_lines as lines
from smallcmms.services.steps.work_order_lines import PlannedLine, VisitLine
from smallcmms.store.store import Store

__all__ = ["Fact", "Preview", "preview"]


def preview(store: Store, hit: Hit) -> Preview | None:
    """Return what is told of a record that was found; None where it is no longer there."""
    with store.read() as session:
        return _OF[hit.kind](store, session, hit.id)


def _work_order(_store: Store, session: Session, work_order_id: int) -> Preview | None:
    order = session.get(WorkOrder, work_order_id)
    if order is None:
        return None
    contact = session.get(Contact, order.contact_id) if order.contact_id else None
    phone = (contact.phone or contact.mobile) if contact else ""
    visit = lines.coming(lines.visits(session, order.id))
    who = ", ".join(each.name for each in visit.technicians) if visit else ""
    planned = lines.planned(session, order.id, _trucks(visit))
    return Preview(
        title=order.title,
        lines=said(
            _place(session, order.customer_id, order.site_id, order.location_id),
            joined(contact.name if contact else "", phone),
        ),
        phone=phone,
        facts=told(
            (What.WHEN, Span(visit.planned_from, visit.planned_to) if visit else None),
            (What.DUE, None if visit else order.due_on),
            (What.WHO, who),
            *_needs(session, planned),
            (What.ASSET, _asset_link(session, order.asset_id)),
        ),
        is_sheet=order.status not in {WorkOrderStatus.DRAFT, WorkOrderStatus.CANCELLED},
    )


def _trucks(visit: VisitLine | None) -> frozenset[int]:
    workers = visit.technicians if visit else ()
    return frozenset(worker.truck_id for worker in workers if worker.truck_id)


def _needs(session: Session, planned: tuple[PlannedLine, ...]) -> list[tuple[What, Needs]]:
    query = select(Reservation.planned_part_id, Reservation.status).where(
        Reservation.planned_part_id.in_([line.id for line in planned]),
        Reservation.settled_at.is_(None),
    )
    kept = {row.planned_part_id: row.status for row in session.execute(query)}
    return [
        (What.PARTS, Needs(line.number or line.name, kept.get(line.id), _lies(line)))
        for line in planned
    ]


def _lies(line: PlannedLine) -> str:
    at = next((at for at in line.stock if at.quantity > 0), None)
    return f"{at.name} {line.bin}".strip() if at else ""


def _request(_store: Store, session: Session, request_id: int) -> Preview | None:
    request = session.get(Request, request_id)
    if request is None:
        return None
    contact = session.get(Contact, request.contact_id) if request.contact_id else None
    phone = request.phone or ((contact.phone or contact.mobile) if contact else "")
    made = session.get(WorkOrder, request.work_order_id) if request.work_order_id else None
    return Preview(
        title=request.words,
        lines=said(
            _place(session, request.customer_id, request.site_id, request.location_id),
            joined(request.caller or (contact.name if contact else ""), phone),
        ),
        phone=phone,
        facts=told(
            (What.RECEIVED, request.received_at),
            (What.ANSWER_BY, None if request.closed_at else request.answer_by),
            (What.ASSET, _asset_link(session, request.asset_id)),
            (What.WORK_ORDER, Link("work_order", made.id, made.number) if made else None),
        ),
    )


def _asset(_store: Store, session: Session, asset_id: int) -> Preview | None:
    asset = session.get(Asset, asset_id)
    if asset is None:
        return None
    site = session.get_one(Site, asset.site_id)
    ends = select(Warranty.ends_on).where(Warranty.asset_id == asset_id)
    warranty = session.scalars(ends.order_by(Warranty.ends_on.desc()).limit(1)).first()
    return Preview(
        title=f"{asset.short_code} {asset.name}".strip(),
        lines=said(
            _place(session, site.customer_id, site.id, asset.location_id),
            site.address if asset.location_id or site.name else "",
        ),
        facts=told(
            (What.MAKE, joined(asset.make, asset.model)),
            (What.SERIAL, asset.serial),
            (What.WARRANTY, warranty),
        )
        + open_work(session, work_order_assets.is_of(asset_id)),
    )


def _invoice(store: Store, session: Session, invoice_id: int) -> Preview | None:
    row = invoice_register.rows(store, [invoice_id]).get(invoice_id)
    if row is None:
        return None
    invoice = session.get_one(Invoice, invoice_id)
    order = session.get(WorkOrder, invoice.work_order_id) if invoice.work_order_id else None
    phone = search_people.phone_of(session, invoice.customer_id)
    return Preview(
        title=invoice.text or (order.title if order else row.customer),
        lines=said(row.customer if invoice.text or order else "", phone),
        phone=phone,
        facts=told(
            (What.TOTAL, Money(from_minor(invoice.total, Currency(invoice.currency)))),
            (What.LEFT, Money(row.standing.owed) if row.standing.owed else None),
            (What.DUE, row.due_on if row.standing.owed else None),
            (What.PAID, row.paid_on),
            (What.WORK_ORDER, Link("work_order", order.id, order.number) if order else None),
        ),
    )


def _place(
    session: Session, customer_id: int | None, site_id: int | None, location_id: int | None
) -> str:
    """Return whose a record is and where, in one line: Harbor View, Building A, Basement."""
    customer = session.get(Customer, customer_id) if customer_id else None
    site = session.get(Site, site_id) if site_id else None
    location = session.get(Location, location_id) if location_id else None
    where = inside(location.path) if location else ""
    if not where and site:
        where = site.name or site.address
    return joined(customer.name if customer else "", where)


def _asset_link(session: Session, asset_id: int | None) -> Link | None:
    asset = session.get(Asset, asset_id) if asset_id else None
    if asset is None:
        return None
    return Link("asset", asset.id, joined(asset.short_code or asset.name, asset.number))


_Of = Callable[[Store, Session, int], Preview | None]
_OF: Mapping[str, _Of] = MappingProxyType(
    {
        "work_order": _work_order,
        SHEET: _work_order,
        "request": _request,
        "asset": _asset,
        "invoice": _invoice,
        **search_people.PREVIEWS,
        **search_things.PREVIEWS,
    }
)
