"""The life of a work order: each step, and each thing that it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.copies import PaperState
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.work_orders import (
    GUARDS,
    BillingRule,
    Facts,
    HoldReason,
    NotOnSheet,
    WorkOrderStatus,
    WorkType,
    move,
)

TODAY = date(2026, 7, 14)
DRAFT, APPROVED, SCHEDULED, IN_PROGRESS, ON_HOLD, COMPLETED, CLOSED, CANCELLED = WorkOrderStatus
STEPS = [
    (DRAFT, APPROVED),
    (DRAFT, CANCELLED),
    (APPROVED, CANCELLED),
    (SCHEDULED, CANCELLED),
    (APPROVED, SCHEDULED),
    (SCHEDULED, APPROVED),
    (APPROVED, IN_PROGRESS),
    (SCHEDULED, IN_PROGRESS),
    (APPROVED, ON_HOLD),
    (SCHEDULED, ON_HOLD),
    (IN_PROGRESS, ON_HOLD),
    (ON_HOLD, APPROVED),
    (ON_HOLD, SCHEDULED),
    (ON_HOLD, IN_PROGRESS),
    (IN_PROGRESS, COMPLETED),
    (COMPLETED, IN_PROGRESS),
    (COMPLETED, CLOSED),
    (CLOSED, COMPLETED),
]
READY = Facts(
    today=TODAY,
    reason="asked to",
    has_place=True,
    has_problem=True,
    has_level=True,
    planned_visits=1,
    is_begun=True,
    done_on=TODAY,
    is_reviewed=True,
    is_confirmed_or_waived=True,
)


def ready(status: WorkOrderStatus, to: WorkOrderStatus) -> Facts:
    """Return facts with which a step is taken."""
    hold = HoldReason.PARTS if to is ON_HOLD else None
    visits = 0 if (status, to) == (SCHEDULED, APPROVED) else 1
    return replace(READY, hold_reason=hold, planned_visits=visits)


@pytest.mark.parametrize(("status", "to"), STEPS)
def test_a_step_is_taken_when_it_has_what_it_needs(
    status: WorkOrderStatus, to: WorkOrderStatus
) -> None:
    assert move(status, to, ready(status, to)) is to


@pytest.mark.parametrize(("status", "to"), STEPS)
def test_facts_that_say_nothing_let_only_a_hold_and_a_plan_be_lifted(
    status: WorkOrderStatus, to: WorkOrderStatus
) -> None:
    if (status, to) in {(ON_HOLD, APPROVED), (SCHEDULED, APPROVED)}:
        assert move(status, to, Facts(today=TODAY)) is to
    else:
        with pytest.raises(RuleBroken):
            move(status, to, Facts(today=TODAY))


@pytest.mark.parametrize(
    ("status", "to"), sorted(set(product(WorkOrderStatus, repeat=2)) - set(STEPS))
)
def test_there_is_no_other_step(status: WorkOrderStatus, to: WorkOrderStatus) -> None:
    with pytest.raises(RuleBroken, match=f"that is {status.value} cannot become {to.value}"):
        move(status, to, ready(status, to))


@pytest.mark.parametrize(
    ("status", "to", "lacks", "words"),
    [
        (DRAFT, APPROVED, {"has_place": False}, "where the work is"),
        (DRAFT, APPROVED, {"has_problem": False}, "what is wrong"),
        (DRAFT, APPROVED, {"has_level": False}, "Choose a level"),
        (DRAFT, APPROVED, {"needs_limit": True}, "estimate or a limit"),
        (DRAFT, CANCELLED, {"reason": " "}, "why it is cancelled"),
        (APPROVED, CANCELLED, {"has_bookings": True}, "Labour or parts are booked"),
        (APPROVED, SCHEDULED, {"planned_visits": 0}, "Plan a visit"),
        (APPROVED, SCHEDULED, {"has_valid_certificates": False}, "certificate"),
        (SCHEDULED, APPROVED, {"planned_visits": 1}, "still planned"),
        (SCHEDULED, IN_PROGRESS, {"is_begun": False}, "No visit has begun"),
        (SCHEDULED, IN_PROGRESS, {"has_lock_out": True}, "lock-out"),
        (IN_PROGRESS, ON_HOLD, {"hold_reason": None}, "what it waits for"),
        (ON_HOLD, APPROVED, {"hold_reason": HoldReason.ACCESS}, "still waits"),
        (ON_HOLD, SCHEDULED, {"hold_reason": HoldReason.PARTS}, "still waits"),
        (ON_HOLD, SCHEDULED, {"planned_visits": 0}, "Plan a visit"),
        (ON_HOLD, IN_PROGRESS, {"is_begun": False}, "No visit has begun"),
        (IN_PROGRESS, COMPLETED, {"done_on": None}, "on which day"),
        (IN_PROGRESS, COMPLETED, {"done_on": TODAY + timedelta(1)}, "still to come"),
        (IN_PROGRESS, COMPLETED, {"required_open": 2}, "not filled: 2"),
        (IN_PROGRESS, COMPLETED, {"is_corrective": True}, "problem, cause and remedy"),
        (IN_PROGRESS, COMPLETED, {"open_visits": 1}, "visit is still open"),
        (COMPLETED, IN_PROGRESS, {"reason": ""}, "why it is opened again"),
        (COMPLETED, IN_PROGRESS, {"has_issued_invoice": True}, "rework order"),
        (COMPLETED, CLOSED, {"is_reviewed": False}, "Review it"),
        (COMPLETED, CLOSED, {"is_confirmed_or_waived": False}, "not confirmed"),
        (COMPLETED, CLOSED, {"paper_state": PaperState.OUT}, "still out"),
        (COMPLETED, CLOSED, {"paper_state": PaperState.STALE}, "still out"),
        (CLOSED, COMPLETED, {"reason": ""}, "why it is opened again"),
        (CLOSED, COMPLETED, {"has_issued_invoice": True}, "rework order"),
    ],
)
def test_a_step_that_lacks_something_says_what(
    status: WorkOrderStatus, to: WorkOrderStatus, lacks: dict[str, object], words: str
) -> None:
    facts = replace(ready(status, to), **lacks)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match=words):
        move(status, to, facts)


@pytest.mark.parametrize(
    ("status", "to", "facts"),
    [
        (DRAFT, APPROVED, {"needs_limit": True, "has_limit": True}),
        (APPROVED, SCHEDULED, {"has_valid_certificates": False, "override_reason": "renewed"}),
        (APPROVED, IN_PROGRESS, {"is_begun": False, "has_bookings": True}),
        (SCHEDULED, IN_PROGRESS, {"has_lock_out": True, "is_lock_out_keyed": True}),
        (IN_PROGRESS, COMPLETED, {"is_corrective": True, "has_coding": True}),
        (IN_PROGRESS, COMPLETED, {"done_on": TODAY - timedelta(400)}),
        *((COMPLETED, CLOSED, {"paper_state": state}) for state in ("back", "entered", "lost")),
    ],
)
def test_what_stands_in_for_a_need_is_enough(
    status: WorkOrderStatus, to: WorkOrderStatus, facts: dict[str, object]
) -> None:
    assert move(status, to, replace(ready(status, to), **facts)) is to  # type: ignore[arg-type]


MISSING: dict[NotOnSheet, dict[str, object]] = {
    NotOnSheet.DONE_ON: {"done_on": None},
    NotOnSheet.TASKS: {"required_open": 3},
    NotOnSheet.CODING: {"is_corrective": True},
    NotOnSheet.VISITS: {"open_visits": 1},
    NotOnSheet.LOCK_OUT: {"has_lock_out": True},
}


@given(st.frozensets(st.sampled_from(NotOnSheet)), st.frozensets(st.sampled_from(NotOnSheet)))
def test_only_what_is_missing_and_not_answered_is_refused(
    missing: frozenset[NotOnSheet], answered: frozenset[NotOnSheet]
) -> None:
    lacks: dict[str, object] = {"answered": answered}
    for each in missing:
        lacks |= MISSING[each]
    facts = replace(READY, **lacks)  # type: ignore[arg-type]
    step = (SCHEDULED, IN_PROGRESS) if NotOnSheet.LOCK_OUT in missing else (IN_PROGRESS, COMPLETED)
    asked = missing & ({NotOnSheet.LOCK_OUT} if step[1] is IN_PROGRESS else frozenset(NotOnSheet))
    if asked <= answered:
        assert move(*step, facts) is step[1]
    else:
        with pytest.raises(RuleBroken):
            move(*step, facts)


def test_work_done_tomorrow_cannot_be_answered_away() -> None:
    facts = replace(READY, done_on=TODAY + timedelta(1), answered=frozenset(NotOnSheet))
    with pytest.raises(RuleBroken) as refused:
        move(IN_PROGRESS, COMPLETED, facts)
    assert refused.value.field == "date"


@given(st.lists(st.sampled_from(WorkOrderStatus), max_size=12))
def test_no_way_leads_out_of_cancelled_or_past_an_issued_invoice(
    wishes: list[WorkOrderStatus],
) -> None:
    status, was_cancelled = DRAFT, False
    for wish in wishes:
        facts = replace(ready(status, wish), has_issued_invoice=status is CLOSED)
        try:
            after = move(status, wish, facts)
        except RuleBroken:
            continue
        assert not was_cancelled
        assert status is not CLOSED
        was_cancelled = after is CANCELLED
        status = after


def test_every_state_but_the_last_ones_can_be_left() -> None:
    assert {status for status, _ in GUARDS} == set(WorkOrderStatus) - {CANCELLED}


def test_only_work_on_faults_asks_for_a_cause() -> None:
    corrective = {kind for kind in WorkType if kind.is_corrective}
    assert corrective == {
        WorkType.EMERGENCY,
        WorkType.CORRECTIVE,
        WorkType.WARRANTY,
        WorkType.REWORK,
    }


def test_agreements_warranty_and_unbillable_work_are_not_invoiced() -> None:
    billable = {rule for rule in BillingRule if rule.is_billable}
    assert billable == {BillingRule.TIME_AND_MATERIALS, BillingRule.FLAT_RATE}
