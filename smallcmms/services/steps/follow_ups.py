"""Follow-ups within a change: what calls for one, and what makes one needless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import follow_ups as rules
from smallcmms.domain.certificates import same
from smallcmms.domain.follow_ups import EXPIRING, LEAD_DAYS, FollowUpRule
from smallcmms.models import (
    Asset,
    Certificate,
    FollowUp,
    Setting,
    Site,
    Technician,
    Warranty,
    WorkOrder,
)
from smallcmms.services.steps import events, shops

SETTING = "follow_ups"
_LOOK_BACK = timedelta(days=60)
"""A warranty that ended before is not come back to any more (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What calls for a follow-up; the value is in minor units."""

    rule: FollowUpRule
    record: str
    record_id: int
    occasion: str
    due_on: date
    customer_id: int | None = None
    value: int | None = None

    @property
    def key(self) -> tuple[FollowUpRule, int, str]:
        """Return what tells it from the others."""
        return self.rule, self.record_id, self.occasion


def call_for(session: Session, at: datetime, cause: Cause) -> None:
    """Write a follow-up down, once for its cause."""
    there = select(FollowUp.id).where(
        FollowUp.rule == cause.rule,
        FollowUp.record == cause.record,
        FollowUp.record_id == cause.record_id,
        FollowUp.occasion == cause.occasion,
    )
    if session.scalars(there).first() is not None:
        return
    follow_up = FollowUp(
        rule=cause.rule,
        record=cause.record,
        record_id=cause.record_id,
        occasion=cause.occasion,
        customer_id=cause.customer_id,
        due_on=cause.due_on,
        value=cause.value,
        created_at=at,
    )
    session.add(follow_up)
    session.flush()
    told = {"rule": cause.rule.value, "now": cause.due_on.isoformat()}
    events.note(session, at, "follow_up", follow_up.id, "called_for", **told)  # type: ignore[arg-type]


def of_work(
    session: Session, at: datetime, order: WorkOrder, rule: FollowUpRule, occasion: str = ""
) -> None:
    """Write a follow-up about a work order down: it is due today, its price is at stake.

    Without an ``occasion`` there is one of a rule in a day.
    """
    today = shops.current(session).day(at)
    cause = Cause(
        rule=rule,
        record="work_order",
        record_id=order.id,
        occasion=occasion or today.isoformat(),
        due_on=today,
        customer_id=order.customer_id,
        value=order.flat_price,
    )
    call_for(session, at, cause)


def settle_work(session: Session, at: datetime, order: WorkOrder, rule: FollowUpRule) -> None:
    """End the follow-ups of a rule about a work order: what called for them is over."""
    query = select(FollowUp).where(
        FollowUp.done_on.is_(None),
        FollowUp.rule == rule,
        FollowUp.record == "work_order",
        FollowUp.record_id == order.id,
    )
    for follow_up in session.scalars(query):
        settle(session, at, follow_up)


def settle(session: Session, at: datetime, follow_up: FollowUp) -> None:
    """End a follow-up that nobody needs any more."""
    follow_up.done_on = shops.current(session).day(at)
    events.note(session, at, "follow_up", follow_up.id, "settled")


def lead_days(session: Session) -> int:
    """Return how long before the end of a certificate or a warranty it is come back to."""
    query = select(Setting.value).where(Setting.name == SETTING)
    kept = session.scalars(query).one_or_none()
    return int(kept["lead_days"]) if kept else LEAD_DAYS


def expiring(session: Session, at: datetime) -> list[Cause]:
    """Return the certificates and warranties that end soon or have ended, without what is known."""
    today, lead = shops.current(session).day(at), lead_days(session)
    known = select(FollowUp.rule, FollowUp.record_id, FollowUp.occasion)
    keys = {tuple(row) for row in session.execute(known.where(FollowUp.rule.in_(EXPIRING)))}
    return [each for each in _ending(session, today, lead) if each.key not in keys]


def needless(session: Session, at: datetime) -> list[FollowUp]:
    """Return the open follow-ups whose certificate or warranty was renewed, changed or put away."""
    today = shops.current(session).day(at)
    query = select(FollowUp).where(FollowUp.done_on.is_(None), FollowUp.rule.in_(EXPIRING))
    found = session.scalars(query).all()
    if not found:
        return []
    true = {each.key for each in _ending(session, today, rules.MOST_LEAD_DAYS, look_back=False)}
    return [each for each in found if (each.rule, each.record_id, each.occasion) not in true]


def _ending(session: Session, today: date, lead: int, *, look_back: bool = True) -> Iterator[Cause]:
    """Yield what ends until a lead from today."""
    last = today + timedelta(lead)
    yield from _certificates(session, today, last)
    first = today - _LOOK_BACK if look_back else date.min
    query = (
        select(Warranty.id, Warranty.ends_on, Asset.replacement_cost, Site.customer_id)
        .join(Asset, Asset.id == Warranty.asset_id)
        .join(Site, Site.id == Asset.site_id)
        .where(Warranty.ends_on.between(first, last), Asset.archived_on.is_(None))
        .order_by(Warranty.ends_on, Warranty.id)
    )
    for warranty_id, ends_on, value, customer_id in session.execute(query):
        yield Cause(
            rule=FollowUpRule.WARRANTY,
            record="warranty",
            record_id=warranty_id,
            occasion=ends_on.isoformat(),
            due_on=rules.due_day(ends_on, today),
            customer_id=customer_id,
            value=value,
        )


def _certificates(session: Session, today: date, last: date) -> Iterator[Cause]:
    """Yield the certificates that end, without those that a longer one has taken the place of."""
    query = (
        select(Certificate, Site.customer_id)
        .outerjoin(Technician, Technician.id == Certificate.technician_id)
        .outerjoin(Asset, Asset.id == Certificate.asset_id)
        .outerjoin(Site, (Site.id == Certificate.site_id) | (Site.id == Asset.site_id))
        .where(
            Certificate.archived_on.is_(None),
            Technician.archived_on.is_(None),
            Asset.archived_on.is_(None),
        )
        .order_by(Certificate.expires_on, Certificate.id)
    )
    longest: dict[tuple[object, ...], tuple[Certificate, int | None]] = {}
    for certificate, customer_id in session.execute(query):
        holder = certificate.technician_id, certificate.asset_id, certificate.site_id
        key = (*holder, same(certificate.kind))
        until = certificate.expires_on or date.max
        if key not in longest or (longest[key][0].expires_on or date.max) <= until:
            longest[key] = certificate, customer_id
    for certificate, whose in longest.values():
        expires_on = certificate.expires_on
        if expires_on is not None and expires_on <= last:
            yield Cause(
                rule=FollowUpRule.CERTIFICATE,
                record="certificate",
                record_id=certificate.id,
                occasion=expires_on.isoformat(),
                due_on=rules.due_day(expires_on, today),
                customer_id=whose,
            )
