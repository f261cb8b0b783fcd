"""follow-ups: what to come back to: list it, say what came of it, put it off."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms import follow_up_words
from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.contact_log import Way
from smallcmms.services import follow_ups
from smallcmms.store.store import Store
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    steps = parser.add_subparsers(dest="step", required=True)
    listing = steps.add_parser("list", help=_("what waits, the earliest due first"))
    listing.add_argument("--all", action="store_true", help=_("also what was put off"))
    steps.add_parser("look", help=_("look for certificates and warranties that end"))
    done = steps.add_parser("done", help=_("say what came of one"))
    done.add_argument("id", type=fields.whole)
    done.add_argument("outcome")
    done.add_argument("--how", type=fields.kind(Way), help=_("how the customer was spoken with"))
    later = steps.add_parser("later", help=_("put one off"))
    later.add_argument("id", type=fields.whole)
    later.add_argument("until", type=fields.day, help=_("as 2026-07-20"))
    later.add_argument("--reason", default="")
    lead = steps.add_parser("lead", help=_("how many days before the end it is come back to"))
    lead.add_argument("days", type=fields.whole, nargs="?")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Do the step."""
    with desk.opened() as store:
        if options.step == "list":
            _list(desk, store, is_all=options.all)
        elif options.step == "look":
            desk.say(_("{n} new", n=follow_ups.notice(store)))
        elif options.step == "done":
            follow_ups.done(store, options.id, outcome=options.outcome, how=options.how)
        elif options.step == "later":
            follow_ups.later(store, options.id, until=options.until, reason=options.reason)
        elif options.days is not None:
            follow_ups.set_lead_days(store, options.days)
        else:
            desk.say(str(follow_ups.lead_days(store)))


def _list(desk: Desk, store: Store, *, is_all: bool) -> None:
    formats = desk.formats(store)
    for row in follow_ups.every(store) if is_all else follow_ups.waiting(store):
        told = follow_up_words.sentence(row, formats), follow_up_words.more(row, formats)
        desk.say("\t".join((str(row.id), row.due_on.isoformat(), *told)))
