from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from smallcmms.domain.copies import CopyState, PaperState
from smallcmms.domain.deficiencies import DeficiencyStatus
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import InvoiceState
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.levels import Level
from smallcmms.domain.sheets import Result, SheetEntry, TypedTimes
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import (
    BillingRule,
    HoldReason,
    ShownState,
    WorkOrderStatus,
)
from smallcmms.models import SheetCopy
from smallcmms.services import (
    drafts,
    invoices,
    sheets,
    technicians,
    work_orders,
)
from smallcmms.services import shop as settings
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import ENTRY, entry, on_truck


def test_the_sheet_of_the_story_says_what_it_comes_to_while_it_is_typed(
    store: Store, job: int
) -> None:
    said = sheets.check(store, job, ENTRY)
    assert (said.on_site_hours, said.driving_hours) == (Decimal("1.75"), Decimal("0.83"))
    assert said.problems == ()
    assert said.warnings == ()
    assert said.bill is not None
    assert (said.bill.net, said.bill.tax, said.bill.total) == (
        Decimal("332.25"),
        Decimal("3.64"),
        Decimal("335.89"),
    )
    assert [line.text for line in said.bill_lines] == [
        "Labor, Marco Reyes, Jul 13",
        "Service call",
        "Float switch, tether",
        "Hose clamp 2 in",
    ]
    assert sheets.would_bill(store, job, ENTRY).total == Decimal("335.89")


def test_done_make_invoice_is_one_step(store: Store, clock: Clock, job: int, story: Story) -> None:
    drafts.keep(store, sheets.DRAFT, str(job), ENTRY.to_json())
    before = list(dump(store))
    clock.moment = july(14, 10, 32)
    entered = sheets.enter(store, job, ENTRY, then="invoice")
    page = work_orders.get(store, job)
    assert page.status is WorkOrderStatus.CLOSED
    assert page.done_on == date(2026, 7, 13)
    assert page.recorded_at == july(14, 10, 32)
    assert page.state is ShownState.TO_INVOICE
    assert page.paper is PaperState.ENTERED
    assert page.confirmed_at == july(13, 9, 50)
    assert (page.signed_by, page.rating, page.cause) == ("W. Hensley", 5, "blocked")
    assert page.remedies == ("cleaned", "replaced")
    assert [visit.status for visit in page.visits] == [VisitStatus.DONE]
    assert [(line.labour_class, line.minutes, line.is_billable) for line in page.labour] == [
        (LabourClass.REGULAR, 105, True),
        (LabourClass.TRAVEL, 50, False),
    ]
    assert [(line.name, line.quantity, line.cost) for line in page.used] == [
        ("Float switch, tether", Decimal(1), Decimal("18.20")),
        ("Check valve 1½ in", Decimal(0), Decimal("12.40")),
        ("Hose clamp 2 in", Decimal(1), Decimal("1.10")),
    ]
    assert [on_truck(store, each, story) for each in stocked(story)] == [1, 5, 1]
    (deficiency,) = page.deficiencies
    assert deficiency.text == "pipe hanger, 10 ft pipe"
    assert deficiency.status is DeficiencyStatus.OPEN
    assert drafts.get(store, sheets.DRAFT, str(job)) is None
    assert entered.invoice_id is not None
    draft = invoices.get(store, entered.invoice_id)
    assert (draft.state, draft.total) == (InvoiceState.DRAFT, Decimal("335.89"))
    store.undo()
    assert list(dump(store)) == before


def stocked(story: Story) -> tuple[int, int, int]:
    return story.float_switch_id, story.hose_clamp_id, story.check_valve_id


def test_a_copy_keeps_what_was_entered_from_it(store: Store, job: int) -> None:
    sheets.enter(store, job, ENTRY)
    with store.read() as session:
        copy = session.scalars(select(SheetCopy)).one()
    assert (copy.state, copy.entered_at) == (CopyState.ENTERED, july(14, 10, 31))
    assert SheetEntry.from_json(copy.entry) == ENTRY


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (Result.HOLDING, HoldReason.RETURN_VISIT),
        (Result.GO_BACK_PART, HoldReason.PARTS),
        (Result.GO_BACK_ACCESS, HoldReason.ACCESS),
        (Result.GO_BACK_TIME, HoldReason.RETURN_VISIT),
    ],
)
def test_going_back_lets_the_work_wait(
    store: Store, job: int, result: Result, reason: HoldReason
) -> None:
    sheets.enter(store, job, entry(result=result))
    page = work_orders.get(store, job)
    assert (page.status, page.hold_reason) == (WorkOrderStatus.ON_HOLD, reason)
    assert [visit.status for visit in page.visits] == [VisitStatus.DONE]
    assert page.done_on is None


def test_work_that_is_not_fixed_is_not_closed(store: Store, job: int) -> None:
    before = list(dump(store))
    with pytest.raises(RuleBroken, match="not fixed"):
        sheets.enter(store, job, entry(result=Result.HOLDING), then="close")
    assert list(dump(store)) == before


def test_a_return_visit_is_planned_and_entered_like_the_first(
    store: Store, clock: Clock, job: int, story: Story
) -> None:
    sheets.enter(store, job, entry(result=Result.GO_BACK_TIME, quote=""))
    work_orders.schedule(
        store,
        job,
        technician_ids=[story.technician_id],
        planned_from=july(15, 8, 0),
        planned_to=july(15, 9, 0),
    )
    assert work_orders.get(store, job).state is ShownState.IN_PROGRESS
    clock.moment = july(15, 12, 0)
    again = entry(
        times=(TypedTimes(arrived="8:00", finished="9:00"),),
        used=(),
        others=(),
        found_and_did="Second visit: all good.",
    )
    sheets.enter(store, job, again, then="close")
    page = work_orders.get(store, job)
    assert page.done_on == date(2026, 7, 15)
    assert page.found_and_did.splitlines()[-1] == "Second visit: all good."
    assert [line.minutes for line in page.labour] == [105, 50, 60]
    assert [line.quantity for line in page.used] == [1, 1, 0]


def test_nobody_there_is_a_no_show_and_the_work_is_to_schedule_again(
    store: Store, job: int
) -> None:
    times = TypedTimes(date="Jul 13", left_shop="7:40", back="8:30")
    sheets.enter(store, job, SheetEntry(times=(times,), is_nobody_there=True))
    page = work_orders.get(store, job)
    assert (page.status, page.state) == (WorkOrderStatus.APPROVED, ShownState.TO_SCHEDULE)
    assert [visit.status for visit in page.visits] == [VisitStatus.NO_SHOW]
    assert page.labour == ()
    assert page.paper is PaperState.ENTERED


def test_nobody_there_with_work_booked_is_a_visit(store: Store, job: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        sheets.enter(store, job, entry(is_nobody_there=True, result=None))
    assert refused.value.field == "result"


def test_not_happy_leaves_the_confirmation_open(store: Store, job: int) -> None:
    unhappy = entry(is_not_happy=True)
    with pytest.raises(RuleBroken) as refused:
        sheets.enter(store, job, unhappy, then="invoice")
    assert refused.value.field == "confirmed"
    sheets.enter(store, job, unhappy)
    page = work_orders.get(store, job)
    assert (page.state, page.is_unhappy, page.confirmed_at) == (ShownState.TO_REVIEW, True, None)
    work_orders.confirm(store, job, by="Priya Natarajan")
    work_orders.close(store, job)
    assert work_orders.get(store, job).state is ShownState.TO_INVOICE


def test_a_sheet_without_a_signature_waives_the_confirmation(store: Store, job: int) -> None:
    sheets.enter(store, job, entry(customer_name=""), then="close")
    page = work_orders.get(store, job)
    assert (page.status, page.confirmed_at) == (WorkOrderStatus.CLOSED, None)


def test_a_sheet_is_entered_once(store: Store, job: int) -> None:
    sheets.enter(store, job, ENTRY)
    with pytest.raises(RuleBroken, match="completed"):
        sheets.enter(store, job, ENTRY)


def test_a_copy_is_entered_once_while_work_goes_on(store: Store, job: int) -> None:
    sheets.enter(store, job, entry(result=Result.HOLDING), copy=1)
    with pytest.raises(RuleBroken, match="entered already"):
        sheets.enter(store, job, ENTRY, copy=1)
    with pytest.raises(RuleBroken, match="no copy 7"):
        sheets.enter(store, job, ENTRY, copy=7)


def test_driving_is_billed_where_the_shop_bills_it(store: Store, job: int) -> None:
    settings.edit(store, travel_is_billed=True)
    with pytest.raises(RuleBroken, match="no rate"):
        sheets.would_bill(store, job, ENTRY)
    assert sheets.check(store, job, ENTRY).bill is None


def test_work_that_is_not_billed_books_time_without_a_price(store: Store, job: int) -> None:
    work_orders.edit(store, job, billing_rule=BillingRule.WARRANTY)
    sheets.enter(store, job, ENTRY, then="close")
    page = work_orders.get(store, job)
    assert page.state is ShownState.CLOSED
    assert {line.is_billable for line in page.labour} == {False}


def test_a_sheet_whose_boxes_cannot_be_read_has_no_bill(store: Store, job: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        sheets.would_bill(store, job, entry(used=("one",)))
    assert refused.value.field == "used.0"


def test_nobody_there_without_anybody_named_is_written_down_all_the_same(
    store: Store, story: Story
) -> None:
    technicians.add(store, name="Jess Okafor")
    job = work_orders.add(store, title="Fan rattles", level=Level.LOW, wrong="Rattles",
                          customer_id=story.customer_id, site_id=story.site_id)  # fmt: skip
    work_orders.approve(store, job)
    sheets.enter(store, job, SheetEntry(is_nobody_there=True))
    page = work_orders.get(store, job)
    assert (page.status, page.visits) == (WorkOrderStatus.APPROVED, ())
