"""A figure on a card: what it is, how much, and a line that says more; a press opens its list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from smallcmms.ui import paint, theme
from smallcmms.ui.theme import REGULAR, SEMIBOLD

_HIGH, _EDGE = 78, 14


class Kpi(QAbstractButton):
    """Show a figure."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._figure, self._more, self._tone = title, "", "", "text2"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.say("–")

    def say(self, figure: str, more: str = "", tone: str = "") -> None:
        """Show another figure; ``tone`` is the colour of the line that says more."""
        self._figure, self._more, self._tone = figure, more, tone or "text2"
        self.setText(figure)
        self.setAccessibleName(", ".join(filter(None, (self._title, figure, more))))
        self.update()

    @property
    def more(self) -> str:
        """Return the line that says more."""
        return self._more

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of a card."""
        return QSize(theme.px(120), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return how narrow it may become."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the card and its three lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.brush("hover" if self.underMouse() else "panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        left, wide = theme.px(_EDGE), self.width() - 2 * theme.px(_EDGE)
        lines = (
            (self._title, 9, 17, "text2", 12, REGULAR),
            (self._figure, 26, 29, "text", 24, SEMIBOLD),
            (self._more, 55, 17, self._tone, 12, REGULAR),
        )
        for words, top, high, tone, size, weight in lines:
            place = QRect(left, theme.px(top), wide, theme.px(high))
            paint.text(painter, place, words, tone=tone, size=size, weight=weight)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), 8)
