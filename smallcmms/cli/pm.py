"""pm: PM schedules: make what is due, list the next dates, skip one, pause, end."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import date
from typing import Any

from smallcmms import pm_words
from smallcmms.cli.desk import Desk
from smallcmms.cli.fields import Read, day, kind, level, lines, number, read, text, truth, whole
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import Landing, Missed, Timing
from smallcmms.domain.recurrence import MonthDay, Unit
from smallcmms.domain.work_orders import BillingRule, WorkType
from smallcmms.services import (
    assets,
    lookups,
    pm,
    pm_pages,
    pm_schedules,
)
from smallcmms.store.store import Store
from smallcmms.texts import _


def _numbers(typed: str) -> list[int]:
    return [whole(each) for each in lines(typed)]


def _stretches(typed: str) -> list[list[str]]:
    """Read stretches of days: 2026-12-20..2027-01-02; 2027-07-01..2027-07-14."""
    found = []
    for each in lines(typed):
        first, sign, last = each.partition("..")
        if not sign:
            raise RuleBroken("{text} is no stretch. Try 2026-12-20..2027-01-02.", text=each)
        found.append([day(first).isoformat(), day(last).isoformat()])
    return found


FIELDS: Mapping[str, Read] = {
    "name": text,
    "assets": lines,
    "covers": lines,
    "type": kind(WorkType),
    "level": level,
    "timing": kind(Timing),
    "every": whole,
    "unit": kind(Unit),
    "weekdays": _numbers,
    "month_day": kind(MonthDay),
    "nth": lambda typed: int(number(typed)),
    "weekday": whole,
    "anchor_on": day,
    "meter_id": whole,
    "meter_every": number,
    "is_by_limits": truth,
    "season": _numbers,
    "landing": kind(Landing),
    "blackouts": _stretches,
    "lead_days": whole,
    "early_days": whole,
    "grace_days": whole,
    "missed": kind(Missed),
    "template": text,
    "technician": text,
    "planned_minutes": whole,
    "billing_rule": kind(BillingRule),
    "flat_price": number,
    "instructions": text,
    "ends_on": day,
}


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    steps = parser.add_subparsers(dest="step", required=True)
    generate = steps.add_parser("generate", help=_("make the work orders that are due"))
    generate.add_argument(
        "--yes", action="store_true", help=_("the date of this computer is right")
    )
    adding = steps.add_parser("add", help=_("begin a schedule"))
    adding.add_argument("fields", nargs="+", metavar="NAME=VALUE")
    editing = _numbered(steps.add_parser("edit", help=_("change a schedule")))
    editing.add_argument("fields", nargs="+", metavar="NAME=VALUE")
    _numbered(steps.add_parser("next", help=_("the next dates of a schedule, and why")))
    _numbered(steps.add_parser("now", help=_("make its next work order now")))
    for name in ("skip", "pause"):
        _numbered(steps.add_parser(name)).add_argument("--reason", default="")
    for name in ("resume", "end"):
        _numbered(steps.add_parser(name))
    done = steps.add_parser("compliance", help=_("how many PM were done on time"))
    done.add_argument("--from", dest="from_on", type=day, required=True)
    done.add_argument("--until", dest="until_on", type=day, required=True)


def _numbered(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("number", help="PM-001")
    return parser


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Do the step."""
    with desk.opened() as store:
        _STEPS[options.step](desk, store, options)


def _generate(desk: Desk, store: Store, options: Namespace) -> None:
    try:
        desk.say(pm_words.caught_up(pm.generate(store, is_sure=options.yes)))
    except RuleBroken as error:
        if error.field != "is_sure":
            raise
        formats = desk.formats(store)
        days = {
            name: formats.day_year(value)
            for name, value in error.values.items()
            if isinstance(value, date)
        }
        message = f"{error.message} Say so with --yes."
        raise RuleBroken(message, error.field, **days) from None


def _add(desk: Desk, store: Store, options: Namespace) -> None:
    told = _told(store, read(options.fields, FIELDS))
    if not told.get("asset_ids"):
        raise RuleBroken("Say assets=A-0001;A-0002.", "assets")
    site_id = assets.get(store, told["asset_ids"][0]).row.site_id
    added = pm_schedules.add(store, site_id=site_id, **{"name": "", **told})
    desk.say(pm_pages.get(store, added).number)


def _edit(desk: Desk, store: Store, options: Namespace) -> None:  # noqa: ARG001
    told = _told(store, read(options.fields, FIELDS))
    pm_schedules.edit(store, _schedule(store, options), **told)


def _told(store: Store, told: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with numbers and names turned into the records that they mean."""
    if "assets" in told:
        told["asset_ids"] = [lookups.of(store, "asset", each) for each in told.pop("assets")]
    if "covers" in told:
        told["covers"] = [lookups.of(store, "pm_schedule", each) for each in told["covers"]]
    for name, field, find in (
        ("template", "job_template_id", lookups.template),
        ("technician", "technician_id", lookups.technician),
    ):
        if name in told:
            named = told.pop(name)
            told[field] = find(store, named) if named else None
    return told


def _next(desk: Desk, store: Store, options: Namespace) -> None:
    page, formats = pm_pages.get(store, _schedule(store, options)), desk.formats(store)
    desk.say(f"{page.number}\t{page.name}\t{pm_words.sentence(page.rule, formats)}")
    for each in page.dates:
        on = each.due_on or each.nominal_on
        why = pm_words.because(each, page.rule, formats)
        shown = "" if on is None else on.isoformat()
        is_left_out = "skipped" if each.due_on is None and each.nominal_on else ""
        desk.say("\t".join((shown, each.order or is_left_out, why)))


def _skip(desk: Desk, store: Store, options: Namespace) -> None:  # noqa: ARG001
    page = pm_pages.get(store, _schedule(store, options))
    waiting = [each.occurrence_id for each in page.dates if each.occurrence_id is not None]
    if not waiting:
        raise RuleBroken("Its work order is made. Cancel that.")
    pm.skip(store, waiting[0], reason=options.reason)


def _compliance(desk: Desk, store: Store, options: Namespace) -> None:
    found = pm.compliance(store, from_on=options.from_on, until_on=options.until_on)
    desk.say(_("{on_time} of {due} on time", on_time=found.on_time, due=found.due))


def _schedule(store: Store, options: Namespace) -> int:
    return lookups.of(store, "pm_schedule", options.number)


_STEPS = {
    "generate": _generate,
    "add": _add,
    "edit": _edit,
    "next": _next,
    "now": lambda desk, store, options: desk.say(pm.make_now(store, _schedule(store, options))),
    "skip": _skip,
    "pause": lambda _desk, store, options: pm_schedules.pause(
        store, _schedule(store, options), reason=options.reason
    ),
    "resume": lambda _desk, store, options: pm_schedules.resume(store, _schedule(store, options)),
    "end": lambda _desk, store, options: pm_schedules.end(store, _schedule(store, options)),
    "compliance": _compliance,
}
