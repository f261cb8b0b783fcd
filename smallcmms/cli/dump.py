"""dump: write a file's records, one line each, so that two files can be compared."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms.cli.desk import Desk
from smallcmms.store import dump
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--all", action="store_true", help=_("history, undo and counters too"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Answer the records, sorted by table and key."""
    with desk.opened(options.file) as store:
        for line in dump.lines(store, everything=options.all):
            desk.say(line)
