from __future__ import annotations

from decimal import Decimal

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheets import LineMark, Mark, OtherPart, Result, TypedTimes
from smallcmms.domain.work_orders import (
    NotOnSheet,
    WorkOrderStatus,
)
from smallcmms.services import (
    parts,
    sheets,
    work_orders,
)
from smallcmms.store.store import Store
from tests.build import Story
from tests.jobs import ENTRY, entry, on_truck


def test_a_scribbled_part_is_found_with_its_truck(store: Store, job: int, story: Story) -> None:
    (found,) = sheets.check(store, job, ENTRY).others
    assert found is not None
    assert (found.number, found.location, found.on_hand) == ("HC-2", "Truck 1", Decimal(6))
    assert found.part_id == story.hose_clamp_id


def test_a_time_before_the_last_is_asked_about_beside_its_box(store: Store, job: int) -> None:
    wrong = entry(times=(TypedTimes(date="Jul 13", arrived="9:50", finished="8:05"),))
    (problem,) = sheets.check(store, job, wrong).problems
    assert problem.field == "times.0.finished"
    with pytest.raises(RuleBroken) as refused:
        sheets.enter(store, job, wrong, then="invoice")
    assert refused.value.field == "times.0.finished"
    assert work_orders.get(store, job).status is WorkOrderStatus.SCHEDULED


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


def test_a_part_without_a_price_is_sold_at_cost_and_markup(
    store: Store, job: int, story: Story
) -> None:
    parts.edit(store, story.hose_clamp_id, price=None, markup=Decimal("33.333"))
    sheets.enter(store, job, ENTRY)
    assert work_orders.get(store, job).used[2].price == Decimal("1.4667")
