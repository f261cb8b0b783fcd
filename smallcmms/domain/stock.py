"""Stock: where it lies, how it moves, what it costs, who has a claim to it, what to order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

USE_DAYS = 90
"""The average daily use is taken over so many days up to today (ours)."""
_STEP = Decimal("0.0001")
_THOUSANDTH = Decimal("0.001")
_NOTHING = Decimal(0)


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


def average_without(on_hand: Decimal, cost: Decimal, taken: Decimal, unit_cost: Decimal) -> Decimal:
    """Return the cost of one unit after a receipt is taken back, to four decimals, half-up.

    Where nothing is left, or what is left would have a value below zero, the cost stands.
    """
    left = on_hand - taken
    value = on_hand * cost - taken * unit_cost
    if left <= 0 or value < 0:
        return cost
    return (value / left).quantize(_STEP, ROUND_HALF_UP)


class Claim(NamedTuple):
    """What a job wants of a part; ``is_kept`` says that it has been put aside for it."""

    id: int
    quantity: Decimal
    is_kept: bool
    level: int
    due_on: date | None


def kept(on_hand: Decimal, claims: Iterable[Claim]) -> frozenset[int]:
    """Return the claims that what is on hand is enough for; the others are short.

    Who has something keeps it. Then the worst level comes first, then the nearest day, then the
    oldest claim; one that wants more than is left lets the next one have it (ours).
    """
    left, found = on_hand, set()
    for claim in sorted(claims, key=_turn):
        if claim.quantity <= left:
            left -= claim.quantity
            found.add(claim.id)
    return frozenset(found)


def _turn(claim: Claim) -> tuple[bool, int, date, int]:
    return not claim.is_kept, claim.level, claim.due_on or date.max, claim.id


class Supply(NamedTuple):
    """How a part stands against what the shop wants of it, all in its own unit.

    ``used`` is what the last ``USE_DAYS`` days took; ``pack`` is how many come in one package,
    None where it is bought singly; ``lead_days`` is None where nobody knows how long it takes.
    """

    available: Decimal
    on_order: Decimal = _NOTHING
    keep: Decimal | None = None
    order_up_to: Decimal | None = None
    used: Decimal = _NOTHING
    lead_days: int | None = None
    safety_stock: Decimal | None = None
    pack: Decimal | None = None

    @property
    def projected(self) -> Decimal:
        """Return what will be free when all that is on order has come."""
        return self.available + self.on_order

    @property
    def point(self) -> Decimal:
        """Return the reorder point: average daily use × lead time + safety stock."""
        during = self.used / USE_DAYS * (self.lead_days or 0)
        return during.quantize(_THOUSANDTH, ROUND_HALF_UP) + (self.safety_stock or _NOTHING)

    @property
    def is_low(self) -> bool:
        """Tell whether less than is kept is free or on its way."""
        return self.projected < (self.keep or _NOTHING)


def reorder(supply: Supply) -> Decimal:
    """Return how much to order, in whole packages; nothing while enough is free or on its way.

    Ordered is when less is projected than is kept, or than the reorder point, and then up to
    what the shop wants to have at most.
    """
    least = max(supply.keep or _NOTHING, supply.point)
    if supply.projected >= least:
        return _NOTHING
    missing = max(supply.order_up_to or _NOTHING, least) - supply.projected
    pack = supply.pack or Decimal(1)
    return (missing / pack).to_integral_value(ROUND_CEILING) * pack
