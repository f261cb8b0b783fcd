"""Counts of stock: what the moves expect, what was counted, and what the difference is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.money import Currency, round_money

_DIGITS = re.compile(r"([0-9]+)")


class CountStatus(StrEnum):
    """How far a count is: its sheet is out, its figures are booked, it was given up."""

    OPEN = "open"
    ENTERED = "entered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Variance:
    """By how much a count differs from the moves, and what that comes to at cost."""

    quantity: Decimal
    value: Decimal


def vary(counted: Decimal, expected: Decimal, cost: Decimal, currency: Currency) -> Variance:
    """Return how far a count is from what was expected, at the cost of one unit.

    The value is rounded half-up to the currency's minor unit; less than expected is below zero.
    """
    quantity = counted - expected
    return Variance(quantity, round_money(quantity * cost, currency))


def check(counted: Decimal) -> Decimal:
    """Return a counted figure.

    Raises:
        RuleBroken: it is below zero: nobody counts less than nothing.
    """
    if counted < 0:
        raise RuleBroken("A count cannot be below zero.", "counted")
    return counted


def by_bin(shelf: str) -> tuple[object, ...]:
    """Return the key that brings shelves in walking order: A-2 before A-10, without one last."""
    pieces = filter(None, _DIGITS.split(shelf.strip().casefold()))
    walked = tuple((0, int(each), "") if each.isdecimal() else (1, 0, each) for each in pieces)
    return (not walked, walked)
