"""Invoices as the file holds them: raw rows, so that no damage hides behind a type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Whole:
    """An invoice with its lines and its taxes."""

    invoice: Row
    lines: list[Row]
    taxes: list[Row]

    @property
    def name(self) -> str:
        """Return what a person finds it by."""
        return str(self.invoice["number"] or f"#{self.invoice['id']}")


def wholes(session: Session) -> Iterator[Whole]:
    """Yield all invoices, the oldest first."""
    lines = _Owned(session, "invoice_line", "invoice_id, sequence, id")
    taxes = _Owned(session, "invoice_tax", "invoice_id, id")
    for invoice in session.execute(text("SELECT * FROM invoice ORDER BY id")).mappings():
        yield Whole(dict(invoice), lines.of(invoice["id"]), taxes.of(invoice["id"]))


class _Owned:
    """Rows that invoices own, handed out as the invoices come by."""

    def __init__(self, session: Session, table: str, order: str) -> None:
        query = text(f'SELECT * FROM "{table}" ORDER BY {order}')  # noqa: S608
        rows = session.execute(query).mappings()
        self._groups = groupby(rows, key=itemgetter("invoice_id"))
        self._ahead: tuple[object, list[Row]] | None = self._next()

    def of(self, invoice_id: int) -> list[Row]:
        """Return the rows of an invoice; ids rise from call to call."""
        while self._ahead is not None and _is_before(self._ahead[0], invoice_id):
            self._ahead = self._next()
        if self._ahead is None or self._ahead[0] != invoice_id:
            return []
        return self._ahead[1]

    def _next(self) -> tuple[object, list[Row]] | None:
        for invoice_id, rows in self._groups:
            return invoice_id, [dict(row) for row in rows]
        return None


def _is_before(owner: Any, invoice_id: int) -> bool:
    """Tell whether rows stand before those of an invoice; SQLite sorts NULL first, text last."""
    return owner is None or (not isinstance(owner, str | bytes) and owner < invoice_id)
