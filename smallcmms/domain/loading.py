"""Loading a truck: what lies on it already, what to fetch in the shop, what is short."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Load:
    """How a wanted quantity comes together, in the part's own unit.

    ``kept`` is what lies in the shop and has been put aside for other jobs, as far as it is wanted.
    """

    on_truck: Decimal
    fetch: Decimal
    short: Decimal
    kept: Decimal


def lack(par: Decimal, on_truck: Decimal) -> Decimal:
    """Return how much is missing on a truck of what it should carry; never below zero."""
    return max(par - on_truck, _NOTHING)


def load_up(wanted: Decimal, *, on_truck: Decimal, in_shop: Decimal, free: Decimal) -> Load:
    """Return how a job's part comes onto the truck: the truck's own first, then the shop's.

    ``free`` is what all places have that no other job has a claim to; more is not fetched.
    """
    there = min(wanted, max(on_truck, _NOTHING))
    rest, shelf = wanted - there, max(in_shop, _NOTHING)
    fetch = min(rest, shelf, max(free - there, _NOTHING))
    short = rest - fetch
    return Load(there, fetch, short, min(shelf - fetch, short))
