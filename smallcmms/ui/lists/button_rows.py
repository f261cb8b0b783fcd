"""A short list whose rows have a button each: Space and a click on it press it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from smallcmms.ui import theme
from smallcmms.ui.lists.cell import Cell
from smallcmms.ui.lists.delegate import EDGE, button_place
from smallcmms.ui.lists.rows_model import LOOK
from smallcmms.ui.lists.short_rows import ShortRows

Row = TypeVar("Row")


class ButtonRows(ShortRows[Row]):
    """Show a handful of rows with buttons; ``pressed_at`` tells the place, from 1.

    ``beyond`` tells that the arrows lead out of the list: 1 below it, -1 above it.
    """

    beyond = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go on beyond the ends of the list with the arrows."""
        at, key = self.currentIndex().row(), event.key()
        if key == Qt.Key.Key_Down and at >= self.rows.rowCount() - 1:
            self.beyond.emit(1)
        elif key == Qt.Key.Key_Up and at <= 0:
            self.beyond.emit(-1)
        else:
            super().keyPressEvent(event)

    def enter(self, step: int) -> None:
        """Take the keys, from above (1) on the first row, from below (-1) on the last."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        row = 0 if step > 0 else self.rows.rowCount() - 1
        self.setCurrentIndex(self.rows.index(row, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Press the button of a row, or take hold of the row."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and self._is_on_button(index, event):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setCurrentIndex(index)
            self.pressed_at.emit(self.rows.id_at(index))
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open a row that is let go of beside its button."""
        if not self._is_on_button(self.indexAt(event.position().toPoint()), event):
            super().mouseReleaseEvent(event)

    def _is_on_button(self, index: QModelIndex, event: QMouseEvent) -> bool:
        look = index.data(LOOK)
        if not isinstance(look, Cell) or not look.button:
            return False
        row: QRect = self.visualRect(index)
        inside = row.adjusted(theme.px(EDGE), 0, -theme.px(EDGE), -1)
        return button_place(inside, look.button).contains(event.position().toPoint())
