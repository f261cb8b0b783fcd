"""Rates and taxes: what the shop charges, from which day on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.lines import LineKind
from smallcmms.domain.rates import RateClass
from smallcmms.models import Rate, Tax
from smallcmms.store.store import Store, about


@dataclass(frozen=True, slots=True)
class RateRow:
    """A price of an hour or a call-out, in the shop's currency."""

    id: int
    kind: RateClass
    customer_id: int | None
    price: Decimal
    from_on: date


@dataclass(frozen=True, slots=True)
class TaxRow:
    """A tax, its percentage and the kinds of line it is charged on."""

    id: int
    name: str
    percent: Decimal
    from_on: date
    line_kinds: tuple[LineKind, ...]


def rows(store: Store) -> list[RateRow]:
    """Return all rates: the shop's own first, each kind's latest first."""
    query = select(Rate.id, Rate.kind, Rate.customer_id, Rate.price, Rate.from_on).order_by(
        Rate.customer_id.is_not(None), Rate.kind, Rate.from_on.desc(), Rate.id.desc()
    )
    with store.read() as session:
        return [RateRow(*row) for row in session.execute(query)]


def set_rate(
    store: Store,
    *,
    kind: RateClass,
    price: Decimal,
    from_on: date,
    customer_id: int | None = None,
) -> int:
    """Charge this price from a day on; what was done before keeps its price.

    Raises:
        RuleBroken: the price is below zero.
    """
    if price < 0:
        raise RuleBroken("A rate cannot be below zero.", field="price")
    with store.change("Set a rate") as session:
        rate = Rate(kind=kind, price=price, from_on=from_on, customer_id=customer_id)
        session.add(rate)
        session.flush()
        about(session, "rate", rate.id)
        return rate.id


def taxes(store: Store) -> list[TaxRow]:
    """Return the taxes in use, by name."""
    query = select(Tax).where(Tax.archived_on.is_(None)).order_by(Tax.name, Tax.from_on.desc())
    with store.read() as session:
        return [
            TaxRow(tax.id, tax.name, tax.percent, tax.from_on, tuple(map(LineKind, tax.line_kinds)))
            for tax in session.scalars(query)
        ]


def add_tax(
    store: Store, *, name: str, percent: Decimal, from_on: date, line_kinds: Collection[LineKind]
) -> int:
    """Charge a tax from a day on; issued invoices keep the tax they were issued with.

    Raises:
        RuleBroken: the name is empty, or the percentage is below 0 or above 100.
    """
    if not name.strip():
        raise RuleBroken("The tax needs a name.", field="name")
    if not 0 <= percent <= 100:  # noqa: PLR2004
        raise RuleBroken("A tax is between 0 and 100 percent.", field="percent")
    with store.change("Add tax {name}", name=name.strip()) as session:
        tax = Tax(
            name=name.strip(),
            percent=percent,
            from_on=from_on,
            line_kinds=[kind.value for kind in line_kinds],
        )
        session.add(tax)
        session.flush()
        about(session, "tax", tax.id)
        return tax.id


def archive_tax(store: Store, tax_id: int) -> None:
    """Charge a tax no longer."""
    with store.change("Archive a tax") as session:
        session.get_one(Tax, tax_id).archived_on = store.now().date()
        about(session, "tax", tax_id)
