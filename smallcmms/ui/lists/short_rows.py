"""A short list that stands whole inside a page: as tall as its rows, no scrolling of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from smallcmms.ui import theme
from smallcmms.ui.lists.cell import Cell, Column
from smallcmms.ui.lists.rows_model import RowsModel
from smallcmms.ui.lists.rows_view import ROW, TITLE, RowsView
from smallcmms.ui.panes import IS_SHORT

Row = TypeVar("Row")
Key = Callable[[Row], int]


class ShortRows(RowsView, Generic[Row]):
    """Show a handful of rows that are at hand already; ``opened`` tells the place, from 1.

    ``row_of`` gives the row of such a place.
    """

    def __init__(self, columns: Sequence[Column], *, row: int = ROW, says: str = "") -> None:
        self._at_hand: Sequence[Row] = ()
        super().__init__(RowsModel(columns, self._fetch), row=row, says=says)
        self.rows.setParent(self)
        self.setProperty(IS_SHORT, True)  # noqa: FBT003
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda index: self.opened.emit(self.rows.id_at(index)))
        theme.signals.changed.connect(self.updateGeometry)

    @classmethod
    def of_cells(
        cls, cell: Callable[[Row], str | Cell], *, row: int = ROW, says: str = ""
    ) -> ShortRows[Row]:
        """Return a list of one column."""
        return cls([Column("", cell)], row=row, says=says)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self._at_hand = rows
        self.rows.set_ids(range(1, len(rows) + 1))
        self.setVisible(bool(rows))
        self.updateGeometry()

    def row_of(self, place: int) -> Row:
        """Return the row of a place, from 1."""
        return self._at_hand[place - 1]

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that holds every row."""
        head = theme.px(TITLE) if any(column.heading for column in self.rows.columns) else 0
        return QSize(200, head + theme.px(self._row) * len(self._at_hand) + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same height: no row is hidden."""
        return QSize(60, self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Let the page scroll."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Stand on no row while the keys go elsewhere."""
        super().focusOutEvent(event)
        self.setCurrentIndex(QModelIndex())

    def _fetch(self, places: Sequence[int]) -> dict[int, Any]:
        return {place: self._at_hand[place - 1] for place in places}
