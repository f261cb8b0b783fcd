"""Contacts: the people at a customer's."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from smallcmms.domain import phone as phones
from smallcmms.models import Contact, Customer
from smallcmms.services.steps import customers as steps
from smallcmms.services.steps import edits, events, shops
from smallcmms.services.steps.customers import NewContact
from smallcmms.store.store import Store, about

EDITABLE = frozenset(["name", "role", "phone", "mobile", "email", "site_id"])


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at a customer's."""

    id: int
    name: str
    role: str
    phone: str
    mobile: str
    email: str
    site_id: int | None


_COLUMNS = select(
    Contact.id,
    Contact.name,
    Contact.role,
    Contact.phone,
    Contact.mobile,
    Contact.email,
    Contact.site_id,
)
_ROWS = _COLUMNS.where(
    Contact.customer_id == bindparam("customer"), Contact.archived_on.is_(None)
).order_by(Contact.id)


def contacts(store: Store, customer_id: int) -> list[ContactRow]:
    """Return the people of a customer, the first one first."""
    with store.read() as session:
        found = session.execute(_ROWS, {"customer": customer_id})
        return [ContactRow(*row) for row in found]


def add_contact(
    store: Store,
    customer_id: int,
    *,
    name: str,
    phone: str = "",
    role: str = "",
    email: str = "",
    mobile: str = "",
    site_id: int | None = None,
) -> int:
    """Add a person to a customer and return their id.

    Raises:
        RuleBroken: the name is blank.
    """
    new = NewContact(name=name, phone=phone, role=role, email=email, mobile=mobile, site_id=site_id)
    at = store.now()
    with store.change("Add {name}", name=name.strip()) as session:
        number = session.get_one(Customer, customer_id).number
        made = steps.make_contact(session, at, customer_id, new)
        about(session, "customer", customer_id, number=number)
        return made.id


def edit_contact(store: Store, contact_id: int, **fields: object) -> None:
    """Change fields of a person: one change, one undo step.

    Raises:
        RuleBroken: the name would be blank.
    """
    if "name" in fields:
        edits.need(fields["name"], "A person needs a name.", "contact")
    at = store.now()
    with store.change("Edit {name}") as session:
        contact = session.get_one(Contact, contact_id)
        place = ("customer", contact.customer_id)
        edits.change(session, at, contact, fields, allowed=EDITABLE, about=place)
        contact.phone_digits = phones.digits(contact.phone)
        contact.mobile_digits = phones.digits(contact.mobile)
        about(session, "customer", contact.customer_id, name=contact.name)


def archived(store: Store, customer_id: int) -> list[ContactRow]:
    """Return the people of a customer that were put away."""
    query = _COLUMNS.where(Contact.customer_id == customer_id, Contact.archived_on.is_not(None))
    with store.read() as session:
        return [ContactRow(*row) for row in session.execute(query.order_by(Contact.id))]


def restore_contact(store: Store, contact_id: int) -> None:
    """Bring a person back."""
    at = store.now()
    with store.change("Restore {name}") as session:
        contact = session.get_one(Contact, contact_id)
        contact.archived_on = None
        place, name = ("customer", contact.customer_id), contact.name
        events.note(session, at, *place, "contact_restored", name=name)
        about(session, *place, name=name)


def archive_contact(store: Store, contact_id: int) -> None:
    """Put a person away; calls and work keep them."""
    at = store.now()
    with store.change("Archive {name}") as session:
        contact = session.get_one(Contact, contact_id)
        contact.archived_on = shops.current(session).day(at)
        place, name = ("customer", contact.customer_id), contact.name
        events.note(session, at, *place, "contact_archived", name=name)
        about(session, *place, name=name)
