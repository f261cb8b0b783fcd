"""The rule of a PM schedule as one plain sentence, and why a date is the day it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from smallcmms.domain.pm import MONTHS, Moved, Timing
from smallcmms.domain.pm_facts import CaughtUp, NextDate, RuleFacts
from smallcmms.domain.recurrence import LAST, MonthDay, Unit
from smallcmms.formats import Formats
from smallcmms.texts import _, _n, later

_MONDAY = date(2024, 1, 1)
_SATURDAY = 5
_MOST_NAMED = 6
"""More work orders than these are told by the first and the last."""
_RARELY = 6
"""Months: what comes so rarely is named by its months."""
_HOURS = frozenset({"h", "hr", "hrs"})
"""What counts up in hours counts run hours."""
_NTHS = MappingProxyType(
    {
        1: later("first"),
        2: later("second"),
        3: later("third"),
        4: later("fourth"),
        LAST: later("last"),
    }
)


def sentence(rule: RuleFacts, formats: Formats) -> str:
    """Return when a schedule is due, in one sentence, and its season in another."""
    said = _when(rule, formats)
    season = months(rule.season, formats)
    whole = f"{said[:1].upper()}{said[1:]}."
    return f"{whole} {season}." if season else whole


def _when(rule: RuleFacts, formats: Formats) -> str:
    meter = _by_meter(rule, formats)
    if rule.is_by_limits:
        return _("when {meter} leaves its limits", meter=rule.meter)
    if rule.every is None:
        return meter
    calendar = _by_calendar(rule, formats)
    if not meter:
        return calendar
    return _("{calendar}, or {meter}, whichever is first", calendar=calendar, meter=meter)


def how_often(rule: RuleFacts, formats: Formats) -> str:
    """Return how often a schedule is due, as short as a list wants it: 2 months or 500 h."""
    if rule.is_by_limits:
        return _("By its limits")
    meter = "" if rule.meter_every is None else amount(rule, formats)
    if rule.every is None:
        return _("Every {amount}", amount=meter)
    if meter:
        return _("{span} or {meter}", span=_span(rule), meter=meter)
    if rule.timing is Timing.FIXED and rule.anchor_on is not None:
        return _by_months(rule, rule.anchor_on, formats) or _every(rule)
    return _every(rule)


def _by_months(rule: RuleFacts, first_on: date, formats: Formats) -> str:
    """Return what comes once or twice a year by its months: Every July 10; April, October."""
    every = (rule.every or 0) * {Unit.MONTHS: 1, Unit.YEARS: MONTHS}.get(rule.unit, 0)
    if not every or every % _RARELY or every > MONTHS:
        return ""
    if every == MONTHS:
        if rule.month_day is MonthDay.SAME:
            return _("Every {day}", day=formats.day(first_on))
        return _("Every {month}", month=formats.month_name(first_on))
    others = sorted({first_on.month, (first_on.month + _RARELY - 1) % MONTHS + 1})
    return ", ".join(formats.month_name(_MONDAY.replace(month=month)) for month in others)


def _by_calendar(rule: RuleFacts, formats: Formats) -> str:
    if rule.timing is Timing.FLOATING:
        return _("{span} after the last one", span=_span(rule))
    every, on = _every(rule), _on(rule, formats)
    said = f"{every} {on}" if on else every
    if rule.anchor_on is None:
        return said
    return _("{every}, from {day}", every=said, day=formats.day_year(rule.anchor_on))


def _on(rule: RuleFacts, formats: Formats) -> str:
    """Return on which days of a week or a month."""
    if rule.unit is Unit.WEEKS and rule.weekdays:
        return _("on {days}", days=", ".join(_weekday(day, formats) for day in rule.weekdays))
    if rule.unit not in {Unit.MONTHS, Unit.YEARS} or rule.month_day is MonthDay.SAME:
        return ""
    if rule.month_day is MonthDay.LAST:
        return _("on the last day of the month")
    nth, weekday = _(_NTHS[rule.nth]), _weekday(rule.weekday, formats)
    return _("on the {nth} {weekday} of the month", nth=nth, weekday=weekday)


def _weekday(day: int, formats: Formats) -> str:
    return formats.day_name(_MONDAY.replace(day=1 + day))


def _every(rule: RuleFacts) -> str:
    n = rule.every or 1
    if rule.unit is Unit.DAYS:
        return _n("Every day", "Every {n} days", n)
    if rule.unit is Unit.WEEKS:
        return _n("Every week", "Every {n} weeks", n)
    if rule.unit is Unit.MONTHS:
        return _n("Every month", "Every {n} months", n)
    return _n("Every year", "Every {n} years", n)


def _span(rule: RuleFacts) -> str:
    n = rule.every or 1
    if rule.unit is Unit.DAYS:
        return _n("1 day", "{n} days", n)
    if rule.unit is Unit.WEEKS:
        return _n("1 week", "{n} weeks", n)
    if rule.unit is Unit.MONTHS:
        return _n("1 month", "{n} months", n)
    return _n("1 year", "{n} years", n)


def amount(rule: RuleFacts, formats: Formats) -> str:
    """Return a meter's step with its unit: 500 h."""
    if rule.meter_every is None:
        return ""
    return f"{formats.quantity(rule.meter_every)} {rule.meter_unit}".strip()


def _by_meter(rule: RuleFacts, formats: Formats) -> str:
    if rule.meter_every is None:
        return ""
    if rule.meter_unit.casefold() in _HOURS:
        return _("every {n} run hours", n=formats.quantity(rule.meter_every))
    return _("every {amount} of {meter}", amount=amount(rule, formats), meter=rule.meter)


def months(season: tuple[int, ...], formats: Formats) -> str:
    """Return the open months of a season, those in a row as a span: April to October."""
    if not season or len(season) == MONTHS:
        return ""
    return ", ".join(_stretch(first, last, formats) for first, last in _stretches(season))


def _stretches(season: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return the runs of open months; one that passes the year's end is one run."""
    runs: list[list[int]] = []
    for month in season:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    if len(runs) > 1 and runs[0][0] == 1 and runs[-1][-1] == MONTHS:
        runs[0] = runs.pop() + runs[0]
    return [(run[0], run[-1]) for run in runs]


def _stretch(first: int, last: int, formats: Formats) -> str:
    names = [formats.month_name(_MONDAY.replace(month=month)) for month in (first, last)]
    if first == last:
        return names[0]
    return _("{first} to {last}", first=names[0], last=names[1])


def because(date_of: NextDate, rule: RuleFacts, formats: Formats) -> str:
    """Return why a date is the day it is, in words for a person."""
    nominal_on = date_of.nominal_on
    if date_of.moved is Moved.SEASON_OPENS:
        return _("the season opens")
    if date_of.moved is Moved.OUT_OF_SEASON:
        return _("out of season, skipped")
    if date_of.moved is Moved.NOT or nominal_on is None:
        return _reckoned(date_of, rule, formats)
    is_weekend = nominal_on.weekday() >= _SATURDAY
    if date_of.moved is Moved.DAY_OFF:
        return _("{day} is a day off, skipped", day=formats.weekday(nominal_on))
    if is_weekend:
        weekday = formats.weekday_name(nominal_on)
        return _("{day} is a {weekday}", day=formats.day(nominal_on), weekday=weekday)
    return _("{day} is a day off", day=formats.weekday(nominal_on))


def _reckoned(date_of: NextDate, rule: RuleFacts, formats: Formats) -> str:
    why, kind = date_of.because, date_of.because.get("why", "")
    if date_of.is_by_meter:
        return _("{amount} by the meter", amount=amount(rule, formats))
    if kind == "after_done":
        return _after_done(why, rule, formats)
    if kind == "limit":
        read = formats.quantity(Decimal(why["value"]))
        on = formats.day(date.fromisoformat(why["on"]))
        return _("{value} {unit} was read on {day}", value=read, unit=why["unit"], day=on)
    if kind == "after_due" and why.get("on") is not None:
        return _("{span} after {day}", span=_span(rule), day=formats.day(why["on"]))
    return _(_REASONS[kind]) if kind in _REASONS else ""


def _after_done(why: Mapping[str, Any], rule: RuleFacts, formats: Formats) -> str:
    on, span = formats.day_year(date.fromisoformat(why["done_on"])), _span(rule)
    number = why.get("number", "")
    if rule.every is None:
        return _("since it was last done, on {day}", day=on)
    if number:
        return _("{span} after it was done, on {day} by {number}", span=span, day=on, number=number)
    return _("{span} after {day}", span=span, day=on)


_REASONS = MappingProxyType(
    {
        "first": later("the first one"),
        "fixed": later("by the calendar"),
        "rule_changed": later("the rule was changed"),
        "days_off": later("the days off were changed"),
        "uncovered": later("what included it was cancelled"),
    }
)


def caught_up(found: CaughtUp) -> str:
    """Return what a check of the schedules found, in one line for a person."""
    if not found.due:
        return _("Nothing new is due.")
    said = [_n("{n} due", "{n} due", found.due)]
    if found.orders:
        numbers = _numbers(found.orders)
        many = len(found.orders)
        one = "{n} work order made: {numbers}"
        said.append(_n(one, "{n} work orders made: {numbers}", many, numbers=numbers))
    said += [_n("{n} merged", "{n} merged", found.merged)] if found.merged else []
    if found.covered:
        said.append(_covered(found))
    listed = ", ".join(said)
    if not found.days_away:
        return listed
    return _n("Away {n} day: {listed}", "Away {n} days: {listed}", found.days_away, listed=listed)


def _covered(found: CaughtUp) -> str:
    """Return how many were covered, and by what where that is one schedule."""
    if len(found.by) == 1:
        return _("{n} covered by {name}", n=found.covered, name=found.by[0])
    return _n("{n} covered by a larger one", "{n} covered by larger ones", found.covered)


def _numbers(orders: Sequence[str]) -> str:
    """Return the numbers of a few work orders, of many the first and the last."""
    if len(orders) <= _MOST_NAMED:
        return ", ".join(orders)
    return _("{first} to {last}", first=orders[0], last=orders[-1])
