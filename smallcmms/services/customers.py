"""Customers: who is billed, and their people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain import phone as phones
from smallcmms.domain.customers import CustomerKind, TaxProfile
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.money import Currency, from_minor, to_minor
from smallcmms.models import Contact, Customer, Site
from smallcmms.services.callers import CallerRow, callers
from smallcmms.services.contacts import (
    ContactRow,
    add_contact,
    archive_contact,
    contacts,
    edit_contact,
)
from smallcmms.services.customer_merging import merge
from smallcmms.services.sites import (
    LocationRow,
    SiteRow,
    add_location,
    add_site,
    archive_site,
    edit_site,
    locations,
    rename_location,
    show_code,
    site,
    sites,
)
from smallcmms.services.steps import customers as steps
from smallcmms.services.steps import drafts, edits, events, owed, shops
from smallcmms.services.steps.customers import NewContact, NewSite
from smallcmms.store.store import Store, about

__all__ = [
    "CallerRow",
    "ContactRow",
    "CustomerPage",
    "CustomerRow",
    "LocationRow",
    "NewContact",
    "NewSite",
    "SiteRow",
    "add",
    "add_contact",
    "add_location",
    "add_site",
    "archive",
    "archive_contact",
    "archive_site",
    "callers",
    "contacts",
    "edit",
    "edit_contact",
    "edit_site",
    "find",
    "get",
    "locations",
    "merge",
    "rename_location",
    "restore",
    "rows",
    "show_code",
    "site",
    "sites",
]

EDITABLE = (
    "name", "kind", "bill_to", "terms_days", "tax_profile", "exemption_certificate",
    "is_po_required", "not_to_exceed", "language", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """What a list shows of a customer; money in major units.

    ``second`` is the first contact's name, or the phone number where that is the customer itself.
    """

    id: int
    number: str
    name: str
    kind: CustomerKind
    second: str
    owed: Decimal
    past_due: Decimal
    open_work: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """Everything that a customer's own page shows of the customer; money in major units.

    ``terms_days`` None means the shop's own terms, which ``shown_terms_days`` has filled in.
    """

    id: int
    number: str
    name: str
    kind: CustomerKind
    bill_to: str
    terms_days: int | None
    shown_terms_days: int
    tax_profile: TaxProfile
    exemption_certificate: str
    is_po_required: bool
    not_to_exceed: Decimal | None
    language: str
    notes: str
    archived_on: date | None
    merged_into_id: int | None
    contacts: tuple[ContactRow, ...]


_FIRST_CONTACT = (
    select(Contact.id)
    .where(Contact.customer_id == Customer.id, Contact.archived_on.is_(None))
    .order_by(Contact.id)
    .limit(1)
    .correlate(Customer)
    .scalar_subquery()
)
_ROWS = (
    select(
        Customer.id,
        Customer.number,
        Customer.name,
        Customer.kind,
        Contact.name.label("contact"),
        Contact.phone,
        owed.OWED.label("owed"),
        owed.PAST_DUE.label("past_due"),
        owed.OPEN_WORK.label("open_work"),
    )
    .outerjoin(Contact, Contact.id == _FIRST_CONTACT)
    .where(Customer.id.in_(bindparam("ids", expanding=True)))
)
_FIND = select(Customer.id)
_SORTS = {"name": func.lower(Customer.name), "number": Customer.number}


def find(
    store: Store, *, text: str = "", is_archived: bool = False, sort: str = "name"
) -> Sequence[int]:
    """Return the ids of the customers whose name, people, numbers or addresses match."""
    kept = Customer.archived_on.is_not(None) if is_archived else Customer.archived_on.is_(None)
    query = _FIND.where(kept)
    for word in text.split():
        query = query.where(_matches(word))
    with store.read() as session:
        return session.scalars(query.order_by(_SORTS[sort], Customer.id)).all()


def _matches(word: str) -> Any:
    has_person = Contact.name.contains(word, autoescape=True)
    digits = phones.digits(word)
    if digits:
        has_person = or_(has_person, Contact.phone_digits.contains(digits))
    is_at = Site.address.contains(word, autoescape=True) | Site.name.contains(word, autoescape=True)
    return or_(
        Customer.name.contains(word, autoescape=True),
        Customer.number == word.upper(),
        select(Contact.id).where(Contact.customer_id == Customer.id, has_person).exists(),
        select(Site.id).where(Site.customer_id == Customer.id, is_at).exists(),
    )


def rows(store: Store, ids: Sequence[int]) -> dict[int, CustomerRow]:
    """Return what a list shows of these customers."""
    with store.read() as session:
        shop = shops.current(session)
        asked = {"ids": list(ids), "today": shop.day(store.now())}
        return {row.id: _row(row, shop.currency) for row in session.execute(_ROWS, asked)}


def _row(row: Row[Any], currency: Currency) -> CustomerRow:
    is_same = row.contact is None or row.contact == row.name
    return CustomerRow(
        id=row.id,
        number=row.number,
        name=row.name,
        kind=row.kind,
        second=(row.phone or "") if is_same else row.contact,
        owed=from_minor(row.owed, currency),
        past_due=from_minor(row.past_due, currency),
        open_work=row.open_work,
    )


def get(store: Store, customer_id: int) -> CustomerPage:
    """Return what the page of a customer says of them.

    Raises:
        NotFound: there is no such customer.
    """
    with store.read() as session:
        row = session.get(Customer, customer_id)
        if row is None:
            raise NotFound("There is no such customer.")
        shop = shops.current(session)
        limit = row.not_to_exceed
        return CustomerPage(
            id=row.id,
            number=row.number,
            name=row.name,
            kind=row.kind,
            bill_to=row.bill_to,
            terms_days=row.terms_days,
            shown_terms_days=shop.terms_days if row.terms_days is None else row.terms_days,
            tax_profile=row.tax_profile,
            exemption_certificate=row.exemption_certificate,
            is_po_required=row.is_po_required,
            not_to_exceed=None if limit is None else from_minor(limit, shop.currency),
            language=row.language,
            notes=row.notes,
            archived_on=row.archived_on,
            merged_into_id=row.merged_into_id,
            contacts=tuple(contacts(store, customer_id)),
        )


def add(
    store: Store,
    *,
    name: str,
    kind: CustomerKind = CustomerKind.COMMERCIAL,
    contact: NewContact | None = None,
    site: NewSite | None = None,
    draft: tuple[str, str] | None = None,
    **fields: object,
) -> int:
    """Add a customer, with a first person and a first site where they are told.

    ``fields`` are any that can be edited (bill_to, terms_days, …); money in major units.

    Raises:
        RuleBroken: a name or the address is blank.
    """
    at = store.now()
    with store.change("Add customer {name}", name=name.strip()) as session:
        customer = steps.make(session, at, name=name, kind=kind)
        for field, value in _kept(session, fields).items():
            setattr(customer, field, value)
        if contact is not None:
            steps.make_contact(session, at, customer.id, contact)
        if site is not None:
            steps.make_site(session, at, customer.id, site)
        if draft is not None:
            drafts.drop(session, *draft)
        about(session, "customer", customer.id, number=customer.number)
        return customer.id


def edit(store: Store, customer_id: int, **fields: object) -> None:
    """Change fields of a customer: one change, one undo step.

    Issued invoices keep what they said. Money in major units.

    Raises:
        RuleBroken: the name would be blank.
    """
    if "name" in fields:
        edits.need(fields["name"], "A customer needs a name.", "name")
    at = store.now()
    with store.change("Edit {number}") as session:
        customer = session.get_one(Customer, customer_id)
        told = _kept(session, fields)
        place = ("customer", customer_id)
        edits.change(session, at, customer, told, allowed=EDITABLE, about=place)
        about(session, "customer", customer_id, number=customer.number)


def _kept(session: Session, fields: dict[str, object]) -> dict[str, object]:
    """Return the fields as the file keeps them.

    Raises:
        TypeError: a field is none of a customer's.
    """
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be edited")
    edits.see_days(fields.get("terms_days"), "terms_days")
    limit = fields.get("not_to_exceed")
    if isinstance(limit, Decimal):
        return {**fields, "not_to_exceed": to_minor(limit, shops.current(session).currency)}
    return fields


def archive(store: Store, customer_id: int) -> None:
    """Put a customer away; work and invoices keep them."""
    at = store.now()
    with store.change("Archive {number}") as session:
        customer = session.get_one(Customer, customer_id)
        customer.archived_on = shops.current(session).day(at)
        events.note(session, at, "customer", customer_id, "archived")
        about(session, "customer", customer_id, number=customer.number)


def restore(store: Store, customer_id: int) -> None:
    """Take a customer out of the archive.

    Raises:
        RuleBroken: it was merged into another one.
    """
    at = store.now()
    with store.change("Restore {number}") as session:
        customer = session.get_one(Customer, customer_id)
        if customer.merged_into_id is not None:
            stays = session.get_one(Customer, customer.merged_into_id)
            message = "{number} was merged into {now}. It lives on there."
            raise RuleBroken(message, number=customer.number, now=stays.number)
        customer.archived_on = None
        events.note(session, at, "customer", customer_id, "restored")
        about(session, "customer", customer_id, number=customer.number)
