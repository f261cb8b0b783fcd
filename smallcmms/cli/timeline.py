"""timeline: show what happened to a record."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms.cli.desk import Desk
from smallcmms.services import lookups, timeline
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("number")
    parser.add_argument("--json", action="store_true")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Answer a line an event, the latest first."""
    with desk.opened() as store:
        found = lookups.record(store, options.number)
        rows = timeline.of(store, found.record, found.id)
        if options.json:
            desk.say_json(rows)
            return
        formats = desk.formats(store)
        for row in rows:
            when = formats.local(row.at).strftime("%Y-%m-%d %H:%M")
            desk.say(f"{when}  {_(row.text, **row.values)}")
