"""A customer, their people and their sites, made inside the change under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from smallcmms.domain import phone as phones
from smallcmms.domain.customers import CustomerKind
from smallcmms.models import Contact, Customer, Site
from smallcmms.services.steps import edits, events
from smallcmms.services.steps.numbers import next_number


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A person at a customer's, as typed."""

    name: str
    phone: str = ""
    role: str = ""
    email: str = ""
    mobile: str = ""
    site_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """A service address, as typed."""

    address: str
    city: str = ""
    name: str = ""
    zone: str = ""
    access_notes: str = ""
    access_code: str = ""
    hazards: str = ""
    latitude: str = ""
    longitude: str = ""


def make(session: Session, at: datetime, *, name: str, kind: CustomerKind) -> Customer:
    """Write a new customer.

    Raises:
        RuleBroken: the name is blank.
    """
    edits.need(name, "A customer needs a name.", "name")
    customer = Customer(number=next_number(session, "customer"), name=name.strip(), kind=kind)
    session.add(customer)
    session.flush()
    events.note(session, at, "customer", customer.id, "added", name=customer.name)
    return customer


def whose(session: Session, customer_id: int) -> Customer:
    """Return a customer, or the one that they were merged into."""
    customer = session.get_one(Customer, customer_id)
    return session.get_one(Customer, customer.merged_into_id or customer_id)


def make_contact(session: Session, at: datetime, customer_id: int, new: NewContact) -> Contact:
    """Write a new person of a customer.

    Raises:
        RuleBroken: the name is blank.
    """
    edits.need(new.name, "A person needs a name.", "contact")
    contact = Contact(
        customer_id=customer_id,
        site_id=new.site_id,
        name=new.name.strip(),
        role=new.role,
        phone=new.phone,
        phone_digits=phones.digits(new.phone),
        mobile=new.mobile,
        mobile_digits=phones.digits(new.mobile),
        email=new.email,
    )
    session.add(contact)
    session.flush()
    events.note(session, at, "customer", customer_id, "contact_added", name=contact.name)
    return contact


def make_site(session: Session, at: datetime, customer_id: int, new: NewSite) -> Site:
    """Write a new site of a customer.

    Raises:
        RuleBroken: the address is blank.
    """
    edits.need(new.address, "A site needs an address.", "address")
    site = Site(
        customer_id=customer_id,
        name=new.name.strip(),
        address=new.address.strip(),
        city=new.city.strip(),
        zone=new.zone,
        access_notes=new.access_notes,
        access_code=new.access_code,
        hazards=new.hazards,
        latitude=new.latitude,
        longitude=new.longitude,
    )
    session.add(site)
    session.flush()
    events.note(session, at, "customer", customer_id, "site_added", address=site.address)
    return site
