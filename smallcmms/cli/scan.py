"""scan: say what a code leads to."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms.cli.desk import Desk
from smallcmms.services import scans
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("code", help=_("the text of the code, as SC7KQ2:A0133:…"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Answer the record: its kind and number, the copy of a sheet, and whether it is to enter."""
    with desk.opened() as store:
        found = scans.read(store, options.code)
        copy = "" if found.copy is None else _(", copy {copy}", copy=found.copy)
        out = _(", to enter") if found.is_out else ""
        on = "" if found.on is None else f", {found.on.isoformat()}"
        desk.say(f"{found.kind} {found.number}{copy}{on}{out}")
