"""show: a record whole."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from smallcmms.cli.desk import Desk, fields
from smallcmms.cli.fields import is_id
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import (
    assets,
    customers,
    invoices,
    lookups,
    parts,
    purchase_orders,
    requests,
    work_orders,
)
from smallcmms.store.store import Store

PAGES: dict[str, Callable[[Store, int], Any]] = {
    "request": requests.get,
    "work_order": work_orders.get,
    "invoice": invoices.get,
    "customer": customers.get,
    "asset": assets.get,
    "purchase_order": purchase_orders.get,
    "part": parts.get,
}


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("number")
    parser.add_argument("--json", action="store_true")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Answer every field of the record's page."""
    with desk.opened() as store:
        page = _page(store, options.number)
    if options.json:
        desk.say_json(page)
        return
    for name, value in fields(page):
        if value:
            desk.say(f"{name}: {value}")


def _page(store: Store, number: str) -> Any:
    kind, sign, row_id = number.partition(":")
    if sign and kind == "draft" and is_id(row_id):
        return invoices.get(store, int(row_id))
    found = lookups.record(store, number)
    if found.record not in PAGES:
        raise RuleBroken("{number} cannot be shown.", number=found.number)
    return PAGES[found.record](store, found.id)
