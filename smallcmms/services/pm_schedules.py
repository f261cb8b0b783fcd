"""PM schedules: the register of work that comes again, and what can be done with one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.meters import MeterKind
from smallcmms.domain.money import to_minor
from smallcmms.domain.pm import Landing, OccurrenceStatus, Timing
from smallcmms.domain.recurrence import MonthDay, Unit
from smallcmms.models import (
    Asset,
    Meter,
    PmCover,
    PmOccurrence,
    PmSchedule,
    PmScheduleAsset,
)
from smallcmms.services.steps import drafts, edits, events, pm_occurrences, pm_plans, shops
from smallcmms.services.steps.numbers import next_number
from smallcmms.store.store import Store, about

SOON_DAYS = 14
RULE = (
    "timing", "every", "unit", "weekdays", "month_day", "nth", "weekday", "anchor_on", "meter_id",
    "meter_every", "season", "landing", "blackouts", "ends_on",
)  # fmt: skip
"""The fields that say when a schedule is due; a change of one moves its next dates."""
EDITABLE = (
    *RULE, "name", "type", "level", "is_by_limits", "lead_days", "early_days", "grace_days",
    "missed", "job_template_id", "technician_id", "planned_minutes", "billing_rule", "flat_price",
    "instructions",
)  # fmt: skip


_NEW: Mapping[str, Any] = MappingProxyType(
    {
        "timing": Timing.FIXED, "unit": Unit.MONTHS, "weekdays": (), "month_day": MonthDay.SAME,
        "nth": 1, "weekday": 0, "season": (), "landing": Landing.KEEP, "blackouts": (),
        "is_by_limits": False,
    }
)  # fmt: skip
"""The rule of a schedule where nothing else is told."""


class Chip(StrEnum):
    """The parts of the register that a person looks at."""

    ALL = "all"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many schedules each chip shows."""

    all: int
    soon: int
    late: int
    paused: int


_NEXT = (
    select(func.min(PmOccurrence.due_on))
    .where(
        PmOccurrence.pm_schedule_id == PmSchedule.id,
        PmOccurrence.status.in_([OccurrenceStatus.DUE, OccurrenceStatus.GENERATED]),
    )
    .scalar_subquery()
)
SORTS = {"name": PmSchedule.name, "number": PmSchedule.number, "next": _NEXT}


def find(
    store: Store, *, text: str = "", chip: Chip = Chip.ALL, sort: str = "next"
) -> Sequence[int]:
    """Return the ids of the schedules that run, those due first at the top.

    What waits for a meter alone comes last. A schedule is late where a date of it is past.
    """
    today = _today(store)
    query = select(PmSchedule.id).where(PmSchedule.archived_on.is_(None))
    for word in text.split():
        query = query.where(
            PmSchedule.name.icontains(word, autoescape=True)
            | PmSchedule.number.icontains(word, autoescape=True)
        )
    query = query.where(*_only(chip, today))
    with store.read() as session:
        order = SORTS[sort]
        return session.scalars(query.order_by(order.is_(None), order, PmSchedule.id)).all()


def _only(chip: Chip, today: date) -> tuple[Any, ...]:
    if chip is Chip.SOON:
        return (today + timedelta(SOON_DAYS) >= _NEXT, PmSchedule.paused_on.is_(None))
    if chip is Chip.LATE:
        return (today > _NEXT, PmSchedule.paused_on.is_(None))
    return (PmSchedule.paused_on.is_not(None),) if chip is Chip.PAUSED else ()


def counts(store: Store) -> Counts:
    """Return how many schedules each chip shows."""
    found = {chip.value: len(find(store, chip=chip)) for chip in Chip}
    return Counts(**found)


def _today(store: Store) -> date:
    with store.read() as session:
        return shops.current(session).day(store.now())


def add(
    store: Store,
    *,
    name: str,
    site_id: int,
    asset_ids: Sequence[int],
    covers: Collection[int] = (),
    draft: tuple[str, str] | None = None,
    **fields: Any,
) -> int:
    """Begin a schedule over assets of one site; ``covers`` are smaller schedules it includes.

    The rule's fields are those of ``RULE``; ``blackouts`` are pairs of ISO dates, ``season`` the
    open months, ``flat_price`` is in the shop's currency. ``draft`` is the draft that it was.

    Raises:
        RuleBroken: it has no name or no asset, an asset stands elsewhere, or the rule is none.
    """
    at = store.now()
    with store.change("Add {number}") as session:
        told = {"name": name, **fields}
        schedule = make(session, at, site_id=site_id, asset_ids=asset_ids, covers=covers, **told)
        if draft is not None:
            drafts.drop(session, *draft)
        about(session, "pm_schedule", schedule.id, number=schedule.number)
        return schedule.id


def make(
    session: Session,
    at: datetime,
    *,
    site_id: int,
    asset_ids: Sequence[int],
    covers: Collection[int] = (),
    **fields: Any,
) -> PmSchedule:
    """Begin a schedule within a change, as ``add`` does.

    Raises:
        RuleBroken: it has no name or no asset, an asset stands elsewhere, or the rule is none.
    """
    schedule = PmSchedule(name="", site_id=site_id, number="")
    with session.no_autoflush:
        _fill(session, schedule, **{**_NEW, **fields})
    schedule.number = next_number(session, "pm_schedule")
    session.add(schedule)
    session.flush()
    _set_assets(session, schedule, asset_ids)
    _set_covers(session, schedule, covers)
    course = pm_occurrences.course(session, at, schedule)
    events.note(session, at, "pm_schedule", schedule.id, "added")
    if not schedule.is_by_limits:
        for asset_id in asset_ids:
            pm_occurrences.begin(course, asset_id)
    return schedule


def edit(
    store: Store,
    pm_schedule_id: int,
    *,
    asset_ids: Sequence[int] | None = None,
    covers: Collection[int] | None = None,
    **fields: Any,
) -> None:
    """Change a schedule; where its rule changes its next dates move, each with an event.

    Raises:
        RuleBroken: as for a new one.
        TypeError: a field may not be edited.
    """
    at = store.now()
    with store.change("Edit {number}") as session:
        schedule = session.get_one(PmSchedule, pm_schedule_id)
        was = {name: getattr(schedule, name) for name in RULE}
        with session.no_autoflush:
            _fill(session, schedule, **fields)
        for name in fields:
            if name not in was or was[name] != getattr(schedule, name):
                events.note(session, at, "pm_schedule", schedule.id, "edited", field=name)
        course = pm_occurrences.course(session, at, schedule)
        if asset_ids is not None:
            _set_assets(session, schedule, asset_ids)
            pm_plans.follow_assets(course, asset_ids)
        if covers is not None:
            _set_covers(session, schedule, covers)
        if any(was[name] != getattr(schedule, name) for name in RULE):
            pm_plans.replan(course)
        about(session, "pm_schedule", pm_schedule_id, number=schedule.number)


def copy(store: Store, pm_schedule_id: int) -> int:
    """Begin another schedule like one, over the same assets; it is paused until it is wanted."""
    at = store.now()
    with store.change("Copy {number}") as session:
        schedule = session.get_one(PmSchedule, pm_schedule_id)
        same = {name: getattr(schedule, name) for name in (*EDITABLE, "site_id")}
        twin = PmSchedule(**same, number=next_number(session, "pm_schedule"))
        twin.paused_on, twin.pause_reason = shops.current(session).day(at), ""
        session.add(twin)
        session.flush()
        owned = assets_of(session, pm_schedule_id)
        _set_assets(session, twin, owned)
        events.note(session, at, "pm_schedule", twin.id, "added")
        course = pm_occurrences.course(session, at, twin)
        if not twin.is_by_limits:
            for asset_id in owned:
                pm_occurrences.begin(course, asset_id)
        about(session, "pm_schedule", twin.id, number=twin.number)
        return twin.id


def pause(store: Store, pm_schedule_id: int, *, reason: str = "") -> None:
    """Let a schedule rest: nothing comes due until it goes on."""
    at = store.now()
    with store.change("Pause {number}") as session:
        schedule = session.get_one(PmSchedule, pm_schedule_id)
        schedule.paused_on, schedule.pause_reason = shops.current(session).day(at), reason.strip()
        events.note(session, at, "pm_schedule", schedule.id, "paused", reason=reason.strip())
        about(session, "pm_schedule", pm_schedule_id, number=schedule.number)


def resume(store: Store, pm_schedule_id: int) -> None:
    """Let a schedule go on; fixed dates that passed while it rested are skipped, and said so.

    Raises:
        RuleBroken: it is not paused.
    """
    at = store.now()
    with store.change("Go on with {number}") as session:
        schedule = session.get_one(PmSchedule, pm_schedule_id)
        if schedule.paused_on is None:
            raise RuleBroken("{number} is not paused.", number=schedule.number)
        since, schedule.paused_on, schedule.pause_reason = schedule.paused_on, None, ""
        events.note(session, at, "pm_schedule", schedule.id, "resumed")
        pm_plans.skip_paused(pm_occurrences.course(session, at, schedule), since)
        about(session, "pm_schedule", pm_schedule_id, number=schedule.number)


def end(store: Store, pm_schedule_id: int) -> None:
    """End a schedule; what was done by it stays, and open work orders stay open."""
    at = store.now()
    with store.change("End {number}") as session:
        schedule = session.get_one(PmSchedule, pm_schedule_id)
        schedule.archived_on = shops.current(session).day(at)
        events.note(session, at, "pm_schedule", schedule.id, "ended")
        about(session, "pm_schedule", pm_schedule_id, number=schedule.number)


def assets_of(session: Session, pm_schedule_id: int) -> list[int]:
    """Return the assets of a schedule, in their order."""
    query = select(PmScheduleAsset.asset_id).where(PmScheduleAsset.pm_schedule_id == pm_schedule_id)
    return list(session.scalars(query.order_by(PmScheduleAsset.sequence)))


def _fill(session: Session, schedule: PmSchedule, **fields: Any) -> None:
    for field, value in fields.items():
        if field not in EDITABLE:
            raise TypeError(f"{field} cannot be edited")
        setattr(schedule, field, _kept(session, field, value))
    edits.need(schedule.name, "What is done? Give it a name.", "name")
    _check_meter(session, schedule)
    shop = shops.current(session)
    pm_plans.see(pm_occurrences.rule_of(schedule, shop))


def _kept(session: Session, field: str, value: Any) -> Any:
    if field == "flat_price" and isinstance(value, Decimal):
        return to_minor(value, shops.current(session).currency)
    if field in {"lead_days", "early_days", "grace_days"}:
        edits.see_days(value, field)
    if field in {"season", "weekdays", "blackouts"}:
        return sorted(value)
    return value.strip() if field == "name" else value


def _check_meter(session: Session, schedule: PmSchedule) -> None:
    if schedule.meter_id is None:
        if schedule.is_by_limits or schedule.meter_every is not None:
            raise RuleBroken("Which meter? Choose one of the asset's.", "meter_id")
        return
    meter = session.get_one(Meter, schedule.meter_id)
    if schedule.is_by_limits:
        if schedule.every is not None or schedule.meter_every is not None:
            raise RuleBroken("By its limits, or by dates and counts: choose one.", "is_by_limits")
        if meter.low is None and meter.high is None:
            raise RuleBroken("This meter has no limits. Give it some first.", "meter_id")
    if schedule.meter_every is not None and meter.kind is not MeterKind.CUMULATIVE:
        raise RuleBroken("Choose a meter that counts up, as run hours do.", "meter_id")


def _set_assets(session: Session, schedule: PmSchedule, asset_ids: Sequence[int]) -> None:
    if not asset_ids:
        raise RuleBroken("On which asset? Choose at least one.", "assets")
    sites = session.scalars(select(Asset.site_id).where(Asset.id.in_(asset_ids)))
    if set(sites) != {schedule.site_id}:
        raise RuleBroken("All assets of a schedule stand on one site.", "assets")
    session.execute(delete(PmScheduleAsset).where(PmScheduleAsset.pm_schedule_id == schedule.id))
    for sequence, asset_id in enumerate(dict.fromkeys(asset_ids)):
        session.add(
            PmScheduleAsset(pm_schedule_id=schedule.id, asset_id=asset_id, sequence=sequence)
        )


def _set_covers(session: Session, schedule: PmSchedule, covers: Collection[int]) -> None:
    if schedule.id in covers:
        raise RuleBroken("A schedule cannot include itself.", "covers")
    back = select(PmCover.id).where(
        PmCover.smaller_id == schedule.id, PmCover.larger_id.in_(list(covers))
    )
    if session.scalars(back).first() is not None:
        raise RuleBroken("That schedule includes this one already.", "covers")
    session.execute(delete(PmCover).where(PmCover.larger_id == schedule.id))
    for smaller_id in sorted(covers):
        session.add(PmCover(larger_id=schedule.id, smaller_id=smaller_id))
