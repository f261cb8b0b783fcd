"""The number of a box of the sheet, white on black as on the paper."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smallcmms.ui import paint, theme
from smallcmms.ui.theme import BOLD

_SIDE = 20


class NumberMark(QWidget):
    """A number in a filled circle."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setAccessibleName(str(number))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the circle."""
        return QSize(theme.px(_SIDE), theme.px(_SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint circle and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush("text"))
        painter.drawEllipse(QRectF(self.rect()))
        text = str(self._number)
        left = (self.width() - paint.width(text, 12, BOLD)) / 2
        place = self.rect().adjusted(round(left), 0, 0, 0)
        paint.text(painter, place, text, tone="panel", size=12, weight=BOLD)
