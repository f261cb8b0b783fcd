"""triage: make the work order of a request."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import timedelta

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.services import lookups, triage, work_orders
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


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Make the work order, on the board where a technician and a time are given."""
    with desk.opened() as store:
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
        )
        desk.say(work_orders.get(store, order_id).number)
