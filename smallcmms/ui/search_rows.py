"""The rows of the search: records in groups, and things to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from smallcmms.texts import _, later
from smallcmms.ui import icons, paint, states, theme
from smallcmms.ui.search_entries import Doing, Entry, Hit
from smallcmms.ui.theme import REGULAR, SEMIBOLD

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
LOOK = Qt.ItemDataRole.UserRole
TITLE, ROW = 28, 36
_KINDS = {
    "work_order": (later("Work orders"), "clipboard-list"),
    "request": (later("Requests"), "inbox"),
    "asset": (later("Assets"), "boxes"),
    "customer": (later("Customers"), "users"),
    "contact": (later("People"), "user"),
    "site": (later("Sites"), "map-pin"),
    "part": (later("Parts"), "package"),
    "invoice": (later("Invoices"), "receipt"),
    "technician": (later("Technicians"), "truck"),
    "asset_audit": (later("Audits"), "footprints"),
    "sheet": (later("Written on sheets"), "file-pen"),
}


class EntriesModel(QAbstractListModel):
    """The rows of the popup."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.text = ""

    def show_hits(self, text: str, hits: Sequence[Hit], doings: Sequence[Doing]) -> None:
        """Show what was found for a text, group by group, and what can be done about it."""
        self.beginResetModel()
        self.text = text
        self.entries = []
        kind = ""
        for hit in hits:
            if hit.kind != kind:
                kind = hit.kind
                self.entries.append(_(_KINDS[kind][0]))
            self.entries.append(hit)
        if doings:
            self.entries += [_("Do"), *doings]
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that titles cannot be chosen."""
        if not index.isValid() or isinstance(self.entries[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's words, or the row itself."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == LOOK:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _words(entry)
        return None


def _words(entry: Entry) -> str:
    if isinstance(entry, str):
        return entry
    if isinstance(entry, Doing):
        return entry.text
    return " ".join(filter(None, (entry.number, entry.title, entry.second)))


class EntryDelegate(QStyledItemDelegate):
    """Paint a row of the popup, with the typed words marked."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        entry, place = index.data(LOOK), option.rect
        painter.save()
        inside = place.adjusted(theme.px(12), 0, -theme.px(12), 0)
        if isinstance(entry, str):
            painter.fillRect(place, theme.color("panel2"))
            paint.text(painter, inside, entry, tone="text2", size=12, weight=SEMIBOLD)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(place, theme.color("selected"))
                painter.fillRect(place.x(), place.y(), 3, place.height(), theme.color("accent"))
            name = entry.icon if isinstance(entry, Doing) else _KINDS[entry.kind][1]
            icons.draw(painter, name, "text2", inside.x(), inside.center().y() - theme.px(7))
            inside.setLeft(inside.x() + theme.px(26))
            if isinstance(entry, Doing):
                paint.text(painter, inside, entry.key, tone="text2", size=12, flags=paint.RIGHT)
                paint.text(painter, inside, entry.text)
            else:
                _hit(painter, inside, entry, index.model().text)  # type: ignore[attr-defined]
        painter.fillRect(place.x(), place.bottom(), place.width(), 1, theme.color("border2"))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the height of a title or of a row."""
        return QSize(100, theme.px(TITLE if isinstance(index.data(LOOK), str) else ROW))


def _hit(painter: QPainter, place: QRect, hit: Hit, typed: str) -> None:
    pill = states.of(hit.kind, hit.state)
    if pill is not None:
        paint.text(painter, place, pill.text, tone="text2", size=12, flags=paint.RIGHT)
        place.setRight(place.right() - paint.width(pill.text, 12) - theme.px(10))
    x = place.x()
    second = f"· {hit.second}" if hit.second else ""
    number, title = (hit.number, SEMIBOLD, "text"), (hit.title, REGULAR, "text")
    for words, weight, tone in (number, title, (second, REGULAR, "text2")):
        rest = QRect(x, place.y(), place.right() - x, place.height())
        _marks(painter, rest, words, typed, weight)
        paint.text(painter, rest, words, tone=tone, weight=weight)
        x += paint.width(f"{words} ", weight=weight) if words else 0


def _marks(painter: QPainter, place: QRect, words: str, typed: str, weight: int) -> None:
    letters: QFontMetrics = theme.metrics(13, weight)
    is_cut = letters.horizontalAdvance(words) > place.width()
    end = place.right() - (letters.horizontalAdvance("…") if is_cut else 0)
    for word in typed.lower().split():
        at = words.lower().find(word)
        if at >= 0:
            x = place.x() + letters.horizontalAdvance(words[:at])
            wide = letters.horizontalAdvance(words[at : at + len(word)])
            if x + wide > end:
                continue
            high = letters.height()
            top = place.center().y() - high // 2
            painter.fillRect(x - 1, top, wide + 2, high + 1, theme.color("amberTint"))
