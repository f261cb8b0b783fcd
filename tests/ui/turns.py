"""Turns of Qt's loop, for tests that look at what comes in a turn of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication


def pass_turns() -> None:
    """Let the list be painted and its first record come up beside it."""
    for _ in range(3):
        QApplication.processEvents()
