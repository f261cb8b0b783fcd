from __future__ import annotations

from datetime import UTC, datetime, timedelta

from smallcmms.domain.stopwatch import LONGEST, Stopwatch

START = datetime(2026, 7, 13, 11, 10, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_the_time_between_touches_is_counted() -> None:
    watch = Stopwatch(10)
    watch.touch(at(0))
    watch.touch(at(20))
    assert watch.seconds(at(35)) == 45


def test_a_pause_is_not_counted() -> None:
    watch = Stopwatch()
    watch.pause(at(0))
    watch.touch(at(0))
    watch.pause(at(20))
    assert watch.seconds(at(900)) == 20
    watch.touch(at(1000))
    assert watch.seconds(at(1005)) == 25


def test_who_touches_nothing_for_long_is_not_there() -> None:
    watch = Stopwatch()
    watch.touch(at(0))
    watch.touch(at(3600))
    assert watch.seconds(at(7200)) == 2 * LONGEST.total_seconds()


def test_a_clock_that_is_set_back_takes_nothing_away() -> None:
    watch = Stopwatch()
    watch.touch(at(0))
    watch.touch(at(-500))
    assert watch.seconds(at(-490)) == 10
