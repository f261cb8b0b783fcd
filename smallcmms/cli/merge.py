"""merge: make two records of a customer one, or say who may be twice in the register."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import customer_duplicates, customers, lookups
from smallcmms.store.store import Store
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("customer", nargs="?", help=_("the record that is merged"))
    parser.add_argument("into", nargs="?", help=_("the one that is left"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Merge, or without a customer list the pairs that may be one, with the reasons."""
    with desk.opened() as store:
        if options.customer is None:
            _list(desk, store)
        elif options.into is None:
            raise RuleBroken("Say into which customer.")
        else:
            gone = lookups.customer(store, options.customer)
            customers.merge(store, gone, into=lookups.customer(store, options.into))


def _list(desk: Desk, store: Store) -> None:
    twice = customer_duplicates.every(store)
    rows = customers.rows(store, [each for pair in twice for each in (pair.one, pair.other)])
    for pair in twice:
        one, other = rows[pair.one], rows[pair.other]
        names = (one.number, one.name, other.number, other.name)
        desk.say("\t".join((*names, ", ".join(pair.reasons))))
