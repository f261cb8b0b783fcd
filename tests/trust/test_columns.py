"""Money and quantities are whole numbers in the file, whatever work went through it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from smallcmms.cli.invoice import render
from smallcmms.models import Base
from smallcmms.models.base import PercentType, QuantityType, UnitPriceType
from smallcmms.reports import work_order
from smallcmms.services import check
from smallcmms.services.samples import story
from smallcmms.services.samples.work import Work
from smallcmms.store.opening import create

MONEY = {
    "allowance", "amount", "charge", "net", "tax", "total", "base", "not_to_exceed",
    "replacement_cost", "value", "flat_price", "limit", "historic_cost",
}  # fmt: skip


def measured() -> list[tuple[str, str]]:
    """Return the columns that hold money, prices, quantities or percentages."""
    scaled = (PercentType, QuantityType, UnitPriceType)
    return [
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, scaled)
        or (isinstance(column.type, sa.Integer) and column.name in MONEY)
    ]


def kinds(path: Path) -> dict[tuple[str, str], set[str]]:
    """Return what SQLite itself says that each such column holds."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            (table, column): {
                kind
                for (kind,) in connection.execute(
                    f'SELECT DISTINCT typeof("{column}") FROM "{table}"'
                )
            }
            for table, column in measured()
        }


def test_every_amount_and_quantity_of_a_worked_file_is_a_whole_number(tmp_path: Path) -> None:
    clock = story.Clock()

    def go(span: timedelta) -> None:
        clock.moment += span

    store = create(tmp_path / "shop.smallcmms", now=clock)
    story.set_up(store)
    start = story.before(store)
    desk = Work(store, start, Random(1187), work_order.render, render, go)
    done = list(desk.operations(130))
    assert {"issue", "pay", "credit", "enter"} <= set(done)
    assert check.problems(store) == []
    store.close()
    found = kinds(store.path)
    wrong = {name: kind for name, kind in found.items() if not kind <= {"integer", "null"}}
    assert wrong == {}
    assert sum("integer" in kind for kind in found.values()) > 15


def test_no_column_of_the_file_is_made_for_floats() -> None:
    floats = (sa.Float, sa.REAL, sa.Double, sa.Numeric)
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    assert [str(column) for column in columns if isinstance(column.type, floats)] == []
