"""Search everything: what a few letters or digits find in the whole file."""

from __future__ import annotations

from smallcmms.domain import numbers
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import search_hits
from smallcmms.services.search_hits import KINDS, OF_CUSTOMERS, SHEET, Hit, squeezed
from smallcmms.services.steps import records
from smallcmms.store import search
from smallcmms.store.store import Store

__all__ = ["CUSTOMER", "NUMBER", "PER_KIND", "SHEET", "Hit", "find"]

NUMBER, CUSTOMER = "#", "@"
"""A text that begins with # finds by number only, one that begins with @ customers only."""

PER_KIND = 5


def find(store: Store, text: str, *, limit: int = PER_KIND) -> list[Hit]:
    """Return what holds every word typed, at most ``limit`` a kind, the newest first.

    Kinds stand in the order of the popup: work orders, requests, assets, PM schedules, customers,
    people, sites, parts, orders, suppliers, invoices, technicians, audits, what was said on the
    phone, missed calls, and last what was written on sheets.
    """
    mark, words = (text[:1], text[1:]) if text[:1] in {NUMBER, CUSTOMER} else ("", text)
    kinds = OF_CUSTOMERS if mark == CUSTOMER else KINDS
    found: dict[str, list[int]] = {}
    with store.lend() as connection:
        for hit in search.found(connection, words, kinds=kinds, limit=limit):
            found.setdefault(hit.kind, []).append(hit.id)
    if named := _named(store, words):
        table, record_id = named
        others = [other for other in found.get(table, ()) if other != record_id]
        found[table] = [record_id, *others]
    hits = [
        hit for kind in kinds for hit in search_hits.read(store, kind, found.get(kind, ()), words)
    ]
    if mark == NUMBER:
        hits = [hit for hit in hits if squeezed(words) in squeezed(hit.number)]
    return sorted(hits, key=lambda hit: hit.kind == SHEET)


def _named(store: Store, words: str) -> tuple[str, int] | None:
    """Return the record that a typed number names whole: wo2310, a 133, INV-1187."""
    if not words.strip()[-1:].isdigit():
        return None
    with store.read() as session:
        try:
            kind, count = numbers.read(words, list(records.series(session).values()))
        except RuleBroken:
            return None
        named = records.by_count(session, kind, count)
    return None if named.id is None else (named.table, named.id)
