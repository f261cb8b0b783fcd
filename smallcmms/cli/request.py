"""request add: log a call."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.requests import Channel
from smallcmms.services import assets, call_backs, callers, choices, lookups, requests
from smallcmms.services.calls import Particulars
from smallcmms.store.store import Store
from smallcmms.texts import _

VERBS = ("add", "decline", "cancel", "wait", "take-up", "merge", "call-back")


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("number", nargs="?", help=_("the request, for all but add"))
    parser.add_argument("--words", default="", help=_("what is wrong, in the caller's words"))
    parser.add_argument("--caller", default="", help=_("who calls: a known person or any name"))
    parser.add_argument("--phone", default="")
    parser.add_argument("--customer")
    parser.add_argument("--site")
    parser.add_argument("--asset")
    parser.add_argument("--fact", action="append", default=[], help=_("a ticked fact, by its code"))
    parser.add_argument("--channel", default="phone", type=fields.kind(Channel))
    parser.add_argument("--level", type=int, choices=(1, 2, 3, 4))
    parser.add_argument("--reason", default="", help=_("why this level, or why declined"))
    parser.add_argument("--received", help=_("when the call came, as 2026-07-13T07:10"))
    parser.add_argument("--seconds", type=fields.whole, help=_("how long the intake took"))
    parser.add_argument("--into", help=_("the work order or request to merge into"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Log the call and answer its number, or settle a request."""
    with desk.opened() as store:
        if options.verb == "add":
            desk.say(_add(desk, store, options))
        else:
            _settle(store, options)


def _settle(store: Store, options: Namespace) -> None:
    if options.number is None:
        raise RuleBroken("Say which request.")
    request_id = lookups.of(store, "request", options.number)
    if options.verb == "decline":
        requests.decline(store, request_id, reason=options.reason)
    elif options.verb == "cancel":
        requests.cancel(store, request_id, reason=options.reason)
    elif options.verb == "take-up":
        requests.take_up(store, request_id)
    elif options.verb == "call-back":
        call_backs.log(store, request_id, said=options.words)
    elif options.verb == "wait":
        requests.wait_for_answer(store, request_id, reason=options.reason)
    else:
        _merge(store, request_id, options.into or "")


def _merge(store: Store, request_id: int, into: str) -> None:
    try:
        order_id = lookups.of(store, "work_order", into)
    except RuleBroken:
        other = lookups.of(store, "request", into)
        requests.merge(store, request_id, into_request_id=other)
    else:
        requests.merge(store, request_id, work_order_id=order_id)


def _add(desk: Desk, store: Store, options: Namespace) -> str:
    known = {fact.code for fact in choices.facts(store)}
    for code in options.fact:
        if code not in known:
            raise RuleBroken(
                "There is no fact {code}. Known: {known}.",
                code=code,
                known=", ".join(sorted(known)),
            )
    place = _place(store, options)
    request_id = requests.log(
        store,
        words=options.words,
        channel=options.channel,
        facts=options.fact,
        level=Level(options.level) if options.level else None,
        override_reason=options.reason,
        received_at=desk.at(store, options.received) if options.received else None,
        **place,
    )
    return requests.get(store, request_id).row.number


def _place(store: Store, options: Namespace) -> Particulars:
    """Return who calls and what about: a known caller brings the customer, an asset its place."""
    known = callers.callers(store, options.caller, limit=1) if options.caller else []
    person = known[0] if known and not options.customer else None
    customer = lookups.customer(store, options.customer) if options.customer else None
    place: Particulars = {
        "caller": person.name if person else options.caller,
        "phone": options.phone,
        "intake_seconds": options.seconds,
        "contact_id": person.contact_id if person else None,
        "customer_id": person.customer_id if person else customer,
        "site_id": lookups.site(store, options.site) if options.site else None,
    }
    if options.asset:
        asset = assets.get(store, lookups.asset(store, options.asset)).row
        place["asset_id"], place["site_id"] = asset.id, asset.site_id
        place["location_id"] = asset.location_id
        place["customer_id"] = place["customer_id"] or asset.customer_id
    return place
