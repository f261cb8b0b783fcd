"""Callers: who is on the phone, found from a few letters or digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain import phone as phones
from smallcmms.domain.errors import NotFound
from smallcmms.domain.money import Currency, from_minor
from smallcmms.models import Contact, Customer
from smallcmms.services.steps import owed, shops
from smallcmms.store.store import Store

LEAST_LETTERS = 3
LEAST_DIGITS = 4
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class CallerRow:
    """A person who may be calling, and how their customer stands.

    ``contact_id`` is None where a customer has no people yet; money in major units.
    """

    contact_id: int | None
    customer_id: int
    name: str
    customer: str
    phone: str
    role: str
    owed: Decimal
    past_due: Decimal
    open_work: int


_PEOPLE = (
    select(
        Contact.id.label("contact_id"),
        Customer.id.label("customer_id"),
        Contact.name,
        Customer.name.label("customer"),
    )
    .select_from(Customer)
    .outerjoin(Contact, (Contact.customer_id == Customer.id) & Contact.archived_on.is_(None))
    .where(Customer.archived_on.is_(None))
)
_ROWS = (
    select(
        Contact.id.label("contact_id"),
        Customer.id.label("customer_id"),
        Contact.name,
        Customer.name.label("customer"),
        Contact.phone,
        Contact.role,
        owed.OWED.label("owed"),
        owed.PAST_DUE.label("past_due"),
        owed.OPEN_WORK.label("open_work"),
    )
    .select_from(Customer)
    .outerjoin(Contact, (Contact.customer_id == Customer.id) & Contact.archived_on.is_(None))
    .where(Customer.archived_on.is_(None))
)


def callers(store: Store, text: str, *, limit: int = 8) -> list[CallerRow]:
    """Return who may be calling, from 3 letters of a name, 4 digits of a phone, or an address.

    Names that begin with the text come first, then who called last. Where no name has the text, a
    few letters of it will do: "velk" finds Veldkamp.
    """
    matches = _matches(text)
    if matches is None:
        return []
    best_first = (_begins(text).desc(), owed.LAST_CALL.desc(), Contact.name, Contact.id)
    with store.read() as session:
        shop = shops.current(session)
        people = session.execute(_PEOPLE.where(matches).order_by(*best_first).limit(limit)).all()
        if not people:
            alike = _PEOPLE.where(Customer.id.in_(_alike(session, text))).order_by(*best_first)
            like = (row for row in session.execute(alike) if _is_like(text, row))
            people = list(islice(like, limit))
        found = _figures(session, people, shop.day(store.now()))
    return [_row(row, shop.currency) for row in found]


def _figures(session: Session, people: Sequence[Any], today: date) -> list[Row[Any]]:
    """Return what is told of the people who were found, and is not added up for all others."""
    keys = [(person.contact_id, person.customer_id) for person in people]
    query = _ROWS.where(
        Customer.id.in_({customer_id for _, customer_id in keys}),
        or_(Contact.id.is_(None), Contact.id.in_({contact_id for contact_id, _ in keys})),
    )
    rows = session.execute(query, {"today": today})
    told = {(row.contact_id, row.customer_id): row for row in rows}
    return [told[key] for key in keys]


def one(store: Store, customer_id: int, *, contact_id: int | None = None) -> CallerRow:
    """Return one person of a customer; without a person the first there is.

    Raises:
        NotFound: there is no such customer or person.
    """
    query = _ROWS.where(Customer.id == customer_id).order_by(Contact.id).limit(1)
    if contact_id is not None:
        query = query.where(Contact.id == contact_id)
    with store.read() as session:
        shop = shops.current(session)
        found = session.execute(query, {"today": shop.day(store.now())}).one_or_none()
    if found is None:
        raise NotFound("There is no such customer.")
    return _row(found, shop.currency)


def _row(row: Row[Any], currency: Currency) -> CallerRow:
    return CallerRow(
        contact_id=row.contact_id,
        customer_id=row.customer_id,
        name=row.name or row.customer,
        customer=row.customer,
        phone=row.phone or "",
        role=row.role or "",
        owed=from_minor(row.owed, currency),
        past_due=from_minor(row.past_due, currency),
        open_work=row.open_work,
    )


def _matches(text: str) -> ColumnElement[bool] | None:
    digits = phones.digits(text)
    if len(digits) >= LEAST_DIGITS and not any(letter.isalpha() for letter in text):
        return or_(Contact.phone_digits.contains(digits), Contact.mobile_digits.contains(digits))
    if len(text.strip()) < LEAST_LETTERS:
        return None
    if "@" in text:
        return Contact.email.contains(text.strip(), autoescape=True)
    names = (Contact.name, Customer.name)
    return and_(
        *(or_(*(name.contains(word, autoescape=True) for name in names)) for word in text.split())
    )


def _begins(text: str) -> ColumnElement[bool]:
    start = text.strip()
    return or_(
        Contact.name.startswith(start, autoescape=True),
        Contact.name.contains(f" {start}", autoescape=True),
        Customer.name.startswith(start, autoescape=True),
    )


def _alike(session: Session, text: str) -> list[int]:
    """Return customers whose names, or whose people's, have the letters typed in order."""
    letters = "%".join(letter for letter in text if letter.isalpha())
    names = (
        select(Customer.id, Contact.name, Customer.name.label("customer"))
        .outerjoin(Contact, (Contact.customer_id == Customer.id) & Contact.archived_on.is_(None))
        .where(or_(*(name.like(f"%{letters}%") for name in (Contact.name, Customer.name))))
    )
    like = (row.id for row in session.execute(names) if _is_like(text, row))
    return list(islice(like, _LOOKED_AT))


def _is_like(text: str, row: Any) -> bool:
    """Tell whether every word typed is in some word of the names, letters left out between."""
    names = f"{row.name or ''} {row.customer}".casefold().split()
    return all(any(_leaves_out(word, name) for name in names) for word in text.casefold().split())


def _leaves_out(word: str, name: str) -> bool:
    letters = iter(name)
    return name.startswith(word[0]) and all(letter in letters for letter in word)
