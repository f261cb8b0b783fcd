"""Shops of any size are the same for the same seed, and everything in them is true."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from smallcmms.services import check, search, work_orders
from smallcmms.services.samples import bulk
from smallcmms.store import dump, schema
from smallcmms.store.check import check as damage
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store
from tests.bills import rendered
from tests.conftest import Clock
from tests.jobs import draw


def make(path: Path, count: int, newest: int | None = None) -> Store:
    clock = Clock()
    store = create(path, now=clock)

    def at(moment: datetime) -> None:
        clock.moment = moment

    bulk.fill(store, at, count, newest=newest, render_sheet=draw, render_invoice=rendered)
    return store


@pytest.fixture(scope="module")
def poured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bulk") / "bulk.smallcmms"
    make(path, 120, newest=9).close()
    return path


@pytest.fixture
def books(poured: Path) -> Iterator[Store]:
    """Return the poured shop, open as it stands."""
    clock = Clock()
    clock.moment = bulk.STANDS
    store = open_shop(poured, now=clock)
    yield store
    store.close()


def test_a_poured_shop_keeps_every_rule(books: Store) -> None:
    assert check.problems(books) == []
    assert damage(books) == []


def test_it_has_as_many_work_orders_as_were_asked_for(books: Store) -> None:
    every = work_orders.Filters(chip=work_orders.Chip.EVERYTHING)
    assert len(work_orders.find(books, filters=every)) == 120
    counted = work_orders.counts(books)
    assert counted.all_open >= 4
    assert min(counted.to_schedule, counted.waiting, counted.due_today) > 0


def test_what_was_poured_is_found_by_its_words(books: Store) -> None:
    assert search.find(books, "WO-77")[0].number == "WO-77"
    assert {hit.kind for hit in search.find(books, "rooftop unit")} >= {"work_order", "asset"}


def test_nothing_goes_back_beyond_earlier_books(tmp_path: Path) -> None:
    store = make(tmp_path / "b.smallcmms", 40, newest=1)
    labels = []
    while (label := store.next_undo()) is not None and not label.is_barrier:
        labels.append(str(store.undo()))
    assert label is not None
    assert "Take over earlier books" not in labels
    store.close()


def test_a_bill_without_its_paper_is_found_unless_it_is_of_earlier_books(
    poured: Path, tmp_path: Path
) -> None:
    path = tmp_path / poured.name
    shutil.copy(poured, path)
    with closing(sqlite3.connect(path)) as file:
        file.execute("DROP TRIGGER invoice_frozen_of_update")
        (number,) = file.execute(
            "UPDATE invoice SET document_hash = NULL"
            " WHERE id = (SELECT max(id) FROM invoice WHERE document_hash IS NOT NULL)"
            " RETURNING number"
        ).fetchone()
        file.commit()
    (trigger,) = [each for each in schema.statements() if "invoice_frozen_of_update" in each]
    with closing(sqlite3.connect(path)) as file:
        file.execute(trigger)
    store = open_shop(path, now=Clock())
    found = [str(problem) for problem in check.problems(store)]
    assert f"{number}: its paper is not here." in found
    assert not [problem for problem in found if "paper" in problem and number not in problem]
    store.close()


def test_the_same_seed_makes_the_same_shop(tmp_path: Path) -> None:
    stores = [make(tmp_path / f"{each}.smallcmms", 30, newest=6) for each in "ab"]
    first, second = (list(dump.lines(store)) for store in stores)
    assert first == second
    for store in stores:
        store.close()
