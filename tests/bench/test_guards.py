"""What can be seen to be fast without a clock: plans, statements, sizes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from smallcmms.reports import invoice as invoice_paper
from smallcmms.reports import work_order as sheet_paper
from smallcmms.services import (
    assets,
    callers,
    customers,
    invoices,
    lately,
    parts,
    requests,
    sheets,
    standings,
    stock,
    timeline,
    work_orders,
)
from smallcmms.services.samples import bulk
from smallcmms.services.work_orders import Chip, Filters, Sort
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store
from tests import questions
from tests.bench import of_screen
from tests.conftest import Clock

WHOLE = ("SCAN work_order", "SCAN customer", "SCAN site", "SCAN asset", "SCAN visit", "SCAN labour",
         "SCAN sheet_copy", "SCAN event", "SCAN invoice_line", "SCAN used_part", "SCAN stock_move",
         "SCAN request", "SCAN payment")  # fmt: skip
A_PAGE = 2
FEW = (Chip.TO_INVOICE, Chip.DUE_TODAY)
"""Chips that show so few work orders that these are sorted once they are found."""
BY_KEY = (Chip.EVERYTHING, Sort.NUMBER)
"""The whole table in the order of its key needs no index."""
NOT_FOR_TODAY = (
    *("alembic", "reportlab", "PIL", "qrcode", "pypdfium2", "python_calamine", "openpyxl"),
    *("smallcmms.cli", "smallcmms.reports", "smallcmms.exchange", "smallcmms.services.imports"),
    *("smallcmms.services.search", "smallcmms.services.scans", "smallcmms.ui.search_popup"),
    *("smallcmms.ui.drops", "smallcmms.ui.sensor_watch", "smallcmms.ui.pages.work_orders"),
)
"""What is loaded once Today is filled, so that nobody waits for it."""
LARGEST_SHEET, LARGEST_INVOICE = 90_000, 60_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a small shop with its papers."""
    path = tmp_path_factory.mktemp("guards") / "guards.smallcmms"
    clock = Clock()

    def at(moment: datetime) -> None:
        clock.moment = moment

    store = create(path, now=clock)
    bulk.fill(
        store, at, 60, newest=12, render_sheet=sheet_paper.render,
        render_invoice=lambda paper: invoice_paper.render(paper).pdf,
    )  # fmt: skip
    store.close()
    return path


@pytest.fixture
def busy(made: Path, tmp_path: Path) -> Iterator[Store]:
    """Return the small shop, open on its Tuesday."""
    path = tmp_path / made.name
    shutil.copy(made, path)
    shutil.copytree(made.with_suffix(".files"), path.with_suffix(".files"))
    clock = Clock()
    clock.moment = bulk.STANDS
    store = open_shop(path, now=clock)
    yield store
    store.close()


def looked_through(store: Store, ask: Callable[[], object]) -> list[str]:
    """Return the tables that a question looks through row by row, without an index."""
    return [
        line
        for line in questions.plan(store, ask)
        if line.startswith(WHOLE) and "USING" not in line
    ]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("chip", Chip)
def test_the_list_of_work_orders_walks_an_index_whatever_it_shows(
    busy: Store, chip: Chip, sort: Sort
) -> None:
    def ask() -> object:
        return work_orders.find(busy, filters=Filters(chip=chip), sort=sort)

    found = looked_through(busy, ask)
    assert found == ([] if (chip, sort) != BY_KEY else ["SCAN work_order"])
    if chip not in FEW:
        assert not [line for line in questions.plan(busy, ask) if "ORDER BY" in line]


@pytest.mark.parametrize(
    "ask",
    [
        requests.find,
        requests.counts,
        work_orders.counts,
        lambda store: invoices.find(store, filters=invoices.Filters(chip=invoices.Chip.LATE)),
        lambda store: invoices.find(store, filters=invoices.Filters(chip=invoices.Chip.SENT)),
        invoices.ageing,
    ],
    ids=["requests", "request counts", "counts", "late", "sent", "ageing"],
)
def test_queues_and_counts_walk_an_index(busy: Store, ask: Callable[[Store], object]) -> None:
    assert looked_through(busy, lambda: ask(busy)) == []


@pytest.mark.parametrize(
    ("find", "rows"),
    [
        (work_orders.find, work_orders.rows),
        (requests.find, requests.rows),
        (invoices.find, invoices.rows),
        (customers.find, customers.rows),
        (parts.find, parts.rows),
    ],
    ids=["work orders", "requests", "invoices", "customers", "parts"],
)
def test_a_page_of_rows_takes_two_statements_at_most(
    busy: Store,
    find: Callable[[Store], Sequence[int]],
    rows: Callable[[Store, Sequence[int]], dict[int, Any]],
) -> None:
    ids = list(find(busy))[:50]
    assert ids
    asked = questions.statements(busy, lambda: rows(busy, ids))
    assert len(asked) <= A_PAGE, asked


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: work_orders.get(store, 1),
        lambda store: timeline.of(store, "work_order", 1),
        lambda store: invoices.get(store, 1),
        lambda store: requests.get(store, 1),
        lambda store: customers.get(store, 1),
        lambda store: customers.rows(store, [1, 2]),
        lambda store: assets.get(store, 1),
    ],
    ids=["work order", "timeline", "bill", "request", "customer", "customers", "asset"],
)
def test_what_the_screen_asks_for_one_record_walks_indexes(
    busy: Store, ask: Callable[[Store], object]
) -> None:
    assert looked_through(busy, lambda: ask(busy)) == []


def test_the_tree_of_assets_looks_at_open_work_only(busy: Store) -> None:
    plan = questions.plan(busy, lambda: assets.tree(busy))
    walked = [line for line in plan if " work_order " in line]
    assert walked
    assert all("ix_work_order_open" in line for line in walked)


def test_the_moves_of_a_part_find_their_other_end_by_its_own_index(busy: Store) -> None:
    plan = questions.plan(busy, lambda: stock.moves(busy, parts.find(busy)[0]))
    walked = [line for line in plan if " stock_move_" in line]
    assert len([line for line in walked if "(part_id=?)" in line]) == 1  # for the sum of all
    assert any("(pair_id=?)" in line for line in walked)


def test_open_work_of_a_customer_is_counted_by_an_index_of_open_work(busy: Store) -> None:
    plan = questions.plan(busy, lambda: customers.rows(busy, customers.find(busy)))
    walked = [line for line in plan if " work_order " in line]
    assert walked
    assert all("ix_work_order_open_customer_id" in line for line in walked)
    bills = [line for line in plan if " invoice " in line]
    assert bills
    assert all("COVERING INDEX" in line for line in bills)


def test_bills_are_added_up_for_the_callers_who_are_shown_only(busy: Store) -> None:
    statements = questions.statements(busy, lambda: callers.callers(busy, "ruth"))
    adding = [each for each in statements if "payment_allocation" in each]
    assert len(adding) == 1
    assert "LIKE" not in adding[0]


def test_papers_are_small(busy: Store) -> None:
    every = work_orders.find(busy, filters=Filters(chip=Chip.EVERYTHING), sort=Sort.NUMBER)
    pages = (work_orders.get(busy, each) for each in reversed(every))
    printed = next(page.copies[-1] for page in pages if page.copies)
    assert len(sheets.document(busy, printed.id)) < LARGEST_SHEET
    issued = invoices.find(busy, sort=invoices.Sort.NUMBER)[0]
    assert len(invoices.document(busy, issued)) < LARGEST_INVOICE


@pytest.mark.parametrize(
    ("ask", "owner"),
    [
        (lambda store: customers.rows(store, [1, 2, 3]), "customer_id"),
        (
            lambda store: invoices.find(store, filters=invoices.Filters(customer_id=1)),
            "customer_id",
        ),
        (
            lambda store: invoices.find(store, filters=invoices.Filters(work_order_id=1)),
            "work_order_id",
        ),
        (lambda store: lately.lately(store, 1), "customer_id"),
        (lambda store: standings.of(store, 1), "customer_id"),
    ],
    ids=["what customers owe", "bills of a customer", "bills of a job", "lately", "standing"],
)
def test_bills_of_one_owner_are_found_by_that_owner(
    busy: Store, ask: Callable[[Store], object], owner: str
) -> None:
    """An index of all issued bills looks narrower to SQLite, and is two hundred thousand long."""
    plan = questions.plan(busy, lambda: ask(busy))
    of_bills = [line for line in plan if "ix_invoice_state_kind" in line]
    assert [line for line in plan if f"ix_invoice_{owner}" in line]
    assert len(of_bills) <= 2  # drafts and credit notes, which are few
    assert not [line for line in plan if "sqlite_autoindex_invoice_1 (kind=? AND count>?)" in line]


def test_today_is_filled_before_what_it_does_not_show_is_loaded(made: Path, tmp_path: Path) -> None:
    path = tmp_path / made.name
    shutil.copy(made, path)
    found = of_screen.loaded(path, tmp_path)
    assert "smallcmms.ui.pages.today" in found
    assert sorted(found & set(NOT_FOR_TODAY)) == []
