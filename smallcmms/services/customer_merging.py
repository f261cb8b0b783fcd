"""Merging customers: two records of one customer become one; what was issued stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import InvoiceState
from smallcmms.models import Attachment, Base, Contact, Customer, Invoice, Rate
from smallcmms.services.steps import events, shops
from smallcmms.store.store import Store, about

_FILLED = ("bill_to", "exemption_certificate", "language")
_STAYS = frozenset({"customer", Rate.__tablename__, Invoice.__tablename__})
"""What does not go over by itself: prices are those of the customer that stays, issued papers keep
their name, and only drafts are billed anew."""


def merge(store: Store, customer_id: int, *, into: int) -> None:
    """Merge a customer into another: people, sites, work, talks, money and drafts go over.

    Issued invoices stay as they are and are still owed, by the customer that is left. The record
    that is merged is put away and leads to the other one. One change, one undo step.

    Raises:
        RuleBroken: it is the same customer, or one of them was merged already.
    """
    at = store.now()
    with store.change("Merge {was} into {now}") as session:
        gone, stays = session.get_one(Customer, customer_id), session.get_one(Customer, into)
        _need_two(gone, stays)
        _hand_over(session, gone.id, stays.id)
        _fill(gone, stays)
        session.flush()
        _fold_people(session, stays.id, shops.current(session).day(at), at)
        gone.archived_on = gone.archived_on or shops.current(session).day(at)
        gone.merged_into_id = stays.id
        was, now = gone.number, stays.number
        events.note(session, at, "customer", gone.id, "merged_into", was=was, now=now)
        events.note(session, at, "customer", stays.id, "merged", was=was, now=now, name=gone.name)
        about(session, "customer", stays.id, was=was, now=now)


def _need_two(gone: Customer, stays: Customer) -> None:
    if gone.id == stays.id:
        raise RuleBroken("A customer cannot be merged with itself.", "into")
    for each in (gone, stays):
        if each.merged_into_id is not None:
            message = "{number} was merged already. Say the customer that is left."
            raise RuleBroken(message, "into", number=each.number)
    if stays.archived_on is not None:
        raise RuleBroken("{number} is archived. Bring it back first.", "into", number=stays.number)


def _hand_over(session: Session, gone_id: int, stays_id: int) -> None:
    """Let everything that names the one customer name the other."""
    for table, column in _naming("customer"):
        if table.name not in _STAYS:
            rows = update(table).where(table.c[column] == gone_id)
            session.execute(rows.values({column: stays_id}))
    drafts = update(Invoice).where(
        Invoice.customer_id == gone_id, Invoice.state == InvoiceState.DRAFT
    )
    session.execute(drafts.values(customer_id=stays_id))
    merged = update(Customer).where(Customer.merged_into_id == gone_id)
    session.execute(merged.values(merged_into_id=stays_id))
    files = update(Attachment).where(
        Attachment.record == "customer", Attachment.record_id == gone_id
    )
    session.execute(files.values(record_id=stays_id))


def _naming(name: str) -> Iterator[tuple[Table, str]]:
    """Yield every column that names a record of a table."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == name:
                yield table, key.parent.name


def _fill(gone: Customer, stays: Customer) -> None:
    """Take what only the merged record knew."""
    for field in _FILLED:
        setattr(stays, field, getattr(stays, field) or getattr(gone, field))
    if gone.notes and gone.notes not in stays.notes:
        stays.notes = "\n".join(filter(None, (stays.notes, gone.notes)))


def _fold_people(session: Session, customer_id: int, today: object, at: datetime) -> None:
    """Leave each person once: who has the same name and number stood in both records."""
    query = (
        select(Contact)
        .where(Contact.customer_id == customer_id, Contact.archived_on.is_(None))
        .order_by(Contact.id)
    )
    kept: list[Contact] = []
    for person in session.scalars(query).all():
        same = next((each for each in kept if _is_same(each, person)), None)
        if same is None:
            kept.append(person)
            continue
        for table, column in _naming("contact"):
            rows = update(table).where(table.c[column] == person.id)
            session.execute(rows.values({column: same.id}))
        for field in ("role", "phone", "phone_digits", "mobile", "mobile_digits", "email"):
            setattr(same, field, getattr(same, field) or getattr(person, field))
        person.archived_on = today  # type: ignore[assignment]
        events.note(session, at, "customer", customer_id, "contact_archived", name=person.name)


def _is_same(one: Contact, other: Contact) -> bool:
    if one.name.casefold() != other.name.casefold():
        return False
    numbers = {one.phone_digits, other.phone_digits} - {""}
    return len(numbers) < 2  # noqa: PLR2004, one number or none
