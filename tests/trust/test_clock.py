from __future__ import annotations

from tests.trust import clock


def test_a_wrong_clock_makes_nothing_twice_and_nothing_in_mass() -> None:
    told = clock.clocks(7, seed=1)
    assert told.wrong == []
    assert told.asked == 4 * 3
