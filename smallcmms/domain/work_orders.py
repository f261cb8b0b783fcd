"""The life of a work order: its words, its states, and what each step needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from smallcmms.domain.copies import PaperState
from smallcmms.domain.errors import RuleBroken


class WorkOrderStatus(StrEnum):
    """Where a work order stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


IN_HAND = frozenset(
    {
        WorkOrderStatus.APPROVED,
        WorkOrderStatus.SCHEDULED,
        WorkOrderStatus.IN_PROGRESS,
        WorkOrderStatus.ON_HOLD,
    }
)
"""Work that is to be done, or is being done: its parts are kept for it, its sheet can come back."""


class WorkType(StrEnum):
    """What kind of work it is, by the families of EN 13306."""

    EMERGENCY = "emergency"
    CORRECTIVE = "corrective"
    PREVENTIVE = "preventive"
    INSPECTION = "inspection"
    CONDITION_BASED = "condition_based"
    INSTALLATION = "installation"
    IMPROVEMENT = "improvement"
    WARRANTY = "warranty"
    REWORK = "rework"
    INTERNAL = "internal"

    @property
    def is_corrective(self) -> bool:
        """Return whether the work mends a fault, so that problem, cause and remedy are asked."""
        return self in _CORRECTIVE


_CORRECTIVE = frozenset(
    {WorkType.EMERGENCY, WorkType.CORRECTIVE, WorkType.WARRANTY, WorkType.REWORK}
)


class Origin(StrEnum):
    """Where a work order came from."""

    REQUEST = "request"
    PM = "pm"
    DEFICIENCY = "deficiency"
    ESTIMATE = "estimate"
    REWORK = "rework"
    AGREEMENT = "agreement"
    BY_HAND = "by_hand"
    EARLIER = "earlier"
    """Done and closed in the books that came before."""


class BillingRule(StrEnum):
    """How a work order is paid for."""

    TIME_AND_MATERIALS = "time_and_materials"
    FLAT_RATE = "flat_rate"
    AGREEMENT = "agreement"
    WARRANTY = "warranty"
    NOT_BILLABLE = "not_billable"

    @property
    def is_billable(self) -> bool:
        """Return whether the customer gets an invoice for the work."""
        return self in {BillingRule.TIME_AND_MATERIALS, BillingRule.FLAT_RATE}


class HoldReason(StrEnum):
    """What a work order on hold waits for."""

    PARTS = "parts"
    CUSTOMER = "customer"
    APPROVAL = "approval"
    ACCESS = "access"
    WEATHER = "weather"
    SUBCONTRACTOR = "subcontractor"
    RETURN_VISIT = "return_visit"


class NotOnSheet(StrEnum):
    """What a person may answer "not on the sheet"; it is counted in the figures, not refused."""

    LOCK_OUT = "lock_out"
    DONE_ON = "done_on"
    TASKS = "tasks"
    CODING = "coding"
    VISITS = "visits"


class BillingState(StrEnum):
    """How far a work order is billed; derived from its invoices, never stored."""

    NOT_BILLABLE = "not_billable"
    TO_INVOICE = "to_invoice"
    PART_INVOICED = "part_invoiced"
    INVOICED = "invoiced"
    PAID = "paid"


class ShownState(StrEnum):
    """The state that a person reads in the pill; its words, icon and colour are the screen's."""

    DRAFT = "draft"
    TO_SCHEDULE = "to_schedule"
    SCHEDULED = "scheduled"
    ON_THE_TRUCK = "on_the_truck"
    SHEET_TO_ENTER = "sheet_to_enter"
    IN_PROGRESS = "in_progress"
    WAITING_PARTS = "waiting_parts"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_APPROVAL = "waiting_approval"
    WAITING_ACCESS = "waiting_access"
    WAITING_WEATHER = "waiting_weather"
    WAITING_SUBCONTRACTOR = "waiting_subcontractor"
    WAITING_RETURN_VISIT = "waiting_return_visit"
    TO_REVIEW = "to_review"
    TO_INVOICE = "to_invoice"
    INVOICED = "invoiced"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the guards of a step look at; the defaults say that nothing is there yet."""

    today: date
    reason: str = ""
    has_place: bool = False
    has_problem: bool = False
    has_level: bool = False
    needs_limit: bool = False
    has_limit: bool = False
    planned_visits: int = 0
    has_valid_certificates: bool = True
    override_reason: str = ""
    is_begun: bool = False
    has_bookings: bool = False
    has_lock_out: bool = False
    is_lock_out_keyed: bool = False
    hold_reason: HoldReason | None = None
    done_on: date | None = None
    required_open: int = 0
    is_corrective: bool = False
    has_coding: bool = False
    open_visits: int = 0
    answered: frozenset[NotOnSheet] = frozenset()
    is_reviewed: bool = False
    is_confirmed_or_waived: bool = False
    paper_state: PaperState = PaperState.NOT_PRINTED
    has_issued_invoice: bool = False


Guard = Callable[[Facts], None]
"""Looks at the facts of one step and raises RuleBroken where something is missing."""


def _need(is_met: bool, message: str, /, field: str = "", **values: object) -> None:  # noqa: FBT001
    if not is_met:
        raise RuleBroken(message, field, **values)


def _can_be_approved(facts: Facts) -> None:
    _need(facts.has_place, "Say where the work is: a site or an asset.", "site")
    _need(facts.has_problem, "Say what is wrong.", "problem")
    _need(facts.has_level, "Choose a level, L1 to L4.", "level")
    is_limited = facts.has_limit or not facts.needs_limit
    _need(is_limited, "This customer needs an accepted estimate or a limit first.", "limit")


def _can_be_cancelled(facts: Facts) -> None:
    _need(bool(facts.reason.strip()), "Say why it is cancelled.", "reason")
    message = "Labour or parts are booked on it. Complete it, or take the bookings back first."
    _need(not facts.has_bookings, message)


def _can_be_scheduled(facts: Facts) -> None:
    _need(facts.planned_visits > 0, "Plan a visit first.", "visit")
    is_allowed = facts.has_valid_certificates or bool(facts.override_reason.strip())
    message = "A certificate that this work needs is missing or has run out. Say why it goes ahead."
    _need(is_allowed, message, "override_reason")


def _has_no_visit(facts: Facts) -> None:
    _need(facts.planned_visits == 0, "A visit is still planned. Take it off the board first.")


def _can_begin(facts: Facts) -> None:
    is_begun = facts.is_begun or facts.has_bookings
    _need(is_begun, "No visit has begun, and no labour or parts are booked.", "arrived")
    is_answered = facts.is_lock_out_keyed or NotOnSheet.LOCK_OUT in facts.answered
    message = "Key the lock-out steps, or say that they are not on the sheet."
    _need(is_answered or not facts.has_lock_out, message, "lock_out")


def _can_hold(facts: Facts) -> None:
    _need(facts.hold_reason is not None, "Say what it waits for.", "hold_reason")


def _is_no_longer_held(facts: Facts) -> None:
    _need(facts.hold_reason is None, "It still waits. Clear what it waits for first.")


def _can_be_completed(facts: Facts) -> None:
    _done_on_is_known(facts)
    for is_met, answer, message, field in (
        (facts.required_open == 0, NotOnSheet.TASKS, _TASKS_OPEN, "tasks"),
        (facts.has_coding or not facts.is_corrective, NotOnSheet.CODING, _NO_CODING, "cause"),
        (facts.open_visits == 0, NotOnSheet.VISITS, _VISIT_OPEN, "visits"),
    ):
        _need(is_met or answer in facts.answered, message, field, number=facts.required_open)


_TASKS_OPEN = (
    "Required checklist lines are not filled: {number}. Mark them, or say not on the sheet."
)
_NO_CODING = "Give problem, cause and remedy, or say that they are not on the sheet."
_VISIT_OPEN = "A visit is still open. Enter its sheet or cancel it."


def _done_on_is_known(facts: Facts) -> None:
    if facts.done_on is None:
        is_answered = NotOnSheet.DONE_ON in facts.answered
        _need(is_answered, "Say on which day the work was done.", "date")
    else:
        message = "The work cannot be done on a day that is still to come."
        _need(facts.done_on <= facts.today, message, "date")


def _can_be_taken_up_again(facts: Facts) -> None:
    _need(not facts.has_issued_invoice, _INVOICED)
    _need(bool(facts.reason.strip()), "Say why it is opened again.", "reason")


_INVOICED = "It is invoiced and stays as it is. Make a rework order."


def _can_be_closed(facts: Facts) -> None:
    _need(facts.is_reviewed, "Review it first.")
    message = "The customer has not confirmed the work. Ask, or waive it."
    _need(facts.is_confirmed_or_waived, message, "confirmed")
    is_paper_in = facts.paper_state not in {PaperState.OUT, PaperState.STALE}
    _need(is_paper_in, "Its sheet is still out. Enter it, or say that it is lost.")


_D, _A, _S, _P, _H, _C, _X, _Z = WorkOrderStatus
"""Draft, approved, scheduled, in progress, on hold, completed, closed, cancelled."""

GUARDS: Mapping[tuple[WorkOrderStatus, WorkOrderStatus], tuple[Guard, ...]] = MappingProxyType(
    {
        (_D, _A): (_can_be_approved,),
        (_D, _Z): (_can_be_cancelled,),
        (_A, _Z): (_can_be_cancelled,),
        (_S, _Z): (_can_be_cancelled,),
        (_A, _S): (_can_be_scheduled,),
        (_S, _A): (_has_no_visit,),
        (_A, _P): (_can_begin,),
        (_S, _P): (_can_begin,),
        (_A, _H): (_can_hold,),
        (_S, _H): (_can_hold,),
        (_P, _H): (_can_hold,),
        (_H, _A): (_is_no_longer_held,),
        (_H, _S): (_is_no_longer_held, _can_be_scheduled),
        (_H, _P): (_is_no_longer_held, _can_begin),
        (_P, _C): (_can_be_completed,),
        (_C, _P): (_can_be_taken_up_again,),
        (_C, _X): (_can_be_closed,),
        (_X, _C): (_can_be_taken_up_again,),
    }
)
"""Every step there is, and what it needs [domain.md, "States"].

Ours: off hold, scheduled and in progress need what they need on the straight way too, so that the
state stays true.
"""


def move(status: WorkOrderStatus, to: WorkOrderStatus, facts: Facts) -> WorkOrderStatus:
    """Return the state that the work order goes to.

    Raises:
        RuleBroken: there is no such step, or what it needs is missing.
    """
    guards = GUARDS.get((status, to))
    if guards is None:
        message = "A work order that is {status} cannot become {to}."
        raise RuleBroken(message, status=status.value, to=to.value)
    for guard in guards:
        guard(facts)
    return to


def billing_state(
    rule: BillingRule, *, is_issued: bool, has_unbilled: bool, is_paid: bool
) -> BillingState:
    """Return how far a work order is billed.

    ``is_issued``: an issued invoice stands that no credit note negates; ``has_unbilled``: labour,
    parts or other work are on no such invoice; ``is_paid``: all such invoices are paid.
    """
    if not is_issued:
        return BillingState.TO_INVOICE if rule.is_billable else BillingState.NOT_BILLABLE
    if has_unbilled and rule.is_billable:
        return BillingState.PART_INVOICED
    return BillingState.PAID if is_paid else BillingState.INVOICED


_RESTING = MappingProxyType(
    {
        WorkOrderStatus.DRAFT: ShownState.DRAFT,
        WorkOrderStatus.CANCELLED: ShownState.CANCELLED,
        WorkOrderStatus.COMPLETED: ShownState.TO_REVIEW,
    }
)
_BILLED = MappingProxyType(
    {
        BillingState.NOT_BILLABLE: ShownState.CLOSED,
        BillingState.TO_INVOICE: ShownState.TO_INVOICE,
        BillingState.PART_INVOICED: ShownState.TO_INVOICE,
        BillingState.INVOICED: ShownState.INVOICED,
        BillingState.PAID: ShownState.INVOICED,
    }
)
_UNDER_WAY = MappingProxyType(
    {
        WorkOrderStatus.APPROVED: ShownState.TO_SCHEDULE,
        WorkOrderStatus.SCHEDULED: ShownState.SCHEDULED,
        WorkOrderStatus.IN_PROGRESS: ShownState.IN_PROGRESS,
    }
)


def shown_state(
    status: WorkOrderStatus,
    *,
    billing: BillingState,
    paper: PaperState,
    visit_days: Collection[date],
    today: date,
    hold_reason: HoldReason | None = None,
) -> ShownState:
    """Return the pill of a work order [design/spec.md, section 3].

    ``visit_days`` are the days, in the shop's zone, of the visits that are planned and not done.
    """
    if status in _RESTING:
        return _RESTING[status]
    if status is WorkOrderStatus.CLOSED:
        return _BILLED[billing]
    if status is WorkOrderStatus.ON_HOLD:
        reason = HoldReason.RETURN_VISIT if hold_reason is None else hold_reason
        return ShownState(f"waiting_{reason.value}")
    return _out_with_the_truck(paper, visit_days, today) or _UNDER_WAY[status]


def _out_with_the_truck(
    paper: PaperState, visit_days: Collection[date], today: date
) -> ShownState | None:
    if paper is PaperState.BACK:
        return ShownState.SHEET_TO_ENTER
    if paper not in {PaperState.OUT, PaperState.STALE}:
        return None
    if today in visit_days:
        return ShownState.ON_THE_TRUCK
    return ShownState.SHEET_TO_ENTER if any(day < today for day in visit_days) else None
