"""Search everything: what a few letters or digits find in the whole file."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, func, select

from smallcmms.domain import numbers
from smallcmms.domain.errors import RuleBroken
from smallcmms.models import (
    Asset,
    AssetAudit,
    Contact,
    Customer,
    Invoice,
    Location,
    Part,
    Request,
    Site,
    Technician,
    WorkOrder,
)
from smallcmms.services import invoice_register, work_order_list
from smallcmms.services.steps import records
from smallcmms.store import search
from smallcmms.store.prepared import Prepared, each, packed
from smallcmms.store.store import Store

NUMBER, CUSTOMER = "#", "@"
"""A text that begins with # finds by number only, one that begins with @ customers only."""

PER_KIND = 5
SHEET = "sheet"
"""The kind of a hit in what was written by hand on a sheet; it opens the work order."""

_AROUND = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found.

    ``kind`` and ``id`` say what was found, ``opens`` what Enter opens: the customer of a person
    or a site, the work order of a sheet. ``state`` is what its pill shows, blank where it has
    none; ``level`` is 1 to 4, 0 where it has none.
    """

    kind: str
    id: int
    number: str
    title: str
    second: str
    state: str
    level: int
    opens: tuple[str, int]


def find(store: Store, text: str, *, limit: int = PER_KIND) -> list[Hit]:
    """Return what holds every word typed, at most ``limit`` a kind, the newest first.

    Kinds stand in the order of the popup: work orders, requests, assets, customers, people,
    sites, parts, invoices, technicians, and last what was written on sheets.
    """
    mark, words = (text[:1], text[1:]) if text[:1] in {NUMBER, CUSTOMER} else ("", text)
    kinds = _OF_CUSTOMERS if mark == CUSTOMER else tuple(_READERS)
    found: dict[str, list[int]] = {}
    with store.lend() as connection:
        for hit in search.found(connection, words, kinds=kinds, limit=limit):
            found.setdefault(hit.kind, []).append(hit.id)
    if named := _named(store, words):
        table, record_id = named
        others = [other for other in found.get(table, ()) if other != record_id]
        found[table] = [record_id, *others]
    hits = [hit for kind in kinds for hit in _hits(store, kind, found.get(kind, ()), words)]
    if mark == NUMBER:
        hits = [hit for hit in hits if _squeezed(words) in _squeezed(hit.number)]
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


def _hits(store: Store, kind: str, ids: Sequence[int], words: str) -> Iterable[Hit]:
    if not ids:
        return
    reader = _READERS[kind]
    rows = {row.id: row for row in reader.rows(store, ids)}
    states = _STATES[kind](store, ids) if kind in _STATES else {}
    for record_id in ids:
        if record_id in rows:
            hit = reader.read(rows[record_id], words)
            yield replace(hit, state=states[record_id]) if record_id in states else hit


def _work_order_states(store: Store, ids: Sequence[int]) -> dict[int, str]:
    found = work_order_list.rows(store, ids)
    return {record_id: row.state.value for record_id, row in found.items()}


def _invoice_states(store: Store, ids: Sequence[int]) -> dict[int, str]:
    found = invoice_register.rows(store, ids)
    return {record_id: row.standing.word.value for record_id, row in found.items()}


_STATES = MappingProxyType({"work_order": _work_order_states, "invoice": _invoice_states})


def _work_order(row: Any, words: str) -> Hit:
    opens = ("work_order", row.id)
    heads = " ".join(filter(None, (row.number, row.title, row.wrong, row.po_number)))
    written = _around(row.found_and_did, words)
    if written and not _has_all(heads, words):
        second = _list(row.number, row.customer)
        return Hit(SHEET, row.id, row.number, written, second, row.status, row.level, opens)
    return Hit(
        "work_order",
        row.id,
        row.number,
        row.title,
        row.customer or "",
        row.status,
        row.level,
        opens,
    )


def _request(row: Any, _: str) -> Hit:
    opens = ("request", row.id)
    second = row.customer or row.caller
    return Hit("request", row.id, row.number, row.words, second, row.status, row.level, opens)


def _asset(row: Any, _: str) -> Hit:
    title = _join(row.short_code, row.name)
    second = _list(row.customer, row.place)
    return Hit("asset", row.id, row.number, title, second, row.status, 0, ("asset", row.id))


def _customer(row: Any, _: str) -> Hit:
    opens = ("customer", row.id)
    return Hit("customer", row.id, row.number, row.name, row.bill_to, "", 0, opens)


def _contact(row: Any, _: str) -> Hit:
    opens, second = ("customer", row.customer_id), _list(row.customer, row.role)
    return Hit("contact", row.id, row.phone or row.mobile, row.name, second, "", 0, opens)


def _site(row: Any, _: str) -> Hit:
    opens, title = ("customer", row.customer_id), _list(row.name, row.address)
    return Hit("site", row.id, "", title, row.customer, "", 0, opens)


def _part(row: Any, _: str) -> Hit:
    return Hit("part", row.id, row.number, row.name, row.supplier_number, "", 0, ("part", row.id))


def _invoice(row: Any, _: str) -> Hit:
    opens = ("invoice", row.id)
    title = row.text or row.title or row.customer
    number = row.number or ""
    return Hit("invoice", row.id, number, title, row.customer, row.state, 0, opens)


def _technician(row: Any, _: str) -> Hit:
    opens = ("technician", row.id)
    return Hit("technician", row.id, row.initials, row.name, row.phone, "", 0, opens)


def _audit(row: Any, _: str) -> Hit:
    opens = ("asset_audit", row.id)
    return Hit("asset_audit", row.id, row.number, row.site, row.customer, "", 0, opens)


_WANTED = each("ids")


def _by_id(model: Any, *more: Any) -> Select[Any]:
    wanted = select(model.id, *more).select_from(_WANTED)
    return wanted.join(model, model.id == _WANTED.c.value)


_columns: Any = namedtuple  # noqa: PYI024
"""Its fields are the columns of a question, which only the question knows."""


class _Reader:
    """Reads the records of a kind in one question, and tells each as a hit."""

    def __init__(self, question: Select[Any], read: Callable[[Any, str], Hit]) -> None:
        self.read = read
        self._prepared = Prepared(question)
        self._row = _columns("Row", question.selected_columns.keys())

    def rows(self, store: Store, ids: Sequence[int]) -> Iterable[Any]:
        """Return the rows by the names of their columns."""
        return map(self._row._make, self._prepared.ask(store, ids=packed(ids)))


_CUSTOMER_NAME = Customer.name.label("customer")
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "work_order": _Reader(
            _by_id(
                WorkOrder,
                WorkOrder.number,
                WorkOrder.title,
                WorkOrder.wrong,
                WorkOrder.po_number,
                WorkOrder.found_and_did,
                WorkOrder.status,
                WorkOrder.level,
                _CUSTOMER_NAME,
            ).outerjoin(Customer, Customer.id == WorkOrder.customer_id),
            _work_order,
        ),
        "request": _Reader(
            _by_id(
                Request,
                Request.number,
                Request.words,
                Request.caller,
                Request.status,
                Request.level,
                _CUSTOMER_NAME,
            ).outerjoin(Customer, Customer.id == Request.customer_id),
            _request,
        ),
        "asset": _Reader(
            _by_id(
                Asset,
                Asset.number,
                Asset.short_code,
                Asset.name,
                Asset.status,
                _CUSTOMER_NAME,
                func.coalesce(Location.name, "").label("place"),
            )
            .join(Site, Site.id == Asset.site_id)
            .join(Customer, Customer.id == Site.customer_id)
            .outerjoin(Location, Location.id == Asset.location_id),
            _asset,
        ),
        "customer": _Reader(
            _by_id(Customer, Customer.number, Customer.name, Customer.bill_to), _customer
        ),
        "contact": _Reader(
            _by_id(
                Contact,
                Contact.customer_id,
                Contact.name,
                Contact.role,
                Contact.phone,
                Contact.mobile,
                _CUSTOMER_NAME,
            ).join(Customer, Customer.id == Contact.customer_id),
            _contact,
        ),
        "site": _Reader(
            _by_id(Site, Site.customer_id, Site.name, Site.address, _CUSTOMER_NAME).join(
                Customer, Customer.id == Site.customer_id
            ),
            _site,
        ),
        "part": _Reader(_by_id(Part, Part.number, Part.name, Part.supplier_number), _part),
        "invoice": _Reader(
            _by_id(
                Invoice,
                Invoice.number,
                Invoice.text,
                Invoice.state,
                WorkOrder.title,
                _CUSTOMER_NAME,
            )
            .join(Customer, Customer.id == Invoice.customer_id)
            .outerjoin(WorkOrder, WorkOrder.id == Invoice.work_order_id),
            _invoice,
        ),
        "technician": _Reader(
            _by_id(Technician, Technician.name, Technician.initials, Technician.phone),
            _technician,
        ),
        "asset_audit": _Reader(
            _by_id(
                AssetAudit,
                AssetAudit.number,
                AssetAudit.status,
                func.iif(Site.name != "", Site.name, Site.address).label("site"),
                _CUSTOMER_NAME,
            )
            .join(Site, Site.id == AssetAudit.site_id)
            .join(Customer, Customer.id == Site.customer_id),
            _audit,
        ),
    }
)
_OF_CUSTOMERS = ("customer", "contact", "site")


def _around(text: str, words: str) -> str:
    """Return the piece of a text around the first word found in it, blank where there is none."""
    folded = text.casefold()
    places = [at for word in words.split() if (at := folded.find(word.casefold())) >= 0]
    if not places:
        return ""
    start, end = max(0, min(places) - _AROUND), min(places) + 2 * _AROUND
    piece = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{piece}{'…' if end < len(text) else ''}"


def _has_all(text: str, words: str) -> bool:
    folded, squeezed = text.casefold(), _squeezed(text)
    return all(word.casefold() in folded or _squeezed(word) in squeezed for word in words.split())


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _join(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _list(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))
