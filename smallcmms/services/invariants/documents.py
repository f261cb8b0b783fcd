"""Issued documents that must be as they were issued: numbers, snapshots, chain, bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import InvoiceKind, chain_hash
from smallcmms.domain.numbers import tail
from smallcmms.services.invariants.rows import Row, Whole, wholes
from smallcmms.services.steps.issuing import EARLIER, UNHASHED
from smallcmms.store.files import Files

_SERIES = {
    "invoice": "invoice",
    "credit_note": "invoice",
    "work_order": "work_order",
    "request": "request",
    "asset": "asset",
    "customer": "customer",
}


def problems(session: Session, files: Files) -> Iterator[RuleBroken]:
    """Yield the issued documents that are no longer as they were issued."""
    for whole in wholes(session):
        if any(whole.invoice[name] is not None for name in ("number", "snapshot", "chain_hash")):
            yield from _changed(whole, files)
    for series in InvoiceKind:
        yield from _numbers(session, series.value)
        yield from _chain(session, series.value)
    for kind, table in _SERIES.items():
        yield from _counter(session, kind, table)


def _changed(whole: Whole, files: Files) -> Iterator[RuleBroken]:
    rows = {"invoice": _told(whole.invoice), "lines": _by_id(whole.lines), "taxes": whole.taxes}
    said = _read(whole.invoice["snapshot"])
    if said is None or rows != {name: said.get(name) for name in rows}:
        yield RuleBroken("{it}: it is not as it was issued.", it=whole.name)
    if whole.invoice["document_hash"] is None:
        if said is None or said.get(EARLIER) is not True:
            yield RuleBroken("{it}: its paper is not here.", it=whole.name)
    else:
        try:
            files.get(str(whole.invoice["document_hash"]))
        except RuleBroken as broken:
            yield RuleBroken("{it}: {why}", it=whole.name, why=str(broken))


def _told(invoice: Row) -> Row:
    return {name: value for name, value in invoice.items() if name not in UNHASHED}


def _by_id(lines: list[Row]) -> list[Row]:
    return sorted(lines, key=lambda line: line["id"])


def _read(snapshot: object) -> dict[str, Any] | None:
    """Return a snapshot, unless it is not spelled as issuing spells it."""
    try:
        said = json.loads(str(snapshot))
    except ValueError:
        return None
    is_whole = isinstance(said, dict) and json.dumps(said) == snapshot
    return said if is_whole else None


def _numbers(session: Session, kind: str) -> Iterator[RuleBroken]:
    """Yield numbers that are missing from a series, or are not what they should be."""
    series = _rows(session, "SELECT * FROM number_series WHERE kind = :kind", kind=kind)
    if not series:
        return
    expected = set(range(series[0]["first"], series[0]["next"]))
    for gap in _rows(session, "SELECT * FROM number_gap WHERE kind = :kind", kind=kind):
        expected -= set(range(gap["first"], gap["last"] + 1))
    query = "SELECT number, count FROM invoice WHERE kind = :kind AND number IS NOT NULL"
    for row in _rows(session, query, kind=kind):
        if row["count"] not in expected or _count(row["number"]) != row["count"]:
            yield RuleBroken("{number} is no number of its series.", number=row["number"])
        expected.discard(row["count"])
    for count in sorted(expected):
        number = f"{series[0]['prefix']}{count:0{series[0]['digits']}d}"
        yield RuleBroken("{number} is missing.", number=number)


def _chain(session: Session, kind: str) -> Iterator[RuleBroken]:
    """Yield the documents whose hash is not that of their content and the one before them."""
    query = """SELECT number, snapshot, chain_hash FROM invoice
        WHERE kind = :kind AND number IS NOT NULL ORDER BY count, id"""
    previous = ""
    for row in session.execute(text(query), {"kind": kind}).mappings():
        said = _read(row["snapshot"])
        if said is None or _link(said, previous) != row["chain_hash"]:
            yield RuleBroken("{it}: its seal is broken.", it=row["number"])
        previous = str(row["chain_hash"])


def _link(said: dict[str, Any], previous: str) -> str:
    try:
        return chain_hash(said, previous)
    except TypeError:
        return ""


def _counter(session: Session, kind: str, table: str) -> Iterator[RuleBroken]:
    """Yield the records whose number the counter has not reached: it would be given twice."""
    series = _rows(session, "SELECT * FROM number_series WHERE kind = :kind", kind=kind)
    if not series:
        return
    prefix, following = series[0]["prefix"], series[0]["next"]
    query = f'SELECT number FROM "{table}" WHERE number LIKE :like'  # noqa: S608
    for row in _rows(session, query, like=f"{prefix}%"):
        if _count(row["number"]) >= following:
            yield RuleBroken("{number} is ahead of its series.", number=row["number"])


def _count(number: object) -> int:
    try:
        return tail(str(number))
    except RuleBroken:
        return -1


def _rows(session: Session, query: str, **values: object) -> list[Row]:
    return [dict(row) for row in session.execute(text(query), values).mappings()]
