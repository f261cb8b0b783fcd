"""missed: the calls that nobody answered, to be rung back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.missed_calls import Outcome
from smallcmms.exchange import phone_calls
from smallcmms.services import missed_calls
from smallcmms.store.files import read_outside
from smallcmms.store.store import Store
from smallcmms.texts import _

_MOST_BYTES = 20_000_000


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("verb", choices=("add", "import", "list", "return"))
    parser.add_argument("what", nargs="?", help=_("the phone number, or the provider's list"))
    parser.add_argument("--at", help=_("when it rang, as 2026-07-13T07:10"))
    parser.add_argument("--name", default="", help=_("what the telephone calls the number"))
    parser.add_argument("--note", default="", help=_("what was said, or what the voicemail says"))
    parser.add_argument("--outcome", default="spoke", type=fields.kind(Outcome))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Write a missed call down, bring in a list, list who waits, or say what came of it."""
    with desk.opened() as store:
        if options.verb == "list":
            _list(desk, store)
        elif options.what is None:
            raise RuleBroken("Say which number, or which file.")
        elif options.verb == "add":
            at = desk.at(store, options.at) if options.at else None
            missed_calls.log(
                store, phone=options.what, called_at=at, name=options.name, note=options.note
            )
        elif options.verb == "import":
            _bring_in(desk, store, Path(options.what))
        else:
            chosen = _of(store, options.what)
            missed_calls.returned(store, chosen, outcome=options.outcome, note=options.note)


def _list(desk: Desk, store: Store) -> None:
    formats = desk.formats(store)
    for each in missed_calls.waiting(store):
        at = formats.local(each.last_at).isoformat(timespec="minutes")
        desk.say(f"{each.phone}\t{each.caller}\t{at}\t{each.rings}\t{each.tries}\t{each.note}")


def _bring_in(desk: Desk, store: Store, path: Path) -> None:
    formats, data = desk.formats(store), read_outside(path, most=_MOST_BYTES)
    today = formats.today(store.now())
    read = phone_calls.read(data, path.name, formats=formats, today=today)
    came = missed_calls.bring_in(store, read.rings)
    desk.say(_("{n} new, {same} here already", n=came.new, same=came.same))
    for number, error in read.refused:
        told = _(error.message, **error.values)
        desk.say(_("Row {number}: {told}", number=number, told=told))


def _of(store: Store, phone: str) -> int:
    digits = missed_calls.digits_of(phone)
    for each in missed_calls.waiting(store):
        if missed_calls.digits_of(each.phone) == digits:
            return each.id
    raise NotFound("No call from {number} waits.", number=phone)
