"""The life of a visit, and what the sheet makes of it."""

from __future__ import annotations

from itertools import product

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheets import Result
from smallcmms.domain.visits import Outcome, VisitStatus, move, outcome
from smallcmms.domain.work_orders import HoldReason, WorkOrderStatus

PLANNED, *ENDS = VisitStatus
ON_HOLD = WorkOrderStatus.ON_HOLD


@pytest.mark.parametrize("to", ENDS)
def test_a_planned_visit_ends_in_one_way(to: VisitStatus) -> None:
    assert move(PLANNED, to) is to


@pytest.mark.parametrize(("status", "to"), [*product(ENDS, VisitStatus), (PLANNED, PLANNED)])
def test_a_visit_that_is_over_stays_so(status: VisitStatus, to: VisitStatus) -> None:
    with pytest.raises(RuleBroken, match=f"{status.value} cannot become {to.value}"):
        move(status, to)


@pytest.mark.parametrize("to", ENDS)
def test_a_visit_with_work_booked_took_place(to: VisitStatus) -> None:
    if to is VisitStatus.DONE:
        assert move(PLANNED, to, has_bookings=True) is to
    else:
        with pytest.raises(RuleBroken, match="took place"):
            move(PLANNED, to, has_bookings=True)


@pytest.mark.parametrize(
    ("result", "work_order", "hold_reason"),
    [
        (Result.FIXED, WorkOrderStatus.COMPLETED, None),
        (Result.HOLDING, ON_HOLD, HoldReason.RETURN_VISIT),
        (Result.GO_BACK_PART, ON_HOLD, HoldReason.PARTS),
        (Result.GO_BACK_ACCESS, ON_HOLD, HoldReason.ACCESS),
        (Result.GO_BACK_TIME, ON_HOLD, HoldReason.RETURN_VISIT),
    ],
)
@pytest.mark.parametrize("is_nobody_there", [False, True])
def test_box_5_says_what_becomes_of_the_work(
    result: Result,
    work_order: WorkOrderStatus,
    hold_reason: HoldReason | None,
    is_nobody_there: bool,  # noqa: FBT001
) -> None:
    found = outcome(result, is_nobody_there=is_nobody_there, has_bookings=True)
    assert found == Outcome(VisitStatus.DONE, work_order, hold_reason)


def test_nobody_there_and_no_work_is_a_no_show() -> None:
    found = outcome(None, is_nobody_there=True, has_bookings=False)
    assert found == Outcome(VisitStatus.NO_SHOW, None)


@pytest.mark.parametrize("is_nobody_there", [False, True])
def test_work_without_a_result_is_asked_about(is_nobody_there: bool) -> None:  # noqa: FBT001
    with pytest.raises(RuleBroken) as refused:
        outcome(None, is_nobody_there=is_nobody_there, has_bookings=True)
    assert refused.value.field == "result"
