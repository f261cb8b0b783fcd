"""The rule of a PM schedule as one plain sentence, and why a date is the day it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from smallcmms.domain.pm import MONTHS, Moved, Timing
from smallcmms.domain.pm_facts import RuleFacts
from smallcmms.domain.recurrence import LAST, MonthDay, Unit
from smallcmms.formats import Formats
from smallcmms.texts import _, _n, later

_MONDAY = date(2024, 1, 1)
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
    meter = "" if rule.meter_every is None else _amount(rule, formats)
    if rule.every is None:
        return _("Every {amount}", amount=meter)
    span = _span(rule)
    if meter:
        return _("{span} or {meter}", span=span, meter=meter)
    is_yearly = rule.unit is Unit.YEARS and rule.every == 1
    if is_yearly and rule.timing is Timing.FIXED and rule.anchor_on is not None:
        return _("Every {day}", day=formats.day(rule.anchor_on))
    return _every(rule)


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


def _amount(rule: RuleFacts, formats: Formats) -> str:
    if rule.meter_every is None:
        return ""
    return f"{formats.quantity(rule.meter_every)} {rule.meter_unit}".strip()


def _by_meter(rule: RuleFacts, formats: Formats) -> str:
    if rule.meter_every is None:
        return ""
    return _("every {amount} of {meter}", amount=_amount(rule, formats), meter=rule.meter)


def months(season: tuple[int, ...], formats: Formats) -> str:
    """Return the open months of a season, those in a row as a span: Apr to Oct."""
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
    names = [formats.month(_MONDAY.replace(month=month)) for month in (first, last)]
    if first == last:
        return names[0]
    return _("{first} to {last}", first=names[0], last=names[1])


def because(why: Mapping[str, Any], moved: Moved, nominal_on: date | None, formats: Formats) -> str:
    """Return why a date is the day it is, in words for a person."""
    if moved is Moved.SEASON_OPENS:
        return _("the season opens")
    if moved is Moved.OUT_OF_SEASON:
        return _("out of season, skipped")
    if moved is Moved.DAY_OFF and nominal_on is not None:
        return _("{day} is a day off, skipped", day=formats.weekday(nominal_on))
    if moved in {Moved.BEFORE, Moved.AFTER} and nominal_on is not None:
        return _("{day} is a day off", day=formats.weekday(nominal_on))
    return _reckoned(why, formats)


def _reckoned(why: Mapping[str, Any], formats: Formats) -> str:
    kind = why.get("why", "")
    if kind == "after_done":
        on = formats.day_year(date.fromisoformat(why["done_on"]))
        number = why.get("number", "")
        if number:
            return _("after it was last done, on {day} by {number}", day=on, number=number)
        return _("reckoned from {day}", day=on)
    if kind == "limit":
        read = formats.quantity(Decimal(why["value"]))
        on = formats.day(date.fromisoformat(why["on"]))
        return _("{value} {unit} was read on {day}", value=read, unit=why["unit"], day=on)
    if kind == "after_due" and why.get("on") is not None:
        return _("if it is done on {day}", day=formats.day(why["on"]))
    return _(_REASONS.get(kind, "")) if kind in _REASONS else ""


_REASONS = MappingProxyType(
    {
        "first": later("the first one"),
        "fixed": later("by the calendar"),
        "rule_changed": later("the rule was changed"),
        "uncovered": later("what included it was cancelled"),
    }
)
