"""What is to be ordered: by what is kept, what jobs are short of, and what is used up."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from smallcmms.domain.stock import MoveKind
from smallcmms.services import parts, purchase_orders, reordering
from smallcmms.services.reordering import Suggestion
from smallcmms.services.steps import stock
from smallcmms.store.store import Store
from tests import orders
from tests.build import Story
from tests.conftest import Clock
from tests.orders import MONDAY, Shelf, line, placed, waiting_job


@pytest.fixture
def shelf(store: Store, story: Story) -> Shelf:  # noqa: ARG001, the shop is there
    found = orders.shelf(store)
    for part_id, quantity in ((found.filters, 12), (found.coupler, 1)):
        have(store, found, part_id, quantity)
    return found


def have(store: Store, shelf: Shelf, part_id: int, quantity: int) -> None:
    parts.receive(
        store, part_id, location_id=shelf.shop, quantity=Decimal(quantity), moved_on=MONDAY
    )


def by_number(store: Store) -> dict[str, Suggestion]:
    return {each.number: each for each in reordering.suggestions(store)}


def test_nothing_is_suggested_while_enough_is_there(store: Store, shelf: Shelf) -> None:  # noqa: ARG001
    assert reordering.suggestions(store) == []


def test_what_jobs_are_short_of_is_suggested_in_whole_packs(
    store: Store, shelf: Shelf, story: Story
) -> None:
    waiting_job(store, story, (shelf.filters, 14))
    found = by_number(store)["FLT-2"]
    assert (found.quantity, found.short, found.free) == (18, 2, -2)
    assert (found.cost, found.supplier) == (Decimal("73.80"), "Miami Valley Supply")
    assert [job.number for job in found.jobs] == ["WO-2310"]


def test_a_part_that_nobody_keeps_is_ordered_for_the_one_job_that_wants_it(
    store: Store, shelf: Shelf, story: Story
) -> None:
    job = waiting_job(store, story, (shelf.capacitor, 2))
    suggested = reordering.suggestions(store)
    (new,) = reordering.lines(suggested)
    assert (new.part_id, new.quantity, new.work_order_id) == (shelf.capacitor, 2, job)


def test_what_is_on_its_way_or_on_a_draft_is_not_suggested_again(
    store: Store, shelf: Shelf, story: Story
) -> None:
    waiting_job(store, story, (shelf.filters, 14), (shelf.coupler, 1))
    purchase_orders.make(store, reordering.lines(reordering.suggestions(store)))
    assert reordering.suggestions(store) == []
    first, *_rest = purchase_orders.find(store)
    purchase_orders.order(store, first)
    assert reordering.suggestions(store) == []
    purchase_orders.cancel(store, first, reason="Too dear")
    assert len(reordering.suggestions(store)) == 1


def test_what_is_used_up_during_the_lead_time_raises_the_point(
    store: Store, clock: Clock, shelf: Shelf
) -> None:
    parts.edit(store, shelf.capacitor, lead_days=30, safety_stock=Decimal(1))
    have(store, shelf, shelf.capacitor, 9)
    assert by_number(store) == {}
    use(store, clock, shelf, 6)
    found = by_number(store)["CAP-45"]
    assert (found.used, found.point, found.free) == (6, 3, 2)
    assert found.quantity == 1


def use(store: Store, clock: Clock, shelf: Shelf, quantity: int) -> None:
    """Sell parts over the counter, a few days ago, and one long before."""
    clock.advance(days=200)
    for days, count in ((3, quantity), (199, 1)):
        on = clock.moment.date() - timedelta(days=days)
        with store.change("Sell a part") as session:
            stock.move(
                session,
                clock.moment,
                part_id=shelf.capacitor,
                location_id=shelf.shop,
                kind=MoveKind.ISSUE,
                quantity=Decimal(-count),
                moved_on=on,
            )


def test_suppliers_stand_by_the_worst_of_their_parts(
    store: Store, shelf: Shelf, story: Story
) -> None:
    parts.edit(store, shelf.coupler, keep=Decimal(3))
    waiting_job(store, story, (shelf.filters, 14), (shelf.capacitor, 1))
    groups = reordering.by_supplier(reordering.suggestions(store))
    assert [(each.supplier, each.total) for each in groups] == [
        ("Miami Valley Supply", Decimal("85.00")),
        ("Great Lakes Pump", Decimal("43.20")),
    ]


def test_a_part_without_a_supplier_is_suggested_and_left_off_the_orders(
    store: Store,
    shelf: Shelf,  # noqa: ARG001
) -> None:
    parts.add(store, number="X-1", name="Odd", cost=Decimal(1), keep=Decimal(2))
    suggested = reordering.suggestions(store)
    assert [each.number for each in suggested] == ["X-1"]
    assert reordering.lines(suggested) == []


def test_an_archived_part_is_not_suggested(store: Store, shelf: Shelf) -> None:
    parts.edit(store, shelf.coupler, keep=Decimal(5))
    parts.archive(store, shelf.coupler)
    assert reordering.suggestions(store) == []


def test_what_came_too_much_does_not_count_against_the_next_order(
    store: Store, shelf: Shelf
) -> None:
    order = placed(store, line(shelf.coupler, 1), line(shelf.coupler, 1, work_order_id=None))
    (only,) = purchase_orders.get(store, order).lines
    purchase_orders.receive(store, order, received={only.id: Decimal(5)})
    parts.edit(store, shelf.coupler, keep=Decimal(8))
    assert by_number(store)["CPL-1"].quantity == 2
