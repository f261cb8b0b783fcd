from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.ui import pages
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.page import Page
from smallcmms.ui.places import PLACES


def test_every_place_of_the_window_has_a_page_that_is_found_by_its_name() -> None:
    assert {place.name for place in PLACES} == set(pages.NAMES)
    for name in pages.names():
        kind = pages.kind(name)
        assert issubclass(kind, Page), name
        assert kind.title, name


def test_a_page_that_is_not_built_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "NAMES", ("nowhere",))
    assert pages.names() == ()


def test_the_fault_of_a_page_is_not_swallowed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "broken_page.py").write_text("raise ZeroDivisionError")
    monkeypatch.setattr(pages, "NAMES", ("broken_page",))
    monkeypatch.setattr(pages, "__path__", [str(tmp_path)])
    with pytest.raises(ZeroDivisionError):
        pages.kind("broken_page")
    assert "smallcmms.ui.pages.broken_page" not in sys.modules


def test_no_page_opens_a_window_of_its_own_while_it_is_made(desk: Desk, qtbot: QtBot) -> None:
    """A piece that is shown before it has its place is a window, and takes the keys away."""
    seen, application = Windows(), QApplication.instance()
    assert application is not None
    application.installEventFilter(seen)
    for name in pages.names():
        page = pages.kind(name)(desk)
        qtbot.addWidget(page)
    application.removeEventFilter(seen)
    assert seen.shown == []


class Windows(QObject):
    """Notes which windows are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        is_shown = event.type() == QEvent.Type.Show
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False
