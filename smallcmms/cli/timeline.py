"""timeline: show what happened to a record."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date, datetime

from smallcmms.cli.desk import Desk
from smallcmms.formats import Formats
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
            told = {name: _told(value, formats) for name, value in row.values.items()}
            desk.say(f"{when}  {_(row.text, **told)}")


def _told(value: object, formats: Formats) -> object:
    """Return a value with moments on the shop's clock and days as they are typed."""
    if isinstance(value, datetime):
        return formats.local(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value
