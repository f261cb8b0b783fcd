"""backup and restore: a whole copy of a file, and the way back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms.cli.desk import Desk
from smallcmms.store import backup, restore
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:
    """Say what the word takes."""
    if word == "backup":
        parser.add_argument("file", type=Path)
        parser.add_argument("target", type=Path)
    else:
        parser.add_argument("backup", type=Path)
        parser.add_argument("file", type=Path)


def run(desk: Desk, options: Namespace, word: str) -> None:
    """Write the copy, or put it in the file's place; the file of before is kept aside."""
    if word == "backup":
        with desk.opened(options.file) as store:
            backup.back_up(store, options.target)
        desk.say(_("Backed up to {file}.", file=options.target))
        return
    aside = restore.restore(options.backup, options.file)
    desk.say(_("Restored. The file of before is {file}.", file=aside or "—"))
