"""Search everything: the box in the tool row. What opens below it comes with the open shop."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from smallcmms.texts import _
from smallcmms.ui import icons, paint, theme
from smallcmms.ui.widgets.button import native


class SearchBox(QLineEdit):
    """The box, with the key that leads to it."""

    def __init__(self) -> None:
        super().__init__()
        leading = self.ActionPosition.LeadingPosition
        self._icon = self.addAction(icons.icon("search", "text2"), leading)
        theme.follow(self, lambda: self._icon.setIcon(icons.icon("search", "text2")))
        self.setAccessibleName(_("Search everything"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the box and its key."""
        super().paintEvent(event)
        if theme.metrics().horizontalAdvance(self.text()) > self.width() // 2:
            return  # the words go before
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = native("Ctrl+K")
        wide, high = paint.width(words, 11) + theme.px(12), theme.px(18)
        box = QRect(self.width() - wide - theme.px(10), (self.height() - high) // 2, wide, high)
        painter.setPen(theme.color("border"))
        painter.setBrush(theme.brush("panel2"))
        painter.drawRoundedRect(box, 4, 4)
        paint.text(painter, box, words, tone="text2", size=11, flags=paint.CENTER)
