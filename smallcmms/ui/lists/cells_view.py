"""A list whose cells can be edited where they stand, and counted up and down with + and −."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

from smallcmms.ui import errors, theme
from smallcmms.ui.lists.rows_view import RowsView
from smallcmms.ui.widgets.box import Box

Name = str | int
_STEPS = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Equal: 1,
    Qt.Key.Key_Minus: -1,
    Qt.Key.Key_Underscore: -1,
}
"""Plus and minus, with or without Shift where they stand on one key with these."""


class CellsView(RowsView):
    """A RowsView in which the arrows go from cell to cell of a row too.

    ``names`` are those of the columns, ``editable`` of those that can be changed. ``stepped``
    tells the name of the cell that + or − was pressed in, and 1 or -1.
    """

    stepped = Signal(object, int)
    names: tuple[Name, ...] = ()
    editable: frozenset[Name] = frozenset()
    _box: Box | None = None

    @property
    def cell(self) -> Name:
        """Return the name of the column that the person stands in."""
        at = self.currentIndex().column()
        return self.names[at] if 0 <= at < len(self.names) else ""

    def go_to_cell(self, name: Name) -> None:
        """Stand in another cell of the row."""
        index = self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index.siblingAtColumn(self.names.index(name)))

    def edit_cell(self, box: Box, keep: Callable[[], object]) -> None:
        """Lay a box over the cell; Enter keeps what is typed, Esc leaves the cell as it was."""
        self._drop()
        place = self.visualRect(self.currentIndex())
        high = theme.px(28)
        box.setParent(self.viewport())
        box.setGeometry(
            QRect(place.x() + 2, place.center().y() - high // 2, place.width() - 4, high)
        )
        self._box, self._written = box, keep
        box.editor.installEventFilter(self)
        box.show()
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take Enter, Esc and Tab from the box over a cell."""
        box = self._box
        if box is None or watched is not box.editor:
            return bool(super().eventFilter(watched, event))
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._drop()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self._end()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Count up and down, and go from cell to cell."""
        key, at = Qt.Key(event.key()), self.currentIndex()
        if key in _STEPS and at.isValid():
            self.stepped.emit(self.cell, _STEPS[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and at.isValid():
            self._go(at, 1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the rows, and an edge around the cell that F2 edits."""
        super().paintEvent(event)
        index = self.currentIndex()
        if self.hasFocus() and index.isValid() and self.cell in self.editable:
            place = self.visualRect(index).adjusted(3, 4, -3, -5)
            painter = QPainter(self.viewport())
            painter.setPen(theme.color("accent"))
            painter.drawRoundedRect(place, 4, 4)

    def _go(self, at: QModelIndex, step: int) -> None:
        """Go to the next cell that can be changed; before the first stands the row itself."""
        column = at.column() + step
        while 0 < column < len(self.names):
            if self.names[column] in self.editable and not self.isColumnHidden(column):
                break
            column += step
        if column < len(self.names):
            self.setCurrentIndex(at.siblingAtColumn(max(column, 0)))
            self.viewport().update()

    def _end(self) -> None:
        """Keep what is typed where it can be read; a rule that it breaks leaves the box there."""
        if self._box is not None and self._box.check():
            errors.guarded(self, self._write)()

    def _write(self) -> None:
        self._written()
        self._drop()

    def _drop(self) -> None:
        box, self._box = self._box, None
        if box is not None:
            box.hide()
            box.deleteLater()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
