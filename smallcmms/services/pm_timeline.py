"""What happened to a PM schedule, in words: its dates, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from smallcmms.models import Event
from smallcmms.texts import later

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "added": later("Begun"),
        "edited": later("{field} changed"),
        "paused": later("Paused. {reason}"),
        "resumed": later("Turned on again"),
        "ended": later("Ended"),
        "due": later("Due {now}"),
        "due.rule_changed": later("Due {now} instead of {was}: the rule was changed"),
        "due.days_off": later("Due {now} instead of {was}: the days off were changed"),
        "due.after_done": later("Due {now}, as it was done on {done_on} by {number}"),
        "due.after_skip": later("Due {now}, as the date before it was skipped"),
        "due.uncovered": later("Due {now} by itself: {number}, which covered it, was cancelled"),
        "due.limit": later("Due {now}: {value} {unit} was read"),
        "due.by_meter": later("Due when its meter gets there"),
        "skipped": later("{now} skipped: {reason}"),
        "skipped.out_of_season": later("A date out of season skipped"),
        "skipped.day_off": later("A date on a day off skipped"),
        "skipped.paused": later("{now} skipped: it was paused"),
        "skipped.ended": later("{now} skipped: the schedule ends before"),
        "skipped.asset_left": later("{now} skipped: the asset was taken off"),
        "generated": later("{number} made for {now}"),
        "suppressed": later("{now} is part of {by}"),
        "coalesced": later("{now} merged into a later date"),
        "done": later("{now} done on {done_on} by {number}"),
        "taken_back": later("{number} is open again"),
    }
)
"""What each event says; a dot leads to why."""


def text(event: Event) -> str:
    """Return the message id of what an event of a schedule says."""
    if event.kind == "due" and not event.now:
        return TEXTS["due.by_meter"]
    reasons = (event.values.get("moved"), event.values.get("why"))
    known = (TEXTS.get(f"{event.kind}.{why}") for why in reasons if why)
    return next(filter(None, known), TEXTS.get(event.kind, ""))


def values(event: Event) -> dict[str, Any]:
    """Return the values of an event of a schedule, its days as days."""
    days = {"now": event.now, "was": event.was or event.values.get("was", "")}
    told = {**event.values, **days}
    for name in ("now", "was", "done_on"):
        if told.get(name):
            told[name] = date.fromisoformat(told[name])
    return {"number": "", "by": "", "done_on": "", **told}
