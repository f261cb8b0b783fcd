from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from smallcmms.domain.loading import Load, lack, load_up
from smallcmms.domain.stock_counts import by_bin

COUNTS = some.decimals(-20, 60, places=1)


def numbers(load: Load) -> tuple[int, ...]:
    return tuple(int(each) for each in (load.on_truck, load.fetch, load.short, load.kept))


def of(wanted: int, on_truck: int, in_shop: int, free: int) -> tuple[int, ...]:
    return numbers(
        load_up(
            Decimal(wanted),
            on_truck=Decimal(on_truck),
            in_shop=Decimal(in_shop),
            free=Decimal(free),
        )
    )


def test_the_trucks_own_comes_first_and_the_shop_gives_the_rest() -> None:
    assert of(6, 6, 24, 30) == (6, 0, 0, 0)
    assert of(2, 1, 5, 6) == (1, 1, 0, 0)
    assert of(3, 0, 1, 1) == (0, 1, 2, 0)


def test_what_is_kept_for_other_jobs_is_not_fetched_and_is_told() -> None:
    assert of(4, 0, 4, 1) == (0, 1, 3, 3)
    assert of(2, 0, 9, -3) == (0, 0, 2, 2)


def test_less_than_nothing_on_a_truck_is_nothing() -> None:
    assert of(2, -3, 1, 5) == (0, 1, 1, 0)
    assert lack(Decimal(4), Decimal(-1)) == 5
    assert lack(Decimal(4), Decimal(9)) == 0


@given(COUNTS.map(abs), COUNTS, COUNTS, COUNTS)
def test_what_is_wanted_is_on_the_truck_fetched_or_short(
    wanted: Decimal, on_truck: Decimal, in_shop: Decimal, free: Decimal
) -> None:
    load = load_up(wanted, on_truck=on_truck, in_shop=in_shop, free=free)
    assert load.on_truck + load.fetch + load.short == wanted
    assert min(load.on_truck, load.fetch, load.short, load.kept) >= 0
    assert load.fetch + load.kept <= max(in_shop, Decimal(0))


def test_shelves_stand_in_walking_order_and_what_has_none_comes_last() -> None:
    shelves = ["", "B-1", "A-10", "Cage", "a-2", "A-2b", "7", "12"]
    assert sorted(shelves, key=by_bin) == ["7", "12", "a-2", "A-2b", "A-10", "B-1", "Cage", ""]
