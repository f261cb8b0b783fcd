"""Boxes to tick, and rows of which one is picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from smallcmms.ui import icons, paint, theme
from smallcmms.ui.theme import REGULAR, SEMIBOLD

_SIDE = 16


class Tick(QCheckBox):
    """A box to tick with its words beside it."""

    def __init__(self, text: str = "", *, is_on: bool = False, says: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self._words = text
        self.setChecked(is_on)
        self.setAccessibleName(says or text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show other words."""
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of box and words."""
        words = theme.px(9) + paint.width(self._words) + 2 if self._words else 0
        return QSize(theme.px(_SIDE) + 4 + words, theme.px(26))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return how narrow it may become: the words are cut then."""
        return QSize(theme.px(_SIDE) + 4, theme.px(26))

    def hitButton(self, position: object) -> bool:  # noqa: N802, ARG002
        """Take a click anywhere on it."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the box, the mark and the words."""
        painter = QPainter(self)
        side = theme.px(_SIDE)
        box = QRectF(2, (self.height() - side) / 2, side, side)
        _frame(painter, box, 4, is_on=self.isChecked(), is_enabled=self.isEnabled())
        if self.isChecked():
            icons.draw(painter, "check", "accentText", box.x() + 2, box.y() + 2, _SIDE - 4)
        if self.hasFocus():
            paint.focus_ring(painter, box.toRect().adjusted(-2, -2, 2, 2), 5)
        place = self.rect().adjusted(side + 2 + theme.px(9), 0, 0, 0)
        paint.text(painter, place, self._words, tone="text" if self.isEnabled() else "text3")


def _frame(painter: QPainter, box: QRectF, radius: float, *, is_on: bool, is_enabled: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tone = "accent" if is_on and is_enabled else "borderStrong"
    painter.setPen(QPen(theme.color(tone), 1.5))
    painter.setBrush(theme.brush(tone) if is_on else theme.brush("panel"))
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius)


class Option(NamedTuple):
    """A row to pick: ``first``, ``then`` beside it, ``second`` below, ``right`` at the end."""

    key: object
    first: str
    then: str = ""
    second: str = ""
    right: str = ""
    tone: str = "text2"


class _OptionRow(QAbstractButton):
    def __init__(self, option: Option) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.offer(option)

    def offer(self, option: Option) -> None:
        self.option = option
        self.setText(" ".join(filter(None, option[1:5])))
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, theme.px(44 if self.option.second else 30))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter, place = QPainter(self), self.rect()
        if self.isChecked():
            painter.fillRect(place, theme.color("selected"))
            painter.fillRect(0, 0, 3, place.height(), theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(place, theme.color("hover"))
        self._round(painter)
        self._words(painter)
        if self.hasFocus():
            paint.focus_ring(painter, place, 4)

    def _round(self, painter: QPainter) -> None:
        side = theme.px(_SIDE)
        box = QRectF(theme.px(12), (self.height() - side) / 2, side, side)
        is_on = self.isChecked()
        _frame(painter, box, side / 2, is_on=is_on, is_enabled=self.isEnabled())
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("panel"))
            painter.drawEllipse(box.adjusted(5, 5, -5, -5))

    def _words(self, painter: QPainter) -> None:
        option, x = self.option, theme.px(37)
        end = self.width() - theme.px(12)
        half = self.height() // 2 if option.second else self.height()
        top = QRect(
            x,
            theme.px(4) if option.second else 0,
            end - x,
            half - (theme.px(4) if option.second else 0),
        )
        if option.right:
            wide = paint.width(option.right, 12, SEMIBOLD)
            paint.text(
                painter,
                top,
                option.right,
                tone=option.tone,
                size=12,
                weight=SEMIBOLD,
                flags=paint.RIGHT,
            )
            top.setRight(top.right() - wide - theme.px(8))
        weight = SEMIBOLD if option.then or option.second else REGULAR
        paint.text(painter, top, option.first, weight=weight)
        top.setLeft(x + paint.width(f"{option.first} ", weight=weight))
        paint.text(painter, top, option.then)
        below = QRect(x, half, end - x, self.height() - half - theme.px(4))
        paint.text(painter, below, option.second, tone="text2", size=12)


class Options(QWidget):
    """Rows of which one is picked; ``chosen`` tells its key."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[Option] = (), *, says: str = "") -> None:
        super().__init__()
        self.setAccessibleName(says)
        self._group = QButtonGroup(self)
        self._rows: list[_OptionRow] = []
        self._offered = 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self._group.buttonClicked.connect(lambda row: self.chosen.emit(row.option.key))
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other rows; the pick stays where its key is offered again.

        Rows are used again, so that the focus and the order of Tab stay with them; the focus of
        one that is offered no more goes to the row that is picked, or else to the first.
        """
        picked = self.value
        while len(self._rows) < len(options):
            self._add(_OptionRow(options[len(self._rows)]))
        for row, option in zip(self._rows, options, strict=False):
            row.offer(option)
        is_left = any(row.hasFocus() for row in self._rows[len(options) :])
        self._offered = len(options)
        self.set_value(picked)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(options))
        if is_left:
            self.enter()

    def _add(self, row: _OptionRow) -> None:
        self._group.addButton(row)
        self._layout.addWidget(row)
        if self._rows:
            QWidget.setTabOrder(self._rows[-1], row)
        self._rows.append(row)

    @property
    def value(self) -> object:
        """Return the key of the picked row, or nothing."""
        offered = self._rows[: self._offered]
        return next((row.option.key for row in offered if row.isChecked()), None)

    def set_value(self, key: object) -> None:
        """Pick a row, or none, without telling; Tab comes to it, or else to the first."""
        self._group.setExclusive(False)
        for at, row in enumerate(self._rows):
            is_offered = key is not None and at < self._offered
            row.setChecked(is_offered and row.option.key == key)
        self._group.setExclusive(True)
        entered = next((row for row in self._rows if row.isChecked()), next(iter(self._rows), None))
        for row in self._rows:
            takes = Qt.FocusPolicy.StrongFocus if row is entered else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(takes)

    def enter(self) -> None:
        """Give the keys to the row that is picked, or else to the first."""
        for row in self._rows[: self._offered]:
            if row.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                row.setFocus(Qt.FocusReason.ShortcutFocusReason)
