"""The list on the screen: fixed rows, keys, and a choice that stays over a refresh."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from smallcmms.ui import paint, theme
from smallcmms.ui.lists.delegate import EDGE, RowDelegate
from smallcmms.ui.lists.rows_model import RowsModel

ROW, TWO_LINES, TITLE = 34, 50, 28
FOLLOW_MS = 80
_TYPED_AHEAD, _TYPING_MS = 500, 800


class RowsView(QTableView):
    """Show a RowsModel.

    ``chosen`` tells the id of the row that the person stands on, 80 ms after the last key, 0 when
    there is none; ``opened`` tells the id at Enter or a double click; ``pressed_at`` at Space.
    """

    chosen = Signal(int)
    opened = Signal(int)
    pressed_at = Signal(int)

    def __init__(
        self, model: RowsModel[Any], *, row: int = ROW, says: str = "", gap: int = EDGE
    ) -> None:
        super().__init__()
        self.rows, self._row, self._told = model, row, 0
        self._kept = self._scrolled = 0
        self._titles: list[int] = []
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._follow.timeout.connect(self._tell)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typed = ""
        self.setAccessibleName(says)
        self.setItemDelegate(RowDelegate(self, gap=gap))
        self.horizontalHeader().setProperty("fit", "narrow" if gap < EDGE else "")
        self._set_up()
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        self._set_up_headers()
        model.modelReset.connect(self._recall)
        model.dataChanged.connect(self._fit)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.id_at(index)))
        theme.signals.changed.connect(self._fit)
        self._fit()

    @property
    def chosen_id(self) -> int:
        """Return the id of the row that the person stands on, 0 if there is none."""
        return self.rows.id_at(self.currentIndex())

    def choose(self, row_id: int) -> bool:
        """Stand on a row, and tell at once; return whether it is in the list."""
        at = self.rows.place_of(row_id) if row_id else -1
        if at >= 0:
            self._stand_on(at)
            self._tell()
        return at >= 0

    def choose_first(self) -> None:
        """Stand on the first row, or tell that there is none."""
        if not self.choose_soon(self.rows.first()):
            self._tell()

    def choose_soon(self, row_id: int) -> bool:
        """Stand on a row, and tell in a turn of its own, so that the list is not held up."""
        at = self.rows.place_of(row_id) if row_id else -1
        if at >= 0:
            self._stand_on(at)
            once_painted = partial(QTimer.singleShot, 0, self, self._tell_if_seen)
            QTimer.singleShot(0, self, once_painted)  # it may still be the turn that paints
        return at >= 0

    def settle(self, wanted: int = 0) -> bool:
        """Stand on a wanted row, else stay, else stand on the first; tell whether there is one.

        A wanted row that the list leaves out is not made up for by another one.
        """
        if not (self.choose(wanted) or self.chosen_id or wanted):
            self.choose_first()
        return bool(wanted or self.chosen_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open with Enter, press the row's button with Space, move with the arrows."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.chosen_id)
        elif key == Qt.Key.Key_Space:
            self.pressed_at.emit(self.chosen_id)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._jump(1 if key == Qt.Key.Key_Home else -1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Move to the next row that holds what is typed in one go, among those near."""
        is_more = self._typing.isActive()
        self._typed = self._typed + search.lower() if is_more else search.lower()
        self._typing.start()
        begin = max(self.currentIndex().row(), 0) + (0 if is_more else 1)
        for row in range(begin, min(begin + _TYPED_AHEAD, self.rows.rowCount())):
            index = self.rows.index(row, 0)
            if self._typed in str(index.data()).lower() and self.rows.id_at(index):
                self._stand_on(row)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Stand on the first row when the list is entered."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.first():
            self._stand_on(self.rows.place_of(self.rows.first()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the rows, and the focus ring around the one that the keys act on."""
        super().paintEvent(event)
        if self.hasFocus():
            place = self.visualRect(self.currentIndex())
            whole = self.viewport().rect()
            if place.isValid():
                whole.setTop(place.top())
                whole.setBottom(place.bottom() - 1)
            paint.focus_ring(QPainter(self.viewport()), whole, 3)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Measure the rows again when the letters change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            self._fit()

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)

    def _set_up_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(10)
        header = self.horizontalHeader()
        header.setSelectionModel(QItemSelectionModel(self.rows, header))
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns = self.rows.columns
        header.setVisible(any(column.heading for column in columns))
        if any(column.sort for column in columns):
            header.setSectionsClickable(True)
            header.sectionClicked.connect(self._sort)

    def _sort(self, section: int) -> None:
        header = self.horizontalHeader()
        if not self.rows.columns[section].sort:
            return
        is_same = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        is_rising = is_same and header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        order = (
            Qt.SortOrder.AscendingOrder
            if is_rising or not is_same
            else Qt.SortOrder.DescendingOrder
        )
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, order)
        self.rows.sort(section, order)

    def _fit(self) -> None:
        header = self.verticalHeader()
        header.setDefaultSectionSize(theme.px(self._row))
        self.clearSpans()
        for at in self._titles:
            if at < self.rows.rowCount():
                header.resizeSection(at, theme.px(self._row))
        self._titles = list(self.rows.titles())
        for at in self._titles:
            header.resizeSection(at, theme.px(TITLE))
            if len(self.rows.columns) > 1:
                self.setSpan(at, 0, 1, len(self.rows.columns))
        self._fit_columns()

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        for at, column in enumerate(self.rows.columns):
            mode = QHeaderView.ResizeMode.Fixed if column.width else QHeaderView.ResizeMode.Stretch
            if header.sectionResizeMode(at) is not mode:
                header.setSectionResizeMode(at, mode)
            if column.width:
                self.setColumnWidth(at, theme.px(column.width))
        header.setFixedHeight(theme.px(TITLE))

    def _remember(self) -> None:
        self._kept = self.chosen_id
        self._scrolled = self.verticalScrollBar().value()

    def _recall(self) -> None:
        self._fit()
        at = self.rows.place_of(self._kept) if self._kept else -1
        if at >= 0:
            self.selectionModel().setCurrentIndex(
                self.rows.index(at, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.verticalScrollBar().setValue(self._scrolled)
        else:
            self._follow.start()

    def _stand_on(self, at: int) -> None:
        index = self.rows.index(at, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _jump(self, step: int) -> None:
        count = self.rows.rowCount()
        places = range(count) if step > 0 else range(count - 1, -1, -1)
        for at in places:
            if self.rows.id_at(self.rows.index(at, 0)):
                self._stand_on(at)
                return

    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._follow.start()

    def _tell_if_seen(self) -> None:
        if self.isVisible():
            self._tell()

    def _tell(self) -> None:
        self._follow.stop()
        if self.chosen_id != self._told:
            self._told = self.chosen_id
            self.chosen.emit(self._told)
