"""Hands on the keyboard: a window with one page on a real file, and keys that go where they go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from smallcmms.store.store import Store
from smallcmms.ui.ask import Ask
from smallcmms.ui.background import Background
from smallcmms.ui.desk import Desk
from smallcmms.ui.places import PLACES
from smallcmms.ui.printing import Printing
from smallcmms.ui.relay import Relay
from smallcmms.ui.view import View
from smallcmms.ui.waiting import WaitingPage
from smallcmms.ui.window import Window

KEY = Qt.Key
NOTHING = Qt.KeyboardModifier.NoModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Hands:
    """A window with a page in it; ``pressed`` counts the keys."""

    def __init__(
        self, qtbot: QtBot, store: Store, background: Background, kind: Callable[[Desk], Any]
    ) -> None:
        self._qtbot = qtbot
        self.window = Window(PLACES)
        qtbot.addWidget(self.window)
        ask = Ask()
        self.relay = Relay(store)
        self.desk = Desk(store, self.relay, background, self.window, ask, Printing(ask))
        self.page = kind(self.desk)
        self.window.add_page("requests", self.page)
        self.window.add_page("work_orders", WaitingPage(PLACES[1]))
        self.window.use_steps(store)
        self.relay.changed.connect(self.window.refresh_steps)
        self.pressed = 0
        self.window.go("requests")
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def key(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NOTHING) -> None:
        """Press keys, one after the other."""
        for key in keys:
            QTest.keyClick(self.window.windowHandle(), key, held)
            self.pressed += 1

    def type(self, text: str) -> None:
        """Type a text."""
        for letter in text:
            QTest.keyClick(self.window.windowHandle(), letter)  # type: ignore[call-overload]
        self.pressed += len(text)

    def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(lambda: bool(is_so()), timeout=20_000)

    @property
    def focus(self) -> str:
        """Return the name of what has the focus."""
        widget = QApplication.focusWidget()
        return widget.accessibleName() if widget else ""

    @property
    def toast(self) -> str:
        """Return the toast that is shown."""
        return self.window.toasts.words.text() if self.window.toasts.isVisible() else ""

    @property
    def view(self) -> View | None:
        """Return the page that is shown."""
        return self.window.view()

    def close(self) -> None:
        """Close the window, as a person does."""
        self.window.close()
        self.relay.close()
