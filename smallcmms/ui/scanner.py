"""A USB scanner types: its bursts are taken from whatever box has the focus.

A burst begins with SC, has less than 35 ms between its keys and ends with Enter, with Tab or with
nothing at all. The first letters are held back until it is clear who types; a person's keys go on
to their box in order. What counts is when the system took a key, not when the program got to it: a
busy PC hands the keys of a burst over late.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from smallcmms.domain import keyed_codes

BURST_MS = 35
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_FINGERS = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)


class Scanner(QObject):
    """Watch every key of the program; ``scanned`` tells a code that a scanner typed.

    It watches each window that gets the keys: whoever watches the whole program is asked about
    every event of every widget.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._since = QElapsedTimer()
        self._taken_at = 0
        self._after = QElapsedTimer()
        self._late = QTimer(self, singleShot=True, interval=BURST_MS)
        self._last_look = QTimer(self, singleShot=True, interval=0)
        self._late.timeout.connect(self._last_look.start)
        self._last_look.timeout.connect(self._end_of_burst)
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._follow)
            self._follow(QGuiApplication.focusWindow())

    def end(self) -> None:
        """Watch no more."""
        self._let_go()
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.disconnect(self._follow)
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Hold a key back while it may belong to a code."""
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._keep_from_shortcuts(event)
        box = _with_the_keys()
        return box is not None and self._take(box, event)

    def _keep_from_shortcuts(self, event: QKeyEvent) -> bool:
        """Let no key of a burst start a command: it comes back as a plain key."""
        if self._held and not self._is_late(event) and event.text():
            event.accept()
            return True
        return False

    def _take(self, box: QWidget, event: QKeyEvent) -> bool:
        text = self._text()
        if self._held and self._is_late(event):
            self._end_of_burst()
            text = ""
        if event.key() in _ENDS:
            return self._end(text)
        typed = text + event.text()
        is_plain = bool(event.text()) and not event.modifiers() & ~_FINGERS
        if is_plain and event.text().isprintable() and keyed_codes.may_begin(typed):
            self._held.append((box, _copy(event)))
            self._taken_at = event.timestamp()
            self._since.start()
            self._late.start()
            self._last_look.stop()
            return True
        if event.text():
            self._let_go()
        return False

    def _is_late(self, event: QKeyEvent) -> bool:
        """Return whether a key came too long after the one before for a scanner."""
        if event.timestamp() and self._taken_at:
            return event.timestamp() - self._taken_at > BURST_MS
        return self._since.elapsed() > BURST_MS

    def _end(self, text: str) -> bool:
        """Take the key that ends a burst; one that follows at once belongs to it too."""
        if text and self._tell(text, is_ended=True):
            return True
        self._let_go()
        return self._after.isValid() and self._after.elapsed() <= BURST_MS

    def _end_of_burst(self) -> None:
        """Take a burst that ended without a key of its own; a person's keys are let go."""
        if not self._tell(self._text()):
            self._let_go()

    def _tell(self, text: str, *, is_ended: bool = False) -> bool:
        code = keyed_codes.read(text)
        if not code and is_ended and keyed_codes.looks_like(text):
            code = text.upper()  # one that was misread: whoever hears of it says so
        if not code:
            return False
        self._late.stop()
        self._last_look.stop()
        self._held.clear()
        self._after.start()
        if QApplication.activeModalWidget() is not None:
            QApplication.beep()  # a question is open, it wants its answer first
            return True
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self.scanned.emit(code)
        return True

    def _text(self) -> str:
        return "".join(event.text() for _box, event in self._held)

    def _let_go(self) -> None:
        self._late.stop()
        self._last_look.stop()
        held, self._held = self._held, []
        for box, event in held:
            if shiboken6.isValid(box):
                QApplication.sendEvent(box, event)


def _with_the_keys() -> QWidget | None:
    """Return the widget that a key of the window goes to."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    return QApplication.focusWidget() or QApplication.activeWindow()


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
