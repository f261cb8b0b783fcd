"""The life of a visit, and what the sheet that comes back makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheets import Result
from smallcmms.domain.work_orders import HoldReason, WorkOrderStatus


class VisitStatus(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED_BY_CUSTOMER = "cancelled_by_customer"
    CANCELLED_BY_US = "cancelled_by_us"
    RESCHEDULED = "rescheduled"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of the visit and its work order; ``work_order`` None leaves it to planning."""

    visit: VisitStatus
    work_order: WorkOrderStatus | None
    hold_reason: HoldReason | None = None


def move(status: VisitStatus, to: VisitStatus, *, has_bookings: bool = False) -> VisitStatus:
    """Return the state that the visit goes to; rescheduled means that a new visit replaces it.

    Raises:
        RuleBroken: the visit is over already, or work was booked on one that did not take place.
    """
    if status is not VisitStatus.PLANNED or to is VisitStatus.PLANNED:
        message = "A visit that is {status} cannot become {to}."
        raise RuleBroken(message, status=status.value, to=to.value)
    if has_bookings and to is not VisitStatus.DONE:
        raise RuleBroken("Work is booked on this visit, so it took place.", "nobody_there")
    return to


_HOLD = MappingProxyType(
    {
        Result.HOLDING: HoldReason.RETURN_VISIT,
        Result.GO_BACK_PART: HoldReason.PARTS,
        Result.GO_BACK_ACCESS: HoldReason.ACCESS,
        Result.GO_BACK_TIME: HoldReason.RETURN_VISIT,
    }
)


def outcome(result: Result | None, *, is_nobody_there: bool, has_bookings: bool) -> Outcome:
    """Return what the sheet's boxes 5 and 6 make of the visit and its work order.

    Raises:
        RuleBroken: the sheet says neither what came of the visit nor that nobody was there.
    """
    if is_nobody_there and not has_bookings:
        return Outcome(VisitStatus.NO_SHOW, None)
    if result is None:
        raise RuleBroken("Tick in box 5 what came of the visit.", "result")
    if result is Result.FIXED:
        return Outcome(VisitStatus.DONE, WorkOrderStatus.COMPLETED)
    return Outcome(VisitStatus.DONE, WorkOrderStatus.ON_HOLD, _HOLD[result])
