from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.store import engine
from smallcmms.ui import pages
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.page import Page
from smallcmms.ui.places import PLACES
from tests import build
from tests.ui.at_requests import order_on_the_pump


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


@pytest.mark.parametrize("name", pages.names())
def test_a_page_that_is_made_in_pieces_is_the_page_made_at_once(
    qtbot: QtBot, desk: Desk, name: str
) -> None:
    stack, whole = QStackedWidget(), pages.kind(name)(desk)
    page = pages.kind(name)(desk, is_whole=False)
    for widget in (stack, whole):
        qtbot.addWidget(widget)
    stack.addWidget(page)
    before = len(page.findChildren(QWidget))
    pieces = 0
    while page.make_piece():
        pieces += 1
        page.resize(1000 + pieces, 700)
        page.grab()  # it would let a page that is not whole fit itself
    assert pieces > 1
    assert kinds_in(page) == kinds_in(whole)
    assert before == 0


def kinds_in(page: Page) -> list[str]:
    return sorted(type(piece).__name__ for piece in page.findChildren(QWidget))


@pytest.mark.parametrize("name", ["customers", "assets", "work_orders"])
def test_what_a_page_asks_first_was_rehearsed(
    qtbot: QtBot, desk: Desk, story: build.Story, name: str
) -> None:
    order_on_the_pump(desk.store, story)
    fresh = questions_put_into_sql(qtbot, desk, name)
    for _piece in pages.kind(name).rehearse(desk.store):
        pass
    assert 0 < 4 * questions_put_into_sql(qtbot, desk, name, is_cold=False) < fresh


def questions_put_into_sql(qtbot: QtBot, desk: Desk, name: str, *, is_cold: bool = True) -> int:
    """Return how many questions a page has that nobody asked before, when it is shown first."""
    if is_cold:
        engine._COMPILED.clear()
    before = len(engine._COMPILED)
    page = pages.kind(name)(desk)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.current_id() != 0)
    qtbot.waitUntil(lambda: not desk.background.is_busy)
    found = len(engine._COMPILED) - before
    if is_cold:
        engine._COMPILED.clear()
    return found


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
