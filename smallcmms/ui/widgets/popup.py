"""What opens below a box while the keys stay in it: a frame with round corners."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from smallcmms.ui import theme

_ROUND = 8


class Popup(QFrame):
    """A window of its own below a box, cut round: not every screen can show through corners."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box, Qt.WindowType.ToolTip)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the panel and its edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("borderStrong"), 1))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.px(_ROUND), theme.px(_ROUND))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cut the corners off."""
        super().resizeEvent(event)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), theme.px(_ROUND), theme.px(_ROUND))
        self.setMask(QRegion(path.toFillPolygon().toPolygon()))
