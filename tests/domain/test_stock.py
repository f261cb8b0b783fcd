"""What a part costs after a receipt, who gets it, and how many to order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.stock import (
    Claim,
    Supply,
    average_without,
    kept,
    moving_average,
    reorder,
)

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


@given(QUANTITIES, COSTS, QUANTITIES, COSTS)
def test_a_receipt_that_is_taken_back_leaves_the_cost_as_it_was(
    on_hand: Decimal, cost: Decimal, received: Decimal, unit_cost: Decimal
) -> None:
    after = moving_average(on_hand, cost, received, unit_cost)
    back = average_without(on_hand + received, after, received, unit_cost)
    is_there = on_hand >= 1 and received <= 10 * on_hand
    assert not is_there or abs(back - cost) <= D("0.001")


@pytest.mark.parametrize(
    ("on_hand", "cost", "taken", "unit_cost", "expected"),
    [
        ("4", "19.20", "2", "20.20", "18.2000"),
        ("2", "19.20", "2", "20.20", "19.20"),
        ("1", "19.20", "2", "20.20", "19.20"),
        ("4", "1", "2", "9", "1"),
    ],
)
def test_where_nothing_is_left_the_cost_stands(
    on_hand: str, cost: str, taken: str, unit_cost: str, expected: str
) -> None:
    found = average_without(D(on_hand), D(cost), D(taken), D(unit_cost))
    assert str(found) == expected


def claim(key: int, quantity: int, *, is_kept: bool = False, level: int = 3, day: int = 0) -> Claim:
    return Claim(key, D(quantity), is_kept, level, date(2026, 7, day) if day else None)


@pytest.mark.parametrize(
    ("on_hand", "claims", "fed"),
    [
        (3, [claim(1, 2), claim(2, 1)], {1, 2}),
        (2, [claim(1, 2), claim(2, 1)], {1}),
        (1, [claim(1, 2), claim(2, 1)], {2}),
        (1, [claim(1, 1), claim(2, 1, is_kept=True)], {2}),
        (1, [claim(1, 1), claim(2, 1, level=1)], {2}),
        (1, [claim(1, 1, day=9), claim(2, 1, day=8), claim(3, 1)], {2}),
        (1, [claim(2, 1, day=8), claim(1, 1, day=8)], {1}),
        (0, [claim(1, 1, is_kept=True)], set()),
        (-4, [claim(1, 1)], set()),
    ],
)
def test_who_has_keeps_it_then_the_worst_the_nearest_and_the_oldest_come(
    on_hand: int, claims: list[Claim], fed: set[int]
) -> None:
    assert kept(D(on_hand), claims) == fed


CLAIMS = st.lists(
    st.tuples(st.integers(1, 9), st.booleans(), st.integers(1, 4), st.integers(0, 28)), max_size=8
).map(
    lambda told: [
        claim(key, quantity, is_kept=is_kept, level=level, day=day)
        for key, (quantity, is_kept, level, day) in enumerate(told)
    ]
)


@given(st.integers(-5, 40), CLAIMS)
def test_no_more_is_kept_than_there_is_and_nobody_is_short_of_what_is_left(
    on_hand: int, claims: list[Claim]
) -> None:
    fed = kept(D(on_hand), claims)
    left = on_hand - sum(each.quantity for each in claims if each.id in fed)
    assert left >= min(on_hand, 0)
    assert all(each.quantity > left for each in claims if each.id not in fed)
    again = [each._replace(is_kept=each.id in fed) for each in claims]
    assert kept(D(on_hand), again) == fed


@pytest.mark.parametrize(
    ("supply", "quantity"),
    [
        ({"available": -2, "keep": 12, "pack": 6}, 18),
        ({"available": 1, "keep": 3}, 2),
        ({"available": 0, "keep": 1}, 1),
        ({"available": -1, "on_order": 4, "keep": 2}, 0),
        ({"available": 2, "keep": 2}, 0),
        ({"available": 2, "keep": 3, "order_up_to": 10}, 8),
        ({"available": 5, "keep": 3, "order_up_to": 10}, 0),
        ({"available": -1}, 1),
        ({"available": 0}, 0),
        ({"available": 4, "used": 90, "lead_days": 5}, 1),
        ({"available": 5, "used": 90, "lead_days": 5}, 0),
        ({"available": 5, "used": 90, "lead_days": 5, "safety_stock": 2, "pack": 4}, 4),
        ({"available": 4, "used": 90}, 0),
    ],
)
def test_what_is_ordered_is_what_is_missing_in_whole_packages(
    supply: dict[str, Any], quantity: int
) -> None:
    told: dict[str, Any] = {
        name: value if name == "lead_days" else D(value) for name, value in supply.items()
    }
    assert reorder(Supply(**told)) == quantity


def test_the_reorder_point_is_daily_use_times_lead_time_and_safety_stock() -> None:
    supply = Supply(D(0), used=D(45), lead_days=10, safety_stock=D("1.5"))
    assert supply.point == D("6.5")
    assert Supply(D(2), keep=D(3)).is_low
    assert not Supply(D(2), on_order=D(1), keep=D(3)).is_low
