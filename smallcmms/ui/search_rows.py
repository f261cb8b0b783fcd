"""The rows of the search: records in groups, and things to do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
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

from smallcmms.services.search import PER_KIND
from smallcmms.texts import _
from smallcmms.ui import icons, paint, search_words, theme
from smallcmms.ui.desk import Desk
from smallcmms.ui.search_entries import Doing, Entry, Group, Hit
from smallcmms.ui.search_words import KINDS
from smallcmms.ui.theme import REGULAR, SEMIBOLD

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
LOOK = Qt.ItemDataRole.UserRole
TITLE, ROW = 28, 36


class EntriesModel(QAbstractListModel):
    """The rows of the popup, in the words of a desk."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.entries: list[Entry] = []
        self.text = ""

    def show_hits(self, text: str, hits: Sequence[Hit], doings: Sequence[Doing]) -> None:
        """Show what was found for a text, group by group, and what can be done about it."""
        self.beginResetModel()
        self.text = text
        self.entries = []
        for kind, group in groupby(hits, key=attrgetter("kind")):
            found = list(group)
            n = min(len(found), PER_KIND)
            count = str(n) if n == len(found) else _("first {n}", n=n)
            self.entries += [Group(_(KINDS[kind][0]), count), *found[:PER_KIND]]
        if doings:
            self.entries += [Group(_("Do")), *doings]
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that titles cannot be chosen."""
        if not index.isValid() or isinstance(self.entries[index.row()], Group):
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
            return self._words(entry)
        return None

    def _words(self, entry: Entry) -> str:
        if isinstance(entry, Group | Doing):
            return entry.words()
        return search_words.spoken(entry, self.desk.formats, self.desk.today())


class EntryDelegate(QStyledItemDelegate):
    """Paint a row of the popup, with the typed words marked."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        entry, place = index.data(LOOK), option.rect
        painter.save()
        inside = place.adjusted(theme.px(12), 0, -theme.px(12), 0)
        if isinstance(entry, Group):
            painter.fillRect(place, theme.color("panel2"))
            _title(painter, inside, entry)
        else:
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if is_chosen:
                painter.fillRect(place, theme.color("selected"))
                painter.fillRect(place.x(), place.y(), 3, place.height(), theme.color("accent"))
            name = entry.icon if isinstance(entry, Doing) else KINDS[entry.kind][1]
            tone = "accent" if is_chosen else "text2"
            icons.draw(painter, name, tone, inside.x(), inside.center().y() - theme.px(7))
            inside.setLeft(inside.x() + theme.px(26))
            if isinstance(entry, Doing):
                _doing(painter, inside, entry)
            else:
                typed = index.model().text  # type: ignore[attr-defined]
                self._hit(painter, inside, entry, typed)
        painter.fillRect(place.x(), place.bottom(), place.width(), 1, theme.color("border2"))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the height of a title or of a row."""
        return QSize(100, theme.px(TITLE if isinstance(index.data(LOOK), Group) else ROW))

    def _hit(self, painter: QPainter, place: QRect, hit: Hit, typed: str) -> None:
        formats, today = self._desk.formats, self._desk.today()
        at_right, tone = search_words.right(hit, formats, today)
        if at_right:
            paint.text(painter, place, at_right, tone=tone, size=12, flags=paint.RIGHT)
            place.setRight(place.right() - paint.width(at_right, 12) - theme.px(10))
        strong, plain, quiet = search_words.pieces(hit, formats, today)
        quiet = f"· {quiet}" if quiet else ""
        x = place.x()
        written = (strong, SEMIBOLD, "text"), (plain, REGULAR, "text"), (quiet, REGULAR, "text2")
        for words, weight, shade in written:
            rest = QRect(x, place.y(), place.right() - x, place.height())
            _marks(painter, rest, words, typed, weight)
            paint.text(painter, rest, words, tone=shade, weight=weight)
            x += paint.width(f"{words} ", weight=weight) if words else 0


def _title(painter: QPainter, place: QRect, group: Group) -> None:
    paint.text(painter, place, group.title, tone="text2", size=12, weight=SEMIBOLD)
    place.setLeft(place.x() + paint.width(group.title, 12, SEMIBOLD) + theme.px(10))
    paint.text(painter, place, group.count, tone="text3", size=12, weight=SEMIBOLD)


def _doing(painter: QPainter, place: QRect, doing: Doing) -> None:
    paint.text(painter, place, doing.key, tone="text2", size=12, flags=paint.RIGHT)
    place.setRight(place.right() - paint.width(doing.key, 12) - theme.px(10))
    paint.text(painter, place, doing.text)
    place.setLeft(place.x() + paint.width(f"{doing.text} "))
    paint.text(painter, place, doing.about, tone="text2")


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
