"""What a part costs after a receipt."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.stock import moving_average

D = Decimal
QUANTITIES = st.decimals(D("0.001"), D(1000), places=3)
COSTS = st.decimals(D(0), D(1000), places=4)


@pytest.mark.parametrize(
    ("on_hand", "cost", "received", "unit_cost", "expected"),
    [
        ("2", "18.20", "2", "20.20", "19.2000"),
        ("1", "10", "2", "11", "10.6667"),
        ("1", "0.0001", "1", "0.0002", "0.0002"),
        ("0", "18.20", "5", "20", "20"),
        ("-3", "18.20", "5", "20", "20"),
    ],
)
def test_a_receipt_moves_the_average(
    on_hand: str, cost: str, received: str, unit_cost: str, expected: str
) -> None:
    assert moving_average(D(on_hand), D(cost), D(received), D(unit_cost)) == D(expected)


@given(QUANTITIES, COSTS, QUANTITIES, COSTS)
def test_the_average_lies_between_the_old_cost_and_the_new(
    on_hand: Decimal, cost: Decimal, received: Decimal, unit_cost: Decimal
) -> None:
    found = moving_average(on_hand, cost, received, unit_cost)
    assert min(cost, unit_cost) <= found <= max(cost, unit_cost)
