"""What the shop charges for time and for coming."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.rates import RateClass
from smallcmms.formats import Formats
from smallcmms.models import Rate, Technician
from smallcmms.services.steps import shops
from smallcmms.texts import later

_NO_RATE: Mapping[RateClass, str] = {
    RateClass.REGULAR: later("Labor has no rate on {day}. Set one in Settings, Rates and taxes."),
    RateClass.OVERTIME: later(
        "Overtime has no rate on {day}. Set one in Settings, Rates and taxes."
    ),
    RateClass.AFTER_HOURS: later(
        "After hours have no rate on {day}. Set one in Settings, Rates and taxes."
    ),
    RateClass.TRAVEL: later("Driving has no rate on {day}. Set one in Settings, Rates and taxes."),
    RateClass.WAITING: later(
        "Waiting for parts has no rate on {day}. Set one in Settings, Rates and taxes."
    ),
    RateClass.CALL_OUT: later(
        "The service call has no rate on {day}. Set one in Settings, Rates and taxes."
    ),
}


def rate_on(session: Session, kind: RateClass, on: date, customer_id: int | None) -> Decimal:
    """Return the price of one hour or one call-out on a day; a customer's own rate comes first.

    Raises:
        RuleBroken: the shop has no such rate on that day.
    """
    price = _find(session, kind, on, customer_id)
    if price is None:
        day = Formats(locale=shops.current(session).locale).day_year(on)
        raise RuleBroken(_NO_RATE[kind], day=day)
    return price


def hourly(
    session: Session, kind: RateClass, on: date, customer_id: int | None, technician_id: int
) -> Decimal:
    """Return the price of an hour: the customer's rate, else the technician's, else the shop's."""
    own = _find(session, kind, on, customer_id, only_own=True)
    if own is not None:
        return own
    technician = session.get_one(Technician, technician_id)
    if kind is RateClass.REGULAR and technician.bill_rate is not None:
        return technician.bill_rate
    return rate_on(session, kind, on, customer_id)


def call_out(session: Session, on: date, customer_id: int | None) -> Decimal | None:
    """Return the price of coming out on a day, or None where the shop charges none."""
    return _find(session, RateClass.CALL_OUT, on, customer_id)


def _find(
    session: Session, kind: RateClass, on: date, customer_id: int | None, *, only_own: bool = False
) -> Decimal | None:
    whose = [Rate.customer_id == customer_id] if customer_id is not None else []
    if not only_own:
        whose.append(Rate.customer_id.is_(None))
    if not whose:
        return None
    query = (
        select(Rate.price)
        .where(Rate.kind == kind, Rate.from_on <= on, or_(*whose))
        .order_by(Rate.customer_id.is_(None), Rate.from_on.desc(), Rate.id.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()
