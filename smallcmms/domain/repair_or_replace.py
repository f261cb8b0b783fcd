"""Repair or replace: what an asset's repairs come to beside what a new one costs.

The trade's 50 % rule of thumb says that a repair above half the price of a new machine is no longer
worth it, the more so past half its life. What is counted here is ours: all repairs on record
together, and the expected life as a second sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

HALF = Decimal(50)
"""From so many percent of a new one on, it is time to think of a new one (ours)."""

_MONTHS = 12
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is known for the choice; money in major units.

    ``spent`` is what was billed for ``repairs`` jobs; ``share`` is that in percent of the price of
    a new one; ``months`` is its age; ``life_months`` how old it is expected to become.
    """

    spent: Decimal
    repairs: int
    replacement_cost: Decimal | None
    share: Decimal | None
    months: int | None
    life_months: int | None

    @property
    def is_past_its_life(self) -> bool:
        """Tell whether it is older than it was expected to become."""
        if self.months is None or self.life_months is None:
            return False
        return self.months >= self.life_months

    @property
    def is_to_replace(self) -> bool:
        """Tell whether to think of a new one: half its price went into repairs, or it is old."""
        return self.is_past_its_life or (self.share is not None and self.share >= HALF)


def figures(
    *,
    spent: Decimal,
    repairs: int,
    replacement_cost: Decimal | None,
    installed_on: date | None,
    expected_life_years: int | None,
    today: date,
) -> Figures:
    """Return the figures of an asset.

    share = spent on repairs / replacement cost x 100, half-up to a whole percent; none where the
    price of a new one is not known. Planned upkeep is no repair.
    """
    share = None
    if replacement_cost:
        share = (spent / replacement_cost * _HUNDRED).quantize(Decimal(1), ROUND_HALF_UP)
    return Figures(
        spent=spent,
        repairs=repairs,
        replacement_cost=replacement_cost,
        share=share,
        months=None if installed_on is None else months_between(installed_on, today),
        life_months=None if expected_life_years is None else expected_life_years * _MONTHS,
    )


def months_between(since: date, until: date) -> int:
    """Return the whole months from one day to another, 0 where they are turned round."""
    months = (until.year - since.year) * _MONTHS + until.month - since.month
    return max(months - (until.day < since.day), 0)
