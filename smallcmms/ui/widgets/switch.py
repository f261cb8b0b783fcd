"""A switch: something goes on by itself, or rests."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from smallcmms.ui import paint, theme

_WIDE, _HIGH, _EDGE = 32, 20, 3


class Switch(QAbstractButton):
    """On or off; ``clicked`` tells that a person turned it."""

    def __init__(self, says: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size, with room for the ring around it."""
        return QSize(theme.px(_WIDE) + 4, theme.px(_HIGH) + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the slot and the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        slot = QRectF(2, 2, theme.px(_WIDE), theme.px(_HIGH))
        painter.setBrush(theme.brush("accent" if self.isChecked() else "borderStrong"))
        painter.drawRoundedRect(slot, slot.height() / 2, slot.height() / 2)
        side = slot.height() - 2 * _EDGE
        left = slot.right() - _EDGE - side if self.isChecked() else slot.left() + _EDGE
        painter.setBrush(theme.brush("panel"))
        painter.drawEllipse(QRectF(left, slot.top() + _EDGE, side, side))
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), int(slot.height() / 2))
