"""What is wrong with purchase orders is named."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.services import check, purchase_orders, stock, timeline
from smallcmms.store.opening import open_shop
from smallcmms.store.store import Store
from tests import orders
from tests.build import Story
from tests.conftest import Clock
from tests.orders import Shelf, line, placed


@pytest.fixture
def shelf(store: Store, story: Story) -> Shelf:  # noqa: ARG001, the shop is there
    return orders.shelf(store)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE purchase_order_line SET received = 2000 WHERE id = 1", "what its moves say"),
        ("UPDATE stock_move SET part_id = 1", "another part came in"),
        ("UPDATE purchase_order_line SET quantity = 0 WHERE id = 2", "orders nothing"),
        ("UPDATE purchase_order SET status = 'ordered' WHERE id = 1", "as far as its lines"),
        ("UPDATE purchase_order SET ordered_on = NULL", "has no day"),
        ("UPDATE purchase_order SET promised_on = '2020-01-01'", "before it was ordered"),
        ("UPDATE purchase_order SET status = 'cancelled' WHERE id = 2", "its last event says"),
    ],
)
def test_what_breaks_an_order_is_named(
    store: Store, shop: Path, clock: Clock, shelf: Shelf, *, statement: str, message: str
) -> None:
    order = placed(store, line(shelf.coupler, 2))
    (only,) = purchase_orders.get(store, order).lines
    purchase_orders.receive(store, order, received={only.id: Decimal(1)})
    placed(store, line(shelf.filters, 6))
    assert check.problems(store) == []
    store.close()
    with sqlite3.connect(shop) as connection:
        connection.execute(statement)
    connection.close()
    again = open_shop(shop, now=clock)
    told = [str(problem) for problem in check.problems(again)]
    again.close()
    assert any(message in each for each in told), told


def test_a_receipt_that_is_taken_back_opens_its_order_again(store: Store, shelf: Shelf) -> None:
    order = placed(store, line(shelf.coupler, 2))
    purchase_orders.receive_rest(store, order)
    (move, *_rest) = stock.moves(store, shelf.coupler)
    stock.reverse(store, move.id, reason="Wrong box")
    page = purchase_orders.get(store, order)
    assert (page.row.status, page.lines[0].coming) == (PurchaseOrderStatus.ORDERED, 2)
    assert timeline.of(store, "purchase_order", order)[0].text == "A receipt was taken back"
    assert check.problems(store) == []
