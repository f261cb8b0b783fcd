"""request: log a call or an e-mail, and say what becomes of a request."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.attachments import MOST_BYTES
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.messages import Message, MessageFile
from smallcmms.domain.requests import Channel
from smallcmms.exchange import mail
from smallcmms.services import (
    assets,
    call_backs,
    callers,
    choices,
    lookups,
    messages,
    requests,
    sites,
)
from smallcmms.services.calls import Brings, Particulars
from smallcmms.services.steps.stubs import NewAsset
from smallcmms.store.files import read_outside
from smallcmms.store.store import Store
from smallcmms.texts import _

VERBS = ("add", "eml", "decline", "cancel", "wait", "take-up", "merge", "call-back")


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("number", nargs="?", help=_("the request, or the file of eml"))
    parser.add_argument("--words", default="", help=_("what is wrong, in the caller's words"))
    parser.add_argument("--caller", default="", help=_("who calls: a known person or any name"))
    parser.add_argument("--phone", default="")
    parser.add_argument("--customer")
    parser.add_argument("--site")
    parser.add_argument("--asset")
    parser.add_argument("--new-asset", help=_("an asset that nobody took in yet, to be audited"))
    parser.add_argument("--file", type=Path, action="append", default=[], help=_("comes with it"))
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
        elif options.verb == "eml":
            desk.say(_read_mail(store, options))
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
        brings=_brings(store, options),
        **place,
    )
    return requests.get(store, request_id).row.number


def _brings(store: Store, options: Namespace) -> Brings:
    found = [
        MessageFile(path.name, "", read_outside(path, most=MOST_BYTES)) for path in options.file
    ]
    kept = messages.keep_files(store, Message(text="", files=tuple(found)))
    name = options.new_asset
    return Brings(asset=NewAsset(name=name) if name else None, files=kept)


def _read_mail(store: Store, options: Namespace) -> str:
    """Log what an e-mail asks for, with its files."""
    if options.number is None:
        raise RuleBroken("Say which file.")
    message = mail.read(read_outside(Path(options.number), most=mail.BYTES))
    known = messages.know(store, message)
    stranger = ", ".join(filter(None, (known.caller, known.address)))
    person = None
    if known.customer_id is not None:
        person = callers.one(store, known.customer_id, contact_id=known.contact_id)
    request_id = requests.log(
        store,
        words=options.words or known.words,
        channel=known.channel,
        received_at=known.received_at,
        facts=options.fact,
        brings=Brings(files=messages.keep_files(store, message)),
        caller=person.name if person else stranger,
        phone=person.phone if person else "",
        customer_id=known.customer_id,
        contact_id=known.contact_id,
        site_id=known.site_id or _usual_site(store, known.customer_id),
        location_id=known.location_id,
        asset_id=known.asset_id,
    )
    return requests.get(store, request_id).row.number


def _usual_site(store: Store, customer_id: int | None) -> int | None:
    return None if customer_id is None else sites.usual(store, customer_id)


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
