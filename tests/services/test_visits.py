from __future__ import annotations

from datetime import date

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import ShownState, WorkOrderStatus
from smallcmms.services import sheets, technicians, visits, work_orders, working_hours
from smallcmms.services.visits import Gap
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import draw

MONDAY, TUESDAY, SATURDAY = date(2026, 7, 13), date(2026, 7, 14), date(2026, 7, 18)


def visit_of(store: Store, job: int) -> int:
    return work_orders.get(store, job).visits[-1].id


def test_the_board_shows_each_technician_of_each_visit(
    store: Store, story: Story, job: int
) -> None:
    jess = technicians.add(store, name="Jess Okafor")
    work_orders.schedule(store, job, technician_ids=[story.technician_id, jess],
                         planned_from=july(14, 8, 0), planned_to=july(14, 9, 0))  # fmt: skip
    first, second, third = visits.board(store, from_on=MONDAY, days=2)
    assert (first.number, first.technician, first.customer) == (
        "WO-2310",
        "Marco Reyes",
        "Harbor View Apartments",
    )
    assert (second.id, second.technician) == (third.id, "Marco Reyes")
    assert third.technician == "Jess Okafor"
    assert len(visits.board(store, from_on=TUESDAY)) == 2


def test_a_gap_is_what_the_day_leaves_between_visits(store: Store, story: Story, job: int) -> None:
    def gaps(on: date, minutes: int) -> tuple[Gap, ...]:
        return visits.gaps(store, technician_id=story.technician_id, on=on, minutes=minutes)

    assert visits.board(store, from_on=MONDAY)[0].work_order_id == job
    assert gaps(MONDAY, 60) == (Gap(july(13, 10, 0), july(13, 17, 0)),)
    assert gaps(TUESDAY, 60) == (Gap(july(14, 8, 0), july(14, 17, 0)),)
    assert gaps(TUESDAY, 10 * 60) == ()
    assert gaps(SATURDAY, 30) == ()


def test_a_gap_of_today_begins_at_the_next_quarter_of_an_hour(
    store: Store, clock: Clock, story: Story, job: int
) -> None:
    clock.moment = july(13, 13, 7)
    (gap,) = visits.gaps(store, technician_id=story.technician_id, on=MONDAY, minutes=30)
    assert gap.starts_at == july(13, 13, 15)
    clock.moment = july(13, 13, 15)
    (gap,) = visits.gaps(store, technician_id=story.technician_id, on=MONDAY, minutes=30)
    assert gap.starts_at == july(13, 13, 15)
    assert work_orders.get(store, job).number == "WO-2310"


def test_days_off_have_no_gaps(store: Store, story: Story) -> None:
    working_hours.set_holidays(store, [date(2026, 7, 14)])
    technicians.edit(store, story.technician_id, absences=[["2026-07-15", "2026-07-17"]])
    for day in (14, 15, 17):
        on = date(2026, 7, day)
        assert visits.gaps(store, technician_id=story.technician_id, on=on, minutes=30) == ()


def test_a_visit_is_moved_by_a_new_one_in_its_place(store: Store, story: Story, job: int) -> None:
    sheets.print_copy(store, job, render=draw)
    new = visits.reschedule(
        store, visit_of(store, job), planned_from=july(14, 13, 0), planned_to=july(14, 15, 0)
    )
    page = work_orders.get(store, job)
    assert [visit.status for visit in page.visits] == [
        VisitStatus.RESCHEDULED,
        VisitStatus.PLANNED,
    ]
    assert (page.visits[1].id, page.visits[1].technicians[0].id) == (new, story.technician_id)
    assert (page.status, page.copies[0].is_stale) == (WorkOrderStatus.SCHEDULED, True)
    with pytest.raises(RuleBroken, match="rescheduled cannot become"):
        visits.cancel(store, page.visits[0].id)


def test_a_visit_called_off_leaves_the_job_to_schedule(store: Store, job: int) -> None:
    visits.cancel(store, visit_of(store, job), by_customer=True, reason="They are away")
    page = work_orders.get(store, job)
    assert page.state is ShownState.TO_SCHEDULE
    assert (page.visits[0].status, page.visits[0].reason) == (
        VisitStatus.CANCELLED_BY_CUSTOMER,
        "They are away",
    )


def test_a_no_show_leaves_the_job_to_schedule(store: Store, job: int) -> None:
    visits.no_show(store, visit_of(store, job))
    page = work_orders.get(store, job)
    assert (page.state, page.visits[0].status) == (ShownState.TO_SCHEDULE, VisitStatus.NO_SHOW)


def test_of_two_visits_one_called_off_leaves_the_other(
    store: Store, story: Story, job: int
) -> None:
    first = visit_of(store, job)
    work_orders.schedule(store, job, technician_ids=[story.technician_id],
                         planned_from=july(14, 8, 0), planned_to=july(14, 9, 0))  # fmt: skip
    visits.cancel(store, first)
    assert work_orders.get(store, job).status is WorkOrderStatus.SCHEDULED


def test_a_visit_that_is_gone_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        visits.cancel(store, 99)
