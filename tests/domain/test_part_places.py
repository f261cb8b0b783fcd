"""Where a planned part is taken from."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smallcmms.domain.part_places import PartPlace, There, Whence, take

SHOP, TRUCK, OTHER = 1, 2, 3


def lying(shop: int = 0, truck: int = 0, other: int = 0) -> list[There]:
    found = [
        There(SHOP, "Shop", Decimal(shop), is_shop=True),
        There(TRUCK, "Truck 1", Decimal(truck)),
        There(OTHER, "Truck 2", Decimal(other)),
    ]
    return [at for at in found if at.quantity]


def test_what_the_truck_that_goes_carries_is_aboard() -> None:
    assert take(Decimal(2), lying(shop=9, truck=2), trucks={TRUCK}) == PartPlace(
        Whence.ABOARD, "Truck 1", aboard=Decimal(2)
    )


def test_the_truck_carries_it_even_where_others_have_a_claim() -> None:
    found = take(Decimal(1), lying(truck=1), trucks={TRUCK}, is_short=True)
    assert found.whence is Whence.ABOARD


def test_the_shop_comes_before_another_truck_and_says_its_last_one() -> None:
    found = take(Decimal(1), lying(shop=1, other=5), trucks={TRUCK})
    assert (found.whence, found.place, found.is_shop, found.is_last) == (
        Whence.FETCH,
        "Shop",
        True,
        True,
    )


def test_another_truck_that_has_enough_comes_before_a_shop_that_has_not() -> None:
    found = take(Decimal(4), lying(shop=1, other=5), trucks={TRUCK})
    assert (found.whence, found.place, found.is_shop) == (Whence.FETCH, "Truck 2", False)


def test_what_the_truck_lacks_is_fetched() -> None:
    found = take(Decimal(8), lying(shop=9, truck=2), trucks={TRUCK})
    assert (found.whence, found.fetched, found.aboard) == (Whence.FETCH, 6, 2)
    assert not found.is_last


@pytest.mark.parametrize(
    ("there", "is_short", "place", "fetched"),
    [
        ({}, False, "", 0),
        ({"shop": -2}, False, "", 0),
        ({"shop": 3}, False, "Shop", 3),
        ({"shop": 9}, True, "Shop", 8),
    ],
)
def test_too_few_or_what_others_have_a_claim_to_is_short(
    *, there: dict[str, int], is_short: bool, place: str, fetched: int
) -> None:
    found = take(Decimal(8), lying(**there), trucks=set(), is_short=is_short)
    assert (found.whence, found.place, found.fetched) == (Whence.SHORT, place, fetched)
