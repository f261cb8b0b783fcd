"""Customers that stand twice in the register: found by name, phone, e-mail and address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain import likeness
from smallcmms.domain.likeness import Known, Likeness
from smallcmms.models import Contact, Customer, Site
from smallcmms.store.store import Store

_MOST = 8
_LONGEST_BLOCK = 40
"""A word that more customers share says nothing about who is twice there."""


@dataclass(frozen=True, slots=True)
class Like:
    """A customer that may be the same as another, and why."""

    id: int
    number: str
    name: str
    reasons: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Twice:
    """Two customers that may be one; the older one first."""

    one: int
    other: int
    reasons: tuple[Likeness, ...]


_NAMES = select(Customer.id, Customer.number, Customer.name).where(Customer.archived_on.is_(None))
_PEOPLE = (
    select(Contact.customer_id, Contact.phone, Contact.mobile, Contact.email)
    .join(Customer, Customer.id == Contact.customer_id)
    .where(Contact.archived_on.is_(None), Customer.archived_on.is_(None))
)
_PLACES = (
    select(Site.customer_id, Site.address, Site.city)
    .join(Customer, Customer.id == Site.customer_id)
    .where(Site.archived_on.is_(None), Customer.archived_on.is_(None))
)


def like(
    store: Store, *, name: str, phone: str = "", email: str = "", address: str = ""
) -> list[Like]:
    """Return customers that what is typed of a new one may already be, the likeliest first."""
    wanted = likeness.known(name, phones_of=[phone], emails=[email], addresses=[address])
    with store.read() as session:
        return _likes(session, wanted, but=0)


def of(store: Store, customer_id: int) -> list[Like]:
    """Return customers that may be the same as this one, the likeliest first."""
    with store.read() as session:
        return _likes(session, _one(session, customer_id), but=customer_id)


def every(store: Store) -> list[Twice]:
    """Return the pairs of customers that may be one, the surest first."""
    with store.read() as session:
        register = _register(session)
    found = {}
    for block in _blocks(register.known):
        for place, one in enumerate(block):
            for other in block[place + 1 :]:
                if (one, other) not in found:
                    found[one, other] = likeness.reasons(register.known[one], register.known[other])
    twice = [Twice(*pair, reasons) for pair, reasons in found.items() if reasons]
    return sorted(twice, key=lambda pair: (-len(pair.reasons), pair.one, pair.other))


@dataclass(frozen=True, slots=True)
class _Register:
    names: dict[int, tuple[str, str]]
    known: dict[int, Known]


def _register(session: Session, ids: Collection[int] | None = None) -> _Register:
    """Return what is known of these customers, or of all: three questions, however many."""
    customers, contacts, sites = _NAMES, _PEOPLE, _PLACES
    if ids is not None:
        customers = customers.where(Customer.id.in_(ids))
        contacts = contacts.where(Contact.customer_id.in_(ids))
        sites = sites.where(Site.customer_id.in_(ids))
    names = {row.id: (row.number, row.name) for row in session.execute(customers)}
    people, places = defaultdict(list), defaultdict(list)
    for person in session.execute(contacts):
        people[person.customer_id].append(person)
    for place in session.execute(sites):
        places[place.customer_id].append(place)
    return _Register(
        names,
        {each: _known(name, people[each], places[each]) for each, (_, name) in names.items()},
    )


def _one(session: Session, customer_id: int) -> Known:
    name = session.get_one(Customer, customer_id).name
    people = select(Contact.phone, Contact.mobile, Contact.email).where(
        Contact.customer_id == customer_id
    )
    places = select(Site.address, Site.city).where(Site.customer_id == customer_id)
    return _known(name, session.execute(people), session.execute(places))


def _known(name: str, people: Iterable[object], places: Iterable[object]) -> Known:
    told = list(people)
    return likeness.known(
        name,
        phones_of=[number for row in told for number in (row.phone, row.mobile)],  # type: ignore[attr-defined]
        emails=[row.email for row in told],  # type: ignore[attr-defined]
        addresses=[f"{row.address} {row.city}" for row in places],  # type: ignore[attr-defined]
    )


def _likes(session: Session, wanted: Known, *, but: int) -> list[Like]:
    register = _register(session, _candidates(session, wanted) - {but})
    found = []
    for each, known in register.known.items():
        if reasons := likeness.reasons(wanted, known):
            found.append(Like(each, *register.names[each], reasons))
    return sorted(found, key=lambda each: (-len(each.reasons), each.id))[:_MOST]


def _candidates(session: Session, wanted: Known) -> set[int]:
    """Return who is worth a closer look: a name like it, a number, an e-mail or a street of it."""
    names = {row.id: likeness.plain(row.name) for row in session.execute(_NAMES)}
    alike = process.extract(
        wanted.name,
        names,
        scorer=fuzz.token_sort_ratio,
        score_cutoff=likeness.LIKE_NAMES,
        limit=_MOST,
    )
    found = {each for _name, _score, each in alike}
    digits = [
        column.endswith(number, autoescape=True)
        for number in wanted.phones
        for column in (Contact.phone_digits, Contact.mobile_digits)
    ]
    people = or_(false(), func.lower(Contact.email).in_(wanted.emails), *digits)
    found |= set(session.scalars(select(Contact.customer_id).where(people)))
    streets = [
        Site.address.istartswith(address.split()[0], autoescape=True)
        for address in wanted.addresses
    ]
    return found | set(session.scalars(select(Site.customer_id).where(or_(false(), *streets))))


def _blocks(register: Mapping[int, Known]) -> Iterable[list[int]]:
    """Yield the customers that share something worth a closer look, the older ones first."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for each in sorted(register):
        known = register[each]
        for key in (*_keys(known), *known.name.split()):
            blocks[key].append(each)
    return (block for block in blocks.values() if 1 < len(block) <= _LONGEST_BLOCK)


def _keys(known: Known) -> list[str]:
    return [*known.phones, *known.emails, *map(likeness.street, known.addresses)]
