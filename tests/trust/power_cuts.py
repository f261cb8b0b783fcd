"""Power cuts: whatever the disk had not been told to keep is lost, torn or out of order.

``python -m tests.trust.power_cuts --cuts 3000`` prints how many of them lost or damaged something
that a person had been told was saved. ``--unsafe`` is the control: SQLite without its syncs.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from smallcmms.domain import papers
from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Attachment, Customer
from smallcmms.reports import invoice, work_order
from smallcmms.services import check as trade
from smallcmms.services.samples import story
from smallcmms.services.samples.story import july
from smallcmms.services.samples.work import Work as Desk
from smallcmms.store import dump
from smallcmms.store.check import check
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store
from tests.trust.recorded_disk import Event, RecordedDisk

_SECTOR = 512


@dataclass
class _Content:
    """A file's bytes: what the disk is sure to have, and what it was only asked to write."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.pending:
            _apply(self.durable, event)
        self.pending.clear()

    def survived(self, chance: random.Random) -> bytes:
        """Return the bytes after a cut: each waiting sector may have made it or not."""
        share = chance.choice((0.0, 0.5, 0.9, 1.0))
        left = bytearray(self.durable)
        for event in self.pending:
            if event[0] == "truncate":
                if chance.random() < share:
                    _apply(left, event)
                continue
            _, path, offset, content = event
            for start in range(0, len(content), _SECTOR):
                if chance.random() < share:
                    piece = content[start : start + _SECTOR]
                    _apply(left, ("write", path, offset + start, piece))
        return bytes(left)


def _apply(content: bytearray, event: Event) -> None:
    if event[0] == "truncate":
        del content[event[2] :]
        return
    _, _, offset, piece = event
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(piece)] = piece


class _Disk:
    """The disk after a number of events, with what of it would survive a cut."""

    def __init__(self, folder: Path, at_first: dict[str, bytes]) -> None:
        self._folder = folder
        self.acked = 0
        self._names = {path: _Content(bytearray(content)) for path, content in at_first.items()}
        self._durable: dict[str, _Content | None] = dict(self._names)
        self._waiting: list[tuple[str, dict[str, _Content | None]]] = []

    def follow(self, event: Event) -> None:
        kind, name = event[0], event[1]
        if kind == "ack":
            self.acked = name
        elif kind in ("write", "truncate"):
            self._names[name].pending.append(event)
        elif kind == "sync":
            self._names[name].sync()
        elif kind == "sync_folder":
            self._sync_folder(name)
        else:
            self._rename(event)

    def _rename(self, event: Event) -> None:
        kind, name = event[0], event[1]
        changed: dict[str, _Content | None] = {}
        if kind == "create":
            changed[name] = self._names[name] = _Content()
        elif kind == "delete":
            self._names.pop(name)
            changed[name] = None
        elif kind == "rename":
            content = self._names.pop(name)
            self._names[event[2]] = content
            changed = {name: None, event[2]: content}
        self._waiting.append((str(Path(name).parent), changed))

    def _sync_folder(self, folder: str) -> None:
        for _, changed in [each for each in self._waiting if each[0] == folder]:
            self._durable.update(changed)
        self._waiting = [each for each in self._waiting if each[0] != folder]

    def cut(self, chance: random.Random, target: Path) -> None:
        """Write into ``target`` what is on the disk after a cut at this moment."""
        names = dict(self._durable)
        for _, changed in self._waiting:
            if chance.random() < 0.5:
                names.update(changed)
        for name, content in names.items():
            if content is not None:
                path = target / Path(name).relative_to(self._folder)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.survived(chance))


@dataclass(frozen=True)
class Recording:
    """A stretch of work as the disk saw it, and what the file said after each of its changes."""

    folder: Path
    at_first: dict[str, bytes]
    events: list[Event]
    states: list[str] = field(default_factory=list)


Work = Callable[[Store], Iterator[object]]
"""Begins with what is there before the recording, and goes on by one operation at a time."""


def plain_work(store: Store) -> Iterator[None]:
    """Save records that name a document, and sometimes take one back and do it again."""
    yield None
    for number in range(1, 41):
        content = f"document {number}".encode() * 400
        content_hash = store.files.put(content)
        with store.change("Work {number}", number=number) as session:
            session.add(
                Attachment(
                    record="work",
                    record_id=number,
                    kind=next(iter(AttachmentKind)),
                    name=str(number),
                    hash=content_hash,
                    size=len(content),
                    added_at=store.now(),
                )
            )
            session.add(Customer(number=f"C-{number}", name=f"Customer {number} " + "x" * 900))
        if number % 7 == 0:
            store.undo()
            store.redo()
        yield None


def real_work(store: Store) -> Iterator[object]:
    """Take calls, print and enter sheets, issue, credit and pay invoices, by the dice."""
    story.set_up(store)
    start = story.before(store)
    yield None
    yield from Desk(
        store, start, random.Random(7), work_order.render, _render, lambda _span: None
    ).operations(60)


def _render(said: papers.Invoice) -> bytes:
    return invoice.render(said).pdf


def record(folder: Path, work: Work = plain_work, *, is_safe: bool = True) -> Recording:
    """Do the work on a new shop file in ``folder`` and note what reaches the disk."""
    moment = july(13, 7, 0)
    store = create(folder / "shop.smallcmms", now=lambda: moment)
    operations = work(store)
    next(operations)
    recording = Recording(folder, _files(folder), [], [_digest(store)])
    store.listen(lambda _: recording.states.append(_digest(store)))
    disk = RecordedDisk(folder)
    with disk.recording():
        store._writer.dispose()  # it opens again under the eyes of the recorder
        if not is_safe:
            raw = store._writer.raw_connection()
            raw.cursor().execute("PRAGMA synchronous = OFF")
            raw.close()
        for _ in operations:
            disk.ack(len(recording.states) - 1)
        store.close()
    recording.events.extend(disk.events)
    return recording


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _digest(store: Store) -> str:
    return hashlib.sha256("\n".join(dump.lines(store)).encode()).hexdigest()


def watch(folder: Path, work: Callable[[], object]) -> Recording:
    """Do some work on what lies in ``folder`` and note what reaches the disk."""
    at_first = _files(folder)
    disk = RecordedDisk(folder)
    with disk.recording():
        work()
    return Recording(folder, at_first, disk.events)


@contextmanager
def cut(recording: Recording, seed: int, end: int | None = None) -> Iterator[tuple[Path, int]]:
    """Cut the power once: yield the folder that is left, and the last work told as saved.

    The cut comes after ``end`` events, or at any moment.
    """
    chance = random.Random(seed)
    if end is None:
        end = chance.randrange(len(recording.events) + 1)
    disk = _Disk(recording.folder, recording.at_first)
    for event in recording.events[:end]:
        disk.follow(event)
    target = Path(tempfile.mkdtemp(prefix="cut"))
    try:
        disk.cut(chance, target)
        yield target, disk.acked
    finally:
        shutil.rmtree(target)


def judge(recording: Recording, seed: int) -> str:
    """Cut the power once and say what a person would find: nothing wrong is an empty text."""
    with cut(recording, seed) as (left, acked):
        try:
            store = open_shop(left / "shop.smallcmms")
        except RuleBroken:
            return "does not open"
        try:
            if check(store) or trade.problems(store):
                return "damaged"
            return "" if _digest(store) in recording.states[acked:] else "lost"
        except RuleBroken:
            return "damaged"
        finally:
            with suppress(RuleBroken):
                store.close()


def run(cuts: int, work: Work, *, is_safe: bool, seed: int = 0) -> Counter[str]:
    """Record once, cut many times, and count what was found."""
    with tempfile.TemporaryDirectory() as folder:
        recording = record(Path(folder), work, is_safe=is_safe)
        return Counter(judge(recording, seed + number) for number in range(cuts))


def main() -> int:
    """Print the counts; 1 if anything that was saved is lost or damaged."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cuts", type=int, default=3000)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--plain", action="store_true", help="records alone, no invoices")
    asked.add_argument("--unsafe", action="store_true", help="without SQLite's syncs")
    options = asked.parse_args()
    work = plain_work if options.plain else real_work
    found = run(options.cuts, work, is_safe=not options.unsafe, seed=options.seed)
    bad = options.cuts - found[""]
    sys.stdout.write(f"{bad} of {options.cuts} cuts are bad: {dict(found)}\n")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
