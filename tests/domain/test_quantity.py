"""Quantities in thousandths, and hours."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.quantity import from_thousandths, hours, to_thousandths


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_thousandths_go_there_and_back(thousandths: int) -> None:
    assert to_thousandths(from_thousandths(thousandths)) == thousandths


@pytest.mark.parametrize(
    "quantity",
    ["0.0001", "NaN", "Infinity", "1E+17", "-1E+17", str(2**63)[:-3] + "." + str(2**63)[-3:]],
)
def test_a_quantity_that_the_file_cannot_hold_is_refused(quantity: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        to_thousandths(Decimal(quantity))
    assert refused.value.field == "quantity"


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(105, "1.75"), (50, "0.83"), (0, "0.00"), (1, "0.02"), (3, "0.05"), (20, "0.33"), (5, "0.08")],
)
def test_hours_are_rounded_half_up_to_the_hundredth(minutes: int, expected: str) -> None:
    assert str(hours(minutes)) == expected


@given(st.integers(0, 100_000))
def test_hours_are_within_half_a_hundredth(minutes: int) -> None:
    assert abs(hours(minutes) * 60 - minutes) <= Decimal("0.3")
