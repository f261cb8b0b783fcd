"""stress: do mixed real work and say after each operation that it is safe."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.cli.invoice import render
from smallcmms.reports import work_order
from smallcmms.services import history
from smallcmms.services.samples import story
from smallcmms.services.samples.work import Work
from smallcmms.store import opening
from smallcmms.texts import _


class _Clock:
    """A clock that goes on by what the work takes."""

    def __init__(self) -> None:
        self.moment = story.july(13, 7, 0)

    def __call__(self) -> datetime:
        return self.moment

    def go(self, span: timedelta) -> None:
        self.moment += span


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("file", type=Path, help=_("a new file, or one of an earlier run"))
    parser.add_argument("--ops", type=fields.whole, required=True)
    parser.add_argument("--seed", type=fields.whole, default=1)


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Work, in a new file or one of an earlier run.

    ``ACK n`` is said only after operation n is safe on the disk.
    """
    clock = _Clock()
    is_new = not options.file.exists()
    store = (opening.create if is_new else opening.open_shop)(options.file, now=clock)
    try:
        if is_new:
            story.set_up(store)
        else:
            clock.moment = history.last_at(store) or clock.moment
        start = story.before(store) if is_new else story.found(store)
        work = Work(store, start, Random(options.seed), work_order.render, render, clock.go)  # noqa: S311
        desk.say("ACK 0")
        for number, name in enumerate(work.operations(options.ops), 1):
            desk.say(f"ACK {number} {name}")
    finally:
        store.close()
