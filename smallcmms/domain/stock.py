"""Stock: where it lies, how it moves, what it costs."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_STEP = Decimal("0.0001")


class LocationKind(StrEnum):
    """What kind of place parts lie in."""

    SHOP = "shop"
    TRUCK = "truck"
    BIN = "bin"


class MoveKind(StrEnum):
    """Why a quantity moved."""

    RECEIPT = "receipt"
    ISSUE = "issue"
    RETURN = "return"
    TRANSFER = "transfer"
    ADJUSTMENT = "adjustment"
    COUNT = "count"
    SCRAP = "scrap"


class ReservationStatus(StrEnum):
    """Whether what a job needs is there: active and short change places, used and freed end it."""

    ACTIVE = "active"
    SHORT = "short"
    USED = "used"
    FREED = "freed"


def moving_average(
    on_hand: Decimal, cost: Decimal, received: Decimal, unit_cost: Decimal
) -> Decimal:
    """Return the cost of one unit after a receipt, to four decimals, half-up.

    What lies at or below zero has no value to average with: the new cost stands.
    """
    if on_hand <= 0:
        return unit_cost
    value = on_hand * cost + received * unit_cost
    return (value / (on_hand + received)).quantize(_STEP, ROUND_HALF_UP)
