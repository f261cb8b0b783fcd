"""What the list and the page of PM schedules show: the rule, the next dates and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.money import from_minor
from smallcmms.domain.pm import Landing, Missed
from smallcmms.domain.pm_facts import NextDate, RuleFacts
from smallcmms.domain.work_orders import BillingRule, WorkType
from smallcmms.models import (
    Asset,
    Customer,
    JobTemplate,
    Meter,
    PmCover,
    PmSchedule,
    PmScheduleAsset,
    Site,
)
from smallcmms.services.pm_dates import coming, due_day, first_open, next_dates, order_of
from smallcmms.services.steps import pm_occurrences, shops
from smallcmms.services.steps.meter_counts import Count, counted
from smallcmms.services.steps.pm_occurrences import Course
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class PmRow:
    """What the list shows of a schedule; ``make_on`` is when its next work order is made.

    ``order`` is the number of the work order that is open for the next date, and ``visit_on`` the
    day on which somebody goes.
    """

    id: int
    number: str
    name: str
    customer: str
    rule: RuleFacts
    next_on: date | None
    make_on: date | None
    days_late: int
    order: str
    order_id: int | None
    visit_on: date | None
    is_paused: bool


@dataclass(frozen=True, slots=True)
class MeterFacts:
    """The meter of a schedule: what it has counted, and when it gets to the next service."""

    id: int
    name: str
    unit: str
    count: Count
    due_shown: Decimal | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PmPage:
    """A schedule in full; the price is in the shop's currency."""

    id: int
    number: str
    name: str
    site_id: int
    site: str
    customer: str
    type: WorkType
    level: int
    rule: RuleFacts
    landing: Landing
    blackouts: tuple[tuple[date, date], ...]
    lead_days: int
    early_days: int | None
    grace_days: int | None
    missed: Missed
    job_template_id: int | None
    job_template: str
    technician_id: int | None
    planned_minutes: int | None
    billing_rule: BillingRule
    flat_price: Decimal | None
    instructions: str
    ends_on: date | None
    is_paused: bool
    pause_reason: str
    assets: tuple[tuple[int, str], ...]
    covers: tuple[tuple[int, str], ...]
    covered_by: tuple[tuple[int, str], ...]
    meter: MeterFacts | None
    dates: tuple[NextDate, ...]


def rows(store: Store, ids: Sequence[int]) -> dict[int, PmRow]:
    """Return what the list shows of these schedules."""
    query = (
        select(PmSchedule, Customer.name, Meter.name, Meter.unit)
        .join(Site, Site.id == PmSchedule.site_id)
        .join(Customer, Customer.id == Site.customer_id)
        .outerjoin(Meter, Meter.id == PmSchedule.meter_id)
        .where(PmSchedule.id.in_(list(ids)))
    )
    with store.read() as session:
        today = shops.current(session).day(store.now())
        return {
            schedule.id: _row(session, today, schedule, customer, _facts(schedule, meter, unit))
            for schedule, customer, meter, unit in session.execute(query)
        }


def _row(
    session: Session, today: date, schedule: PmSchedule, customer: str, rule: RuleFacts
) -> PmRow:
    following = first_open(session, schedule.id)
    on = None if following is None else due_day(session, schedule, following, today)
    order = order_of(session, following)
    is_made = order is not None
    visit = coming(session, order)
    return PmRow(
        id=schedule.id,
        number=schedule.number,
        name=schedule.name,
        customer=customer,
        rule=rule,
        next_on=on,
        make_on=None if is_made or on is None else on - timedelta(schedule.lead_days),
        days_late=max((today - on).days, 0) if on is not None else 0,
        order=order.number if order else "",
        order_id=order.id if order else None,
        visit_on=None if visit is None else visit.on,
        is_paused=schedule.paused_on is not None,
    )


def _facts(schedule: PmSchedule, meter: str | None, unit: str | None) -> RuleFacts:
    return RuleFacts(
        timing=schedule.timing,
        every=schedule.every,
        unit=schedule.unit,
        weekdays=tuple(schedule.weekdays),
        month_day=schedule.month_day,
        nth=schedule.nth,
        weekday=schedule.weekday,
        anchor_on=schedule.anchor_on,
        meter_every=schedule.meter_every,
        meter=meter or "",
        meter_unit=unit or "",
        is_by_limits=schedule.is_by_limits,
        season=tuple(schedule.season),
    )


def get(store: Store, pm_schedule_id: int) -> PmPage:
    """Return a schedule in full, with its next seven dates."""
    with store.read() as session:
        schedule = session.get_one(PmSchedule, pm_schedule_id)
        course = pm_occurrences.course(session, store.now(), schedule)
        site = session.get_one(Site, schedule.site_id)
        customer = session.get_one(Customer, site.customer_id)
        template = session.get(JobTemplate, schedule.job_template_id or 0)
        meter = _meter(course)
        price = schedule.flat_price
        return PmPage(
            id=schedule.id,
            number=schedule.number,
            name=schedule.name,
            site_id=site.id,
            site=site.name or site.address,
            customer=customer.name,
            type=schedule.type,
            level=schedule.level,
            rule=_facts(schedule, meter.name if meter else "", meter.unit if meter else ""),
            landing=schedule.landing,
            blackouts=course.rule.days_off.blackouts,
            lead_days=schedule.lead_days,
            early_days=schedule.early_days,
            grace_days=schedule.grace_days,
            missed=schedule.missed,
            job_template_id=schedule.job_template_id,
            job_template=template.name if template else "",
            technician_id=schedule.technician_id,
            planned_minutes=schedule.planned_minutes,
            billing_rule=schedule.billing_rule,
            flat_price=None
            if price is None
            else from_minor(price, shops.current(session).currency),
            instructions=schedule.instructions,
            ends_on=schedule.ends_on,
            is_paused=schedule.paused_on is not None,
            pause_reason=schedule.pause_reason,
            assets=_assets(session, schedule.id),
            covers=_others(session, PmCover.smaller_id, PmCover.larger_id == schedule.id),
            covered_by=_others(session, PmCover.larger_id, PmCover.smaller_id == schedule.id),
            meter=meter,
            dates=next_dates(course),
        )


def _assets(session: Session, pm_schedule_id: int) -> tuple[tuple[int, str], ...]:
    query = (
        select(Asset.id, Asset.short_code, Asset.name)
        .join(PmScheduleAsset, PmScheduleAsset.asset_id == Asset.id)
        .where(PmScheduleAsset.pm_schedule_id == pm_schedule_id)
        .order_by(PmScheduleAsset.sequence)
    )
    return tuple((key, code or name) for key, code, name in session.execute(query))


def _others(session: Session, of: Any, where: Any) -> tuple[tuple[int, str], ...]:
    query = select(PmSchedule.id, PmSchedule.name).join(PmCover, of == PmSchedule.id)
    return tuple((key, name) for key, name in session.execute(query.where(where)))


def _meter(course: Course) -> MeterFacts | None:
    session, schedule = course.session, course.schedule
    if schedule.meter_id is None:
        return None
    meter = session.get_one(Meter, schedule.meter_id)
    count = counted(session, meter.id, course.today)
    pending = first_open(session, schedule.id)
    due_count = None if pending is None else pending.due_count
    left = None if due_count is None else due_count - count.total
    return MeterFacts(
        id=meter.id,
        name=meter.name,
        unit=meter.unit,
        count=count,
        due_shown=None if left is None or count.shown is None else count.shown + left,
        due_on=None if due_count is None else count.due_day(due_count, course.today),
    )
