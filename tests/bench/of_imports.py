"""A list of assets brought in, beside executemany: the same rows, found by the same search.

What the program does more is what a person sees of it: a preview of every row, a step to undo.
"""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from random import Random
from typing import Any

from smallcmms.domain.imports import Kind, Outcome
from smallcmms.exchange import tables
from smallcmms.services import imports
from smallcmms.services.samples import story
from smallcmms.store import check
from smallcmms.store.opening import create
from smallcmms.store.search import SEARCHED
from smallcmms.store.store import Store
from tests.bench import data, floors
from tests.bench.rounds import ON_THE_WALL, Ratio, compare

HEADERS = (
    "Asset Tag", "Asset", "Site", "Customer", "Category", "Manufacturer", "Model", "Serial Number",
    "Purchase Cost", "Install Date",
)  # fmt: skip
SITES, CLASSES = 40, 12
ASSET = """INSERT INTO asset (id, number, own_tag, name, site_id, asset_class_id, make, model,
    serial, replacement_cost, installed_on, short_code, nameplate, status, owner, lock_out_energies,
    lock_out_steps, custom_values, notes, is_stub)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 'in_service', 'customer', '', '[]', '{}', '',
    0)"""
EVENT = """INSERT INTO event (record, record_id, kind, was, now, reason, "values", happened_at,
    recorded_at) VALUES ('asset', ?, 'added', '', '', '', ?, ?, ?)"""
SEARCH = """INSERT INTO search (rowid, words, numbers)
    SELECT id, words, numbers FROM search_source WHERE id BETWEEN ? AND ?"""
FIRST_ASSET = SEARCHED["asset"].place << 40
COMPARED = (
    "number, own_tag, name, site_id, asset_class_id, make, model, serial, replacement_cost,"
    " installed_on, short_code, status, owner, lock_out_steps, custom_values, notes"
)


def text(count: int) -> bytes:
    """Return a list of so many assets, as another program writes it."""
    dice, written = Random(1), io.StringIO()
    sheet = csv.writer(written, delimiter=";")
    sheet.writerow(HEADERS)
    for number in range(count):
        site = dice.randrange(SITES)
        day = f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{dice.randint(2001, 2025)}"
        cost = f"{dice.randint(1, 99)}.{dice.randint(0, 999):03d},{dice.randint(0, 99):02d}"
        sheet.writerow([
            f"TAG-{number:05d}", f"Unit {number}", f"Site {site}", f"Customer {site // 4}",
            f"Class {dice.randrange(CLASSES)}", f"Maker {dice.randrange(30)}",
            f"M{dice.randrange(200)}", f"SN{number:08d}", cost, day,
        ])  # fmt: skip
    return written.getvalue().encode("cp1252")


def known() -> bytes:
    """Return a list that brings all customers, sites and classes of the other lists."""
    rows = [
        f"Site {each}|Customer {each // 4}|Class {each % CLASSES}|Known {each}"
        for each in range(SITES)
    ]
    return "\n".join(["Site|Customer|Category|Asset", *rows]).encode()


def bring(store: Store, content: bytes) -> imports.Done:
    """Bring a list of assets in as a face does it."""
    book = tables.read(content, "assets.csv")
    told = imports.preview(store, book, imports.guess(store, Kind.ASSETS, book))
    return imports.run(store, told)


def floor(path: Path, content: bytes) -> None:
    """Read, check and write the same list by hand."""
    with closing(floors.connect(path)) as connection:
        sites = _ids(connection, "SELECT s.address, s.id FROM site s")
        classes = _ids(connection, "SELECT name, id FROM asset_class")
        last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'asset'").fetchone()
        (following,) = connection.execute(
            "SELECT next FROM number_series WHERE kind = 'asset'"
        ).fetchone()
        there = _ids(connection, "SELECT own_tag, id FROM asset WHERE own_tag <> ''")
        assets, events = [], []
        for place, told in enumerate(_checked(content, there, sites, classes)):
            row_id = last[0] + 1 + place
            assets.append((row_id, f"A-{following + place:04d}", *told))
            events.append((row_id, f'{{"name": "{told[1]}"}}', _AT, _AT))
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(ASSET, assets)
        connection.executemany(EVENT, events)
        connection.execute(
            "UPDATE number_series SET next = next + ? WHERE kind = 'asset'", (len(assets),)
        )
        connection.execute(SEARCH, (FIRST_ASSET + last[0] + 1, FIRST_ASSET + (1 << 39)))
        connection.execute("COMMIT")


_AT = "2026-07-13 11:00:00.000000"


def _ids(connection: sqlite3.Connection, query: str) -> dict[str, int]:
    return dict(connection.execute(query).fetchall())


def _checked(
    content: bytes, there: dict[str, int], sites: dict[str, int], classes: dict[str, int]
) -> Iterator[tuple[Any, ...]]:
    seen: set[str] = set()
    reader = csv.reader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";")
    next(reader)
    for row in reader:
        tag, name, site, _customer, kind, make, model, serial, cost, day = map(str.strip, row)
        if not name or tag in seen or tag in there or not name.isprintable():
            raise ValueError(tag)
        seen.add(tag)
        try:
            amount = int(Decimal(cost.replace(".", "").replace(",", ".")) * 100)
        except InvalidOperation as error:
            raise ValueError(cost) from error
        month_day, month, year = day.split("/")
        on = date(int(year), int(month), int(month_day)).isoformat()
        yield tag, name, sites[site], classes[kind], make, model, serial, amount, on


def assets(folder: Path, count: int, rounds: int) -> Ratio:
    """Return how long it takes to bring a list of so many assets in."""
    start, content = folder / "import.smallcmms", text(count)
    start.unlink(missing_ok=True)
    store = create(start, now=data.Clock())
    story.set_up(store)
    bring(store, known())
    store.close()
    files = [(_copy(start, f"ours-{each}"), _copy(start, f"floor-{each}"))
             for each in range(rounds + 1)]  # fmt: skip
    stores = [data.reopened(ours) for ours, _ in files]

    def ours(number: int) -> None:
        assert bring(stores[number], content).counts[Outcome.NEW] == count

    ours(0)
    floor(files[0][1], content)
    assert _rows(files[0][0]) == _rows(files[0][1])
    by_hand = data.reopened(files[0][1])
    assert [*check.check(by_hand)] == []
    by_hand.close()
    ratio = compare(
        ours, lambda number: floor(files[number][1], content), rounds, first=1, clock=ON_THE_WALL
    )
    for each in stores:
        each.close()
    for pair in files:
        for path in pair:
            path.unlink()
            shutil.rmtree(path.with_suffix(".files"), ignore_errors=True)
    return ratio


def _copy(start: Path, name: str) -> Path:
    return Path(shutil.copy(start, start.with_name(f"import-{name}.smallcmms")))


def _rows(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as file:
        return [
            *file.execute(f"SELECT {COMPARED} FROM asset ORDER BY id"),
            *file.execute('SELECT record_id, kind, "values" FROM event ORDER BY id'),
            *file.execute("SELECT rowid FROM search WHERE search MATCH 'maker' ORDER BY rowid"),
        ]
