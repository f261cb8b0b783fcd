"""undo and redo: take the last change back, or do it again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms.cli.desk import Desk
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:
    """Say what the word takes: nothing."""


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Take back, or do again, and say what it was."""
    with desk.opened() as store:
        label = store.undo() if word == "undo" else store.redo()
        what = _(label.message, **label.values)
        desk.say(
            _("Undone: {what}", what=what) if word == "undo" else _("Redone: {what}", what=what)
        )
