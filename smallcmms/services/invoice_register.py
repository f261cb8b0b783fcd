"""The register of invoices: which there are, how each stands, what is owed and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from smallcmms.domain.invoices import (
    Age,
    InvoiceKind,
    InvoiceState,
    Standing,
    StandingWord,
    age,
    standing,
)
from smallcmms.domain.money import Currency, from_minor
from smallcmms.models import Customer, Invoice, Payment, PaymentAllocation, Shop, WorkOrder
from smallcmms.services.steps import owed, register, shops
from smallcmms.store import search
from smallcmms.store.prepared import Prepared, each, packed
from smallcmms.store.store import Store


class Group(StrEnum):
    """The headings of the list, in their order."""

    DRAFT = "draft"
    LATE = "late"
    SENT = "sent"
    PAID_THIS_MONTH = "paid_this_month"
    PAID_EARLIER = "paid_earlier"
    CREDITED = "credited"


class Chip(StrEnum):
    """The choices above the list."""

    ALL = "all"
    DRAFT = "draft"
    LATE = "late"
    SENT = "sent"
    PAID = "paid"


class Sort(StrEnum):
    """What the list is sorted by; GROUP keeps what waits longest on top."""

    GROUP = "group"
    NUMBER = "number"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which invoices are wanted."""

    chip: Chip = Chip.ALL
    customer_id: int | None = None
    work_order_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """What a list shows of an invoice; amounts in major units, positive on a bill.

    ``paid_on`` is the day of the last payment. A draft has no number.
    """

    id: int
    number: str
    kind: InvoiceKind
    customer: str
    work_order: str
    total: Decimal
    paid: Decimal
    standing: Standing
    due_on: date | None
    invoice_on: date | None
    issued_at: datetime | None
    paid_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """What is owed in all, what of it is past due, and both by age: (amount, how many)."""

    owed: Decimal
    past_due: Decimal
    invoices: int
    columns: dict[Age, tuple[Decimal, int]]


_PAID_ON = (
    select(func.max(Payment.received_on))
    .join(PaymentAllocation, PaymentAllocation.payment_id == Payment.id)
    .where(PaymentAllocation.invoice_id == Invoice.id)
    .correlate(Invoice)
    .scalar_subquery()
)
_CHIPS: dict[Chip, tuple[Group, ...]] = {
    Chip.ALL: tuple(Group),
    Chip.DRAFT: (Group.DRAFT,),
    Chip.LATE: (Group.LATE,),
    Chip.SENT: (Group.SENT,),
    Chip.PAID: (Group.PAID_THIS_MONTH, Group.PAID_EARLIER),
}


def find(
    store: Store, *, text: str = "", filters: Filters | None = None, sort: Sort = Sort.GROUP
) -> Sequence[int]:
    """Return the ids of the invoices that match, in order."""
    ids = [each for group in grouped(store, text=text, filters=filters).values() for each in group]
    if sort is Sort.GROUP:
        return ids
    wanted = set(ids)
    with store.read() as session:
        ordered = session.scalars(select(Invoice.id).order_by(*_SORTS[sort], Invoice.id))
        return [each for each in ordered if each in wanted]


_SORTS: dict[Sort, tuple[Any, ...]] = {
    Sort.NUMBER: (Invoice.kind.desc(), Invoice.count.desc()),
    Sort.DUE: (Invoice.due_on, Invoice.count),
}


def grouped(
    store: Store, *, text: str = "", filters: Filters | None = None
) -> dict[Group, list[int]]:
    """Return the ids of the invoices that match under their headings, in the list's order.

    Late ones begin with the longest late, sent ones with the last due, paid ones with the last
    paid.
    """
    filters = filters or Filters()
    wanted, narrow = _CHIPS[filters.chip], _narrowed(store, text, filters)
    with store.read() as session:
        today = shops.current(session).day(store.now())
        found = _groups(session, today, wanted, narrow)
    return {group: found[group] for group in wanted if found.get(group)}


def _groups(
    session: Session, today: date, wanted: Sequence[Group], narrow: register.Narrow
) -> dict[Group, list[int]]:
    if wanted == _CHIPS[Chip.DRAFT]:
        return {Group.DRAFT: register.drafts(session, narrow)}
    unpaid = register.unpaid(session, today, narrow)
    found = {
        Group.LATE: [each.id for each in unpaid.late],
        Group.SENT: [each.id for each in unpaid.sent],
    }
    if Group.PAID_EARLIER in wanted:
        found[Group.DRAFT] = register.drafts(session, narrow)
        found[Group.CREDITED] = register.credits_and_credited(session, narrow)
        is_open = {each for ids in found.values() for each in ids}
        lately = register.paid_since(session, today.replace(day=1), narrow)
        found[Group.PAID_THIS_MONTH] = [each for each in lately if each not in is_open]
        is_told = is_open.union(lately)
        earlier = register.bills(session, narrow)
        found[Group.PAID_EARLIER] = [each for each in earlier if each not in is_told]
    return found


def counts(store: Store) -> dict[Chip, int]:
    """Return how many invoices each choice above the list holds."""
    with store.read() as session:
        today = shops.current(session).day(store.now())
        unpaid = register.unpaid(session, today)
        drafts = len(register.drafts(session))
        bills = register.number_of(session, InvoiceKind.INVOICE)
        notes = register.number_of(session, InvoiceKind.CREDIT_NOTE)
        gone = len(register.credited(session))
    late, sent = len(unpaid.late), len(unpaid.sent)
    return {
        Chip.ALL: drafts + bills + notes,
        Chip.DRAFT: drafts,
        Chip.LATE: late,
        Chip.SENT: sent,
        Chip.PAID: bills - late - sent - gone,
    }


def waiting(store: Store) -> int:
    """Return how many invoices wait for the desk: drafts to send and bills past due."""
    with store.read() as session:
        today = shops.current(session).day(store.now())
        late = register.unpaid(session, today, is_late_only=True).late
        return len(register.drafts(session)) + len(late)


_WANTED = each("ids")
_ROWS = Prepared(
    select(
        Invoice.id,
        func.coalesce(Invoice.number, ""),
        type_coerce(Invoice.kind, String),
        type_coerce(Invoice.state, String),
        Invoice.currency,
        Invoice.total,
        Invoice.due_on,
        Invoice.invoice_on,
        Invoice.issued_at,
        Customer.name,
        func.coalesce(WorkOrder.number, ""),
        owed.PAID,
        owed.CREDITED,
        _PAID_ON,
        select(Shop.zone).where(Shop.id == 1).scalar_subquery(),
    )
    .select_from(_WANTED)
    .join(Invoice, Invoice.id == _WANTED.c.value)
    .join(Customer, Customer.id == Invoice.customer_id)
    .outerjoin(WorkOrder, WorkOrder.id == Invoice.work_order_id)
)


def rows(store: Store, ids: Sequence[int]) -> dict[int, InvoiceRow]:
    """Return what a list shows of these invoices."""
    found = _ROWS.ask(store, ids=packed(ids))
    if not found:
        return {}
    today = store.now().astimezone(ZoneInfo(found[0][-1])).date()
    return {row[0]: _row(row, today) for row in found}


def ageing(store: Store) -> Ageing:
    """Return what is owed, by how long it is late; the columns add up to it."""
    with store.read() as session:
        shop = shops.current(session)
        today = shop.day(store.now())
        unpaid = register.unpaid(session, today)
    summed = {column: [0, 0] for column in Age}
    for bill in (*unpaid.late, *unpaid.sent):
        cell = summed[age(bill.due_on, today)]
        cell[0] += bill.left
        cell[1] += 1
    columns = {
        column: (from_minor(minor, shop.currency), number)
        for column, (minor, number) in summed.items()
    }
    whole = sum((amount for amount, _ in columns.values()), from_minor(0, shop.currency))
    return Ageing(
        owed=whole,
        past_due=whole - columns[Age.NOT_DUE][0],
        invoices=sum(number for _, number in columns.values()),
        columns=columns,
    )


def _narrowed(store: Store, text: str, filters: Filters) -> list[ColumnElement[bool]]:
    narrow: list[ColumnElement[bool]] = []
    if filters.customer_id is not None:
        with store.read() as session:
            family = session.scalars(owed.family(filters.customer_id)).all()
        narrow.append(Invoice.customer_id.in_(family))
    if filters.work_order_id is not None:
        narrow.append(Invoice.work_order_id == filters.work_order_id)
    own = search.matching("invoice", text)
    customers = search.matching("customer", text)
    work_orders = search.matching("work_order", text)
    if own is not None and customers is not None and work_orders is not None:
        is_found = or_(
            Invoice.id.in_(own),
            Invoice.customer_id.in_(customers),
            Invoice.work_order_id.in_(work_orders),
        )
        narrow.append(is_found)
    return narrow


def _row(row: tuple[Any, ...], today: date) -> InvoiceRow:
    invoice_id, number, of_kind, in_state, of_currency, *amount_and_days = row
    minor, due, invoiced, issued, customer, work_order, *sums, paid_on, _zone = amount_and_days
    currency, kind, due_on = Currency(of_currency), InvoiceKind(of_kind), _day(due)
    total, paid, credited = (from_minor(each, currency) for each in (minor, *sums))
    return InvoiceRow(
        id=invoice_id,
        number=number,
        kind=kind,
        customer=customer,
        work_order=work_order,
        total=total,
        paid=paid,
        standing=stands(
            kind,
            InvoiceState(in_state),
            total=total,
            paid=paid,
            credited=-credited,
            due_on=due_on,
            today=today,
        ),
        due_on=due_on,
        invoice_on=_day(invoiced),
        issued_at=datetime.fromisoformat(f"{issued}+00:00") if issued else None,
        paid_on=_day(paid_on),
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def stands(
    kind: InvoiceKind,
    state: InvoiceState,
    *,
    total: Decimal,
    paid: Decimal,
    credited: Decimal,
    due_on: date | None,
    today: date,
) -> Standing:
    """Return how an invoice stands; a credit note is settled by the invoice that it negates."""
    if kind is InvoiceKind.CREDIT_NOTE and state is InvoiceState.ISSUED:
        return Standing(StandingWord.CREDITED, total * 0)
    return standing(state, total=total, paid=paid, credited=credited, due_on=due_on, today=today)
