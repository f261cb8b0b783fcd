"""Purchase orders from the draft to the shelf, and the work that waits for what they bring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.domain.tags import read
from smallcmms.domain.work_orders import ShownState, WorkOrderStatus
from smallcmms.services import (
    check,
    parts,
    purchase_orders,
    scans,
    search,
    shop,
    timeline,
    work_orders,
)
from smallcmms.services.purchase_orders import Chip, NewLine
from smallcmms.store.store import Store
from tests import orders
from tests.build import Story, july
from tests.conftest import Clock
from tests.orders import MONDAY, Shelf, line, placed, waiting_job


@pytest.fixture
def shelf(store: Store, story: Story) -> Shelf:  # noqa: ARG001, the shop is there
    return orders.shelf(store)


def on_shelf(store: Store, part_id: int) -> Decimal:
    return parts.rows(store, [part_id])[part_id].on_hand


def test_what_is_to_be_ordered_becomes_one_draft_for_each_supplier(
    store: Store, shelf: Shelf
) -> None:
    first, second = purchase_orders.make(
        store, [line(shelf.filters, 18), line(shelf.coupler, 1), line(shelf.capacitor, 2)]
    )
    pages = [purchase_orders.get(store, each) for each in (first, second)]
    assert [page.row.supplier for page in pages] == ["Miami Valley Supply", "Great Lakes Pump"]
    assert [page.row.number for page in pages] == ["PO-0001", "PO-0002"]
    assert [page.row.total for page in pages] == [Decimal("96.20"), Decimal("21.60")]
    filters = pages[0].lines[0]
    assert (filters.supplier_number, filters.packs, filters.pack) == ("MV-2025", 3, "pack")


def test_more_of_the_same_goes_on_the_draft_that_is_there(store: Store, shelf: Shelf) -> None:
    (draft,) = purchase_orders.make(store, [line(shelf.filters, 6)])
    assert purchase_orders.make(store, [line(shelf.filters, 12)]) == [draft]
    (only,) = purchase_orders.get(store, draft).lines
    assert only.quantity == 18


def test_a_line_in_words_needs_a_supplier_and_a_text(store: Store, shelf: Shelf) -> None:
    with pytest.raises(RuleBroken, match="from which supplier"):
        purchase_orders.make(store, [NewLine(text="Crane", quantity=Decimal(1))])
    supplier_id = parts_supplier(store, shelf)
    with pytest.raises(RuleBroken, match="what is to be ordered"):
        purchase_orders.make(store, [NewLine(quantity=Decimal(1), supplier_id=supplier_id)])
    with pytest.raises(RuleBroken, match="more than zero"):
        purchase_orders.make(store, [line(shelf.coupler, 0)])
    with pytest.raises(RuleBroken, match="nothing to order"):
        purchase_orders.make(store, [])
    assert purchase_orders.find(store) == []


def parts_supplier(store: Store, shelf: Shelf) -> int:
    (draft,) = purchase_orders.make(store, [line(shelf.coupler, 1)])
    supplier_id = purchase_orders.get(store, draft).row.supplier_id
    store.undo()
    return supplier_id


def test_a_draft_is_changed_line_by_line_and_a_placed_order_is_not(
    store: Store, shelf: Shelf
) -> None:
    (draft,) = purchase_orders.make(store, [line(shelf.filters, 6)])
    added = purchase_orders.add_line(store, draft, line(shelf.capacitor, 2))
    purchase_orders.edit_line(store, added, quantity=Decimal(3), unit_cost=Decimal("10.95"))
    assert purchase_orders.get(store, draft).row.total == Decimal("57.45")
    purchase_orders.remove_line(store, added)
    purchase_orders.order(store, draft)
    (left,) = purchase_orders.get(store, draft).lines
    with pytest.raises(RuleBroken, match="is placed"):
        purchase_orders.edit_line(store, left.id, quantity=Decimal(1))


def test_an_order_is_expected_when_its_slowest_part_usually_comes(
    store: Store, shelf: Shelf
) -> None:
    parts.edit(store, shelf.filters, lead_days=3)
    parts.edit(store, shelf.capacitor, lead_days=5)
    order = placed(store, line(shelf.filters, 6), line(shelf.capacitor, 1))
    row = purchase_orders.get(store, order).row
    assert (row.ordered_on, row.promised_on) == (MONDAY, date(2026, 7, 18))
    purchase_orders.edit(store, order, promised_on=date(2026, 7, 15), reference="SO-88")
    assert purchase_orders.get(store, order).row.promised_on == date(2026, 7, 15)
    with pytest.raises(RuleBroken, match="before it is ordered"):
        purchase_orders.edit(store, order, promised_on=date(2026, 7, 1))


def test_an_empty_draft_cannot_be_placed(store: Store, shelf: Shelf) -> None:
    (draft,) = purchase_orders.make(store, [line(shelf.filters, 6)])
    purchase_orders.remove_line(store, purchase_orders.get(store, draft).lines[0].id)
    with pytest.raises(RuleBroken, match="nothing to order"):
        purchase_orders.order(store, draft)


def test_what_comes_in_goes_on_the_shelf_at_its_cost(store: Store, shelf: Shelf) -> None:
    parts.receive(
        store, shelf.filters, location_id=shelf.shop, quantity=Decimal(6), moved_on=MONDAY
    )
    order = placed(store, line(shelf.filters, 18), line(shelf.capacitor, 2))
    filters, capacitor = purchase_orders.get(store, order).lines
    came = purchase_orders.receive(
        store,
        order,
        received={filters.id: Decimal(6), capacitor.id: Decimal(0)},
        unit_costs={filters.id: Decimal("5.10")},
    )
    assert came.status is PurchaseOrderStatus.PART_RECEIVED
    assert on_shelf(store, shelf.filters) == 12
    assert parts.rows(store, [shelf.filters])[shelf.filters].cost == Decimal("4.6000")
    assert [each.coming for each in purchase_orders.get(store, order).lines] == [12, 2]
    rest = purchase_orders.receive_rest(store, order)
    assert rest.status is PurchaseOrderStatus.RECEIVED
    assert (on_shelf(store, shelf.filters), on_shelf(store, shelf.capacitor)) == (24, 2)
    assert purchase_orders.get(store, order).row.received_on == MONDAY
    assert check.problems(store) == []


def test_a_receipt_is_undone_whole(store: Store, shelf: Shelf, story: Story) -> None:
    job = waiting_job(store, story, (shelf.coupler, 1))
    order = placed(store, line(shelf.coupler, 2))
    purchase_orders.receive_rest(store, order)
    assert work_orders.get(store, job).status is WorkOrderStatus.APPROVED
    store.undo()
    assert purchase_orders.get(store, order).row.status is PurchaseOrderStatus.ORDERED
    assert on_shelf(store, shelf.coupler) == 0
    assert work_orders.get(store, job).status is WorkOrderStatus.ON_HOLD
    assert check.problems(store) == []


@pytest.mark.parametrize(
    ("received", "on", "message"),
    [
        ({}, None, "what came in"),
        ({0: Decimal(0)}, None, "what came in"),
        ({99: Decimal(1)}, None, "not on the order"),
        ({0: Decimal(-1)}, None, "more than zero"),
        ({0: Decimal(1)}, date(2026, 7, 14), "still to come"),
        ({0: Decimal(1)}, date(2026, 7, 12), "before it was ordered"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused(
    store: Store, shelf: Shelf, received: dict[int, Decimal], on: date | None, message: str
) -> None:
    order = placed(store, line(shelf.filters, 18))
    (only,) = purchase_orders.get(store, order).lines
    told = {line_id or only.id: quantity for line_id, quantity in received.items()}
    with pytest.raises(RuleBroken, match=message):
        purchase_orders.receive(store, order, received=told, received_on=on)


def test_nothing_comes_of_a_draft_nor_of_what_is_over(store: Store, shelf: Shelf) -> None:
    (draft,) = purchase_orders.make(store, [line(shelf.filters, 6)])
    with pytest.raises(RuleBroken, match="Place the order first"):
        purchase_orders.receive_rest(store, draft)
    purchase_orders.order(store, draft)
    purchase_orders.receive_rest(store, draft)
    with pytest.raises(RuleBroken, match="All of it is in"):
        purchase_orders.receive_rest(store, draft)


def test_work_goes_on_when_its_last_missing_part_is_in(
    store: Store, clock: Clock, shelf: Shelf, story: Story
) -> None:
    job = waiting_job(store, story, (shelf.coupler, 1), (shelf.capacitor, 1))
    first = placed(store, line(shelf.coupler, 1))
    second = placed(store, line(shelf.capacitor, 1))
    clock.moment = july(14, 9, 0)
    assert purchase_orders.receive_rest(store, first).parts_are_in == ()
    assert work_orders.get(store, job).status is WorkOrderStatus.ON_HOLD
    assert purchase_orders.receive_rest(store, second).parts_are_in == ("WO-2310",)
    row = work_orders.rows(store, [job])[job]
    assert (row.state, row.is_part_in) == (ShownState.TO_SCHEDULE, True)
    assert timeline.of(store, "work_order", job)[0].text == "Part is in"


def test_planning_the_visit_ends_the_note(store: Store, shelf: Shelf, story: Story) -> None:
    job = waiting_job(store, story, (shelf.coupler, 1))
    purchase_orders.receive_rest(store, placed(store, line(shelf.coupler, 1)))
    work_orders.schedule(
        store,
        job,
        technician_ids=[story.technician_id],
        planned_from=july(14, 8, 0),
        planned_to=july(14, 9, 0),
    )
    assert not work_orders.rows(store, [job])[job].is_part_in


def test_work_also_waits_for_what_is_bought_for_it_in_words(
    store: Store, shelf: Shelf, story: Story
) -> None:
    job = waiting_job(store, story, (shelf.coupler, 1))
    supplier_id = parts_supplier(store, shelf)
    words = NewLine(
        text="Gasket, cut to size", quantity=Decimal(1), supplier_id=supplier_id, work_order_id=job
    )
    order = placed(store, line(shelf.coupler, 1, work_order_id=job), words)
    coupler, gasket = purchase_orders.get(store, order).lines
    purchase_orders.receive(store, order, received={coupler.id: Decimal(1)})
    assert work_orders.get(store, job).status is WorkOrderStatus.ON_HOLD
    came = purchase_orders.receive(store, order, received={gasket.id: Decimal(1)})
    assert came.parts_are_in == ("WO-2310",)


def test_a_part_for_the_shelf_does_not_end_a_hold_for_something_else(
    store: Store, shelf: Shelf, story: Story
) -> None:
    parts.receive(
        store, shelf.coupler, location_id=shelf.shop, quantity=Decimal(1), moved_on=MONDAY
    )
    job = waiting_job(store, story, (shelf.coupler, 1))
    purchase_orders.receive_rest(store, placed(store, line(shelf.coupler, 5)))
    assert work_orders.get(store, job).status is WorkOrderStatus.ON_HOLD


def test_cancelling_asks_why_and_keeps_what_is_in(store: Store, shelf: Shelf) -> None:
    order = placed(store, line(shelf.filters, 18))
    (only,) = purchase_orders.get(store, order).lines
    purchase_orders.receive(store, order, received={only.id: Decimal(6)})
    with pytest.raises(RuleBroken, match="why"):
        purchase_orders.cancel(store, order, reason=" ")
    purchase_orders.cancel(store, order, reason="No longer made")
    assert purchase_orders.get(store, order).cancel_reason == "No longer made"
    assert on_shelf(store, shelf.filters) == 6
    assert check.problems(store) == []


def test_a_draft_is_discarded_without_a_reason(store: Store, shelf: Shelf) -> None:
    (draft,) = purchase_orders.make(store, [line(shelf.filters, 6)])
    purchase_orders.discard(store, draft)
    assert purchase_orders.get(store, draft).row.status is PurchaseOrderStatus.CANCELLED


def test_the_list_shows_what_is_open_first_and_counts_the_late(
    store: Store, clock: Clock, shelf: Shelf
) -> None:
    late = placed(store, line(shelf.filters, 6), promised_on=MONDAY)
    there = placed(store, line(shelf.coupler, 1))
    purchase_orders.receive_rest(store, there)
    clock.moment = july(17, 9, 0)
    (draft,) = purchase_orders.make(store, [line(shelf.filters, 6)])
    assert list(purchase_orders.find(store)) == [draft, late, there]
    assert purchase_orders.rows(store, [late])[late].days_late == 4
    assert list(purchase_orders.find(store, chip=Chip.LATE)) == [late]
    assert list(purchase_orders.find(store, text="great coupler")) == [there]
    counted = purchase_orders.counts(store)
    assert (counted.open, counted.draft, counted.late, counted.received) == (2, 1, 1, 1)


def test_its_code_and_its_number_lead_to_it(store: Store, shelf: Shelf) -> None:
    order = placed(store, line(shelf.filters, 6))
    code = purchase_orders.get(store, order).code
    assert read(code, shop=shop.get(store).code).kind == "O"
    found = scans.read(store, code)
    assert (found.kind, found.id) == ("purchase_order", order)
    assert [hit.opens for hit in search.find(store, "po1")] == [("purchase_order", order)]


def test_there_is_no_order_that_is_not_there(store: Store, story: Story) -> None:  # noqa: ARG001
    with pytest.raises(NotFound):
        purchase_orders.get(store, 7)
