"""Suppliers: the register, and how long they take against what they promise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.purchase_orders import LeadTime
from smallcmms.services import purchase_orders, suppliers
from smallcmms.store.store import Store
from tests import orders
from tests.build import Story, july
from tests.conftest import Clock
from tests.orders import Shelf, line, placed


@pytest.fixture
def shelf(store: Store, story: Story) -> Shelf:  # noqa: ARG001, the shop is there
    return orders.shelf(store)


def test_a_supplier_is_added_found_changed_and_put_away(store: Store) -> None:
    added = suppliers.add(store, name=" Airworks Direct ", phone="555-0100", account="RM-7")
    assert list(suppliers.find(store, text="air RM")) == [added]
    suppliers.edit(store, added, name="Airworks", email="orders@airworks.example")
    row = suppliers.get(store, added)
    assert (row.name, row.email, row.parts, row.lead) == (
        "Airworks", "orders@airworks.example", 0, LeadTime(),
    )  # fmt: skip
    suppliers.archive(store, added)
    assert suppliers.find(store) == []


@pytest.mark.parametrize("name", ["", "  ", "miami valley supply"])
def test_a_supplier_needs_a_name_of_its_own(store: Store, shelf: Shelf, name: str) -> None:  # noqa: ARG001
    with pytest.raises(RuleBroken) as told:
        suppliers.add(store, name=name)
    assert told.value.field == "name"


def test_a_supplier_with_an_open_order_is_not_put_away(store: Store, shelf: Shelf) -> None:
    order = placed(store, line(shelf.coupler, 1))
    supplier_id = purchase_orders.get(store, order).row.supplier_id
    with pytest.raises(RuleBroken, match="still open"):
        suppliers.archive(store, supplier_id)
    purchase_orders.receive_rest(store, order)
    suppliers.archive(store, supplier_id)


def test_how_long_a_supplier_takes_stands_beside_what_it_promised(
    store: Store, clock: Clock, shelf: Shelf
) -> None:
    first = placed(store, line(shelf.coupler, 1), promised_on=date(2026, 7, 15))
    purchase_orders.receive_rest(store, first)
    second = placed(store, line(shelf.coupler, 1), promised_on=date(2026, 7, 16))
    clock.moment = july(19, 9, 0)
    purchase_orders.receive_rest(store, second)
    supplier_id = purchase_orders.get(store, second).row.supplier_id
    row = suppliers.get(store, supplier_id)
    assert row.lead == LeadTime(2, Decimal(3), Decimal("2.5"), on_time=1, promises=2)
    assert (row.parts, row.open_orders) == (1, 0)


def test_there_is_no_supplier_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        suppliers.get(store, 99)
    with pytest.raises(RuleBroken, match="cannot be changed"):
        suppliers.add(store, name="X", colour="red")
