"""How a PM schedule stands, and what its meter says, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smallcmms import pm_words
from smallcmms.domain.pm_facts import RuleFacts
from smallcmms.domain.recurrence import WEEK
from smallcmms.formats import Formats
from smallcmms.services.pm_pages import PmRow
from smallcmms.texts import _, _n


def meter_note(
    rule: RuleFacts, per_week: Decimal, by_meter: date, by_calendar: date | None, formats: Formats
) -> str:
    """Return when a meter gets to its next service, and whether the calendar is there before."""
    told = _(
        "At {rate} {unit} a week the meter reaches {amount} around {day}",
        rate=formats.number(per_week, 0),
        unit=rule.meter_unit,
        amount=pm_words.amount(rule, formats),
        day=formats.day(by_meter),
    )
    if by_calendar is None:
        return f"{told}."
    if by_calendar <= by_meter:
        return _("{told}, so the calendar comes first.", told=told)
    return _("{told}, so the meter comes first.", told=told)


def state(row: PmRow, today: date, formats: Formats) -> tuple[str, str]:
    """Return how a schedule stands, as short as a list wants it, and the tone of that."""
    if row.is_paused:
        return _("Paused"), "amber"
    if row.days_late:
        return _n("{n} day late", "{n} days late", row.days_late), "red"
    if row.order and row.visit_on is not None:
        day = _near(row.visit_on, today, formats)
        tone = "violet" if row.visit_on <= today else "accent"
        return _("{number} {day}", number=row.order, day=day), tone
    if row.order:
        return _("{number} made", number=row.order), "green"
    if row.make_on is not None:
        return _("WO on {day}", day=formats.day(row.make_on)), "text2"
    return _("Waits for readings"), "text3"


def _near(day: date, today: date, formats: Formats) -> str:
    """Return a day of these days by its name: today, Wed; a later one by its date."""
    if day == today:
        return _("today")
    return formats.day_name(day) if 0 < (day - today).days < WEEK else formats.day(day)
