"""What happened last with a customer: calls, work, bills and money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, select

from smallcmms.domain.contact_log import Way
from smallcmms.domain.money import from_minor
from smallcmms.models import Contact, ContactLog, Invoice, Payment, Request, WorkOrder
from smallcmms.services.steps import owed, shops
from smallcmms.services.steps.shops import ShopFacts
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class Lately:
    """Something with a customer: a request, work_order, invoice, payment or contact_log.

    ``text`` are the words of the caller, the title of the work, the reference of the payment, what
    was said; ``who`` is the caller, the way of paying or the person spoken with, ``how`` the way
    of a talk; ``amount`` is in major units.
    """

    kind: str
    id: int
    on: date
    at: datetime | None = None
    number: str = ""
    text: str = ""
    who: str = ""
    amount: Decimal | None = None
    how: Way | None = None


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_CUSTOMER: BindParameter[int] = bindparam("customer")
_LIMIT: BindParameter[int] = bindparam("limit")
_CALLS = (
    select(Request.id, Request.received_at, Request.number, Request.words, Request.caller)
    .where(Request.customer_id == _CUSTOMER)
    .order_by(Request.received_at.desc())
    .limit(_LIMIT)
)
_DONE = (
    select(WorkOrder.id, WorkOrder.done_on, WorkOrder.number, WorkOrder.title)
    .where(WorkOrder.customer_id == _CUSTOMER, WorkOrder.done_on.is_not(None))
    .order_by(WorkOrder.done_on.desc(), WorkOrder.id.desc())
    .limit(_LIMIT)
)
_BILLS = (
    select(Invoice.id, Invoice.invoice_on, Invoice.number, Invoice.total)
    .where(Invoice.customer_id.in_(owed.family(_CUSTOMER)), owed.IS_ISSUED)
    .order_by(Invoice.invoice_on.desc(), Invoice.id.desc())
    .limit(_LIMIT)
)
_RECEIPTS = (
    select(Payment.id, Payment.received_on, Payment.reference, Payment.method, Payment.amount)
    .where(Payment.customer_id == _CUSTOMER)
    .order_by(Payment.received_on.desc(), Payment.id.desc())
    .limit(_LIMIT)
)

_SAID = (
    select(ContactLog.id, ContactLog.happened_at, ContactLog.how, ContactLog.said, Contact.name)
    .outerjoin(Contact, Contact.id == ContactLog.contact_id)
    .where(ContactLog.customer_id == _CUSTOMER)
    .order_by(ContactLog.happened_at.desc())
    .limit(_LIMIT)
)


def _call(row: Row[Any], shop: ShopFacts) -> Lately:
    on = shop.day(row.received_at)
    return Lately("request", row.id, on, row.received_at, row.number, row.words, row.caller)


def _done(row: Row[Any], _: ShopFacts) -> Lately:
    return Lately("work_order", row.id, row.done_on, number=row.number, text=row.title)


def _bill(row: Row[Any], shop: ShopFacts) -> Lately:
    total = from_minor(row.total, shop.currency)
    return Lately("invoice", row.id, row.invoice_on, number=row.number, amount=total)


def _receipt(row: Row[Any], shop: ShopFacts) -> Lately:
    amount = from_minor(row.amount, shop.currency)
    on, way = row.received_on, row.method.value
    return Lately("payment", row.id, on, text=row.reference, who=way, amount=amount)


def _talk(row: Row[Any], shop: ShopFacts) -> Lately:
    on, at = shop.day(row.happened_at), row.happened_at
    return Lately("contact_log", row.id, on, at, text=row.said, who=row.name or "", how=row.how)


_Question = tuple[Select[*tuple[Any, ...]], Callable[[Row[*tuple[Any, ...]], ShopFacts], Lately]]
_QUESTIONS: tuple[_Question, ...] = (
    (_CALLS, _call),
    (_DONE, _done),
    (_BILLS, _bill),
    (_RECEIPTS, _receipt),
    (_SAID, _talk),
)


def lately(store: Store, customer_id: int, *, limit: int = 5) -> list[Lately]:
    """Return what happened last with a customer, the latest first."""
    asked = {"customer": customer_id, "limit": limit}
    with store.read() as session:
        shop = shops.current(session)
        found = [
            read(row, shop) for query, read in _QUESTIONS for row in session.execute(query, asked)
        ]
    return sorted(found, key=_latest, reverse=True)[:limit]


def _latest(told: Lately) -> tuple[date, bool, datetime]:
    """Return by what the latest comes first: the day, and its moment where it has one."""
    return told.on, told.at is not None, told.at or _LONG_AGO
