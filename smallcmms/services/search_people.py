"""The previews of whom the search found: customers, people, suppliers, technicians, calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from smallcmms.domain.visits import VisitStatus
from smallcmms.models import (
    Asset,
    Contact,
    ContactLog,
    Customer,
    MissedCall,
    PurchaseOrder,
    Site,
    StockLocation,
    Supplier,
    Technician,
    Visit,
    VisitTechnician,
    WorkOrder,
)
from smallcmms.models.purchase_order import IS_OPEN
from smallcmms.services import standings
from smallcmms.services.search_facts import (
    Fact,
    Link,
    Money,
    Preview,
    What,
    joined,
    open_work,
    said,
    told,
)
from smallcmms.store.store import Store

_MOST_PEOPLE = 3


def phone_of(session: Session, customer_id: int | None) -> str:
    """Return the number at which a customer is rung: the first person's."""
    people = _people(session, customer_id, 1)
    return next((person.phone or person.mobile for person in people), "")


def _people(session: Session, customer_id: int | None, most: int) -> list[Contact]:
    query = select(Contact).where(Contact.customer_id == customer_id, Contact.archived_on.is_(None))
    return list(session.scalars(query.order_by(Contact.id).limit(most)))


def _customer(store: Store, session: Session, customer_id: int) -> Preview | None:
    customer = session.get(Customer, customer_id)
    if customer is None:
        return None
    people = _people(session, customer_id, _MOST_PEOPLE)
    named = (joined(each.name, each.phone or each.mobile) for each in people)
    return Preview(
        title=customer.name,
        lines=said(_home(session, customer_id)),
        phone=phone_of(session, customer_id),
        facts=told(*((What.PEOPLE, each) for each in named))
        + _owes(store, customer_id)
        + open_work(session, WorkOrder.customer_id == customer_id),
    )


def _home(session: Session, customer_id: int) -> str:
    query = select(Site).where(Site.customer_id == customer_id, Site.archived_on.is_(None))
    site = session.scalars(query.order_by(Site.id).limit(1)).first()
    return joined(site.address, site.city) if site else ""


def _owes(store: Store, customer_id: int) -> tuple[Fact, ...]:
    standing = standings.of(store, customer_id)
    late = Money(standing.past_due) if standing.past_due else None
    return told((What.OWED, Money(standing.owed)), (What.PAST_DUE, late))


def _contact(store: Store, session: Session, contact_id: int) -> Preview | None:
    contact = session.get(Contact, contact_id)
    if contact is None:
        return None
    customer = session.get_one(Customer, contact.customer_id)
    phone = contact.phone or contact.mobile
    mobile = contact.mobile if contact.mobile != phone else ""
    return Preview(
        title=contact.name,
        lines=said(joined(contact.role, customer.name), phone),
        phone=phone,
        facts=told((What.MOBILE, mobile), (What.E_MAIL, contact.email))
        + _owes(store, customer.id)
        + open_work(session, WorkOrder.customer_id == customer.id),
    )


def _site(store: Store, session: Session, site_id: int) -> Preview | None:
    site = session.get(Site, site_id)
    if site is None:
        return None
    customer = session.get_one(Customer, site.customer_id)
    phone = phone_of(session, customer.id)
    kept = select(func.count(Asset.id)).where(Asset.site_id == site_id, Asset.archived_on.is_(None))
    return Preview(
        title=site.name or site.address,
        lines=said(customer.name, joined(site.address if site.name else "", site.city), phone),
        phone=phone,
        facts=told((What.ASSETS, session.scalars(kept).one()))
        + _owes(store, customer.id)
        + open_work(session, WorkOrder.site_id == site_id),
    )


def _supplier(_store: Store, session: Session, supplier_id: int) -> Preview | None:
    supplier = session.get(Supplier, supplier_id)
    if supplier is None:
        return None
    orders = (
        select(PurchaseOrder.id, PurchaseOrder.number)
        .where(PurchaseOrder.supplier_id == supplier_id, text(IS_OPEN))
        .order_by(PurchaseOrder.id)
        .limit(_MOST_PEOPLE)
    )
    return Preview(
        title=supplier.name,
        lines=said(supplier.address, supplier.phone),
        phone=supplier.phone,
        facts=told(
            (What.E_MAIL, supplier.email),
            (What.ACCOUNT, supplier.account),
            *(
                (What.ON_ORDER, Link("purchase_order", row.id, row.number))
                for row in session.execute(orders)
            ),
        ),
    )


def _technician(store: Store, session: Session, technician_id: int) -> Preview | None:
    technician = session.get(Technician, technician_id)
    if technician is None:
        return None
    truck = session.get(StockLocation, technician.truck_id) if technician.truck_id else None
    visit = session.execute(
        select(Visit.planned_from, WorkOrder.id, WorkOrder.number, WorkOrder.title)
        .join(VisitTechnician, VisitTechnician.visit_id == Visit.id)
        .join(WorkOrder, WorkOrder.id == Visit.work_order_id)
        .where(
            VisitTechnician.technician_id == technician_id,
            Visit.status == VisitStatus.PLANNED,
            Visit.planned_to >= store.now(),
        )
        .order_by(Visit.planned_from)
        .limit(1)
    ).first()
    job = Link("work_order", visit.id, joined(visit.number, visit.title)) if visit else None
    return Preview(
        title=technician.name,
        lines=said(technician.phone),
        phone=technician.phone,
        facts=told(
            (What.TRUCK, truck.name if truck else ""),
            (What.E_MAIL, technician.email),
            (What.NEXT, visit.planned_from if visit else None),
            (What.WORK_ORDER, job),
        ),
    )


def _talk(_store: Store, session: Session, entry_id: int) -> Preview | None:
    entry = session.get(ContactLog, entry_id)
    if entry is None:
        return None
    customer = session.get_one(Customer, entry.customer_id)
    contact = session.get(Contact, entry.contact_id) if entry.contact_id else None
    phone = (contact.phone or contact.mobile) if contact else phone_of(session, customer.id)
    return Preview(
        title=customer.name,
        lines=said(joined(contact.name if contact else "", phone), entry.said),
        phone=phone,
        facts=told((What.WHEN, entry.happened_at), (What.HOW, entry.how)),
    )


def _missed_call(_store: Store, session: Session, missed_call_id: int) -> Preview | None:
    call = session.get(MissedCall, missed_call_id)
    if call is None:
        return None
    contact = session.get(Contact, call.contact_id) if call.contact_id else None
    customer = session.get(Customer, call.customer_id) if call.customer_id else None
    names = [contact.name if contact else "", customer.name if customer else ""]
    return Preview(
        title=joined(*names) or call.name or call.phone,
        lines=said(call.phone),
        phone=call.phone,
        facts=told(
            (What.CALLED, call.called_at),
            (What.NOTE, call.note),
            (What.TRIES, call.tries or None),
            (What.OUTCOME, call.outcome),
        ),
    )


PREVIEWS: Mapping[str, Callable[[Store, Session, int], Preview | None]] = MappingProxyType(
    {
        "customer": _customer,
        "contact": _contact,
        "site": _site,
        "supplier": _supplier,
        "technician": _technician,
        "contact_log": _talk,
        "missed_call": _missed_call,
    }
)
"""What is asked for a record of each kind."""
