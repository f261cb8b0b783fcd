"""Measures the program against its floors and prints a table: ``python -m tests.bench.run``.

It exits 1 where a goal is missed. ``--quick`` is a smoke run: small files, few rounds, no verdict.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import PySide6
import reportlab
import sqlalchemy

from tests.bench import (
    data,
    of_imports,
    of_keys,
    of_paper,
    of_pm,
    of_screen,
    of_stock,
    of_store,
    of_tags,
    of_waits,
)
from tests.bench.rounds import Ratio

SIZES = (2_000, 20_000, 200_000)
QUICK = (60, 120, 240)
GROWTH = 1.25
WAIT = 50
"""Milliseconds that the screen's thread may wait at most: rows s and w of the table."""


@dataclass(frozen=True)
class Line:
    """A line of the table: what was measured, the goal, and whether it is met."""

    row: str
    what: str
    value: float
    goal: float
    told: str


def _line(row: str, what: str, ratio: Ratio, goal: float) -> Line:
    told = (
        f"{ratio.median:6.2f} x ({ratio.least:.2f} to {ratio.most:.2f}), "
        f"{ratio.ours:.2f} ms to {ratio.floor:.2f} ms"
    )
    return Line(row, what, ratio.median, goal, told)


def _plain(row: str, what: str, value: float, goal: float, unit: str) -> Line:
    return Line(row, what, value, goal, f"{value:6.2f} {unit}")


def _growth(row: str, what: str, ours: dict[int, float]) -> Iterator[Line]:
    sizes = sorted(ours)
    for small, large in pairwise(sizes):
        grown = ours[large] / ours[small]
        yield _plain(row, f"{what}, {large} to {small}", grown, GROWTH, "x as long")


def lines(folder: Path, sizes: tuple[int, ...], rounds: int, wanted: set[str]) -> Iterator[Line]:
    """Yield the lines of the table as they are measured."""
    files = {size: data.shop(folder, size) for size in sizes if wanted & set("2345789sw")}
    if "1" in wanted:
        yield _line("1", "start to painted", of_screen.start(folder, rounds), 1.8)
    yield from _today(files, folder, rounds, wanted)
    if "3" in wanted:
        yield from _pages(files, rounds)
    if "4" in wanted:
        yield from _searches(files, rounds)
    if "5" in wanted:
        yield from _saves(files, folder, rounds)
    yield from _lists_brought_in(folder, rounds, wanted, is_quick=sizes == QUICK)
    if "7" in wanted:
        yield from _lists(files, rounds)
    yield from _held(files, folder, wanted)
    yield from _upkeep(folder, rounds, wanted)
    yield from _stock(folder, rounds, wanted, is_quick=sizes == QUICK)
    if wanted & {"8", "9"}:
        yield from _papers(files[sizes[0]], rounds, wanted, is_quick=sizes == QUICK)
    if "t" in wanted:
        yield from _tags(rounds, is_quick=sizes == QUICK)


def _today(files: dict[int, Path], folder: Path, rounds: int, wanted: set[str]) -> Iterator[Line]:
    if "2" in wanted:
        largest = max(files)
        ratio, mebibytes = of_screen.today(files[largest], folder, rounds)
        yield _line("2", f"start to Today filled, {largest}", ratio, 6)
        yield _plain("2", "  memory", mebibytes, 130, "MiB")


def _held(files: dict[int, Path], folder: Path, wanted: set[str]) -> Iterator[Line]:
    if "s" in wanted:
        for name, waited in of_store.on_the_screen(files[max(files)]):
            yield _plain("s", f"{name}, {max(files)}", waited, WAIT, "ms")
    if "w" in wanted:
        for name, held in of_waits.longest(files[max(files)], folder):
            yield _plain("w", f"longest turn, {name}", held, WAIT, "ms")


def _upkeep(folder: Path, rounds: int, wanted: set[str]) -> Iterator[Line]:
    if "p" in wanted:
        yield _line("11", "next dates of 10,000 schedules", of_pm.dates(10_000, rounds), 3)
    if "a" in wanted:
        away = of_pm.Away(folder, rounds).compare(rounds)
        yield _line("14", "3,000 dates after a year away", away, 4)


def _stock(folder: Path, rounds: int, wanted: set[str], *, is_quick: bool) -> Iterator[Line]:
    if "k" in wanted:
        count, moves = (200, 2_000) if is_quick else (20_000, 200_000)
        for name, ratio in of_stock.lists(of_stock.shop(folder, count, moves), rounds):
            yield _line("k", f"{name}, {count} and {moves} moves", ratio, 2)


def _tags(rounds: int, *, is_quick: bool) -> Iterator[Line]:
    count = 60 if is_quick else 1_000
    ratio, megabytes = of_tags.thousand(count, rounds)
    yield _line("10", f"{count} tags, to the words alone", ratio, 10)
    yield _plain("10", "  size", megabytes, 0.4, "MB")


def _pages(files: dict[int, Path], rounds: int) -> Iterator[Line]:
    for size, path in files.items():
        for name, ratio in of_store.pages(path, rounds):
            yield _line("3", f"page of 50, {name}, {size}", ratio, 2)
    for small, large in pairwise(sorted(files)):
        for name, ratio in of_store.pages_grow(files[small], files[large], rounds):
            yield _line("3", f"page of 50, {name}, {large} to {small}", ratio, GROWTH)


def _searches(files: dict[int, Path], rounds: int) -> Iterator[Line]:
    for size, path in files.items():
        yield _line("4", f"search, {size}", of_store.searches(path, rounds), 2)
        keys = of_keys.waits(path, 2)
        told = f"slowest key to its painted rows, {size} (median {keys[len(keys) // 2]:.1f} ms)"
        yield _plain("4", told, keys[-1], WAIT, "ms")
    for small, large in pairwise(sorted(files)):
        ratio = of_store.searches_grow(files[small], files[large], rounds)
        yield _line("4", f"search, {large} to {small}", ratio, GROWTH)


def _saves(files: dict[int, Path], folder: Path, rounds: int) -> Iterator[Line]:
    ours = {}
    for size, path in files.items():
        ratio = of_store.Saves(path, folder, rounds + 1).compare(rounds)
        yield _line("5", f"sheet entered, {size}", ratio, 8)
        ours[size] = ratio.ours
    yield from _growth("5", "sheet entered", ours)


def _lists(files: dict[int, Path], rounds: int) -> Iterator[Line]:
    for size, path in files.items():
        opened = of_screen.every(path, rounds)
        yield _line("7", f"list of every work order, {size}", opened.ratio, 2)
        yield _plain("7", f"  memory, {size}", opened.mebibytes, 25, "MiB")
        yield _plain("7", f"  jump and paint, {size}", opened.step, 16, "ms")
        yield _plain("7", f"  paint again, {size}", opened.repaint, 10, "ms")


def _lists_brought_in(
    folder: Path, rounds: int, wanted: set[str], *, is_quick: bool
) -> Iterator[Line]:
    if "6" in wanted:
        count = 200 if is_quick else 10_000
        yield _line("6", f"list of {count} brought in", of_imports.assets(folder, count, rounds), 4)


def _papers(path: Path, rounds: int, wanted: set[str], *, is_quick: bool) -> Iterator[Line]:
    one = of_paper.one_of(path)
    if "8" in wanted:
        yield _line("8", "a sheet, front and back", of_paper.sheet(one, rounds), 1.5)
    if "9" in wanted:
        few, many = (20, 40) if is_quick else (100, 1_000)
        small, _ = of_paper.batch(one, few, rounds)
        large, memory = of_paper.batch(one, many, rounds)
        yield _line("9", f"batch of {few} pages", small, 1.5)
        yield _line("9", f"batch of {many} pages", large, 1.5)
        yield _plain("9", "  memory", memory, 2, "x")
        grown = large.ours / many / (small.ours / few)
        yield _plain("9", f"  a page, of {many} to {few}", grown, GROWTH, "x as long")


def main() -> int:
    """Measure, print, and return 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--rows", default="123456789swtpak")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "bench")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options.folder.mkdir(parents=True, exist_ok=True)
    sizes, rounds = (QUICK, 3) if options.quick else (tuple(options.sizes), options.rounds)
    sys.stdout.write(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"SQLAlchemy {sqlalchemy.__version__}, PySide6 {PySide6.__version__}, "
        f"ReportLab {reportlab.Version}; {os.cpu_count()} cores, {rounds} rounds\n"
    )
    missed = 0
    for line in lines(options.folder, sizes, rounds, set(options.rows)):
        is_missed = line.value > line.goal
        missed += is_missed
        load = os.getloadavg()[0]
        sys.stdout.write(
            f"{line.row:<3}{line.what:<44}{line.told:<52} goal {line.goal:<5g}"
            f"{'MISSED' if is_missed else 'met':<7} load {load:.1f}\n"
        )
        sys.stdout.flush()
    return int(bool(missed) and not options.quick)


if __name__ == "__main__":
    sys.exit(main())
