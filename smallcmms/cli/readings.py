"""readings: read what sensors wrote into a folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms import sensor_words
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import tables
from smallcmms.services import sensor_folder
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    steps = parser.add_subparsers(dest="step", required=True)
    watch = steps.add_parser("watch", help=_("look into a folder while the program runs"))
    watch.add_argument("folder", type=Path, nargs="?")
    watch.add_argument("--once", action="store_true", help=_("look now, and only now"))
    watch.add_argument("--never", action="store_true", help=_("look into none any more"))


def run(desk: Desk, options: Namespace, word: str) -> int:  # noqa: ARG001
    """Read what is new in the folder, or choose it; answers 1 where a file or a row was refused."""
    with desk.opened() as store:
        if options.never:
            sensor_folder.choose(store, "")
            return 0
        folder = options.folder or Path(sensor_folder.chosen(store))
        if folder == Path():
            raise RuleBroken("Say which folder.")
        folder = folder.resolve()
        if not options.once:
            sensor_folder.choose(store, str(folder))
            return 0
        told = sensor_folder.look(store, folder, read=tables.read, settled_seconds=0)
        for each in told:
            desk.say(sensor_words.line(each))
        return int(any(each.why for each in told))
