"""A person at the desk: starts the program, and does everything by keys, which are counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from smallcmms import app
from smallcmms.domain import tags
from smallcmms.domain.tags import TagKind
from smallcmms.services import shop
from smallcmms.store.store import Store
from smallcmms.ui import pictures
from smallcmms.ui.ask import Ask
from smallcmms.ui.pages.page import Page

PATIENCE_MS = 60_000
"""A busy machine takes its time."""


FOLLOWS_MS = 160
"""Lists follow their keys, and calls are looked at, within this time."""


class Person:
    """Sits at the program with a file, a clock and answers to its questions."""

    def __init__(
        self,
        application: QApplication,
        path: Path | None,
        *,
        ask: Ask,
        clock: Callable[[], datetime],
    ) -> None:
        self.program = app.Program(application, path=path, ask=ask, now=clock)
        self.window = self.program.window
        self.keys = 0
        self.window.resize(pictures.WIDE)
        self.window.show()

    def come_to_front(self) -> None:
        """Take this window before all others."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, "The window does not come to the front")

    def wait(self, is_so: Callable[[], object], what: str = "") -> None:
        """Wait until the screen shows something."""
        came = pictures.wait_until(lambda: bool(is_so()), within_ms=PATIENCE_MS)
        assert came, what or f"It did not come; the line says {self.line!r}"

    def rest(self) -> None:
        """Wait until nothing more comes of the keys."""
        pictures.rest(self.program.background, quiet_ms=FOLLOWS_MS)

    def wait_for_shop(self) -> None:
        """Wait until the shop is open and takes the keys."""
        self.wait(lambda: self.program.shop is not None, "The shop does not open")
        self.come_to_front()
        self.rest()

    @property
    def store(self) -> Store:
        """Return the file that is open."""
        return self.program.shop.desk.store

    def page(self, name: str) -> Any:
        """Return a page, whichever is shown."""
        view = self.window.view(name)
        assert isinstance(view, Page)
        return view

    @property
    def shows(self) -> str:
        """Return the name of the page that is shown."""
        places = self.window.pages._views
        return next(name for name, page in places.items() if page is self.window.view())

    @property
    def line(self) -> str:
        """Return what the red line above the status row says."""
        line = self.window.error_line
        return line.words.text() if line.isVisible() else ""

    @property
    def toast(self) -> str:
        """Return what the toast says."""
        return self.window.toasts.words.text() if self.window.toasts.isVisible() else ""

    @property
    def undo(self) -> str:
        """Return what the Edit menu says of undo."""
        return self.window.commands["undo"].text()

    def press(self, *keys: str) -> None:
        """Press keys by name: Tab, Ctrl+Return, F."""
        for key in keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]
            QTest.keyClick(self._where(), combination.key(), combination.keyboardModifiers())
            self.keys += 1

    def type(self, text: str) -> None:
        """Type a text; a | is Tab."""
        for letter in text:
            if letter == "|":
                QTest.keyClick(self._where(), Qt.Key.Key_Tab)
            else:
                QTest.keyClicks(self._where(), letter)
            self.keys += 1

    def scan(self, kind: TagKind, number: str, copy: int | None = None) -> None:
        """Hold a sheet or a tag under the scanner, which types its code."""
        code = tags.code(shop.get(self.store).code, kind, number, copy)
        window = QGuiApplication.focusWindow() or self.window.windowHandle()
        for key, sign in (*((0, sign) for sign in code), (int(Qt.Key.Key_Return), "\r")):
            pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(window, pressed)  # at once: a scanner is faster than any wait
        self.rest()

    def leave(self) -> None:
        """Close the window, and with it the file."""
        self.window.close()
        self.window.deleteLater()
        self.program.deleteLater()
        QApplication.processEvents()

    def _where(self) -> QWidget:
        return QApplication.focusWidget() or self.window
