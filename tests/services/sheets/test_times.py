from __future__ import annotations

from datetime import date

from smallcmms.domain.levels import Level
from smallcmms.domain.sheets import Result, SheetEntry, TypedTimes
from smallcmms.domain.visits import VisitStatus
from smallcmms.services import (
    sheets,
    technicians,
    visits,
    work_orders,
)
from smallcmms.store.store import Store
from tests import jobs
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import ENTRY, TIMES, entry


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


def test_time_that_overlaps_another_job_is_a_warning_and_counts(
    store: Store, clock: Clock, job: int, story: Story
) -> None:
    other = jobs.out_since_yesterday(store, clock, story)
    sheets.enter(store, other, ENTRY)
    (warning,) = sheets.check(store, job, ENTRY).warnings
    assert warning.values == {"number": "WO-2311"}
    sheets.enter(store, job, ENTRY)
    assert sum(line.minutes for line in work_orders.get(store, job).labour) == 155


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
