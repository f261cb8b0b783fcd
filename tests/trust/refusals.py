"""Damaged, foreign and newer files: each is refused in words, at once, and keeps every byte.

``python -m tests.trust.refusals --every 1`` puts every case also before the command line, in a
process of its own; the normal run takes every 23rd.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from smallcmms.services.samples import story
from smallcmms.store.opening import FileRefused, create, open_shop

LONGEST_S = 5.0
"""The processor's time: how busy the machine is otherwise does not count."""
HANGS_S = 120
PAGE = 4096
_DIE_IN_A_CHANGE = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute('PRAGMA cache_size = 1')
connection.execute('BEGIN')
connection.execute('CREATE TABLE half (x)')
connection.executemany('INSERT INTO half VALUES (?)', [('x' * 2000,)] * 500)
os._exit(0)
"""
Make = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """A file that is made wrong in one way; a flipped byte may also do no harm."""

    name: str
    make: Make
    words: tuple[str, ...] = ("is damaged", "is not a SmallCMMS file")
    may_open: bool = False


@dataclass
class Outcome:
    """What came of the cases."""

    cases: int = 0
    refused: int = 0
    opened: int = 0
    by_command: int = 0
    longest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the counts in one line."""
        return (
            f"{self.cases} files: {self.refused} refused, {self.opened} whole enough to open, "
            f"{self.by_command} of them also by the command line, {len(self.faults)} faults, "
            f"longest {self.longest:.2f} s"
        )


def worked(folder: Path) -> bytes:
    """Return the bytes of a shop file with the story's shop in it."""
    store = create(folder / "whole.smallcmms", now=story.Clock())
    story.set_up(store)
    story.before(store)
    store.close()
    return store.path.read_bytes()


def cases(whole: bytes) -> Iterator[Case]:
    """Yield every wrong file."""
    yield from _truncated(whole)
    yield from _zeroed(whole)
    yield from _flipped(whole)
    yield from _foreign()
    yield from _newer(whole)


def _truncated(whole: bytes) -> Iterator[Case]:
    sizes = {1, 15, 16, 99, 100, 101, 511, 512, 513, PAGE - 1, PAGE, PAGE + 1, len(whole) - 1}
    sizes |= {len(whole) * part // 50 for part in range(1, 50)}
    for size in sorted(sizes):
        yield Case(f"cut at {size}", _writing(whole[:size]))


def _zeroed(whole: bytes) -> Iterator[Case]:
    for page in range(len(whole) // PAGE):
        zeroed = whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :]
        yield Case(f"page {page} zeroed", _writing(zeroed))


def _flipped(whole: bytes) -> Iterator[Case]:
    words = ("is damaged", "is not a SmallCMMS file", "needs SmallCMMS")
    for place in range(100):
        flipped = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        yield Case(f"byte {place} flipped", _writing(flipped), words, may_open=True)


def _foreign() -> Iterator[Case]:
    foreign = ("is not a SmallCMMS file",)
    picture = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(picture, "PNG")
    yield Case("0 bytes", _writing(b""), foreign)
    yield Case("a picture", _writing(picture.getvalue()), foreign)
    yield Case("a letter", _writing(b"Dear Priya,\n" * 900), foreign)
    yield Case("a folder", Path.mkdir, foreign)
    yield Case("a pipe", os.mkfifo, foreign)
    yield Case("another program's", _another_programs, foreign)
    yield Case("another program's, unfinished", _unfinished(_another_programs), foreign)


def _newer(whole: bytes) -> Iterator[Case]:
    newer = ("needs SmallCMMS",)
    for name, sql in (
        ("newer revision", "UPDATE alembic_version SET version_num = '9999'"),
        ("newer version", "PRAGMA user_version = 9001002"),
    ):
        yield Case(name, _altered(whole, sql), newer)
        yield Case(f"{name}, unfinished", _unfinished(_altered(whole, sql)), newer)


def _writing(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def _another_programs(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("CREATE TABLE customer (id, name)")
        connection.commit()


def _altered(whole: bytes, sql: str) -> Make:
    def make(path: Path) -> None:
        path.write_bytes(whole)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(sql)
            connection.commit()

    return make


def _unfinished(make: Make) -> Make:
    def left(path: Path) -> None:
        make(path)
        subprocess.run([sys.executable, "-c", _DIE_IN_A_CHANGE, str(path)], check=True)
        assert path.with_name(f"{path.name}-journal").stat().st_size > 512

    return left


def seen(folder: Path) -> dict[str, str]:
    """Return what lies in a folder, the lock apart."""
    return {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest() if each.is_file() else "no file"
        for each in folder.iterdir()
        if each.suffix != ".lock"
    }


def judge(case: Case, folder: Path, outcome: Outcome, *, by_command: bool) -> None:
    """Put one file before the program and note what is wrong about what it does."""
    folder.mkdir()
    path = folder / "shop.smallcmms"
    case.make(path)
    before = seen(folder)
    begun = _busy()
    outcome.cases += 1
    told = _told(path, case, outcome)
    if by_command and told:
        outcome.by_command += 1
        _judge_command(path, case, outcome)
    took = _busy() - begun
    outcome.longest = max(outcome.longest, took)
    if told and seen(folder) != before:
        outcome.faults.append(f"{case.name}: the bytes changed")
    if took > LONGEST_S:
        outcome.faults.append(f"{case.name}: {took:.1f} s")


def _busy() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _told(path: Path, case: Case, outcome: Outcome) -> str:
    try:
        open_shop(path).close()
    except FileRefused as refusal:
        outcome.refused += 1
        if not any(words in str(refusal) for words in case.words):
            outcome.faults.append(f"{case.name}: {refusal}")
        return str(refusal)
    except BaseException as error:  # noqa: BLE001
        outcome.faults.append(f"{case.name}: {error!r}")
        return ""
    outcome.opened += 1
    if not case.may_open:
        outcome.faults.append(f"{case.name}: it was opened")
    return ""


def _judge_command(path: Path, case: Case, outcome: Outcome) -> None:
    words = [sys.executable, "-m", "smallcmms", "check", str(path)]
    try:
        run = subprocess.run(words, check=False, capture_output=True, text=True, timeout=HANGS_S)
    except subprocess.TimeoutExpired:
        outcome.faults.append(f"{case.name}: the command hangs")
        return
    lines = run.stderr.splitlines()
    if run.returncode != 2 or run.stdout or len(lines) != 1 or "Traceback" in run.stderr:
        outcome.faults.append(f"{case.name}: exit {run.returncode}, {run.stderr!r}")
    elif not any(words in lines[0] for words in case.words):
        outcome.faults.append(f"{case.name}: {lines[0]}")


def run(folder: Path, every: int) -> Outcome:
    """Judge every file, and every so-many-th by the command line too; odd ones always."""
    outcome = Outcome()
    for number, case in enumerate(cases(worked(folder))):
        is_odd = not case.name.startswith(("cut", "page", "byte"))
        by_command = is_odd or number % every == 0
        judge(case, folder / f"case-{number}", outcome, by_command=by_command)
    return outcome


def main() -> int:
    """Judge and print the counts; 1 if anything was wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--every", type=int, default=1)
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), asked.parse_args().every)
    sys.stdout.write(f"{outcome}\n" + "".join(f"{fault}\n" for fault in outcome.faults))
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
