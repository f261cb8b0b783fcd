"""Missed calls: who rang while nobody could answer, to be rung back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from smallcmms.domain import phone as phones
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.missed_calls import Outcome, Ring
from smallcmms.models import Contact, Customer, MissedCall
from smallcmms.services.steps import events
from smallcmms.services.steps import missed_calls as steps
from smallcmms.services.steps.lines import Lines
from smallcmms.store.store import Store, about

_AT_ONCE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCallRow:
    """A number to ring back, and who is known by it; moments are UTC.

    ``rings`` counts the calls from it that wait, ``called_at`` is the first of them and
    ``last_at`` the last; ``tried_at`` is when somebody last rang back in vain.
    """

    id: int
    phone: str
    name: str
    note: str
    called_at: datetime
    last_at: datetime
    rings: int
    customer_id: int | None
    contact_id: int | None
    contact: str
    customer: str
    tries: int
    tried_at: datetime | None

    @property
    def caller(self) -> str:
        """Return who rang, as well as is known: a person, a customer, or the line's name."""
        return self.contact or self.customer or self.name


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came of bringing in a list: new calls, those that were there, those without a number."""

    new: int
    same: int
    hidden: int


_ROWS = (
    select(MissedCall, Contact.name, Customer.name)
    .outerjoin(Contact, Contact.id == MissedCall.contact_id)
    .outerjoin(Customer, Customer.id == MissedCall.customer_id)
    .where(MissedCall.returned_at.is_(None))
    .order_by(MissedCall.called_at, MissedCall.id)
)


def waiting(store: Store) -> list[MissedCallRow]:
    """Return the numbers to ring back, who has waited longest first; one row for a number."""
    found: dict[str, list[MissedCall]] = {}
    names: dict[str, tuple[str | None, str | None]] = {}
    with store.read() as session:
        for call, contact, customer in session.execute(_ROWS):
            found.setdefault(call.digits, []).append(call)
            names[call.digits] = contact, customer
        return [_row(calls, *names[digits]) for digits, calls in found.items()]


def count(store: Store) -> int:
    """Return how many numbers wait to be rung back."""
    query = select(func.count(func.distinct(MissedCall.digits)))
    with store.read() as session:
        return session.scalars(query.where(MissedCall.returned_at.is_(None))).one()


def get(store: Store, missed_call_id: int) -> MissedCallRow:
    """Return one missed call, whatever became of it.

    Raises:
        NotFound: there is no such call.
    """
    with store.read() as session:
        call = session.get_one(MissedCall, missed_call_id)
        contact = session.get(Contact, call.contact_id) if call.contact_id else None
        customer = session.get(Customer, call.customer_id) if call.customer_id else None
        names = contact.name if contact else None, customer.name if customer else None
        return _row([call], *names)


def log(
    store: Store,
    *,
    phone: str,
    called_at: datetime | None = None,
    name: str = "",
    note: str = "",
) -> int:
    """Write down a missed call and return its id.

    Raises:
        RuleBroken: there is no number to ring back, or the call is in the list already.
    """
    at = store.now()
    ring = Ring(phone, called_at or at, name, note)
    if not _digits(ring):
        raise RuleBroken("Write the number that rang.", "phone")
    with store.change("Missed call from {number}") as session:
        if _known(session, [ring]):
            raise RuleBroken("That call is in the list already.", "phone")
        call = _write(session, at, ring, Lines(session))
        about(session, "missed_call", call.id, number=call.phone)
        return call.id


def bring_in(store: Store, rings: Sequence[Ring]) -> BroughtIn:
    """Take in the missed calls of a telephone's list, in one step; what is there already stays.

    A list that was brought in before changes nothing, not even the undo.
    """
    at = store.now()
    wanted = {(_digits(ring), ring.called_at): ring for ring in rings if _digits(ring)}
    with store.read() as session:
        known = _known(session, wanted.values())
    new = [ring for key, ring in wanted.items() if key not in known]
    if new:
        with store.change("Bring in missed calls") as session:
            told = Lines(session)
            for ring in new:
                call = _write(session, at, ring, told)
            about(session, "missed_call", call.id)
    hidden = sum(not _digits(ring) for ring in rings)
    return BroughtIn(len(new), len(rings) - hidden - len(new), hidden)


def returned(store: Store, missed_call_id: int, *, outcome: Outcome, note: str = "") -> None:
    """Write what became of ringing back; where nobody answered, the call goes on waiting.

    Raises:
        RuleBroken: the call has been returned.
    """
    at = store.now()
    with store.change("Return the call from {number}") as session:
        call = session.get_one(MissedCall, missed_call_id)
        if call.returned_at is not None:
            raise RuleBroken("The call from {number} has been returned.", number=call.phone)
        steps.settle(session, at, missed_call_id, outcome, note=note)
        about(session, "missed_call", missed_call_id, number=call.phone)


def digits_of(phone: str) -> str:
    """Return the digits by which a number is kept, without the country in front where that is 1."""
    return phones.digits(phones.written(phone))


def _digits(ring: Ring) -> str:
    return digits_of(ring.phone)


def _known(session: Session, rings: Iterable[Ring]) -> set[tuple[str, datetime]]:
    keys = [(_digits(ring), ring.called_at) for ring in rings]
    found: set[tuple[str, datetime]] = set()
    for start in range(0, len(keys), _AT_ONCE):
        of_keys = tuple_(MissedCall.digits, MissedCall.called_at).in_(
            keys[start : start + _AT_ONCE]
        )
        query = select(MissedCall.digits, MissedCall.called_at).where(of_keys)
        found.update((digits, at) for digits, at in session.execute(query))
    return found


def _write(session: Session, at: datetime, ring: Ring, told: Lines) -> MissedCall:
    digits = _digits(ring)
    line = told.whose(digits)
    call = MissedCall(
        phone=phones.written(ring.phone),
        digits=digits,
        name=ring.name.strip(),
        note=ring.note.strip(),
        called_at=ring.called_at,
        recorded_at=at,
        customer_id=line.customer_id,
        contact_id=line.contact_id,
    )
    session.add(call)
    session.flush()
    events.note(
        session, at, "missed_call", call.id, "missed", happened_at=ring.called_at, phone=call.phone
    )
    return call


def _row(calls: Sequence[MissedCall], contact: str | None, customer: str | None) -> MissedCallRow:
    first, last = calls[0], calls[-1]
    return MissedCallRow(
        id=first.id,
        phone=first.phone,
        name=next(_said(call.name for call in reversed(calls)), ""),
        note=" ".join(_said(call.note for call in calls)),
        called_at=first.called_at,
        last_at=last.called_at,
        rings=len(calls),
        customer_id=last.customer_id,
        contact_id=last.contact_id,
        contact=contact or "",
        customer=customer or "",
        tries=max(call.tries for call in calls),
        tried_at=max((call.tried_at for call in calls if call.tried_at), default=None),
    )


def _said(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if text)
