"""What opens below the search box: rows in groups at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from smallcmms.texts import _, later
from smallcmms.ui import icons, paint, states, theme
from smallcmms.ui.theme import REGULAR, SEMIBOLD
from smallcmms.ui.widgets.badges import KeyHint, LevelBadge, StatePill
from smallcmms.ui.widgets.label import Label
from smallcmms.ui.widgets.panel import block, column, line, row

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_LOOK = Qt.ItemDataRole.UserRole
_TITLE, _ROW = 28, 36
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
    "sheet": (later("Written on sheets"), "file-pen"),
}


class Hit(Protocol):
    """A record that was found, as the service hands it out."""

    @property
    def kind(self) -> str:
        """Return the kind of record."""

    @property
    def id(self) -> int:
        """Return its id."""

    @property
    def number(self) -> str:
        """Return its number, as people read it."""

    @property
    def title(self) -> str:
        """Return what it is."""

    @property
    def second(self) -> str:
        """Return whose or where it is."""

    @property
    def state(self) -> str:
        """Return its state, empty where it has none."""

    @property
    def level(self) -> int:
        """Return its level, 0 where it has none."""

    @property
    def opens(self) -> tuple[str, int]:
        """Return kind and id of the record to open."""


@dataclass(frozen=True)
class Doing:
    """Something to do instead of a record to open."""

    text: str
    icon: str
    key: str
    do: Callable[[str], object]


Entry = Hit | Doing | str
"""A row of the popup: a record, something to do, or the title of a group."""


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
        if role == _LOOK:
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
        entry, place = index.data(_LOOK), option.rect
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
        return QSize(100, theme.px(_TITLE if isinstance(index.data(_LOOK), str) else _ROW))


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
    for word in typed.lower().split():
        at = words.lower().find(word)
        if at >= 0:
            x = place.x() + letters.horizontalAdvance(words[:at])
            wide = min(letters.horizontalAdvance(words[at : at + len(word)]), place.right() - x)
            high = letters.height()
            top = place.center().y() - high // 2
            painter.fillRect(x - 1, top, wide + 2, high + 1, theme.color("amberTint"))


class SearchPopup(QFrame):
    """Rows and preview; ``opened`` tells the chosen row. The keys stay in the search box."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # for its round corners
        self.setObjectName("popup")
        self.model = EntriesModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self.opened.emit(index.data(_LOOK)))
        self.list.selectionModel().currentChanged.connect(self._preview)
        self._make_preview()
        hints = _("Start with # for a number, @ for a customer, > for something to do.")
        foot = block(row(Label(hints, "second"), None, margins=(12, 5, 12, 5)), "footer")
        middle = row(gap=0)
        middle.addWidget(self.list, 3)
        middle.addWidget(line(is_upright=True))
        middle.addWidget(self.preview, 2)
        whole = column(gap=0, margins=(1, 1, 1, 1))
        whole.addLayout(middle, 1)
        whole.addWidget(foot)
        self.setLayout(whole)

    def show_hits(self, text: str, hits: Sequence[Hit], doings: Sequence[Doing]) -> None:
        """Show what was found, with the first row chosen."""
        self.model.show_hits(text, hits, doings)
        self.move_choice(0)

    def move_choice(self, step: int) -> None:
        """Choose the row above (-1) or below (1), or the first (0)."""
        rows = [at for at, entry in enumerate(self.model.entries) if not isinstance(entry, str)]
        if not rows:
            return
        now = self.list.currentIndex().row()
        at = rows[(rows.index(now) + step) % len(rows)] if step and now in rows else rows[0]
        self.list.setCurrentIndex(self.model.index(at))

    def chosen(self) -> Entry | None:
        """Return the chosen row."""
        index = self.list.currentIndex()
        return self.model.entries[index.row()] if index.isValid() else None

    def height_wanted(self) -> int:
        """Return how tall it would like to be."""
        titles = sum(isinstance(entry, str) for entry in self.model.entries)
        rows = len(self.model.entries) - titles
        return theme.px(_TITLE) * (titles + 1) + theme.px(_ROW) * rows + theme.px(8)

    def _make_preview(self) -> None:
        self.badge, self.pill = LevelBadge(), StatePill()
        self.number = Label("", tone="text2")
        self.title = Label("", "h2", wraps=True)
        self.second = Label("", tone="text2", wraps=True)
        head = row(self.badge, self.pill, None, self.number)
        keys = row(KeyHint(_("Enter")), Label(_("open"), "second"), None, gap=6)
        self.preview = block(
            column(head, self.title, self.second, None, keys, margins=(16, 14, 16, 12))
        )

    def _preview(self) -> None:
        entry = self.chosen()
        is_hit = entry is not None and not isinstance(entry, (str, Doing))
        for part in (self.badge, self.pill, self.number, self.second):
            part.setVisible(is_hit)
        if isinstance(entry, Doing):
            self.title.setText(entry.text)
        elif is_hit:
            self._show(entry)  # type: ignore[arg-type]

    def _show(self, hit: Hit) -> None:
        self.badge.setVisible(bool(hit.level))
        if hit.level:
            self.badge.set_level(hit.level)
        self.pill.set_state(states.of(hit.kind, hit.state))
        self.number.setText(hit.number)
        self.title.setText(hit.title or hit.number)
        self.second.setText(hit.second)
