"""What the call form asks while the caller talks: how bad, which asset, known already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain import matching, triage
from smallcmms.domain.levels import Level as Worst
from smallcmms.domain.triage import Fact, Rule
from smallcmms.models import (
    Asset,
    Location,
    Technician,
    TriageFact,
    TriageRule,
    Visit,
    VisitTechnician,
    Warranty,
    WorkOrder,
    WorkOrderAsset,
)
from smallcmms.services.steps import levels, past_work, shops, work_order_assets
from smallcmms.services.steps.past_work import Repair
from smallcmms.store.store import Store

SAME_DAYS = 14
"""A job done so many days ago may still be what the caller means (design)."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """The suggested level, why, by which rule, and until when it wants an answer (UTC).

    ``repair`` is that of the asset in the 14 days before the call.
    """

    level: Worst
    reasons: tuple[str, ...]
    rule_name: str
    answer_by: datetime
    repair: Repair | None


@dataclass(frozen=True, slots=True)
class Guess:
    """An asset the caller may mean, the likeliest first."""

    asset_id: int
    number: str
    short_code: str
    name: str
    location_id: int | None
    open_number: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an asset at intake."""

    warranty_until: date | None
    open_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A work order that may be the same job; the visit is the next one planned (UTC)."""

    work_order_id: int
    number: str
    title: str
    technician: str
    visit_from: datetime | None


@dataclass(frozen=True, slots=True)
class _Job:
    id: int
    number: str
    title: str
    wrong: str
    asset_id: int | None
    is_open: bool


_AT_SITE = (
    select(
        Asset.id,
        Asset.number,
        Asset.short_code,
        Asset.name,
        Asset.location_id,
        func.coalesce(Location.path, "").label("path"),
    )
    .outerjoin(Location, Location.id == Asset.location_id)
    .where(Asset.site_id == bindparam("site"), Asset.archived_on.is_(None))
)


def suggest(
    store: Store,
    *,
    facts: Collection[str],
    asset_id: int | None = None,
    received_at: datetime | None = None,
    level: Worst | None = None,
) -> Suggested:
    """Return the level that the ticked facts and the asset's last repair suggest, its answer time.

    With ``level`` the answer time is that of the level a person chose instead.

    Raises:
        RuleBroken: the shop's rules fit no routine call.
    """
    received = received_at or store.now()
    with store.read() as session:
        repair = fixed_lately(session, asset_id, received)
        found = suggestion(
            session, facts=facts, asset_id=asset_id, is_fixed_lately=repair is not None
        )
        until = levels.answer_time(session, level or found.level, received)
    return Suggested(found.level, found.reasons, found.rule_name, until, repair)


def fixed_lately(session: Session, asset_id: int | None, received_at: datetime) -> Repair | None:
    """Return the newest repair of an asset in the 14 days before a call, within a session."""
    if asset_id is None:
        return None
    called_on = shops.current(session).day(received_at)
    last = past_work.last_repair(session, asset_id, until=called_on)
    return last if last is not None and triage.is_fixed_lately(last.on, called_on) else None


def suggestion(
    session: Session, *, facts: Collection[str], asset_id: int | None, is_fixed_lately: bool
) -> triage.Suggestion:
    """Return what the shop's rules suggest for the facts of a call, within a session."""
    known = select(TriageFact).where(TriageFact.archived_on.is_(None)).order_by(TriageFact.sequence)
    ticked = [
        Fact(fact.code, fact.text, fact.short)
        for fact in session.scalars(known)
        if fact.code in facts
    ]
    lately = [triage.FIXED_LATELY] if is_fixed_lately else []
    in_force = select(TriageRule).where(TriageRule.archived_on.is_(None))
    in_force = in_force.order_by(TriageRule.sequence, TriageRule.id)
    rules = [
        Rule(rule.name, frozenset(rule.facts), Worst(rule.level))
        for rule in session.scalars(in_force)
    ]
    asset = session.get(Asset, asset_id) if asset_id is not None else None
    return triage.suggest([*lately, *ticked], rules, asset.criticality if asset else None)


def guesses(store: Store, *, site_id: int, words: str, limit: int = 4) -> list[Guess]:
    """Return the assets of a site that the caller's words may mean, the likeliest first."""
    with store.read() as session:
        open_work, visited = _open_work(session, site_id), _last_done(session, site_id)
        found = {row.id: row for row in session.execute(_AT_SITE, {"site": site_id})}
        ranked = matching.rank(
            words,
            [
                matching.Candidate(
                    key=row.id,
                    text=f"{row.short_code} {row.name} {row.path}",
                    has_open_work=row.id in open_work,
                    last_visit_on=visited.get(row.id),
                )
                for row in found.values()
            ],
            today=shops.current(session).day(store.now()),
        )
        return [_guess(found[key], open_work, words) for key in ranked[:limit]]


def standing(store: Store, asset_id: int) -> Standing:
    """Return whether an asset is under warranty today, and the open work on it."""
    with store.read() as session:
        today = shops.current(session).day(store.now())
        until = session.scalars(
            select(func.max(Warranty.ends_on)).where(
                Warranty.asset_id == asset_id,
                Warranty.ends_on >= today,
                or_(Warranty.starts_on.is_(None), Warranty.starts_on <= today),
            )
        ).one()
        numbers = session.scalars(
            select(WorkOrder.number)
            .where(work_order_assets.is_of(asset_id), WorkOrder.closed_at.is_(None))
            .order_by(WorkOrder.id)
        ).all()
    return Standing(until, tuple(numbers))


def duplicates(store: Store, *, site_id: int, asset_id: int | None, words: str) -> list[Duplicate]:
    """Return the work orders that may be the same job, the latest first.

    Same site and same asset, or same site and two shared words of the problem; open, or done in
    the last 14 days (design, Requests).
    """
    with store.read() as session:
        today = shops.current(session).day(store.now())
        same = [
            job
            for job in _jobs(session, site_id, today - timedelta(days=SAME_DAYS))
            if matching.is_same(
                words, asset_id, other_words=f"{job.title} {job.wrong}", other_key=job.asset_id
            )
        ]
        return [_duplicate(session, job) for job in same]


def _jobs(session: Session, site_id: int, since: date) -> Sequence[_Job]:
    query = (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.title,
            WorkOrder.wrong,
            WorkOrder.asset_id,
            WorkOrder.closed_at.is_(None),
        )
        .where(
            WorkOrder.site_id == site_id,
            or_(WorkOrder.closed_at.is_(None), WorkOrder.done_on >= since),
        )
        .order_by(WorkOrder.id.desc())
    )
    return [_Job(*row) for row in session.execute(query)]


def _duplicate(session: Session, job: _Job) -> Duplicate:
    query = (
        select(Technician.name, Visit.planned_from)
        .join(VisitTechnician, VisitTechnician.technician_id == Technician.id)
        .join(Visit, Visit.id == VisitTechnician.visit_id)
        .where(Visit.work_order_id == job.id)
        .order_by(Visit.planned_from.desc(), VisitTechnician.sequence)
        .limit(1)
    )
    visit = session.execute(query).one_or_none()
    name, begins = visit or ("", None)
    return Duplicate(job.id, job.number, job.title, name, begins)


_ASSET = func.coalesce(WorkOrder.asset_id, WorkOrderAsset.asset_id)
"""The asset of a work order, or one of those that share it."""


def _open_work(session: Session, site_id: int) -> dict[int | None, str]:
    query = (
        select(_ASSET, WorkOrder.number)
        .outerjoin(WorkOrderAsset, WorkOrderAsset.work_order_id == WorkOrder.id)
        .where(WorkOrder.site_id == site_id, WorkOrder.closed_at.is_(None))
    )
    return dict(session.execute(query.order_by(WorkOrder.id)).all())


def _last_done(session: Session, site_id: int) -> dict[int | None, date | None]:
    query = (
        select(_ASSET, func.max(func.coalesce(WorkOrderAsset.done_on, WorkOrder.done_on)))
        .outerjoin(WorkOrderAsset, WorkOrderAsset.work_order_id == WorkOrder.id)
        .where(WorkOrder.site_id == site_id, WorkOrder.done_on.is_not(None))
        .group_by(_ASSET)
    )
    return dict(session.execute(query).all())


def _guess(row: Any, open_work: dict[int | None, str], words: str) -> Guess:
    return Guess(
        asset_id=row.id,
        number=row.number,
        short_code=row.short_code,
        name=row.name,
        location_id=row.location_id,
        open_number=open_work.get(row.id, ""),
        is_named=matching.is_named(words, f"{row.short_code} {row.name}"),
    )
