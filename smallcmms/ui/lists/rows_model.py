"""A table of any size that holds the ids of its rows and only the pages in sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from smallcmms.ui import tips
from smallcmms.ui.lists.cell import Cell, Column, Group

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
PAGE = 100
PAGES_KEPT = 20
LOOK = Qt.ItemDataRole.UserRole
"""The role under which the delegate finds a Cell, a text or a Group."""
_TIP = Qt.ItemDataRole.ToolTipRole
_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, _TIP)


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Show rows that are fetched a page at a time; titles of groups stand between them.

    A title has a negative number in the list of ids: -1 is the first group. ``page`` is how many
    rows are fetched at once; fewer, where a row takes long to add up.
    """

    sorted = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Callable[[Sequence[int]], dict[int, Row]],
        parent: QObject | None = None,
        *,
        page: int = PAGE,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids = array("q")
        self._groups: Sequence[Group] = ()
        self._pages: OrderedDict[int, list[Row | None]] = OrderedDict()
        self._known: Mapping[int, Row] = {}

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def set_ids(self, ids: Sequence[int], known: Mapping[int, Row] | None = None) -> None:
        """Show these rows, in this order; an array of them is kept as it is.

        Rows that are ``known`` already are not fetched.
        """
        self._show(ids if isinstance(ids, array) else array("q", ids), (), known or {})

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups of rows; one without rows is left out."""
        filled = [group for group in groups if len(group.ids)]
        ids = array("q")
        for number, group in enumerate(filled, start=1):
            ids.append(-number)
            ids.extend(group.ids)
        self._show(ids, filled, {})

    def _show(self, ids: array[int], groups: Sequence[Group], known: Mapping[int, Row]) -> None:
        self._pages.clear()
        self._known = known
        if ids == self._ids and len(ids):
            self._groups = groups
            last = self.index(len(ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._ids, self._groups = ids, groups
        self.endResetModel()

    def id_at(self, index: Index) -> int:
        """Return the id of the row at ``index``, 0 for a title and for no row."""
        return max(self._ids[index.row()], 0) if index.isValid() else 0

    def place_of(self, row_id: int) -> int:
        """Return where a row stands, -1 if it is not in the list."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    def row_at(self, index: Index) -> Row | None:
        """Return the row at ``index``, fetched if need be; a title has none."""
        return self._row(index.row()) if self.id_at(index) else None

    def titles(self) -> Iterator[int]:
        """Return the places of the titles of groups."""
        at = 0
        for group in self._groups:
            yield at
            at += len(group.ids) + 1

    def first(self) -> int:
        """Return the id of the first row, 0 if there is none."""
        return next((row_id for row_id in self._ids[:2] if row_id > 0), 0)

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        """Return how many rows and titles there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that rows can be chosen and titles cannot."""
        if not index.isValid() or self._ids[index.row()] < 0:
            return Qt.ItemFlag.NoItemFlags
        return _CHOSEN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or with the role LOOK what its delegate paints.

        An error is caught once on its way: PySide on Python 3.11 dies of one that C raised and
        nobody caught.
        """
        try:
            return self._data(index, role) if index.isValid() else None
        except Exception:  # noqa: TRY203
            raise

    def _data(self, index: Index, role: int) -> Any:
        if role == LOOK:
            return self._look(index)
        if role == Qt.ItemDataRole.DisplayRole or role in _SPOKEN:
            look = self._look(index)
            if isinstance(look, Group):
                words = f"{look.title} {len(look.ids)}"
            else:
                words = look.spoken if isinstance(look, Cell) else look
            return tips.plain(words) if role == _TIP else words
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a heading and on which side it stands."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = "AlignRight" if self.columns[section].is_right else "AlignLeft"
            return int(Qt.AlignmentFlag[side] | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order: ``sorted`` tells the key and whether the largest come first."""
        if 0 <= column < len(self.columns) and self.columns[column].sort:
            is_falling = order is Qt.SortOrder.DescendingOrder
            self.sorted.emit(self.columns[column].sort, is_falling)

    def _look(self, index: Index) -> str | Cell | Group:
        row_id = self._ids[index.row()]
        if row_id < 0:
            return self._groups[-row_id - 1]
        row = self._row(index.row())
        return "" if row is None else self.columns[index.column()].cell(row)

    def _row(self, number: int) -> Row | None:
        page, offset = divmod(number, self._page)
        if page not in self._pages:
            ids = self._ids[page * self._page : (page + 1) * self._page]
            wanted = [row_id for row_id in ids if row_id > 0]
            is_known = self._known.keys() >= set(wanted)
            found = self._known if is_known else self._fetch(wanted)
            self._pages[page] = [found.get(row_id) for row_id in ids]
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page][offset]
