"""What was done, told for eight seconds with Undo; and what went wrong, told until it is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from smallcmms.texts import _
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.label import Icon, Label
from smallcmms.ui.widgets.panel import row

SHOWN_MS = 8000
_ABOVE = 14


class Toast(QFrame):
    """Words above the status bar with Undo; they stay while the mouse or the focus is on them."""

    undone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("toast")
        self.words = Label()
        self.undo = Button(_("Undo"), "toast")
        self.undo.clicked.connect(self._undo)
        self.setLayout(row(self.words, self.undo, gap=14, margins=(14, 5, 8, 5)))
        self._clock = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._clock.timeout.connect(self._end)
        self.hide()

    def say(self, words: str, *, has_undo: bool) -> None:
        """Show words."""
        self.words.setText(words)
        self.setAccessibleName(words)
        self.undo.setVisible(has_undo)
        self.place()
        self.show()
        self.raise_()
        self._clock.start()

    def place(self) -> None:
        """Stand in the middle, above the lower edge and above a filled button that is there."""
        self.adjustSize()
        around = self._around.rect()
        place = QRect(QPoint((around.width() - self.width()) // 2, 0), self.size())
        place.moveBottom(around.height() - _ABOVE)
        for button in self._around.findChildren(Button):
            if button.kind == "primary" and button.isVisible():
                spot = QRect(button.mapTo(self._around, QPoint()), button.size())
                if spot.intersects(place):
                    place.moveBottom(spot.top() - _ABOVE)
        self.move(place.topLeft())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Stay while the mouse is here."""
        super().enterEvent(event)
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Begin the eight seconds again."""
        super().leaveEvent(event)
        if self.isVisible():
            self._clock.start()

    def _end(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._clock.start()
        else:
            self.hide()

    def _undo(self) -> None:
        self.hide()
        self.undone.emit()


class ErrorLine(QFrame):
    """What went wrong, in words, until it is closed or something else happens."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("errorline")
        self.words = Label("", wraps=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = Button("", "icon", icon="x", says=_("Close"), is_small=True, on=self.hide)
        layout = row(Icon("triangle-alert", "red"), gap=10, margins=(12, 4, 6, 4))
        self.do = Button(_("Go on"), is_small=True, on=self._press)
        self._act: Callable[[], object] | None = None
        layout.addWidget(self.words, 1)
        layout.addWidget(self.do)
        layout.addWidget(close)
        self.setLayout(layout)
        self.hide()

    def say(self, words: str) -> None:
        """Show words, or close with none; a question stays until it is answered or closed."""
        if not words and self.isVisible() and self._act is not None:
            return
        self._show(words, None)

    def ask(self, words: str, do: str, act: Callable[[], object]) -> None:
        """Ask with one button: it does what the words ask for."""
        self.do.say(do)
        self._show(words, act)

    def _show(self, words: str, act: Callable[[], object] | None) -> None:
        self._act = act
        self.do.setVisible(act is not None)
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def _press(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()
