"""Small widgets side by side that go on in the next line where a line is full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smallcmms.ui import theme

_GAP = 6


class Flow(QWidget):
    """Lay widgets out in as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self._lay)

    def show_pieces(self, pieces: Sequence[QWidget]) -> None:
        """Show these in the place of those that were there."""
        for old in self._pieces:
            if old not in pieces:
                old.hide()
                old.deleteLater()
        self._pieces = list(pieces)
        before: QWidget | None = None
        for piece in self._pieces:
            piece.setParent(self)
            piece.show()
            if before is not None:
                QWidget.setTabOrder(before, piece)
            before = piece
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay them out again."""
        super().resizeEvent(event)
        self._lay()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of all lines."""
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return how small it may become."""
        return QSize(120, self._height())

    def _lay(self) -> None:
        self.setMinimumHeight(self._height(moves=True))
        self.updateGeometry()

    def _height(self, *, moves: bool = False) -> int:
        x = y = tall = 0
        for piece in self._pieces:
            size, gap = piece.sizeHint(), theme.px(_GAP)
            if x and x + size.width() > self.width():
                x, y = 0, y + size.height() + gap
            if moves:
                piece.setGeometry(x, y, size.width(), size.height())
            x, tall = x + size.width() + gap, y + size.height()
        return tall
