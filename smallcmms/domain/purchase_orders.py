"""Purchase orders: from a draft to the last part on the shelf, and how long suppliers take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median
from types import MappingProxyType

from smallcmms.domain.errors import RuleBroken

_NOTHING = Decimal(0)


class PurchaseOrderStatus(StrEnum):
    """How far a purchase order has come."""

    DRAFT = "draft"
    ORDERED = "ordered"
    PART_RECEIVED = "part_received"
    RECEIVED = "received"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Tell whether the supplier still owes something of it."""
        return self in _OPEN


_OPEN = frozenset({PurchaseOrderStatus.ORDERED, PurchaseOrderStatus.PART_RECEIVED})
_STEPS: Mapping[PurchaseOrderStatus, frozenset[PurchaseOrderStatus]] = MappingProxyType(
    {
        PurchaseOrderStatus.DRAFT: frozenset(
            {PurchaseOrderStatus.ORDERED, PurchaseOrderStatus.CANCELLED}
        ),
        PurchaseOrderStatus.ORDERED: frozenset(
            {
                PurchaseOrderStatus.PART_RECEIVED,
                PurchaseOrderStatus.RECEIVED,
                PurchaseOrderStatus.CANCELLED,
            }
        ),
        PurchaseOrderStatus.PART_RECEIVED: frozenset(
            {
                PurchaseOrderStatus.PART_RECEIVED,
                PurchaseOrderStatus.RECEIVED,
                PurchaseOrderStatus.CANCELLED,
            }
        ),
    }
)
_REFUSED: Mapping[PurchaseOrderStatus, str] = MappingProxyType(
    {
        PurchaseOrderStatus.DRAFT: "It is only a draft. Place the order first.",
        PurchaseOrderStatus.ORDERED: "It is ordered already.",
        PurchaseOrderStatus.PART_RECEIVED: "Part of it is in already.",
        PurchaseOrderStatus.RECEIVED: "All of it is in already.",
        PurchaseOrderStatus.CANCELLED: "It is cancelled.",
    }
)


@dataclass(frozen=True, slots=True)
class Promise:
    """An order that came in whole: when it was placed, promised for, and there."""

    ordered_on: date
    promised_on: date | None
    received_on: date


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How long a supplier takes, in days from the order to the last part.

    ``actual`` and ``promised`` are medians, None where nothing is known; ``on_time`` of
    ``promises`` orders that had a promised day came by it; ``orders`` came in whole.
    """

    orders: int = 0
    actual: Decimal | None = None
    promised: Decimal | None = None
    on_time: int = 0
    promises: int = 0


def move(was: PurchaseOrderStatus, to: PurchaseOrderStatus) -> PurchaseOrderStatus:
    """Return the new state of a purchase order.

    Raises:
        RuleBroken: there is no such step.
    """
    if to not in _STEPS.get(was, frozenset()):
        raise RuleBroken(_REFUSED[was])
    return to


def after_receipt(lines: Iterable[tuple[Decimal, Decimal]]) -> PurchaseOrderStatus:
    """Return the state that (ordered, received) of the lines give; more than ordered is enough."""
    is_whole = all(received >= ordered for ordered, received in lines)
    return PurchaseOrderStatus.RECEIVED if is_whole else PurchaseOrderStatus.PART_RECEIVED


def outstanding(ordered: Decimal, received: Decimal) -> Decimal:
    """Return how much of a line is still to come; what came too much is not owed back."""
    return max(ordered - received, _NOTHING)


def days_late(status: PurchaseOrderStatus, promised_on: date | None, today: date) -> int:
    """Return by how many days an open order is late, 0 where it is not or nothing was promised."""
    if not status.is_open or promised_on is None:
        return 0
    return max((today - promised_on).days, 0)


def lead_time(promises: Iterable[Promise]) -> LeadTime:
    """Return how long the orders of a supplier took against what was promised."""
    known = list(promises)
    told = [
        (each.promised_on - each.ordered_on, each.received_on <= each.promised_on)
        for each in known
        if each.promised_on is not None
    ]
    return LeadTime(
        orders=len(known),
        actual=_middle((each.received_on - each.ordered_on).days for each in known),
        promised=_middle(span.days for span, _ in told),
        on_time=sum(is_on_time for _, is_on_time in told),
        promises=len(told),
    )


def _middle(days: Iterable[int]) -> Decimal | None:
    found = [Decimal(each) for each in days]
    return median(found) if found else None
