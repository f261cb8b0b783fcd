"""Stock is the sum of its moves, whatever the work was and wherever it was broken off.

    python -m tests.trust.stock [--kills 1000] [--seed 1]

The desk of the mixed work keeps a book of its own: what it took, brought, counted and threw away.
After each change the moves in the file must come to what stands in the book, place by place, and
lists, pages and rules must say the same. Then the work is killed with signal 9 somewhere: what is
in the file must come to what the book said at that state.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from smallcmms.services import check, parts, stock
from smallcmms.services.samples.work import Book, Work
from smallcmms.store.opening import open_shop
from smallcmms.store.store import Store
from tests.trust import kills

THOUSANDTHS = 1000
SUMS = "SELECT part_id, location_id, SUM(quantity) FROM stock_move GROUP BY part_id, location_id"


@dataclass
class Outcome:
    """What was compared, and what differed."""

    changes: int = 0
    kills: int = 0
    differences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.changes} changes and {self.kills} kills: {len(self.differences)} differences"


def sums(path: Path) -> Book:
    """Return what the moves in a file come to, read without the program."""
    with closing(sqlite3.connect(path)) as connection:
        return Counter(
            {(part, place): quantity for part, place, quantity in connection.execute(SUMS)}
        )


class Watch:
    """Compares the file with the desk's book after each change, and keeps the book by state."""

    def __init__(self, outcome: Outcome, path: Path) -> None:
        self._outcome, self._before = outcome, sums(path)
        self.books: dict[str, Book] = {}

    def __call__(self, store: Store, desk: Work) -> None:
        self._outcome.changes += 1
        expected = self._before.copy()
        for key, moved in desk.book.items():
            expected[key] += moved * THOUSANDTHS
        self.books[kills.fingerprint(store)] = expected
        compare(self._outcome, store, expected)


def compare(outcome: Outcome, store: Store, expected: Book) -> None:
    """Compare the moves, the lists and the rules of a file with what must be there."""
    found, wanted = sums(store.path), {key: value for key, value in expected.items() if value}
    if {key: value for key, value in found.items() if value} != wanted:
        outcome.differences.append(f"moves: {found} instead of {wanted}")
    ids = parts.find(store)
    shown = parts.rows(store, ids)
    for part_id, standing in stock.standings(store, ids).items():
        lying = {place.location_id: place.quantity * THOUSANDTHS for place in standing.by_place}
        if lying != {place: value for (part, place), value in wanted.items() if part == part_id}:
            outcome.differences.append(f"part {part_id} stands at {lying}")
        row, moved = shown[part_id], stock.moves(store, part_id, 1)
        last = moved[0].on_hand if moved else 0
        if not row.on_hand == standing.on_hand == last or row.reserved != standing.reserved:
            outcome.differences.append(f"part {part_id}: {row.on_hand}, {standing.on_hand}, {last}")
    outcome.differences += [str(problem) for problem in check.problems(store)]


def run(count: int, seed: int, folder: Path) -> Outcome:
    """Do the work and kill it so many times, a new seed every 25 kills."""
    outcome, dice = Outcome(), Random(seed)
    start, _held = kills.prepare(folder)
    for number in range(count):
        if number % 25 == 0:
            path = _copy(start, folder / f"reference-{number}")
            watch = Watch(outcome, path)
            kills.reference(path, seed + number, watch)
            shutil.rmtree(path.parent)
        path = _copy(start, folder / f"run-{number}")
        kills.kill_one(path, seed + number - number % 25, dice)
        _judge(outcome, path, watch, sums(start))
        shutil.rmtree(path.parent)
    return outcome


def _judge(outcome: Outcome, path: Path, watch: Watch, at_first: Book) -> None:
    store = open_shop(path)
    try:
        outcome.kills += 1
        compare(outcome, store, watch.books.get(kills.fingerprint(store), at_first))
    finally:
        store.close()


def _copy(start: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(start, folder / "shop.smallcmms"))


def main() -> int:
    """Work and kill as often as asked and print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(options.kills, options.seed, Path(folder))
    sys.stdout.write(f"{outcome}\n" + "".join(f"{each}\n" for each in outcome.differences))
    return 1 if outcome.differences else 0


if __name__ == "__main__":
    sys.exit(main())
