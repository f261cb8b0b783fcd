"""How a customer stands: what they owe, how they pay, what an hour costs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import BindParameter, Integer, bindparam, cast, func, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.money import from_minor
from smallcmms.domain.rates import RateClass
from smallcmms.models import (
    Asset,
    Customer,
    Invoice,
    Payment,
    PaymentAllocation,
    Request,
    Site,
)
from smallcmms.services.steps import owed, rates, shops
from smallcmms.store.store import Store

YEAR = timedelta(days=365)
FEWEST = 3
"""Below this many invoices an average says nothing [domain.md, Figures]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What the customer pays for an hour and for coming; None where the shop has no such rate.

    ``after_hours_times`` is the after-hours rate as a multiple of the regular one.
    """

    hour: Decimal | None
    after_hours_times: Decimal | None
    call_out: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The figures of a customer's page; money in major units.

    ``pays_in`` is the mean of the days from invoice to last payment over the invoices paid in the
    last 12 months, None where there are fewer than 3. ``spent`` is what was invoiced in them.
    """

    open_work: int
    critical_calls: int
    owed: Decimal
    past_due: Decimal
    pays_in: int | None
    spent: Decimal
    assets: int
    prices: Prices


_CUSTOMER: BindParameter[int] = bindparam("customer")
_FIGURES = select(
    owed.OPEN_WORK.label("open_work"), owed.OWED.label("owed"), owed.PAST_DUE.label("past_due")
).where(Customer.id == _CUSTOMER)
_CRITICAL = select(func.count(Request.id)).where(
    Request.customer_id == _CUSTOMER,
    Request.closed_at.is_(None),
    Request.level == Level.CRITICAL,
)
_ASSETS = (
    select(func.count(Asset.id))
    .join(Site, Site.id == Asset.site_id)
    .where(Site.customer_id == _CUSTOMER, Asset.archived_on.is_(None))
)
_SPENT = select(func.coalesce(func.sum(Invoice.total), 0)).where(
    Invoice.customer_id.in_(owed.family(_CUSTOMER)),
    owed.IS_ISSUED,
    Invoice.invoice_on > bindparam("since"),
)
_PAID = (
    select(
        cast(
            func.julianday(func.max(Payment.received_on)) - func.julianday(Invoice.invoice_on),
            Integer,
        )
    )
    .join(PaymentAllocation, PaymentAllocation.invoice_id == Invoice.id)
    .join(Payment, Payment.id == PaymentAllocation.payment_id)
    .where(Invoice.customer_id.in_(owed.family(_CUSTOMER)), owed.IS_BILL, owed.REMAINING <= 0)
    .group_by(Invoice.id)
    .having(func.max(Payment.received_on) > bindparam("since"))
)


def of(store: Store, customer_id: int) -> Standing:
    """Return the figures of a customer."""
    with store.read() as session:
        shop = shops.current(session)
        today = shop.day(store.now())
        asked = {"customer": customer_id, "today": today, "since": today - YEAR}
        figures = session.execute(_FIGURES, asked).one()
        return Standing(
            open_work=figures.open_work,
            critical_calls=session.scalars(_CRITICAL, asked).one(),
            owed=from_minor(figures.owed, shop.currency),
            past_due=from_minor(figures.past_due, shop.currency),
            pays_in=_mean(list(session.scalars(_PAID, asked))),
            spent=from_minor(session.scalars(_SPENT, asked).one(), shop.currency),
            assets=session.scalars(_ASSETS, asked).one(),
            prices=_prices(session, today, customer_id),
        )


_OPEN_CALLS = (
    select(Request.id)
    .where(Request.customer_id == _CUSTOMER, Request.closed_at.is_(None))
    .order_by(Request.level, Request.answer_by)
)


def open_calls(store: Store, customer_id: int) -> Sequence[int]:
    """Return the ids of the requests of a customer that nobody has answered, the worst first."""
    with store.read() as session:
        return session.scalars(_OPEN_CALLS, {"customer": customer_id}).all()


def _mean(days: Sequence[int]) -> int | None:
    if len(days) < FEWEST:
        return None
    return int((Decimal(sum(days)) / len(days)).to_integral_value(ROUND_HALF_UP))


def _prices(session: Session, on: date, customer_id: int) -> Prices:
    hour = _rate(session, RateClass.REGULAR, on, customer_id)
    after = _rate(session, RateClass.AFTER_HOURS, on, customer_id)
    times = after / hour if after is not None and hour else None
    call_out = rates.call_out(session, on, customer_id)
    return Prices(hour=hour, after_hours_times=times, call_out=call_out)


def _rate(session: Session, kind: RateClass, on: date, customer_id: int) -> Decimal | None:
    try:
        return rates.rate_on(session, kind, on, customer_id)
    except RuleBroken:
        return None
