"""Search everything: the box in the tool row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QLineEdit

from smallcmms.texts import _
from smallcmms.ui import errors, icons, paint, theme
from smallcmms.ui.search_popup import Doing, Entry, Hit, SearchPopup
from smallcmms.ui.widgets.button import native

_WIDE, _LEAST = 848, 120
_COMMAND = ">"


class SearchBox(QLineEdit):
    """Find anything while typing; ``opened`` tells the kind and id of the record to open."""

    opened = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._source: Callable[[str], Sequence[Hit]] = lambda _text: ()
        self._doings: Callable[[str], Sequence[Doing]] = lambda _text: ()
        self._popup: SearchPopup | None = None
        leading = self.ActionPosition.LeadingPosition
        self._icon = self.addAction(icons.icon("search", "text2"), leading)
        theme.follow(self, lambda: self._icon.setIcon(icons.icon("search", "text2")))
        self.setAccessibleName(_("Search everything"))
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(errors.guarded(self, self._search))
        self.textEdited.connect(lambda _text: self._look.start())

    def use(
        self,
        source: Callable[[str], Sequence[Hit]],
        doings: Callable[[str], Sequence[Doing]],
    ) -> None:
        """Look in this source, and offer these things to do."""
        self._source, self._doings = source, doings

    @property
    def popup(self) -> SearchPopup:
        """Return what opens below the box, made when it is needed first."""
        if self._popup is None:
            self._popup = SearchPopup(self)
            self._popup.opened.connect(self._open)
        return self._popup

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move in the rows, open one, or leave."""
        is_open = self._popup is not None and self._popup.isVisible()
        key = event.key()
        if is_open and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.popup.move_choice(1 if key == Qt.Key.Key_Down else -1)
        elif is_open and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.popup.chosen())
        elif key == Qt.Key.Key_Escape and (is_open or self.text()):
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Close what is open."""
        super().focusOutEvent(event)
        if self._popup is not None:
            self._popup.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the box and the key that leads to it."""
        super().paintEvent(event)
        if self.text():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = native("Ctrl+K")
        wide, high = paint.width(words, 11) + theme.px(12), theme.px(18)
        box = QRect(self.width() - wide - theme.px(10), (self.height() - high) // 2, wide, high)
        painter.setPen(theme.color("border"))
        painter.setBrush(theme.brush("panel2"))
        painter.drawRoundedRect(box, 4, 4)
        paint.text(painter, box, words, tone="text2", size=11, flags=paint.CENTER)

    def _search(self) -> None:
        text = self.text().strip()
        if not text:
            self.popup.hide()
            return
        hits = () if text.startswith(_COMMAND) else self._source(text)
        self.popup.show_hits(text, hits, self._doings(text))
        corner = self.mapToGlobal(QPoint(0, self.height() + 1))
        room = self.window().height() - self.mapTo(self.window(), QPoint(0, self.height())).y() - 40
        high = max(min(self.popup.height_wanted(), room), theme.px(_LEAST))
        wide = min(theme.px(_WIDE), self.window().width() - self.x() - 12)
        self.popup.setGeometry(corner.x(), corner.y(), wide, high)
        self.popup.show()

    def _open(self, entry: Entry | None) -> None:
        if entry is None or isinstance(entry, str):
            return
        text = self.text().strip()
        self._leave()
        if isinstance(entry, Doing):
            errors.guarded(self, lambda: entry.do(text))()
        else:
            self.opened.emit(*entry.opens)

    def _leave(self) -> None:
        self.clear()
        if self._popup is not None:
            self._popup.hide()
