"""The shop: setting up its file, its particulars, its rates, taxes, levels and lists."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import levels, numbers, starters, triage
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level as Worst
from smallcmms.domain.lines import LineKind
from smallcmms.domain.numbers import Kind
from smallcmms.domain.rates import RateClass
from smallcmms.domain.stock import LocationKind
from smallcmms.domain.typed import clean
from smallcmms.models import (
    Choice,
    Level,
    NumberSeries,
    Rate,
    Shop,
    StockLocation,
    Tax,
    TriageFact,
    TriageRule,
)
from smallcmms.services.steps import edits
from smallcmms.store.store import Store, about

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class ShopRow:
    """The shop's particulars, as the settings show them."""

    name: str
    tagline: str
    address: str
    city: str
    phone: str
    email: str
    tax_id: str
    code: str
    currency: str
    locale: str
    zone: str
    paper: str
    terms_days: int
    is_tax_included: bool
    travel_is_billed: bool
    invoice_footer: str
    payment_note: str


EDITABLE = tuple(name for name in ShopRow.__slots__ if name not in ("code", "currency"))


def create(
    store: Store,
    *,
    name: str,
    currency: str = "USD",
    locale: str = "en_US",
    zone: str = "America/New_York",
    paper: str = "letter",
    code: str = "",
    first: Mapping[str, int] | None = None,
    labour: Decimal | None = None,
    call_out: Decimal | None = None,
    tax: tuple[str, Decimal, tuple[LineKind, ...]] | None = None,
    **particulars: Any,
) -> None:
    """Set up the shop in an empty file: particulars, series of numbers, levels, rules and lists.

    ``first`` gives the first number of a series for a shop that changes over. ``labour`` is the
    price of an hour, ``call_out`` of coming out, ``tax`` a name, percent and kinds of line.

    Raises:
        RuleBroken: the name is empty, or the file has its shop already.
    """
    if not clean(name).text.strip():
        raise RuleBroken("The shop needs a name.", field="name")
    with store.change("Set up the shop", barrier=True) as session:
        if session.get(Shop, 1) is not None:
            raise RuleBroken("This file has its shop already.")
        session.add(
            Shop(
                id=1,
                name=name.strip(),
                code=code or "".join(secrets.choice(CODE_LETTERS) for _ in range(4)),
                currency=currency,
                locale=locale,
                zone=zone,
                paper=paper,
                **particulars,
            )
        )
        _add_series(session, first or {})
        _add_levels(session)
        _add_lists(session)
        _add_money(session, labour, call_out, tax)
        session.add(StockLocation(name="Shop", kind=LocationKind.SHOP))
        about(session, "shop", 1)


def get(store: Store) -> ShopRow:
    """Return the shop's particulars.

    Raises:
        NotFound: the file has no shop yet.
    """
    with store.read() as session:
        shop = session.get_one(Shop, 1)
        return ShopRow(*(getattr(shop, name) for name in ShopRow.__slots__))


def has_shop(store: Store) -> bool:
    """Tell whether the file has its shop."""
    with store.read() as session:
        return session.get(Shop, 1) is not None


def edit(store: Store, **fields: Any) -> None:
    """Change particulars of the shop; issued papers stay as they are.

    Raises:
        RuleBroken: a field that cannot be changed, or not to that.
    """
    for name in fields:
        if name not in EDITABLE:
            raise RuleBroken("{name} of the shop cannot be changed.", field=name, name=name)
    edits.need(fields.get("name", "kept"), "The shop needs a name.", "name")
    edits.see_days(fields.get("terms_days"), "terms_days")
    with store.change("Edit the shop") as session:
        shop = session.get_one(Shop, 1)
        for name, value in fields.items():
            setattr(shop, name, value)
        about(session, "shop", 1)


def set_first_number(store: Store, kind: str, number: int) -> None:
    """Let a series begin with a number, once, before any of it was used.

    Raises:
        RuleBroken: numbers of this series have been used, or the number is below 1.
    """
    with store.change("Set the first number") as session:
        series = session.scalars(select(NumberSeries).where(NumberSeries.kind == kind)).one()
        if series.next != series.first:
            raise RuleBroken("Numbers of this series have been used.", field=kind)
        if number < 1:
            raise RuleBroken("The first number is 1 or more.", field=kind)
        series.first = series.next = number
        about(session, "shop", 1)


def go_on_with(store: Store, kind: Kind, number: int) -> None:
    """Let a series go on with a later number: those between are left to older books.

    Raises:
        RuleBroken: the number is behind, or it is a series of bills, which has no gaps.
    """
    if kind in (Kind.INVOICE, Kind.CREDIT_NOTE):
        raise RuleBroken("Numbers of bills follow each other without a gap.", field=kind)
    with store.change("Set the next number") as session:
        series = session.scalars(select(NumberSeries).where(NumberSeries.kind == kind)).one()
        if number < series.next:
            raise RuleBroken("Number {next} comes next.", field=kind, next=series.next)
        series.next = number
        about(session, "shop", 1)


def _add_series(session: Session, first: Mapping[str, int]) -> None:
    for kind, series in numbers.SERIES.items():
        begin = first.get(kind, 1)
        session.add(
            NumberSeries(
                kind=kind, prefix=series.prefix, digits=series.digits, first=begin, next=begin
            )
        )


def _add_levels(session: Session) -> None:
    for level in Worst:
        answer = levels.ANSWERS[level]
        session.add(
            Level(
                id=int(level),
                text=level.name.capitalize(),
                answer_minutes=answer.minutes,
                answer_workdays=answer.workdays,
            )
        )
    for sequence, fact in enumerate(triage.FACTS, 1):
        session.add(TriageFact(code=fact.code, text=fact.text, short=fact.short, sequence=sequence))
    for sequence, rule in enumerate(triage.RULES, 1):
        session.add(
            TriageRule(
                name=rule.name, facts=sorted(rule.facts), level=int(rule.level), sequence=sequence
            )
        )


def _add_lists(session: Session) -> None:
    for kind, entries in starters.LISTS.items():
        for sequence, (code, text) in enumerate(entries, 1):
            session.add(Choice(kind=kind, code=code, text=text, sequence=sequence))


def _add_money(
    session: Session,
    labour: Decimal | None,
    call_out: Decimal | None,
    tax: tuple[str, Decimal, tuple[LineKind, ...]] | None,
) -> None:
    always = date(2000, 1, 1)
    for kind, price in ((RateClass.REGULAR, labour), (RateClass.CALL_OUT, call_out)):
        if price is not None:
            session.add(Rate(kind=kind, price=price, from_on=always))
    if tax is not None:
        name, percent, kinds = tax
        session.add(
            Tax(
                name=name,
                percent=percent,
                from_on=always,
                line_kinds=[kind.value for kind in kinds],
            )
        )
