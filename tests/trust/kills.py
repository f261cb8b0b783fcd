"""Kill the program with signal 9 in the middle of mixed real work, again and again.

    python -m tests.trust.kills [--kills 1000] [--seed 1]

The work is the same for the same seed, so a reference run says what the file holds after each
change. A killed file must open, pass every check, and hold what stood after the last acknowledged
operation or after a change that was under way: nothing saved is lost, nothing is half done.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import select
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from smallcmms.cli.invoice import render
from smallcmms.reports import work_order
from smallcmms.services import check
from smallcmms.services.samples import story
from smallcmms.services.samples.work import Work
from smallcmms.store import check as file_check
from smallcmms.store.dump import lines
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Changed, Store

OPERATIONS = 30
LONGEST_WAIT_MS = 25


class _Clock:
    def __init__(self) -> None:
        self.moment = story.july(13, 7, 0)

    def __call__(self) -> datetime:
        return self.moment

    def go(self, span: timedelta) -> None:
        self.moment += span


@dataclass
class Outcome:
    """What came of the kills."""

    kills: int = 0
    lost: int = 0
    damaged: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills after {self.acknowledged} acknowledged operations: "
            f"{self.lost} lost, {self.damaged} damaged"
        )


def fingerprint(store: Store) -> str:
    """Return what the file holds, as one hash."""
    return hashlib.sha256("\n".join(lines(store)).encode()).hexdigest()


def work(
    path: Path,
    seed: int,
    acknowledge: Callable[[int], object],
    noted: list[str],
    look: Callable[[Store, Work], object] | None = None,
) -> None:
    """Do the work of a seed in the prepared file; ``noted`` gets the state after each change.

    ``look`` is called after each change too.
    """
    clock = _Clock()
    store = open_shop(path, now=clock)
    desk = Work(store, story.found(store), Random(seed), work_order.render, render, clock.go)
    acknowledge(0)
    if noted:
        store.listen(lambda _changed: noted.append(fingerprint(store)))
    if look is not None:
        store.listen(partial(_look, look, store, desk))
    for number, _name in enumerate(desk.operations(OPERATIONS), 1):
        acknowledge(number)
    store.close()


def _look(
    look: Callable[[Store, Work], object], store: Store, desk: Work, _changed: Changed
) -> None:
    look(store, desk)


def reference(
    path: Path, seed: int, look: Callable[[Store, Work], object] | None = None
) -> list[list[str]]:
    """Return, for each operation, the states that the file may be in until the next is done."""
    states = [["start"]]
    noted = ["start"]

    def acknowledge(number: int) -> None:
        if number:
            states[number - 1].extend(noted[1:])
            states.append([noted[-1]])
            del noted[:-1]

    work(path, seed, acknowledge, noted, look)
    return states


def kill_one(path: Path, seed: int, dice: Random) -> int:
    """Start the work in a process of its own, kill it at some moment, and return what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        work(path, seed, lambda number: os.write(writing, bytes([number])), [])
        os._exit(0)
    os.close(writing)
    last, wanted = 0, dice.randrange(OPERATIONS)
    while last < wanted:
        said = os.read(reading, 1)
        if not said:
            break
        last = said[0]
    select.select([], [], [], dice.uniform(0, LONGEST_WAIT_MS) / 1000)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while said := os.read(reading, 256):
        last = said[-1]
    os.close(reading)
    return last


def judge(path: Path, states: list[list[str]], last: int, start: str, outcome: Outcome) -> None:
    """Open the killed file and say whether it is whole."""
    outcome.kills += 1
    outcome.acknowledged += last
    store = open_shop(path)
    try:
        problems = [*file_check.check(store), *check.problems(store)]
        now = fingerprint(store)
    finally:
        store.close()
    allowed = {start if state == "start" else state for state in states[last]}
    if problems:
        outcome.damaged += 1
        outcome.faults.append(f"after {last}: {problems[:3]}")
    elif now not in allowed:
        outcome.lost += 1
        outcome.faults.append(f"after {last}: a state that never was")


def prepare(folder: Path) -> tuple[Path, str]:
    """Return a file with the shop of the story, and what it holds."""
    path = folder / "start.smallcmms"
    store = create(path, now=_Clock())
    story.set_up(store)
    story.before(store)
    held = fingerprint(store)
    store.close()
    return path, held


def kills(count: int, seed: int, folder: Path) -> Outcome:
    """Kill the work so many times, a new seed every 25 kills."""
    outcome, dice = Outcome(), Random(seed)
    start, held = prepare(folder)
    states: list[list[str]] = []
    for number in range(count):
        if number % 25 == 0:
            path = _copy(start, folder / f"reference-{number}")
            states = reference(path, seed + number)
            shutil.rmtree(path.parent)
        path = _copy(start, folder / f"run-{number}")
        last = kill_one(path, seed + number - number % 25, dice)
        judge(path, states, last, held, outcome)
        shutil.rmtree(path.parent)
    return outcome


def _copy(start: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(start, folder / "shop.smallcmms"))


def main() -> int:
    """Kill as often as asked and print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = kills(options.kills, options.seed, Path(folder))
    sys.stdout.write(f"{outcome}\n" + "".join(f"{fault}\n" for fault in outcome.faults))
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
