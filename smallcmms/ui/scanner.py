"""A USB scanner types: its bursts are taken from whatever box has the focus.

A burst begins with SC, has less than 35 ms between its keys and ends with Enter. The first letters
are held back until it is clear who types; a person's keys go on to their box in order.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

BURST_MS = 35
_BEGIN = "SC"
_CODE = re.compile(r"SC[0-9A-Z]{4}:[0-9A-Z.:]+")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FINGERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Scanner(QObject):
    """Watch every key of the program; ``scanned`` tells a code that a scanner typed."""

    scanned = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._is_letting_go = False
        self._since = QElapsedTimer()
        self._late = QTimer(self, singleShot=True, interval=BURST_MS)
        self._late.timeout.connect(self._let_go)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def end(self) -> None:
        """Watch no more."""
        self._let_go()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Hold a key back while it may belong to a code."""
        if event.type() != QEvent.Type.KeyPress or self._is_letting_go:
            return False
        if not isinstance(watched, QWidget) or not isinstance(event, QKeyEvent):
            return False
        if not _has_keys(watched):
            return False
        return self._take(watched, event)

    def _take(self, box: QWidget, event: QKeyEvent) -> bool:
        text = self._text()
        if self._held and self._since.elapsed() > BURST_MS:
            self._let_go()
            text = ""
        if text and event.key() in _ENTER:
            return self._end(text)
        typed = text + event.text()
        if event.text() and not event.modifiers() & ~_FINGERS and _may_be_code(typed):
            self._held.append((box, _copy(event)))
            self._since.start()
            self._late.start()
            return True
        if event.text():
            self._let_go()
        return False

    def _end(self, text: str) -> bool:
        if _CODE.fullmatch(text) is None:
            self._let_go()
            return False
        self._late.stop()
        self._held.clear()
        self.scanned.emit(text)
        return True

    def _text(self) -> str:
        return "".join(event.text() for _box, event in self._held)

    def _let_go(self) -> None:
        self._late.stop()
        held, self._held = self._held, []
        self._is_letting_go = True
        try:
            for box, event in held:
                QApplication.sendEvent(box, event)
        finally:
            self._is_letting_go = False


def _may_be_code(text: str) -> bool:
    return _BEGIN.startswith(text) or (text.startswith(_BEGIN) and text.isascii())


def _has_keys(box: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return box is focus or (focus is None and box.isWindow())


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
