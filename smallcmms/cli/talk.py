"""talk: write down what was said with a customer, or list it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.contact_log import Way
from smallcmms.domain.errors import NotFound
from smallcmms.services import contact_log, contacts, lookups
from smallcmms.store.store import Store
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("customer")
    parser.add_argument("said", nargs="?", help=_("what was said; without it, list what was"))
    parser.add_argument("--how", default=Way.THEY_CALLED, type=fields.kind(Way))
    parser.add_argument("--with", dest="person", help=_("a person of that customer"))
    parser.add_argument("--at", help=_("when it was, as 2026-07-13T07:10"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Write it down, or answer one line for each talk, the latest first."""
    with desk.opened() as store:
        customer_id = lookups.customer(store, options.customer)
        if options.said is None:
            formats = desk.formats(store)
            for row in contact_log.rows(store, customer_id):
                when = formats.local(row.happened_at).isoformat(timespec="minutes")
                desk.say(f"{when}\t{row.how}\t{row.who}\t{' '.join(row.said.split())}")
            return
        contact_log.log(
            store,
            customer_id,
            how=options.how,
            said=options.said,
            contact_id=_person(store, customer_id, options.person) if options.person else None,
            happened_at=desk.at(store, options.at) if options.at else None,
        )


def _person(store: Store, customer_id: int, name: str) -> int:
    wanted = name.casefold()
    for person in contacts.contacts(store, customer_id):
        if person.name.casefold().startswith(wanted):
            return person.id
    raise NotFound("There is no {text} here.", text=name)
