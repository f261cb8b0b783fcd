"""check: look whether everything in a file is true."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms.cli.desk import Desk
from smallcmms.services import check
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("file", type=Path, nargs="?")


def run(desk: Desk, options: Namespace, word: str) -> int:  # noqa: ARG001
    """Answer every problem, or that there is none; the exit code is 1 where there is one."""
    with desk.opened(options.file) as store:
        problems = check.problems(store)
    for problem in problems:
        desk.say(_(problem.message, **problem.values))
    if not problems:
        desk.say(_("All is well."))
    return 1 if problems else 0
