"""Telephone lines: whose a number is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import phone as phones
from smallcmms.models import Contact, Customer


@dataclass(frozen=True, slots=True)
class Line:
    """Whose a number is: a customer, and the person where only one of them has it."""

    customer_id: int | None = None
    contact_id: int | None = None


class Lines:
    """Whose numbers are known, all read at once."""

    def __init__(self, session: Session) -> None:
        query = (
            select(Contact.customer_id, Contact.id, Contact.phone_digits, Contact.mobile_digits)
            .join(Customer, Customer.id == Contact.customer_id)
            .where(Contact.archived_on.is_(None), Customer.archived_on.is_(None))
        )
        self._known: dict[str, list[tuple[str, Line]]] = {}
        for customer_id, contact_id, *numbers in session.execute(query):
            for number in filter(None, numbers):
                own = number, Line(customer_id, contact_id)
                self._known.setdefault(phones.telling(number), []).append(own)

    def whose(self, number: str) -> Line:
        """Return whose a number is; one that two customers share is nobody's."""
        like = self._known.get(phones.telling(number), ())
        owners = {line for known, line in like if phones.is_same(known, number)}
        customers = {line.customer_id for line in owners}
        if len(customers) != 1:
            return Line()
        return owners.pop() if len(owners) == 1 else Line(customers.pop())
