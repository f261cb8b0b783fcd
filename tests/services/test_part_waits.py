"""What a job waits for, and what "Part is in" does."""

from __future__ import annotations

from datetime import date

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.services import check, part_waits, parts, purchase_orders, work_orders
from smallcmms.services.part_waits import Came
from smallcmms.store.store import Store
from tests import orders
from tests.build import Story, july
from tests.conftest import Clock
from tests.orders import Shelf, line, placed, waiting_job


@pytest.fixture
def shelf(store: Store, story: Story) -> Shelf:  # noqa: ARG001, the shop is there
    return orders.shelf(store)


def test_a_job_waits_for_the_latest_of_its_orders(
    store: Store, clock: Clock, shelf: Shelf, story: Story
) -> None:
    job = waiting_job(store, story, (shelf.coupler, 1), (shelf.capacitor, 1))
    placed(store, line(shelf.coupler, 1), promised_on=date(2026, 7, 20))
    late = placed(store, line(shelf.capacitor, 1), promised_on=date(2026, 7, 14))
    clock.moment = july(18, 9, 0)
    found = part_waits.of(store, [job])[job]
    assert (found.purchase_order_id, found.days_late) == (late, 4)
    assert found.supplier == "Miami Valley Supply"
    assert part_waits.late_orders(store) == 1


def test_part_is_in_takes_in_what_the_job_waits_for_and_lets_it_go_on(
    store: Store, shelf: Shelf, story: Story
) -> None:
    job = waiting_job(store, story, (shelf.coupler, 1))
    order = placed(store, line(shelf.coupler, 4), line(shelf.coupler, 1, work_order_id=None))
    assert part_waits.part_is_in(store, job) == Came(("PO-0001",), is_ended=True)
    assert purchase_orders.get(store, order).row.status is PurchaseOrderStatus.RECEIVED
    assert work_orders.get(store, job).status is WorkOrderStatus.APPROVED
    assert parts.rows(store, [shelf.coupler])[shelf.coupler].on_hand == 5
    assert check.problems(store) == []
    store.undo()
    assert work_orders.get(store, job).status is WorkOrderStatus.ON_HOLD
    assert purchase_orders.get(store, order).row.status is PurchaseOrderStatus.ORDERED


def test_work_that_no_order_brings_anything_for_simply_goes_on(
    store: Store, shelf: Shelf, story: Story
) -> None:
    job = waiting_job(store, story, (shelf.coupler, 1))
    assert part_waits.of(store, [job]) == {}
    assert part_waits.part_is_in(store, job) == Came((), is_ended=True)
    with pytest.raises(RuleBroken, match="does not wait"):
        part_waits.part_is_in(store, job)


def test_a_draft_brings_nothing(store: Store, shelf: Shelf, story: Story) -> None:
    job = waiting_job(store, story, (shelf.coupler, 1))
    purchase_orders.make(store, [line(shelf.coupler, 1)])
    assert part_waits.of(store, [job])[job].is_draft
    with pytest.raises(RuleBroken, match="PO-0001 is a draft"):
        part_waits.part_is_in(store, job)


def test_what_is_bought_for_one_job_does_not_go_to_a_worse_one(
    store: Store, shelf: Shelf, story: Story
) -> None:
    job = waiting_job(store, story, (shelf.coupler, 1))
    worse = waiting_job(store, story, (shelf.coupler, 1), title="Flood")
    work_orders.set_level(store, worse, level=Level.CRITICAL, reason="Water runs")
    placed(store, line(shelf.coupler, 1, work_order_id=job))
    assert worse not in part_waits.of(store, [job, worse])
    part_waits.part_is_in(store, job)
    assert work_orders.get(store, job).status is WorkOrderStatus.APPROVED
    assert work_orders.get(store, worse).status is WorkOrderStatus.ON_HOLD
