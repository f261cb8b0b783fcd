"""The pill of a work order, and what it is derived from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from smallcmms.domain.copies import CopyState, PaperState, SheetCopy, paper_state
from smallcmms.domain.work_orders import (
    BillingRule,
    BillingState,
    HoldReason,
    ShownState,
    WorkOrderStatus,
    billing_state,
    shown_state,
)

TODAY = date(2026, 7, 14)
YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
OUT, ENTERED, LOST, FAILED = CopyState


@pytest.mark.parametrize(
    ("copies", "revision", "expected"),
    [
        ([], 1, PaperState.NOT_PRINTED),
        ([(1, 1, FAILED)], 1, PaperState.NOT_PRINTED),
        ([(1, 1, OUT)], 1, PaperState.OUT),
        ([(1, 1, OUT)], 2, PaperState.STALE),
        ([(1, 1, OUT), (2, 2, OUT)], 2, PaperState.OUT),
        ([(1, 1, OUT), (2, 2, ENTERED)], 2, PaperState.ENTERED),
        ([(2, 2, OUT), (1, 1, ENTERED)], 2, PaperState.OUT),
        ([(1, 1, ENTERED)], 2, PaperState.ENTERED),
        ([(1, 1, OUT), (2, 1, FAILED)], 1, PaperState.OUT),
        ([(1, 1, OUT), (2, 1, LOST)], 1, PaperState.OUT),
        ([(1, 1, LOST), (2, 1, FAILED)], 1, PaperState.LOST),
    ],
)
def test_the_newest_copy_at_hand_speaks_for_the_paper(
    copies: list[tuple[int, int, CopyState]], revision: int, expected: PaperState
) -> None:
    assert paper_state([SheetCopy(*copy) for copy in copies], revision=revision) is expected


@pytest.mark.parametrize(
    ("rule", "is_issued", "has_unbilled", "is_paid", "expected"),
    [
        (BillingRule.TIME_AND_MATERIALS, False, True, False, BillingState.TO_INVOICE),
        (BillingRule.FLAT_RATE, True, True, False, BillingState.PART_INVOICED),
        (BillingRule.FLAT_RATE, True, False, False, BillingState.INVOICED),
        (BillingRule.FLAT_RATE, True, False, True, BillingState.PAID),
        (BillingRule.WARRANTY, False, True, False, BillingState.NOT_BILLABLE),
        (BillingRule.AGREEMENT, True, True, False, BillingState.INVOICED),
    ],
)
def test_the_billing_state_follows_from_the_invoices(
    rule: BillingRule,
    is_issued: bool,  # noqa: FBT001
    has_unbilled: bool,  # noqa: FBT001
    is_paid: bool,  # noqa: FBT001
    expected: BillingState,
) -> None:
    found = billing_state(rule, is_issued=is_issued, has_unbilled=has_unbilled, is_paid=is_paid)
    assert found is expected


def shown(
    status: WorkOrderStatus,
    *,
    paper: PaperState = PaperState.NOT_PRINTED,
    billing: BillingState = BillingState.NOT_BILLABLE,
    visit_days: tuple[date, ...] = (),
    hold_reason: HoldReason | None = None,
) -> ShownState:
    return shown_state(
        status,
        billing=billing,
        paper=paper,
        visit_days=visit_days,
        today=TODAY,
        hold_reason=hold_reason,
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (WorkOrderStatus.DRAFT, ShownState.DRAFT),
        (WorkOrderStatus.APPROVED, ShownState.TO_SCHEDULE),
        (WorkOrderStatus.SCHEDULED, ShownState.SCHEDULED),
        (WorkOrderStatus.IN_PROGRESS, ShownState.IN_PROGRESS),
        (WorkOrderStatus.COMPLETED, ShownState.TO_REVIEW),
        (WorkOrderStatus.CLOSED, ShownState.CLOSED),
        (WorkOrderStatus.CANCELLED, ShownState.CANCELLED),
        (WorkOrderStatus.ON_HOLD, ShownState.WAITING_RETURN_VISIT),
    ],
)
def test_without_paper_the_pill_is_the_state(status: WorkOrderStatus, expected: ShownState) -> None:
    assert shown(status) is expected


@pytest.mark.parametrize("reason", HoldReason)
def test_work_on_hold_shows_what_it_waits_for(reason: HoldReason) -> None:
    found = shown(WorkOrderStatus.ON_HOLD, hold_reason=reason, paper=PaperState.OUT)
    assert found.value == f"waiting_{reason.value}"


@pytest.mark.parametrize(
    ("status", "paper", "days", "expected"),
    [
        ("scheduled", "out", (TOMORROW,), ShownState.SCHEDULED),
        ("scheduled", "out", (TODAY,), ShownState.ON_THE_TRUCK),
        ("scheduled", "stale", (TODAY,), ShownState.ON_THE_TRUCK),
        ("scheduled", "out", (YESTERDAY,), ShownState.SHEET_TO_ENTER),
        ("scheduled", "out", (YESTERDAY, TODAY), ShownState.ON_THE_TRUCK),
        ("scheduled", "not_printed", (YESTERDAY,), ShownState.SCHEDULED),
        ("scheduled", "back", (YESTERDAY,), ShownState.SHEET_TO_ENTER),
        ("in_progress", "entered", (TOMORROW,), ShownState.IN_PROGRESS),
        ("in_progress", "out", (TODAY,), ShownState.ON_THE_TRUCK),
        ("approved", "out", (), ShownState.TO_SCHEDULE),
    ],
)
def test_a_copy_that_is_out_shows_where_the_job_is(
    status: str, paper: str, days: tuple[date, ...], expected: ShownState
) -> None:
    found = shown(WorkOrderStatus(status), paper=PaperState(paper), visit_days=days)
    assert found is expected


@pytest.mark.parametrize(
    ("billing", "expected"),
    [
        (BillingState.TO_INVOICE, ShownState.TO_INVOICE),
        (BillingState.PART_INVOICED, ShownState.TO_INVOICE),
        (BillingState.INVOICED, ShownState.INVOICED),
        (BillingState.PAID, ShownState.INVOICED),
        (BillingState.NOT_BILLABLE, ShownState.CLOSED),
    ],
)
def test_closed_work_shows_its_billing(billing: BillingState, expected: ShownState) -> None:
    assert shown(WorkOrderStatus.CLOSED, billing=billing) is expected
