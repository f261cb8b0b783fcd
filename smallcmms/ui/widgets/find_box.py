"""Find as you type: a box that offers what fits, and something new as the last row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from smallcmms.domain.errors import RuleBroken
from smallcmms.ui import icons, paint, theme
from smallcmms.ui.theme import REGULAR, SEMIBOLD
from smallcmms.ui.widgets.box import Box
from smallcmms.ui.widgets.popup import Popup

FEWEST_LETTERS, FEWEST_DIGITS = 3, 4
_SHOWN = 8
_ROW = 32
_LOOK = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Found(NamedTuple):
    """One row on offer: its key, what stands in the box once it is taken, and two more places."""

    key: Any
    text: str
    second: str = ""
    right: str = ""
    icon: str = ""


def is_enough(text: str) -> bool:
    """Tell whether enough is typed to look: three letters, or four digits."""
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    return letters >= FEWEST_LETTERS or digits >= FEWEST_DIGITS


class FoundModel(QAbstractListModel):
    """The rows on offer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[Found] = ()

    def show_rows(self, rows: Sequence[Found]) -> None:
        """Offer other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's text, or the row itself."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _LOOK:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(filter(None, row[1:4]))
        return None


class _FoundDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Found = index.data(_LOOK)
        place = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, theme.color("selected"))
            painter.fillRect(place.x(), place.y(), 3, place.height(), theme.color("accent"))
        inside = place.adjusted(theme.px(12), 0, -theme.px(12), 0)
        if row.icon:
            top = place.y() + (place.height() - theme.px(16)) / 2
            icons.draw(painter, row.icon, "text2", inside.x(), top)
            inside.setLeft(inside.x() + theme.px(24))
        paint.text(painter, inside, row.right, tone="text2", size=12, flags=paint.RIGHT)
        inside.setRight(inside.right() - paint.width(row.right, 12) - theme.px(8))
        weight = REGULAR if row.icon else SEMIBOLD
        paint.text(painter, inside, row.text, weight=weight)
        inside.setLeft(inside.x() + paint.width(f"{row.text} ", weight=weight))
        paint.text(painter, inside, row.second, tone="text2")

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return QSize(100, theme.px(_ROW))


class FindBox(Box):
    """A box that finds: ``source`` gives the rows that fit a text, best first.

    Enter or a click takes a row: ``taken`` tells its key. ``new`` makes the words of the last row
    from what is typed; taking it tells ``wants_new`` that text. The value is the key taken.
    """

    taken = Signal(object)
    wants_new = Signal(str)
    cleared = Signal()

    def __init__(
        self,
        label: str,
        source: Callable[[str], Sequence[Found]],
        *,
        hint: str = "",
        icon: str = "search",
        new: Callable[[str], str] | None = None,
        is_needed: bool = False,
        says: str = "",
    ) -> None:
        self.line = QLineEdit()
        super().__init__(label, self.line, says=says or hint)
        self._source, self._new, self._is_needed = source, new, is_needed
        self._key: Any = None
        self.line.setPlaceholderText(hint)
        self.line.setClearButtonEnabled(False)
        self._put_icons(icon)
        self.line.textEdited.connect(self._typed)
        self.model = FoundModel(self)
        self._make_popup()

    @property
    def value(self) -> Any:
        """Return the key of what was taken, or nothing."""
        if self._is_needed and self._key is None:
            raise RuleBroken("Choose one from the list.")
        return self._key

    @property
    def text(self) -> str:
        """Return what stands in the box."""
        return self.line.text().strip()

    @property
    def typed(self) -> tuple[Any, str]:
        """Return key and text."""
        return self._key, self.line.text()

    def put_back(self, typed: Any) -> None:
        """Show again what ``typed`` returned."""
        key, text = typed or (None, "")
        self.show_taken(key, text)

    def set_value(self, value: Any) -> None:
        """Empty the box; a key needs its words: see ``show_taken``."""
        if value is None:
            self.show_taken(None, "")

    def show_taken(self, key: Any, text: str) -> None:
        """Show something as taken, without telling."""
        self._key = key
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self._clear.setVisible(key is not None)
        self.show_error("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Move in the list and take from it while the cursor stays in the box."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._keep_from_shortcuts(event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_pressed(event)
        if event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
        return super().eventFilter(watched, event)

    def _put_icons(self, name: str) -> None:
        place = QLineEdit.ActionPosition
        self._icon = self.line.addAction(icons.icon(name, "text2"), place.LeadingPosition)
        self._clear = self.line.addAction(icons.icon("x", "text2"), place.TrailingPosition)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self._empty)

        def again() -> None:
            self._icon.setIcon(icons.icon(name, "text2"))
            self._clear.setIcon(icons.icon("x", "text2"))

        theme.follow(self, again)

    def _make_popup(self) -> None:
        self.popup = Popup(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_FoundDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        layout = QVBoxLayout(self.popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.list)

    def _typed(self) -> None:
        if self._key is not None:
            self._key = None
            self._clear.setVisible(False)
            self.cleared.emit()
        self.show_error("")
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        rows = list(self._source(self.text)[:_SHOWN]) if is_enough(self.text) else []
        if self._new is not None and is_enough(self.text):
            rows.append(Found(None, self._new(self.text), icon="plus"))
        self.model.show_rows(rows)
        if not rows:
            self.popup.hide()
            return
        height = theme.px(_ROW) * len(rows) + 2
        corner = self.line.mapToGlobal(QPoint(0, self.line.height() + 1))
        self.popup.setGeometry(corner.x(), corner.y(), self.line.width(), height)
        self.list.setCurrentIndex(self.model.index(0))
        self.popup.show()

    def _keep_from_shortcuts(self, event: QKeyEvent) -> bool:
        """Take Ctrl Enter for the list while it is open, though it presses a button elsewhere."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.popup.isVisible():
            event.accept()
            return True
        return False

    def _key_pressed(self, event: QKeyEvent) -> bool:
        if not self.popup.isVisible():
            if event.key() == Qt.Key.Key_Down and not self._key:
                self._look()
            return False
        at, key = self.list.currentIndex().row(), event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentIndex(self.model.index((at + step) % len(self.model.rows)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(at if not event.modifiers() else len(self.model.rows) - 1)
        elif key == Qt.Key.Key_Escape:
            self.popup.hide()
        else:
            return False
        return True

    def _take(self, at: int) -> None:
        row = self.model.rows[at]
        self.popup.hide()
        if row.icon == "plus" and row.key is None:
            self.wants_new.emit(self.text)
            return
        self.show_taken(row.key, row.text)
        self.taken.emit(row.key)
        self.changed.emit()

    def _empty(self) -> None:
        self.show_taken(None, "")
        self.cleared.emit()
        self.changed.emit()
        self.line.setFocus()
