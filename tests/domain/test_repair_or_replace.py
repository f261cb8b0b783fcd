from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from smallcmms.domain.repair_or_replace import Figures, figures, months_between

TODAY = date(2026, 7, 14)


def of(spent: str = "442.50", **told: Any) -> Figures:
    usual: dict[str, Any] = {
        "repairs": 2,
        "replacement_cost": Decimal(1880),
        "installed_on": date(2018, 9, 14),
        "expected_life_years": 15,
    }
    return figures(spent=Decimal(spent), today=TODAY, **(usual | told))


def test_the_designs_circulator_is_repaired() -> None:
    found = of("452.50")
    assert (found.share, found.months) == (Decimal(24), 94)
    assert not found.is_to_replace


@pytest.mark.parametrize(("spent", "is_to"), [("930.59", False), ("930.61", True), ("940", True)])
def test_from_half_a_new_one_on_it_is_time_to_think(spent: str, *, is_to: bool) -> None:
    assert of(spent).is_to_replace == is_to


def test_an_asset_past_its_life_is_to_be_thought_of() -> None:
    assert of("0", installed_on=date(2011, 7, 14)).is_past_its_life
    assert not of("0", installed_on=date(2011, 7, 15)).is_past_its_life
    assert of("0", installed_on=date(2011, 7, 14)).is_to_replace


def test_what_is_not_known_says_nothing() -> None:
    found = of(replacement_cost=None, installed_on=None, expected_life_years=None)
    assert (found.share, found.months, found.life_months) == (None, None, None)
    assert not found.is_to_replace
    assert of(replacement_cost=Decimal(0)).share is None


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2018, 9, 14), date(2023, 9, 14), 60),
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 7, 20), TODAY, 0),
    ],
)
def test_months_are_whole(since: date, until: date, months: int) -> None:
    assert months_between(since, until) == months
