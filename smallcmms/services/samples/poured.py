"""Rows on their way into a file by the hundred thousand, each table in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from smallcmms.models import Base

_CLOSED = MappingProxyType(
    {"origin": "request", "type": "corrective", "status": "closed",
     "billing_rule": "time_and_materials", "revision": 1}
)  # fmt: skip
_WHERE = "customer_id site_id contact_id asset_id"
_SAME: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "work_order": _CLOSED,
        "request": {"channel": "phone", "status": "accepted"},
        "task": {"mark": "ok"},
        "visit": {"status": "done", "outcome": "fixed"},
        "visit_technician": {"sequence": 1},
        "labour": {
            "labour_class": "regular", "cost_rate": 0, "bill_rate": 1_250_000, "is_billable": 1,
        },
        "used_part": {"is_taxable": 1},
        "invoice": {"state": "issued", "currency": "USD", "terms_days": 30},
        "invoice_line": {"base": 1000},
        "payment": {"method": "check"},
    }
)  # fmt: skip
"""What is the same in every row of a table."""

_TOLD: Mapping[str, str] = MappingProxyType(
    {
        "customer": "number name bill_to terms_days",
        "site": "customer_id address city",
        "contact": "customer_id name phone phone_digits",
        "asset": "number short_code name site_id",
        "work_order": f"number level {_WHERE} title wrong due_on problem cause remedies"
        " found_and_did created_at done_on closed_at recorded_at invoiced_at",
        "request": f"number received_at {_WHERE} words level closed_at work_order_id"
        " recorded_at answer_by",
        "task": "work_order_id sequence text",
        "visit": "work_order_id planned_from planned_to recorded_at",
        "visit_technician": "visit_id technician_id arrived_at finished_at",
        "labour": "work_order_id visit_id technician_id worked_on minutes recorded_at",
        "used_part": "work_order_id part_id quantity location_id cost price used_on recorded_at",
        "stock_move": "part_id location_id kind quantity unit_cost used_part_id moved_on"
        " recorded_at",
        "event": "record record_id kind now happened_at recorded_at",
        "invoice_line": "invoice_id sequence kind labour_id used_part_id text quantity unit price"
        " tax_id net",
        "invoice_tax": "invoice_id tax_id name percent base amount",
        "invoice": "number count customer_id work_order_id drafted_at invoice_on due_on net tax"
        " total issued_at snapshot chain_hash",
        "payment": "customer_id received_on recorded_at amount",
        "payment_allocation": "payment_id invoice_id amount",
    }
)
"""What each row of a table tells. A bill comes after its lines: it is frozen once it is there."""


class Poured:
    """Rows by table; what a row does not tell is what a new record has."""

    def __init__(self, session: Session) -> None:
        self._next = {table: _last_id(session, table) + 1 for table in _TOLD}
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TOLD}
        self._columns = {table: ("id", *told.split()) for table, told in _TOLD.items()}
        self._statements = {table: _insert(table, self._columns[table]) for table in _TOLD}
        self._new = {table: _new_row(table) for table in ("invoice", "invoice_line", "invoice_tax")}

    def add(self, table: str, *told: Any) -> int:
        """Put a row on its way and return its id."""
        row_id = self._next[table]
        self._next[table] = row_id + 1
        self._rows[table].append((row_id, *told))
        return row_id

    def next_id(self, table: str) -> int:
        """Return the id that the next row of a table will have."""
        return self._next[table]

    def whole(self, table: str, *told: Any) -> dict[str, Any]:
        """Return a row as the file will hold it; the first of what is told is its id."""
        return self._new[table] | dict(zip(self._columns[table], told, strict=False))

    def last(self, table: str) -> dict[str, Any]:
        """Return the row that was put on its way last, as the file will hold it."""
        return self.whole(table, *self._rows[table][-1])

    def write(self, session: Session) -> None:
        """Write the rows that are on their way; what they belong to may come later."""
        connection = session.connection()
        for table, rows in self._rows.items():
            if rows:
                connection.exec_driver_sql(self._statements[table], rows)
                rows.clear()


def _last_id(session: Session, table: str) -> int:
    last: int = session.execute(
        sa.text(f'SELECT coalesce(max(id), 0) FROM "{table}"')  # noqa: S608
    ).scalar_one()
    return last


def _new_row(table: str) -> dict[str, Any]:
    """Return the values that a new record has, as the file holds them."""
    columns = Base.metadata.tables[table].columns
    same = _SAME.get(table, {})
    return {column.name: same.get(column.name, _new(column)) for column in columns}


def _new(column: sa.Column[Any]) -> Any:
    if column.default is None:
        return None
    value = column.default.arg  # type: ignore[attr-defined]
    if column.default.is_callable:
        return str(value(None))
    if isinstance(value, Enum):
        return value.value
    return int(value) if isinstance(value, bool) else value


def _insert(table: str, told: tuple[str, ...]) -> str:
    same = {name: value for name, value in _new_row(table).items() if name not in told}
    names = ", ".join(f'"{name}"' for name in (*told, *same))
    values = ", ".join([*("?" * len(told)), *map(_literal, same.values())])
    return f'INSERT INTO "{table}" ({names}) VALUES ({values})'  # noqa: S608


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(value)
