"""Follow-ups: what somebody must come back to, looked for once a day, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from smallcmms.domain import follow_ups as rules
from smallcmms.domain.contact_log import Way
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.domain.money import Currency, from_minor
from smallcmms.models import (
    Asset,
    Certificate,
    ContactLog,
    Customer,
    FollowUp,
    Site,
    Technician,
    Warranty,
    WorkOrder,
)
from smallcmms.services import settings
from smallcmms.services.steps import edits, events, shops
from smallcmms.services.steps import follow_ups as steps
from smallcmms.store.store import Store, about


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """Something to come back to; the value at stake is in the shop's currency.

    ``what`` is what it is about (a kind of certificate, an asset, the title of the work), ``whose``
    the technician, the number of the asset or of the work order; ``ends_on`` is when a certificate
    or a warranty ends. ``goes_to`` and ``goes_to_id`` are the record to look at.
    """

    id: int
    rule: FollowUpRule
    what: str
    whose: str
    reason: str
    ends_on: date | None
    due_on: date
    days_late: int
    put_off_until: date | None
    value: Decimal | None
    customer_id: int | None
    customer: str
    goes_to: str
    goes_to_id: int
    outcome: str
    done_on: date | None


def notice(store: Store) -> int:
    """Write down what calls for a follow-up today, and end what nobody needs any more.

    Returns how many are new; doing it again the same day changes nothing.
    """
    at = store.now()
    with store.read() as session:
        is_quiet = not (steps.expiring(session, at) or steps.needless(session, at))
    if is_quiet:
        return 0
    with store.change("Look for what to follow up") as session:
        causes = steps.expiring(session, at)
        for cause in causes:
            steps.call_for(session, at, cause)
        for follow_up in steps.needless(session, at):
            steps.settle(session, at, follow_up)
        about(session, "follow_up", 0)
    return len(causes)


def waiting(store: Store) -> list[FollowUpRow]:
    """Return what is to be followed up now, the earliest due first."""
    with store.read() as session:
        today = shops.current(session).day(store.now())
        return _rows(session, today, FollowUp.done_on.is_(None), _is_shown(today))


def every(store: Store) -> list[FollowUpRow]:
    """Return all that is open, what was put off too, the earliest due first."""
    with store.read() as session:
        return _rows(session, shops.current(session).day(store.now()), FollowUp.done_on.is_(None))


def get(store: Store, follow_up_id: int) -> FollowUpRow:
    """Return one follow-up, whatever came of it.

    Raises:
        NotFound: there is no such follow-up.
    """
    with store.read() as session:
        today = shops.current(session).day(store.now())
        found = _rows(session, today, FollowUp.id == follow_up_id)
    if not found:
        raise NotFound("There is no such follow-up.")
    return found[0]


def count(store: Store) -> int:
    """Return how many are to be followed up now."""
    with store.read() as session:
        today = shops.current(session).day(store.now())
        query = select(func.count(FollowUp.id)).where(FollowUp.done_on.is_(None), _is_shown(today))
        return session.scalars(query).one()


def _is_shown(today: date) -> ColumnElement[bool]:
    return or_(FollowUp.put_off_until.is_(None), FollowUp.put_off_until <= today)


def done(store: Store, follow_up_id: int, *, outcome: str, how: Way | None = None) -> None:
    """Write what came of a follow-up; a talk with the customer stands in their contact log too.

    Raises:
        RuleBroken: nobody said what came of it, or it is done.
    """
    at = store.now()
    with store.change("Follow up {number}") as session:
        follow_up = _open(session, follow_up_id)
        edits.need(outcome, "Write what came of it.", "outcome")
        follow_up.outcome = outcome.strip()
        follow_up.done_on = shops.current(session).day(at)
        if how is not None and follow_up.customer_id is not None:
            _log(session, follow_up, how, at)
        events.note(session, at, "follow_up", follow_up.id, "done", text=follow_up.outcome)
        _about(session, follow_up)


def later(store: Store, follow_up_id: int, *, until: date, reason: str = "") -> None:
    """Put a follow-up off until a day.

    Raises:
        RuleBroken: the day is not to come, or it is done.
    """
    at = store.now()
    with store.change("Put {number} off") as session:
        follow_up = _open(session, follow_up_id)
        rules.need_later(until, shops.current(session).day(at))
        was = follow_up.put_off_until.isoformat() if follow_up.put_off_until else ""
        follow_up.put_off_until = until
        told = {"was": was, "now": until.isoformat(), "reason": reason.strip()}
        events.note(session, at, "follow_up", follow_up.id, "put_off", **told)  # type: ignore[arg-type]
        _about(session, follow_up)


def lead_days(store: Store) -> int:
    """Return how many days before it ends a certificate or a warranty is come back to."""
    with store.read() as session:
        return steps.lead_days(session)


def set_lead_days(store: Store, days: int) -> None:
    """Set how many days before it ends a certificate or a warranty is come back to.

    Raises:
        RuleBroken: they are below 0 or more than a year.
    """
    rules.need_lead_days(days)
    settings.keep(store, steps.SETTING, {"lead_days": days})


def _open(session: Session, follow_up_id: int) -> FollowUp:
    follow_up = session.get(FollowUp, follow_up_id)
    if follow_up is None:
        raise NotFound("There is no such follow-up.")
    if follow_up.done_on is not None:
        raise RuleBroken("This follow-up is done.")
    return follow_up


def _log(session: Session, follow_up: FollowUp, how: Way, at: Any) -> None:
    session.add(
        ContactLog(
            customer_id=follow_up.customer_id,
            how=how,
            said=follow_up.outcome,
            happened_at=at,
            recorded_at=at,
        )
    )


def _about(session: Session, follow_up: FollowUp) -> None:
    """Name the step after the work order, or the customer, or what it is about."""
    today = follow_up.due_on
    session.flush()
    row = _rows(session, today, FollowUp.id == follow_up.id)[0]
    about(session, "follow_up", follow_up.id, number=row.whose or row.what)


_OF_ASSET = aliased(Asset)
_ROWS = (
    select(
        FollowUp,
        Customer.name.label("customer"),
        WorkOrder.number,
        WorkOrder.title,
        WorkOrder.cancel_reason,
        Certificate.kind,
        Certificate.expires_on,
        Certificate.technician_id,
        Certificate.asset_id.label("certified_id"),
        Certificate.site_id.label("certified_site_id"),
        Technician.name.label("technician"),
        _OF_ASSET.name.label("certified"),
        Site.name.label("certified_site"),
        Warranty.ends_on,
        Warranty.asset_id,
        Asset.number.label("asset_number"),
        Asset.name.label("asset"),
    )
    .outerjoin(Customer, Customer.id == FollowUp.customer_id)
    .outerjoin(WorkOrder, (FollowUp.record == "work_order") & (WorkOrder.id == FollowUp.record_id))
    .outerjoin(
        Certificate, (FollowUp.record == "certificate") & (Certificate.id == FollowUp.record_id)
    )
    .outerjoin(Technician, Technician.id == Certificate.technician_id)
    .outerjoin(_OF_ASSET, _OF_ASSET.id == Certificate.asset_id)
    .outerjoin(Site, Site.id == Certificate.site_id)
    .outerjoin(Warranty, (FollowUp.record == "warranty") & (Warranty.id == FollowUp.record_id))
    .outerjoin(Asset, Asset.id == Warranty.asset_id)
    .order_by(FollowUp.due_on, FollowUp.id)
)


def _rows(session: Session, today: date, *which: Any) -> list[FollowUpRow]:
    currency = shops.current(session).currency
    return [_row(each, today, currency) for each in session.execute(_ROWS.where(*which))]


def _row(row: Any, today: date, currency: Currency) -> FollowUpRow:
    follow_up: FollowUp = row[0]
    goes_to, goes_to_id, what, whose = _subject(row)
    return FollowUpRow(
        id=follow_up.id,
        rule=follow_up.rule,
        what=what,
        whose=whose,
        reason=row.cancel_reason or "",
        ends_on=row.expires_on or row.ends_on,
        due_on=follow_up.due_on,
        days_late=max((today - follow_up.due_on).days, 0),
        put_off_until=follow_up.put_off_until,
        value=None if follow_up.value is None else from_minor(follow_up.value, currency),
        customer_id=follow_up.customer_id,
        customer=row.customer or "",
        goes_to=goes_to,
        goes_to_id=goes_to_id,
        outcome=follow_up.outcome,
        done_on=follow_up.done_on,
    )


def _subject(row: Any) -> tuple[str, int, str, str]:
    """Return the record to look at, what it is about and whose."""
    if row.number is not None:
        return "work_order", row[0].record_id, row.title, row.number
    if row.asset is not None:
        return "asset", row.asset_id, row.asset, row.asset_number
    if row.technician is not None:
        return "technician", row.technician_id, row.kind, row.technician
    if row.certified is not None:
        return "asset", row.certified_id, row.kind, row.certified
    return "site", row.certified_site_id or 0, row.kind or "", row.certified_site or ""
