"""Compares an operation with its floor in one run: A B, B A, A B …, by the ratio of each pair.

What only computes is compared by the time of the processor, which others on a shared machine do not
stretch; what waits for a disk or another process by the clock on the wall.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

Clock = Callable[[], float]
ON_THE_WALL: Clock = perf_counter


@dataclass(frozen=True)
class Ratio:
    """The ratios of the pairs, and the medians of both in milliseconds."""

    median: float
    least: float
    most: float
    ours: float
    floor: float


def compare(
    ours: Callable[[int], object],
    floor: Callable[[int], object],
    rounds: int,
    *,
    first: int = 0,
    each: int = 1,
    clock: Clock = process_time,
) -> Ratio:
    """Time both ``rounds`` times, in alternating order; each is told the number of the round.

    ``each`` is how often a call does what is measured.
    """
    pairs = []
    for number in range(first, first + rounds):
        gc.collect()
        if number % 2:
            other, own = _timed(floor, number, clock), _timed(ours, number, clock)
        else:
            own, other = _timed(ours, number, clock), _timed(floor, number, clock)
        pairs.append((own, other))
    ratios = [own / other for own, other in pairs]
    return Ratio(
        statistics.median(ratios),
        min(ratios),
        max(ratios),
        statistics.median(own for own, _ in pairs) / each,
        statistics.median(other for _, other in pairs) / each,
    )


def _timed(work: Callable[[int], object], number: int, clock: Clock) -> float:
    begun = clock()
    work(number)
    return 1000 * (clock() - begun)
