"""The sidebar: where one can go, and how much waits there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout

from smallcmms.texts import _, _n
from smallcmms.ui import icons, paint, theme, tips
from smallcmms.ui.places import LAST_GROUP, Place
from smallcmms.ui.theme import REGULAR, SEMIBOLD
from smallcmms.ui.widgets.panel import line

WIDE, RAIL = 196, 76
_ROW, _RAIL_ROW = 34, 46


class SidebarItem(QAbstractButton):
    """One page in the sidebar."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place, self.count, self.is_hot, self.is_rail = place, 0, False, False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setText(_(place.title))
        self.say()

    def say(self) -> None:
        """Tell a screen reader the page and how much waits."""
        waits = _n("{n} waits for you", "{n} wait for you", self.count) if self.count else ""
        self.setAccessibleName(", ".join(filter(None, (_(self.place.title), waits))))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of a row, or of a place in the rail."""
        return QSize(60, theme.px(_RAIL_ROW if self.is_rail else _ROW))

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Stop showing that."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint ground, icon, words and count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        if self.is_rail:
            self._as_rail(painter)
        else:
            self._as_row(painter)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())

    def _ground(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.brush("panel"))
            painter.drawRoundedRect(self.rect(), 6, 6)
            painter.setBrush(theme.brush("accent"))
            painter.drawRoundedRect(QRect(0, 8, 3, self.height() - 16), 1.5, 1.5)
        elif self.underMouse():
            painter.setBrush(theme.brush("hover"))
            painter.drawRoundedRect(self.rect(), 6, 6)

    def _as_row(self, painter: QPainter) -> None:
        is_on, middle = self.isChecked(), self.height() // 2
        side = theme.px(18)
        tone = "accent" if is_on else "text2"
        icons.draw(painter, self.place.icon, tone, theme.px(10), middle - side / 2, 18)
        place = self.rect().adjusted(theme.px(38), 0, -theme.px(10), 0)
        if self.count:
            words = str(self.count)
            wide = max(theme.px(20), paint.width(words, 12, SEMIBOLD) + theme.px(12))
            height = theme.px(18)
            box = QRect(place.right() - wide + 1, middle - height // 2, wide, height)
            self._count(painter, box, words)
            place.setRight(box.left() - theme.px(4))
        weight = SEMIBOLD if is_on else REGULAR
        paint.text(painter, place, self.text(), tone="text" if is_on else "text2", weight=weight)

    def _as_rail(self, painter: QPainter) -> None:
        is_on, side = self.isChecked(), theme.px(18)
        tone = "accent" if is_on else "text2"
        left = (self.width() - side) / 2
        icons.draw(painter, self.place.icon, tone, left, theme.px(5), 18)
        place = QRect(2, theme.px(25), self.width() - 4, theme.px(16))
        weight = SEMIBOLD if is_on else REGULAR
        words = _(self.place.short)
        tone = "text" if is_on else "text2"
        paint.text(painter, place, words, tone=tone, size=11, weight=weight, flags=paint.CENTER)
        if self.count:
            wide = max(theme.px(15), paint.width(str(self.count), 11, SEMIBOLD) + theme.px(6))
            box = QRect(self.width() - wide - 4, 2, wide, theme.px(15))
            self._count(painter, box, str(self.count))

    def _count(self, painter: QPainter, box: QRect, words: str) -> None:
        if self.is_hot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("redFill"))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        tone = "redFillText" if self.is_hot else "text2"
        size = 11 if self.is_rail else 12
        paint.text(painter, box, words, tone=tone, size=size, weight=SEMIBOLD, flags=paint.CENTER)


class Sidebar(QFrame):
    """All pages; ``chosen`` tells the name of the one that was pressed."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(_("Pages"))
        self._group = QButtonGroup(self)
        self.items: dict[str, SidebarItem] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(1)
        self._fill([place for place in places if place.group])
        self._group.buttonClicked.connect(lambda item: self.chosen.emit(item.place.name))
        theme.follow(self, lambda: self.set_rail(is_rail=self._is_rail))
        self.set_rail(is_rail=False)

    def _fill(self, places: Sequence[Place]) -> None:
        last = places[0].group if places else 0
        for place in places:
            if place.group == LAST_GROUP:
                self._column.addStretch(1)
            elif place.group != last:
                self._column.addSpacing(7)
                self._column.addWidget(line())
                self._column.addSpacing(7)
            last = place.group
            item = self.items[place.name] = SidebarItem(place)
            self._group.addButton(item)
            self._column.addWidget(item)

    def set_rail(self, *, is_rail: bool) -> None:
        """Become a narrow rail of icons over words, or a list again."""
        self._is_rail = is_rail
        side, top = (6, 8) if is_rail else (8, 10)
        self._column.setContentsMargins(side, top, side, top)
        self.setFixedWidth(theme.px(RAIL if is_rail else WIDE))
        for item in self.items.values():
            item.is_rail = is_rail
            item.setFixedHeight(item.sizeHint().height())
            tips.tell(item, item.text() if is_rail else "")

    def choose(self, name: str) -> None:
        """Show where the person is."""
        if name in self.items:
            self.items[name].setChecked(True)

    def set_count(self, name: str, count: int, *, is_hot: bool = False) -> None:
        """Show how much waits at a page; hot is a red pill."""
        if name in self.items:
            self.items[name].count, self.items[name].is_hot = count, is_hot
            self.items[name].say()
