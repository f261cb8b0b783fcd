"""The PM schedules of a sample shop: when they were begun, turned on and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from smallcmms.domain.numbers import Kind, tail
from smallcmms.domain.pm import Landing, Timing
from smallcmms.domain.recurrence import LAST, WEEK, MonthDay, Unit
from smallcmms.domain.work_orders import BillingRule
from smallcmms.services import meters, pm, pm_schedules, shop
from smallcmms.services.samples.registers import Registers
from smallcmms.store.store import Store

Told = Mapping[str, Any]
_SAME = ("name", "every", "season", "lead_days", "planned_minutes")
_MOST = 4
_RESTS = "Until the plan is signed"


def steps(
    store: Store, told: Told, ids: Registers, schedules: dict[str, int], later: timedelta
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Yield when each schedule was begun and turned on, and when all of them were checked.

    ``schedules`` learns the ids of the schedules by their numbers.
    """
    for schedule in told.get("schedules", ()):
        yield told["schedules_begun"], partial(_begin, store, schedule, ids, schedules, later)
        if "turned_on" in schedule:
            yield schedule["turned_on"], partial(_turn_on, store, schedule["number"], schedules)
    for moment in told.get("checked", ()):
        yield moment, partial(pm.generate, store, is_sure=True)


def _begin(
    store: Store, told: Told, ids: Registers, schedules: dict[str, int], later: timedelta
) -> None:
    number, assets = told["number"], [ids.assets[each] for each in told["assets"]]
    shop.go_on_with(store, Kind.PM_SCHEDULE, tail(number))
    anchor_on = told["anchor_on"] + later
    fields: dict[str, Any] = {name: told[name] for name in _SAME if name in told}
    fields |= {"nth": _nth(anchor_on), "weekday": anchor_on.weekday()}
    if "meter_every" in told:
        fields["meter_every"] = Decimal(told["meter_every"])
        fields["meter_id"] = _meter(store, assets[0], told["meter"])
    schedules[number] = pm_schedules.add(
        store,
        site_id=ids.sites[told.get("site", told["customer"])],
        asset_ids=assets,
        unit=Unit(told["unit"]),
        timing=Timing(told.get("timing", Timing.FIXED)),
        anchor_on=anchor_on,
        month_day=MonthDay(told.get("month_day", MonthDay.SAME)),
        landing=Landing(told.get("landing", Landing.KEEP)),
        job_template_id=ids.templates.get(told.get("template", "")),
        technician_id=ids.technicians.get(told.get("technician", "")),
        billing_rule=BillingRule(told.get("rule", BillingRule.TIME_AND_MATERIALS)),
        **fields,
    )
    if "turned_on" in told:
        pm_schedules.pause(store, schedules[number], reason=_RESTS)


def _nth(day: date) -> int:
    """Return which of its weekdays in the month a day is; a fifth one is the last."""
    nth = (day.day - 1) // WEEK + 1
    return nth if nth <= _MOST else LAST


def _turn_on(store: Store, number: str, schedules: Mapping[str, int]) -> None:
    pm_schedules.resume(store, schedules[number])


def _meter(store: Store, asset_id: int, name: str) -> int:
    found = meters.of_asset(store, asset_id)
    return next(each.id for each in found if each.name == name)
