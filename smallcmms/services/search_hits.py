"""What the search tells of a record that it found: one question a kind, and one hit a row."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select

from smallcmms.domain.work_orders import ShownState
from smallcmms.models.base import QuantityType
from smallcmms.services import invoice_register, work_order_list
from smallcmms.services import search_questions as questions
from smallcmms.services.work_order_list import WorkOrderRow
from smallcmms.store.prepared import Prepared, packed
from smallcmms.store.store import Store

SHEET = "sheet"
"""The kind of a hit in what was written by hand on a sheet; it opens the work order."""

_AROUND = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found.

    ``kind`` and ``id`` say what was found, ``opens`` what Enter opens: the customer of a person
    or a site, the work order of a sheet. ``state`` is what its pill shows, blank where it has
    none; ``level`` is 1 to 4, 0 where it has none. ``work`` is the row of a work order, ``on`` the
    day it was paid, or done for a sheet, ``at`` when somebody called; ``free`` is what is free of a
    part.
    """

    kind: str
    id: int
    number: str
    title: str
    second: str
    state: str
    level: int
    opens: tuple[str, int]
    short_code: str = ""
    work: WorkOrderRow | None = None
    on: date | None = None
    at: datetime | None = None
    free: Decimal | None = None


def read(store: Store, kind: str, ids: Sequence[int], words: str) -> Iterable[Hit]:
    """Return the hits of one kind in the order of their ids; ``words`` is what was typed."""
    if not ids:
        return []
    reader = _READERS[kind]
    rows = {row.id: row for row in reader.rows(store, ids)}
    hits = [reader.read(rows[record_id], words) for record_id in ids if record_id in rows]
    return _MORE[kind](store, hits) if kind in _MORE else hits


def _with_work(store: Store, hits: Sequence[Hit]) -> list[Hit]:
    """Tell how work stands: who goes when, when it was done, when it was paid."""
    ids = [hit.id for hit in hits]
    rows = work_order_list.rows(store, ids)
    invoiced = [each_id for each_id in ids if rows[each_id].state is ShownState.INVOICED]
    paid = dict(questions.PAID.ask(store, ids=packed(invoiced))) if invoiced else {}
    return [_worked(hit, rows[hit.id], paid.get(hit.id)) for hit in hits]


def _worked(hit: Hit, row: WorkOrderRow, paid_on: str | None) -> Hit:
    on = date.fromisoformat(paid_on) if paid_on else None
    on = row.done_on if hit.kind == SHEET else on
    return replace(hit, state=row.state.value, work=row, on=on)


def _with_standing(store: Store, hits: Sequence[Hit]) -> list[Hit]:
    rows = invoice_register.rows(store, [hit.id for hit in hits])
    return [
        replace(hit, state=rows[hit.id].standing.word.value, on=rows[hit.id].paid_on)
        for hit in hits
    ]


def _with_free(store: Store, hits: Sequence[Hit]) -> list[Hit]:
    """Tell how much of a part is on hand less what is reserved."""
    found = dict(questions.FREE.ask(store, ids=packed([hit.id for hit in hits])))
    return [replace(hit, free=Decimal(found[hit.id]).scaleb(-QuantityType.places)) for hit in hits]


_MORE: Mapping[str, Callable[[Store, Sequence[Hit]], list[Hit]]] = MappingProxyType(
    {"work_order": _with_work, "invoice": _with_standing, "part": _with_free}
)


def _work_order(row: Any, words: str) -> Hit:
    opens = ("work_order", row.id)
    heads = " ".join(filter(None, (row.number, row.title, row.wrong, row.po_number)))
    written = _around(row.found_and_did, words)
    is_sheet = written and not _has_all(heads, words)
    kind, title = (SHEET, written) if is_sheet else ("work_order", row.title)
    return Hit(kind, row.id, row.number, title, row.customer or "", row.status, row.level, opens)


def _request(row: Any, _: str) -> Hit:
    opens = ("request", row.id)
    second = row.customer or row.caller
    return Hit("request", row.id, row.number, row.words, second, row.status, row.level, opens)


def _asset(row: Any, _: str) -> Hit:
    second, opens = _list(row.customer, row.place), ("asset", row.id)
    return Hit("asset", row.id, row.number, row.name, second, row.status, 0, opens, row.short_code)


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


def _stock_count(row: Any, _: str) -> Hit:
    opens = ("stock_count", row.id)
    return Hit("stock_count", row.id, row.number, row.name, row.counted_by, "", 0, opens)


def _purchase_order(row: Any, _: str) -> Hit:
    opens = ("purchase_order", row.id)
    title, second = row.supplier, _list(row.reference, row.note)
    return Hit("purchase_order", row.id, row.number, title, second, row.status, 0, opens)


def _supplier(row: Any, _: str) -> Hit:
    opens = ("supplier", row.id)
    return Hit("supplier", row.id, row.phone, row.name, row.account, "", 0, opens)


def _pm_schedule(row: Any, _: str) -> Hit:
    opens = ("pm_schedule", row.id)
    return Hit("pm_schedule", row.id, row.number, row.name, row.customer, "", row.level, opens)


def _said(row: Any, words: str) -> Hit:
    opens, said = ("customer", row.customer_id), _around(row.said, words) or row.said
    at = _moment(row.happened_at)
    return Hit("contact_log", row.id, "", said, row.customer, "", 0, opens, at=at)


def _missed_call(row: Any, words: str) -> Hit:
    title = row.contact or row.customer or row.name or row.phone
    second = _around(row.note, words)
    opens = ("request", row.request_id) if row.request_id else ("missed_call", row.id)
    at = _moment(row.called_at)
    return Hit("missed_call", row.id, row.phone, title, second, "", 0, opens, at=at)


def _moment(kept: str) -> datetime:
    return datetime.fromisoformat(f"{kept}+00:00")


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


_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "work_order": _Reader(questions.WORK_ORDERS, _work_order),
        "request": _Reader(questions.REQUESTS, _request),
        "asset": _Reader(questions.ASSETS, _asset),
        "pm_schedule": _Reader(questions.PM_SCHEDULES, _pm_schedule),
        "customer": _Reader(questions.CUSTOMERS, _customer),
        "contact": _Reader(questions.CONTACTS, _contact),
        "site": _Reader(questions.SITES, _site),
        "part": _Reader(questions.PARTS, _part),
        "purchase_order": _Reader(questions.PURCHASE_ORDERS, _purchase_order),
        "supplier": _Reader(questions.SUPPLIERS, _supplier),
        "invoice": _Reader(questions.INVOICES, _invoice),
        "technician": _Reader(questions.TECHNICIANS, _technician),
        "asset_audit": _Reader(questions.AUDITS, _audit),
        "stock_count": _Reader(questions.STOCK_COUNTS, _stock_count),
        "contact_log": _Reader(questions.SAYINGS, _said),
        "missed_call": _Reader(questions.MISSED_CALLS, _missed_call),
    }
)
KINDS = tuple(_READERS)
"""The kinds that are found, in the order of the popup."""
OF_CUSTOMERS = ("customer", "contact", "site")


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
    folded, pressed = text.casefold(), squeezed(text)
    return all(word.casefold() in folded or squeezed(word) in pressed for word in words.split())


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, without what stands between them."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _list(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))
