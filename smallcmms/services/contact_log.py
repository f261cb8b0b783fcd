"""The contact log: what was said with a customer, by whom, how and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from smallcmms.domain.contact_log import Way
from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Contact, ContactLog, Customer
from smallcmms.services.steps import edits
from smallcmms.store.store import Store, about

EDITABLE = ("how", "said", "contact_id", "happened_at")


@dataclass(frozen=True, slots=True)
class ContactLogRow:
    """One entry: when it was and when it was written down, how, with whom, what was said."""

    id: int
    happened_at: datetime
    recorded_at: datetime
    how: Way
    contact_id: int | None
    who: str
    said: str


_ROWS = (
    select(
        ContactLog.id,
        ContactLog.happened_at,
        ContactLog.recorded_at,
        ContactLog.how,
        ContactLog.contact_id,
        Contact.name,
        ContactLog.said,
    )
    .outerjoin(Contact, Contact.id == ContactLog.contact_id)
    .where(ContactLog.customer_id == bindparam("customer"))
    .order_by(ContactLog.happened_at.desc(), ContactLog.id.desc())
    .limit(bindparam("limit"))
)


def rows(store: Store, customer_id: int, *, limit: int = 500) -> list[ContactLogRow]:
    """Return what was said with a customer, the latest first."""
    with store.read() as session:
        found = session.execute(_ROWS, {"customer": customer_id, "limit": limit})
        return [ContactLogRow(*row[:5], row[5] or "", row[6]) for row in found]


def log(
    store: Store,
    customer_id: int,
    *,
    how: Way,
    said: str,
    contact_id: int | None = None,
    happened_at: datetime | None = None,
) -> int:
    """Write down what was said with a customer; ``happened_at`` (UTC) is now unless told.

    Raises:
        RuleBroken: nothing was said, it lies in the future, or the person is another customer's.
    """
    at = store.now()
    with store.change("Write down a talk with {customer}") as session:
        customer = session.get_one(Customer, customer_id)
        told = {"said": said.strip(), "contact_id": contact_id, "happened_at": happened_at or at}
        _need(session, at, customer_id, told)
        made = ContactLog(customer_id=customer_id, how=how, recorded_at=at, **told)
        session.add(made)
        session.flush()
        about(session, "customer", customer_id, customer=customer.name)
        return made.id


def edit(store: Store, entry_id: int, **fields: object) -> None:
    """Put an entry right: one change, one undo step; what it said stays in the events.

    Raises:
        RuleBroken: nothing would be left of it, or it would lie in the future.
    """
    at = store.now()
    with store.change("Edit a talk with {customer}") as session:
        entry = session.get_one(ContactLog, entry_id)
        told = {name: fields.get(name, getattr(entry, name)) for name in EDITABLE}
        _need(session, at, entry.customer_id, told)
        place = ("customer", entry.customer_id)
        edits.change(session, at, entry, fields, allowed=EDITABLE, about=place)
        name = session.get_one(Customer, entry.customer_id).name
        about(session, *place, customer=name)


def _need(session: Session, at: datetime, customer_id: int, told: dict[str, Any]) -> None:
    edits.need(told["said"], "Write what was said.", "said")
    if told["happened_at"] > at:
        raise RuleBroken("It cannot have been said in the future.", "happened_at")
    contact_id = told["contact_id"]
    if contact_id is not None and session.get_one(Contact, contact_id).customer_id != customer_id:
        raise RuleBroken("That person is another customer's.", "contact_id")
