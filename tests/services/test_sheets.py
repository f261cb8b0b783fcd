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
from smallcmms.domain.sheets import LineMark, Mark, OtherPart, Result, SheetEntry, TypedTimes
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import (
    BillingRule,
    HoldReason,
    NotOnSheet,
    ShownState,
    WorkOrderStatus,
)
from smallcmms.models import SheetCopy
from smallcmms.services import (
    drafts,
    invoices,
    parts,
    sheets,
    technicians,
    visits,
    work_orders,
)
from smallcmms.services import shop as settings
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests import jobs
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import ENTRY, TIMES, entry


@pytest.fixture
def job(store: Store, clock: Clock, story: Story) -> int:
    """Return WO-2310 on Tuesday at 10:31, its sheet back on the desk."""
    return jobs.out_since_yesterday(store, clock, story)


def on_truck(store: Store, part_id: int, story: Story) -> Decimal:
    lying = parts.where(store, part_id)
    return sum((at.quantity for at in lying if at.location_id == story.truck_id), Decimal(0))


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


def test_a_scribbled_part_is_found_with_its_truck(store: Store, job: int, story: Story) -> None:
    (found,) = sheets.check(store, job, ENTRY).others
    assert found is not None
    assert (found.number, found.location, found.on_hand) == ("HC-2", "Truck 1", Decimal(6))
    assert found.part_id == story.hose_clamp_id


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


def test_a_time_before_the_last_is_asked_about_beside_its_box(store: Store, job: int) -> None:
    wrong = entry(times=(TypedTimes(date="Jul 13", arrived="9:50", finished="8:05"),))
    (problem,) = sheets.check(store, job, wrong).problems
    assert problem.field == "times.0.finished"
    with pytest.raises(RuleBroken) as refused:
        sheets.enter(store, job, wrong, then="invoice")
    assert refused.value.field == "times.0.finished"
    assert work_orders.get(store, job).status is WorkOrderStatus.SCHEDULED


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
    assert [line.quantity for line in page.used] == [1, 0, 1]


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


@pytest.mark.parametrize(
    ("boxes", "answer", "field"),
    [
        ({"cause": ""}, NotOnSheet.CODING, "cause"),
        ({"marks": (LineMark(Mark.OK),)}, NotOnSheet.TASKS, "tasks"),
        ({"marks": ()}, NotOnSheet.LOCK_OUT, "lock_out"),
        ({"times": ()}, NotOnSheet.DONE_ON, "times.0.date"),
    ],
)
def test_what_is_missing_is_asked_for_or_answered_not_on_the_sheet(
    store: Store, job: int, boxes: dict[str, object], answer: NotOnSheet, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        sheets.enter(store, job, entry(**boxes))
    assert refused.value.field == field
    answers = frozenset({answer, NotOnSheet.TASKS})
    sheets.enter(store, job, entry(**boxes, not_on_sheet=answers))
    assert answer.value in work_orders.get(store, job).not_on_sheet


def test_a_line_of_the_checklist_blank_on_a_later_sheet_keeps_its_mark(
    store: Store, job: int
) -> None:
    sheets.enter(store, job, entry(result=Result.HOLDING))
    sheets.enter(store, job, entry(marks=(), used=(), others=()))
    marks = [(line.mark, line.value) for line in work_orders.get(store, job).tasks]
    assert marks[3] == (Mark.OK, "8.9")


def test_a_reading_over_its_limit_is_pointed_out_and_kept(store: Store, job: int) -> None:
    high = entry(marks=(*ENTRY.marks[:3], LineMark(Mark.BAD, "10.2 A"), ENTRY.marks[4]))
    (warning,) = sheets.check(store, job, high).warnings
    assert warning.field == "marks.3"
    assert "over the limit" in str(warning)
    sheets.enter(store, job, high)
    assert work_orders.get(store, job).tasks[3].value == "10.2"


def test_every_box_that_cannot_be_read_is_named(store: Store, job: int) -> None:
    wrong = entry(
        times=(TypedTimes(date="Jul 33", arrived="8:05", finished="9:50"),),
        marks=(*ENTRY.marks[:3], LineMark(Mark.OK, "8,9,1"), ENTRY.marks[4]),
        used=("one", "0"),
        others=(OtherPart("hose clamp", "x"),),
    )
    said = sheets.check(store, job, wrong)
    assert [problem.field for problem in said.problems] == [
        "times.0.date",
        "marks.3",
        "used.0",
        "others.0.quantity",
    ]


def test_an_end_without_a_beginning_is_asked_for(store: Store, job: int) -> None:
    for typed, field in (
        (TypedTimes(date="Jul 13", arrived="8:05"), "times.0.finished"),
        (TypedTimes(date="Jul 13", finished="9:50"), "times.0.arrived"),
    ):
        (problem,) = sheets.check(store, job, entry(times=(typed,))).problems
        assert problem.field == field


def test_more_lines_than_there_are_do_not_pass(store: Store, job: int) -> None:
    said = sheets.check(store, job, entry(marks=ENTRY.marks * 2, used=("1",) * 3))
    assert [problem.field for problem in said.problems] == ["marks", "used"]


def test_words_that_name_no_part_are_kept_as_they_are(store: Store, job: int) -> None:
    others = (OtherPart("two ft of blue pipe", "2"), OtherPart("", "1"))
    assert sheets.check(store, job, entry(others=others)).others == (None, None)
    sheets.enter(store, job, entry(others=others))
    used = work_orders.get(store, job).used
    assert [(line.name, line.part_id, line.price) for line in used[2:]] == [
        ("two ft of blue pipe", None, Decimal(0))
    ]


def test_a_part_may_be_named_by_its_id_and_its_place(store: Store, job: int, story: Story) -> None:
    shelf = next(place.id for place in parts.locations(store) if place.name == "Shop")
    other = OtherPart("", "2", part_id=story.hose_clamp_id, location_id=shelf)
    sheets.enter(store, job, entry(others=(other,)))
    lying = {at.name: at.quantity for at in parts.where(store, story.hose_clamp_id)}
    assert lying == {"Truck 1": Decimal(6), "Shop": Decimal(-2)}


def test_stock_below_zero_says_on_which_job_it_was(store: Store, job: int, story: Story) -> None:
    sheets.enter(store, job, entry(used=("3", "0")))
    assert on_truck(store, story.float_switch_id, story) == -1


def test_two_technicians_have_a_row_of_times_each(store: Store, clock: Clock, story: Story) -> None:
    jess = technicians.add(store, name="Jess Okafor", truck="Truck 2")
    job = jobs.scheduled(store, clock, story)
    (visit,) = work_orders.get(store, job).visits
    visits.reschedule(
        store,
        visit.id,
        planned_from=july(13, 8, 0),
        planned_to=july(13, 10, 0),
        technician_ids=[story.technician_id, jess],
    )
    clock.moment = july(14, 10, 31)
    hers = TypedTimes(date="Jul 13", arrived="9:00", finished="9:50", break_minutes="10")
    sheets.enter(store, job, entry(times=(TIMES, hers)))
    assert [(line.technician, line.minutes) for line in work_orders.get(store, job).labour] == [
        ("Marco Reyes", 105),
        ("Marco Reyes", 50),
        ("Jess Okafor", 40),
    ]


def test_the_second_row_of_one_technician_is_a_second_visit(
    store: Store, clock: Clock, job: int
) -> None:
    clock.moment = july(16, 9, 0)
    second = TypedTimes(date="Jul 15", arrived="1:00", finished="2:00")
    sheets.enter(store, job, entry(times=(TIMES, second)))
    page = work_orders.get(store, job)
    assert [visit.status for visit in page.visits] == [VisitStatus.DONE, VisitStatus.DONE]
    assert page.visits[1].planned_from == july(15, 13, 0)
    assert page.done_on == date(2026, 7, 15)


def test_work_that_was_never_on_the_board_gets_its_visit_from_the_sheet(
    store: Store, job: int
) -> None:
    work_orders.unschedule(store, job)
    sheets.enter(store, job, ENTRY, then="close")
    page = work_orders.get(store, job)
    assert page.visits[-1].status is VisitStatus.DONE
    assert page.visits[-1].planned_from == july(13, 8, 5)


def test_without_anybody_named_the_board_comes_first(
    store: Store, clock: Clock, story: Story
) -> None:
    technicians.add(store, name="Jess Okafor")
    job = work_orders.add(store, title="Fan rattles", level=Level.LOW, wrong="Rattles",
                          customer_id=story.customer_id, site_id=story.site_id)  # fmt: skip
    work_orders.approve(store, job)
    clock.moment = july(14, 9, 0)
    (problem,) = sheets.check(store, job, SheetEntry(times=(TIMES,))).problems
    assert problem.field == "times"


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


def test_time_that_overlaps_another_job_is_a_warning_and_counts(
    store: Store, clock: Clock, job: int, story: Story
) -> None:
    other = jobs.out_since_yesterday(store, clock, story)
    sheets.enter(store, other, ENTRY)
    (warning,) = sheets.check(store, job, ENTRY).warnings
    assert warning.values == {"number": "WO-2311"}
    sheets.enter(store, job, ENTRY)
    assert sum(line.minutes for line in work_orders.get(store, job).labour) == 155


def test_the_form_shows_the_job_as_the_paper_has_it(
    store: Store, clock: Clock, job: int, story: Story
) -> None:
    form = sheets.form(store, job)
    assert (form.number, form.state) == ("WO-2310", ShownState.SHEET_TO_ENTER)
    assert (form.copy, form.copy_revision, form.is_stale) == (1, 1, False)
    assert form.default_on == date(2026, 7, 13)
    assert [worker.name for worker in form.workers] == ["Marco Reyes"]
    assert [(part.name, part.location, part.on_hand) for part in form.parts] == [
        ("Float switch, tether", "Truck 1", Decimal(2)),
        ("Check valve 1½ in", "Truck 1", Decimal(1)),
    ]
    assert form.causes[1].text == "Blocked"
    assert (form.next_id, form.draft) == (None, None)
    other = jobs.out_since_yesterday(store, clock, story)
    drafts.keep(store, sheets.DRAFT, str(job), ENTRY.to_json())
    form = sheets.form(store, job)
    assert (form.next_id, form.next_number) == (other, "WO-2311")
    assert form.draft is not None
    assert SheetEntry.from_json(form.draft) == ENTRY


def test_the_form_of_a_job_without_paper_has_no_copy(
    store: Store, clock: Clock, story: Story
) -> None:
    job = jobs.scheduled(store, clock, story)
    form = sheets.form(store, job)
    assert (form.copy, form.copy_state, form.document_hash) == (None, None, "")


def test_without_a_truck_parts_come_from_the_shelf(
    store: Store, clock: Clock, story: Story
) -> None:
    jess = technicians.add(store, name="Jess Okafor")
    job = jobs.scheduled(store, clock, story)
    work_orders.add_part(store, job, text="Blue pipe, 2 ft")
    (visit,) = work_orders.get(store, job).visits
    visits.reschedule(store, visit.id, planned_from=july(13, 8, 0), planned_to=july(13, 9, 0),
                      technician_ids=[jess])  # fmt: skip
    form = sheets.form(store, job)
    assert [(part.location, part.on_hand) for part in form.parts] == [("Shop", 0)] * 3


def test_a_planned_part_is_taken_from_the_place_it_was_planned_from(
    store: Store, job: int, story: Story
) -> None:
    shelf = next(place.id for place in parts.locations(store) if place.name == "Shop")
    work_orders.add_part(store, job, part_id=story.hose_clamp_id, location_id=shelf)
    assert sheets.form(store, job).parts[2].location == "Shop"


def test_a_part_without_a_price_is_sold_at_cost_and_markup(
    store: Store, job: int, story: Story
) -> None:
    parts.edit(store, story.hose_clamp_id, price=None, markup=Decimal("33.333"))
    sheets.enter(store, job, ENTRY)
    assert work_orders.get(store, job).used[2].price == Decimal("1.4667")


def test_a_sheet_whose_boxes_cannot_be_read_has_no_bill(store: Store, job: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        sheets.would_bill(store, job, entry(used=("one",)))
    assert refused.value.field == "used.0"


def test_the_copy_says_who_went_where_the_board_does_not(
    store: Store, clock: Clock, story: Story
) -> None:
    technicians.add(store, name="Jess Okafor")
    job = work_orders.add(store, title="Fan rattles", level=Level.LOW, wrong="Rattles",
                          customer_id=story.customer_id, site_id=story.site_id)  # fmt: skip
    work_orders.approve(store, job)
    sheets.print_copy(store, job, render=jobs.draw, technician_id=story.technician_id)
    clock.moment = july(14, 9, 0)
    sheets.enter(store, job, SheetEntry(times=(TIMES,), result=Result.GO_BACK_PART))
    assert work_orders.get(store, job).labour[0].technician == "Marco Reyes"


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
