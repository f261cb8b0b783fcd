"""triage: make the work order of a request."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import timedelta

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.services import lookups, triage, work_orders
from smallcmms.store.store import Store
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("request")
    parser.add_argument("--technician", action="append", default=[])
    parser.add_argument("--from", dest="begins", help=_("as 2026-07-13T08:00"))
    parser.add_argument("--to", dest="ends", help=_("as 2026-07-13T10:00"))
    parser.add_argument("--minutes", type=fields.whole, help=_("how long it is planned to take"))
    parser.add_argument("--template")
    parser.add_argument("--title", default="")
    parser.add_argument("--note", default="", help=_("a note for the truck"))
    parser.add_argument("--offers", action="store_true", help=_("say who can go, and why"))
    parser.add_argument("--override", default="", help=_("why somebody without a certificate goes"))
    parser.add_argument("--reason", default="", help=_("why an L4 goes before a waiting L1"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Make the work order, on the board where a technician and a time are given."""
    with desk.opened() as store:
        if options.offers:
            _offer(desk, store, options)
            return
        begins = desk.at(store, options.begins) if options.begins else None
        ends = desk.at(store, options.ends) if options.ends else None
        if begins and not ends:
            ends = begins + timedelta(minutes=options.minutes or triage.USUAL_MINUTES)
        order_id = triage.make_work_order(
            store,
            lookups.of(store, "request", options.request),
            technician_ids=[lookups.technician(store, name) for name in options.technician],
            planned_from=begins,
            planned_to=ends,
            template_id=lookups.template(store, options.template) if options.template else None,
            planned_minutes=options.minutes,
            title=options.title,
            truck_note=options.note,
            override_reason=options.override,
            waiting_reason=options.reason,
        )
        desk.say(work_orders.get(store, order_id).number)


def _offer(desk: Desk, store: Store, options: Namespace) -> None:
    request_id = lookups.of(store, "request", options.request)
    plan = triage.propose(store, request_id)
    if options.minutes:
        template_id, minutes = plan.template_id, options.minutes
        plan = triage.plan(store, request_id, template_id=template_id, minutes=minutes)
    formats = desk.formats(store)
    for each in plan.offers:
        lacks = ", ".join(lack.kind for lack in each.lacks)
        told = (
            each.technician,
            formats.local(each.starts_at).isoformat(timespec="minutes"),
            "in time" if each.is_in_time else "too late",
            f"{each.free_minutes} of {each.minutes} min free" if each.is_short else "-",
            f"{each.load_minutes} of {each.capacity_minutes} min",
            each.near.value or "-",
            f"lacks {lacks}" if lacks else "-",
        )
        desk.say("\t".join(told))
    for rest in plan.not_free:
        away = rest.away_until.isoformat() if rest.away_until else "-"
        desk.say(f"{rest.technician}\tno gap\t{away}")
