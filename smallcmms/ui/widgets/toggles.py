"""A row of small toggles, each on or off: the months of a season, the days of a week."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from smallcmms.ui import paint, theme
from smallcmms.ui.theme import REGULAR, SEMIBOLD
from smallcmms.ui.widgets.box import Box

_HIGH, _GAP, _NARROW = 26, 3, 24
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Toggle(QAbstractButton):
    def __init__(self, key: int, text: str, says: str) -> None:
        super().__init__()
        self.key = key
        self.setText(text)
        self.setAccessibleName(says)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(paint.width(self.text(), 12) + theme.px(8), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.px(_NARROW), theme.px(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = self.isChecked()
        pen = QPen(theme.color("accent" if is_on else "borderStrong"), 1)
        if not is_on:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.brush("accent") if is_on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        tone, weight = ("accentText", SEMIBOLD) if is_on else ("text3", REGULAR)
        paint.text(
            painter, self.rect(), self.text(), tone=tone, size=12, weight=weight, flags=paint.CENTER
        )
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), 4)


class Toggles(QWidget):
    """Toggles side by side; Tab comes to the first, the arrows go to the others."""

    changed = Signal()

    def __init__(self, items: Sequence[tuple[int, str, str]]) -> None:
        super().__init__()
        self.toggles = [_Toggle(*item) for item in items]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        for place, toggle in enumerate(self.toggles):
            takes = Qt.FocusPolicy.ClickFocus if place else Qt.FocusPolicy.StrongFocus
            toggle.setFocusPolicy(takes)
            toggle.clicked.connect(lambda _is_on: self.changed.emit())
            layout.addWidget(toggle)
        self.setFocusProxy(self.toggles[0])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the next toggle with the arrows."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        at = next((at for at, each in enumerate(self.toggles) if each.hasFocus()), -1)
        if step and 0 <= at + step < len(self.toggles):
            self.toggles[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class TogglesBox(Box):
    """The keys of the toggles that are on, in their order; ``all_is_none`` says nothing for all."""

    def __init__(
        self, items: Sequence[tuple[int, str, str]], *, says: str, all_is_none: bool = False
    ) -> None:
        self.row = Toggles(items)
        super().__init__("", self.row, says=says)
        self._all_is_none = all_is_none
        self.row.changed.connect(self._turned)

    @property
    def value(self) -> list[int]:
        """Return the keys that are on."""
        found = [each.key for each in self.row.toggles if each.isChecked()]
        return [] if self._all_is_none and len(found) == len(self.row.toggles) else found

    def set_value(self, value: Sequence[int] | None) -> None:
        """Turn these on, without telling."""
        is_all = self._all_is_none and not value
        for toggle in self.row.toggles:
            toggle.setChecked(is_all or toggle.key in (value or ()))
        self.show_error("")

    def _turned(self) -> None:
        self.show_error("")
        self.changed.emit()
        self.left.emit()
