"""Where a planned part is taken from: the truck that goes, a shelf, another truck, or nowhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

_NOTHING = Decimal(0)


class Whence(StrEnum):
    """What has to be done to have a planned part on the job."""

    ABOARD = "aboard"
    FETCH = "fetch"
    SHORT = "short"


class There(NamedTuple):
    """How much of a part lies in one place; a shop comes before a truck."""

    location_id: int
    name: str
    quantity: Decimal
    is_shop: bool = False


@dataclass(frozen=True, slots=True)
class PartPlace:
    """Where a part is taken from, in its own unit.

    ``place`` is the truck that carries it, or where ``fetched`` of it are taken; ``aboard`` is on
    the truck then. ``is_last`` says that nothing is left in the place after it. What is ``SHORT``
    names where ``fetched`` of it lie all the same, for other jobs or too few.
    """

    whence: Whence
    place: str = ""
    is_shop: bool = False
    fetched: Decimal = _NOTHING
    aboard: Decimal = _NOTHING
    is_last: bool = False


def take(
    wanted: Decimal, lying: Sequence[There], *, trucks: Collection[int], is_short: bool = False
) -> PartPlace:
    """Return where so many of a part are taken from; ``trucks`` are those that go.

    ``is_short`` says that the job has no claim to what lies there.
    """
    going = [at for at in lying if at.location_id in trucks]
    aboard = sum((at.quantity for at in going if at.quantity > 0), _NOTHING)
    if aboard >= wanted:
        fullest = max(going, key=lambda at: at.quantity)
        return PartPlace(Whence.ABOARD, fullest.name, aboard=wanted)
    lacks = wanted - aboard
    others = [at for at in lying if at.location_id not in trucks and at.quantity > 0]
    if not others:
        return PartPlace(Whence.SHORT, aboard=aboard)
    best = max(others, key=lambda at: (at.quantity >= lacks, at.is_shop, at.quantity))
    is_enough = best.quantity >= lacks and not is_short
    return PartPlace(
        Whence.FETCH if is_enough else Whence.SHORT,
        best.name,
        best.is_shop,
        fetched=min(lacks, best.quantity),
        aboard=aboard,
        is_last=best.quantity == lacks,
    )
