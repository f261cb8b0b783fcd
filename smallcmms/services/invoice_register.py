"""The register of invoices: which there are, how each stands, what is owed and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

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
from smallcmms.models import Customer, Invoice, Payment, PaymentAllocation, WorkOrder
from smallcmms.services.steps import owed, shops
from smallcmms.store import search
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
    group: Group
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


_Credit = aliased(Invoice)
_CREDITED = (
    select(func.coalesce(func.sum(_Credit.total), 0))
    .where(_Credit.credits_id == Invoice.id, _Credit.state == InvoiceState.ISSUED)
    .correlate(Invoice)
    .scalar_subquery()
)
_PAID = (
    select(func.coalesce(func.sum(PaymentAllocation.amount), 0))
    .where(PaymentAllocation.invoice_id == Invoice.id)
    .correlate(Invoice)
    .scalar_subquery()
)
_PAID_ON = (
    select(func.max(Payment.received_on))
    .join(PaymentAllocation, PaymentAllocation.payment_id == Payment.id)
    .where(PaymentAllocation.invoice_id == Invoice.id)
    .correlate(Invoice)
    .scalar_subquery()
)
_TODAY = owed.TODAY
_IS_OPEN = owed.IS_BILL & (owed.REMAINING > 0)
_GROUP: ColumnElement[str] = case(
    (Invoice.state == InvoiceState.DRAFT, Group.DRAFT.value),
    (_IS_OPEN & (Invoice.due_on < _TODAY), Group.LATE.value),
    (_IS_OPEN, Group.SENT.value),
    (owed.IS_BILL.is_(False) | (_CREDITED != 0), Group.CREDITED.value),
    (func.coalesce(_PAID_ON, Invoice.invoice_on) >= bindparam("month"), "paid_this_month"),
    else_=Group.PAID_EARLIER.value,
)
_PLACE = case({group.value: place for place, group in enumerate(Group)}, value=_GROUP)
_COUNTED = select(_GROUP, func.count()).select_from(Invoice).group_by(_GROUP)
_CHIPS: dict[Chip, tuple[Group, ...]] = {
    Chip.DRAFT: (Group.DRAFT,),
    Chip.LATE: (Group.LATE,),
    Chip.SENT: (Group.SENT,),
    Chip.PAID: (Group.PAID_THIS_MONTH, Group.PAID_EARLIER),
}
_IN_CHIP: dict[Chip, ColumnElement[bool]] = {
    Chip.DRAFT: Invoice.state == InvoiceState.DRAFT,
    Chip.LATE: _IS_OPEN & (Invoice.due_on < _TODAY),
    Chip.SENT: _IS_OPEN & (Invoice.due_on >= _TODAY),
    Chip.PAID: owed.IS_BILL & (owed.REMAINING <= 0) & (_CREDITED == 0),
}
_SORTS: dict[Sort, tuple[Any, ...]] = {
    Sort.GROUP: (
        _PLACE,
        case((_IN_CHIP[Chip.LATE], Invoice.due_on)),
        case((_IN_CHIP[Chip.SENT], Invoice.due_on)).desc(),
        _PAID_ON.desc(),
        Invoice.count.desc(),
        Invoice.id.desc(),
    ),
    Sort.NUMBER: (Invoice.count.is_(None), Invoice.kind.desc(), Invoice.count.desc()),
    Sort.DUE: (Invoice.due_on, Invoice.count),
}


def find(
    store: Store, *, text: str = "", filters: Filters | None = None, sort: Sort = Sort.GROUP
) -> Sequence[int]:
    """Return the ids of the invoices that match, in order."""
    query = _matching(select(Invoice.id), text, filters or Filters())
    with store.read() as session:
        ordered = query.order_by(*_SORTS[sort], Invoice.id)
        return session.scalars(ordered, _asked(session, store)).all()


def grouped(
    store: Store, *, text: str = "", filters: Filters | None = None
) -> dict[Group, list[int]]:
    """Return the ids of the invoices that match under their headings, in the list's order."""
    query = _matching(select(Invoice.id, _GROUP), text, filters or Filters())
    found: dict[Group, list[int]] = {group: [] for group in Group}
    with store.read() as session:
        ordered = query.order_by(*_SORTS[Sort.GROUP], Invoice.id)
        for invoice_id, group in session.execute(ordered, _asked(session, store)):
            found[Group(group)].append(invoice_id)
    return {group: ids for group, ids in found.items() if ids}


def counts(store: Store) -> dict[Chip, int]:
    """Return how many invoices each choice above the list holds."""
    with store.read() as session:
        counted = session.execute(_COUNTED, _asked(session, store))
        found = {Group(row[0]): row[1] for row in counted}
    several = {
        chip: sum(found.get(group, 0) for group in wanted) for chip, wanted in _CHIPS.items()
    }
    return {Chip.ALL: sum(found.values())} | several


def waiting(store: Store) -> int:
    """Return how many invoices wait for the desk: drafts to send and bills past due."""
    is_waiting = or_(_IN_CHIP[Chip.DRAFT], _IN_CHIP[Chip.LATE])
    with store.read() as session:
        query = select(func.count()).select_from(Invoice).where(is_waiting)
        return session.scalars(query, _asked(session, store)).one()


_ROWS = (
    select(
        Invoice.id,
        Invoice.number,
        Invoice.kind,
        Invoice.state,
        Invoice.currency,
        Invoice.total,
        Invoice.due_on,
        Invoice.invoice_on,
        Invoice.issued_at,
        Customer.name.label("customer"),
        WorkOrder.number.label("work_order"),
        _PAID.label("paid"),
        _CREDITED.label("credited"),
        _PAID_ON.label("paid_on"),
        _GROUP.label("group"),
    )
    .join(Customer, Customer.id == Invoice.customer_id)
    .outerjoin(WorkOrder, WorkOrder.id == Invoice.work_order_id)
)


def rows(store: Store, ids: Sequence[int]) -> dict[int, InvoiceRow]:
    """Return what a list shows of these invoices."""
    with store.read() as session:
        asked = _asked(session, store)
        found = session.execute(_ROWS.where(Invoice.id.in_(ids)), asked)
        return {row.id: _row(row, asked["today"]) for row in found}


def ageing(store: Store) -> Ageing:
    """Return what is owed, by how long it is late; the columns add up to it."""
    query = select(Invoice.due_on, owed.REMAINING).where(_IS_OPEN)
    with store.read() as session:
        shop = shops.current(session)
        today = shop.day(store.now())
        summed = {column: [0, 0] for column in Age}
        for due_on, remaining in session.execute(query):
            cell = summed[age(due_on or today, today)]
            cell[0] += remaining
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


def _matching(query: Any, text: str, filters: Filters) -> Any:
    if filters.chip is not Chip.ALL:
        query = query.where(_IN_CHIP[filters.chip])
    if filters.customer_id is not None:
        query = query.where(Invoice.customer_id == filters.customer_id)
    if filters.work_order_id is not None:
        query = query.where(Invoice.work_order_id == filters.work_order_id)
    own = search.matching("invoice", text)
    customers = search.matching("customer", text)
    work_orders = search.matching("work_order", text)
    if own is not None and customers is not None and work_orders is not None:
        query = query.where(
            or_(
                Invoice.id.in_(own),
                Invoice.customer_id.in_(customers),
                Invoice.work_order_id.in_(work_orders),
            )
        )
    return query


def _asked(session: Session, store: Store) -> dict[str, date]:
    today = shops.current(session).day(store.now())
    return {"today": today, "month": today.replace(day=1)}


def _row(row: Any, today: date) -> InvoiceRow:
    currency = Currency(row.currency)
    total, paid = from_minor(row.total, currency), from_minor(row.paid, currency)
    return InvoiceRow(
        id=row.id,
        number=row.number or "",
        kind=row.kind,
        customer=row.customer,
        work_order=row.work_order or "",
        total=total,
        paid=paid,
        standing=stands(
            row.kind,
            row.state,
            total=total,
            paid=paid,
            credited=from_minor(-row.credited, currency),
            due_on=row.due_on,
            today=today,
        ),
        group=Group(row.group),
        due_on=row.due_on,
        invoice_on=row.invoice_on,
        issued_at=row.issued_at,
        paid_on=row.paid_on,
    )


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
