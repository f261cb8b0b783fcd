"""What is asked of the file and written into it: pages, search, a sheet that is entered."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

from smallcmms.domain.levels import Level
from smallcmms.domain.sheets import LineMark, Mark, OtherPart, Result, SheetEntry, TypedTimes
from smallcmms.reports import work_order as sheet_paper
from smallcmms.services import (
    assets,
    callers,
    customers,
    invoices,
    job_templates,
    lookups,
    requests,
    search,
    sheets,
    technicians,
    timeline,
    work_orders,
)
from smallcmms.services.samples import bulk
from smallcmms.store.search import SEARCHED
from smallcmms.store.store import Store
from tests.bench import data, floors
from tests.bench.rounds import ON_THE_WALL, Ratio, compare

TIMES = 20
"""How often a short question is asked in one timing."""
TYPED = ("ro", "roof", "rooftop unit", "ruth", "seal worn", "maple", "foundry st", "float switch")
PAGES: dict[str, tuple[work_orders.Chip, work_orders.Sort, str, str]] = {
    "open, by level": (
        work_orders.Chip.ALL_OPEN, work_orders.Sort.LEVEL,
        "w.closed_at IS NULL", "w.level, w.due_on, w.id",
    ),
    "everything, by deadline": (
        work_orders.Chip.EVERYTHING, work_orders.Sort.DUE, "1", "w.due_on, w.id",
    ),
}  # fmt: skip


def pages(path: Path, rounds: int) -> Iterator[tuple[str, Ratio]]:
    """Yield how long a page of 50 work orders takes, by chip and order."""
    store, connection = data.reopened(path), floors.connect(path)
    for name, (_chip, _sort, narrowed, order) in PAGES.items():
        ours = partial(_page, store, name)

        def floor(narrowed: str = narrowed, order: str = order) -> list[Any]:
            return floors.page(connection, narrowed, order)

        told = [(row.number, row.title, row.customer, row.site, row.asset) for row in ours()]
        assert told == [(row[1], row[2], *row[11:14]) for row in floor()]
        yield name, compare(_often(ours), _often(floor), rounds, each=TIMES)
    connection.close()
    store.close()


def pages_grow(small: Path, large: Path, rounds: int) -> Iterator[tuple[str, Ratio]]:
    """Yield how much longer a page takes in a larger file, in turns with the smaller one."""
    few, many = data.reopened(small), data.reopened(large)
    for name in PAGES:
        of_many, of_few = (_often(partial(_page, store, name)) for store in (many, few))
        yield name, compare(of_many, of_few, rounds, each=TIMES)
    few.close()
    many.close()


def _page(store: Store, name: str) -> list[Any]:
    chip, sort, *_ = PAGES[name]
    ids = work_orders.find(store, filters=work_orders.Filters(chip=chip), sort=sort, limit=50)
    found = work_orders.rows(store, ids)
    return [found[each] for each in ids]


def searches_grow(small: Path, large: Path, rounds: int) -> Ratio:
    """Return how much longer it takes to find in a larger file, in turns with the smaller one."""
    few, many = data.reopened(small), data.reopened(large)
    ratio = compare(_often(partial(_found, many), 3), _often(partial(_found, few), 3), rounds)
    few.close()
    many.close()
    return ratio


def _found(store: Store) -> list[list[search.Hit]]:
    return [search.find(store, text) for text in TYPED]


def searches(path: Path, rounds: int) -> Ratio:
    """Return how long it takes to find what was typed.

    The floor finds by whole words of the index too, and reads of each record what its row shows,
    the facts of its pill as well: a number alone would be less than what a search tells.
    """
    store, connection = data.reopened(path), floors.connect(path)
    kinds = {searched.place: kind for kind, searched in SEARCHED.items()}
    connection.execute(floors.TERMS)

    ours = partial(_found, store)

    def floor() -> list[list[tuple[str, tuple[Any, ...]]]]:
        return [floors.find(connection, text, kinds) for text in TYPED]

    for own, other in zip(ours(), floor(), strict=True):
        told = {(_table(hit), hit.id, hit.number) for hit in own}
        assert told == {(kind, *row[:2]) for kind, row in other}
    ratio = compare(_often(ours, 3), _often(floor, 3), rounds, each=3 * len(TYPED))
    connection.close()
    store.close()
    return ratio


def _table(hit: search.Hit) -> str:
    return "work_order" if hit.kind == search.SHEET else hit.kind


def on_the_screen(path: Path) -> Iterator[tuple[str, float]]:
    """Yield what the screen's thread asks the file by itself, and how many milliseconds it waits.

    The records are those with the most behind them; the median of a few times is told.
    """
    store = data.reopened(path)
    for name, ask in _asked_on_the_screen(store):
        ask()
        times = []
        for _ in range(5):
            begun = process_time()
            ask()
            times.append(1000 * (process_time() - begun))
        yield name, sorted(times)[2]
    store.close()


def _asked_on_the_screen(store: Store) -> Iterator[tuple[str, Callable[[], object]]]:
    def one(sql: str) -> int:
        return int(store.fetch(sql, {})[0][0])

    order, bill = one("SELECT max(id) FROM work_order"), one("SELECT max(id) FROM invoice")
    request = one("SELECT max(id) FROM request")
    customer, asset = (
        one(f"SELECT {of}_id FROM work_order WHERE {of}_id > 0 GROUP BY 1 ORDER BY count(*) DESC")
        for of in ("customer", "asset")
    )
    everyone = customers.find(store)
    yield "a work order", lambda: work_orders.get(store, order)
    yield "what happened to it", lambda: timeline.of(store, "work_order", order)
    yield "a bill", lambda: invoices.get(store, bill)
    yield "a request", lambda: requests.get(store, request)
    yield "a customer", lambda: customers.get(store, customer)
    yield "an asset", lambda: assets.get(store, asset)
    yield "rows of work orders", lambda: work_orders.rows(store, range(order - 100, order))
    yield "rows of bills", lambda: invoices.rows(store, range(bill - 100, bill))
    yield "rows of customers", lambda: customers.rows(store, everyone[:16])
    yield "a caller, by name", lambda: callers.callers(store, "ruth")
    yield "a caller, misspelt", lambda: callers.callers(store, "hnsley")
    yield "the search", lambda: search.find(store, "rooftop unit")


def _often(work: Callable[[], object], times: int = TIMES) -> Callable[[int], None]:
    def repeat(_round: int) -> None:
        for _ in range(times):
            work()

    return repeat


class Saves:
    """Sheets to enter, and the statements that write what entering each of them writes."""

    def __init__(self, source: Path, folder: Path, count: int) -> None:
        self._files = [folder / f"save-{name}.smallcmms" for name in "abc"]
        first, *others = self._files
        _copy(source, first)
        self.ids = list(_printed(first, count))
        for other in others:
            _copy(first, other)
        self.statements = list(_recorded(others[1], self.ids))

    def compare(self, rounds: int) -> Ratio:
        """Return how long it takes to enter a sheet of five lines with a part."""
        store, connection = data.reopened(self._files[0]), floors.connect(self._files[1])

        def ours(number: int) -> None:
            sheets.enter(store, self.ids[number], ENTRY)

        def floor(number: int) -> None:
            floors.save(connection, self.statements[number])

        ours(0)
        floor(0)
        assert _rows(self._files[0], self.ids[0]) == _rows(self._files[1], self.ids[0])
        ratio = compare(ours, floor, rounds, first=1, clock=ON_THE_WALL)
        connection.close()
        store.close()
        for file in self._files:
            file.unlink()
            shutil.rmtree(file.with_suffix(".files"), ignore_errors=True)
        return ratio


_DAY = (bulk.STANDS - timedelta(days=1)).date()
ENTRY = SheetEntry(
    times=(TypedTimes("Jul 13", "7:40", "8:05", "9:50", "10:15"),),
    marks=(LineMark(Mark.OK),) * len(bulk.LINES),
    others=(OtherPart("FS-10", "1", "Truck 1"), OtherPart("SK-100", "2", "Truck 1")),
    found_and_did="Float stuck on its cord, new float switch, ran 3 cycles.",
    problem="stuck",
    cause="blocked",
    remedies=("replaced",),
    result=Result.FIXED,
    customer_name="W. Hensley",
    is_lock_out_keyed=True,
)


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    shutil.copy(source, target)


def _printed(path: Path, count: int) -> Iterator[int]:
    """Print as many work orders as are entered later."""
    store = data.reopened(path)
    template = job_templates.rows(store)[0].id
    where = _where(store)
    who = [technicians.rows(store)[0].id]
    begins = bulk.STANDS - timedelta(days=1)
    for _ in range(count):
        made = work_orders.add(
            store,
            title="Sump pump",
            wrong="Alarm is on",
            level=Level.HIGH,
            template_id=template,
            **where,
        )
        work_orders.schedule(
            store, made, technician_ids=who, planned_from=begins,
            planned_to=begins + timedelta(hours=2),
        )  # fmt: skip
        sheets.print_copy(store, made, render=sheet_paper.render, waiting_reason="It is near")
        yield made
    store.close()


def _where(store: Store) -> dict[str, Any]:
    page = work_orders.get(store, lookups.of(store, "work_order", "WO-1"))
    assert page.customer is not None
    assert page.site is not None
    return {"customer_id": page.customer.id, "site_id": page.site.id}


def _recorded(path: Path, ids: list[int]) -> Iterator[list[tuple[str, list[Any]]]]:
    """Enter every sheet once, and yield what writes the same rows."""
    store = data.reopened(path)
    with closing(sqlite3.connect(path)) as file:
        for each in ids:
            sheets.enter(store, each, ENTRY)
            (noted,) = file.execute(
                "SELECT operations FROM undo_step ORDER BY id DESC LIMIT 1"
            ).fetchone()
            yield list(_statements(file, json.loads(noted)))
    store.close()


def _statements(
    file: sqlite3.Connection, operations: list[list[Any]]
) -> Iterator[tuple[str, list[Any]]]:
    added = {(table, row) for op, table, row, _ in operations if op == "I"}
    for table, row in dict.fromkeys((table, row) for _, table, row, _ in operations):
        cursor = file.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row,))
        names = [each[0] for each in cursor.description]
        values = list(cursor.fetchone())
        if (table, row) in added:
            columns = ", ".join(f'"{name}"' for name in names)
            marks = ", ".join("?" * len(names))
            yield f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values
        else:
            pairs = ", ".join(f'"{name}" = ?' for name in names[1:])
            yield f'UPDATE "{table}" SET {pairs} WHERE id = ?', [*values[1:], row]


def _rows(path: Path, work_order_id: int) -> list[Any]:
    with closing(sqlite3.connect(path)) as file:
        return [
            file.execute(
                f"SELECT * FROM {table} WHERE work_order_id = ?", (work_order_id,)
            ).fetchall()
            for table in ("task", "visit", "labour", "used_part", "sheet_copy")
        ] + file.execute("SELECT * FROM work_order WHERE id = ?", (work_order_id,)).fetchall()
