"""Two to four segments, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from smallcmms.ui import icons, paint, theme
from smallcmms.ui.theme import REGULAR, SEMIBOLD


class Segment(NamedTuple):
    """What one segment says; ``icon`` may be empty."""

    key: str
    text: str
    icon: str = ""


class _Part(QAbstractButton):
    def __init__(self, segment: Segment, *, is_small: bool) -> None:
        super().__init__()
        self.segment, self._is_small = segment, is_small
        self.setText(segment.text)
        self.setAccessibleName(segment.text)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:  # noqa: N802
        icon = theme.px(20) if self.segment.icon else 0
        size = 12 if self._is_small else 13
        wide = paint.width(self.segment.text, size, SEMIBOLD) + icon + theme.px(22)
        return QSize(wide, theme.px(26 if self._is_small else 32))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        is_on = self.isChecked()
        if is_on:
            painter.fillRect(self.rect(), theme.color("selected"))
            painter.fillRect(0, self.height() - 2, self.width(), 2, theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        self._words(painter, "text" if is_on else "text2", SEMIBOLD if is_on else REGULAR)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), 4)

    def _words(self, painter: QPainter, tone: str, weight: int) -> None:
        tone = tone if self.isEnabled() else "text3"
        size = 12 if self._is_small else 13
        icon = theme.px(20) if self.segment.icon else 0
        wide = paint.width(self.segment.text, size, weight) + icon
        x = (self.width() - wide) // 2
        if icon:
            top = (self.height() - theme.px(14)) / 2
            icons.draw(painter, self.segment.icon, tone, x, top, 14)
        place = QRect(x + icon, 0, wide, self.height())
        paint.text(painter, place, self.segment.text, tone=tone, size=size, weight=weight)


class Segmented(QWidget):
    """An exclusive choice that lies open; ``chosen`` tells its key.

    The arrow keys move it, the first letter of a segment chooses that one.
    """

    chosen = Signal(str)

    def __init__(
        self, items: Sequence[tuple[str, ...]], *, is_small: bool = False, says: str = ""
    ) -> None:
        super().__init__()
        self._parts: dict[str, _Part] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(1)
        for item in items:
            part = self._parts[item[0]] = _Part(Segment(*item), is_small=is_small)
            self._group.addButton(part)
            layout.addWidget(part)
        self._group.buttonClicked.connect(lambda part: self.chosen.emit(part.segment.key))
        self.setAccessibleName(says)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        """Return the key of the chosen segment, empty while none is."""
        return next((key for key, part in self._parts.items() if part.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose a segment, or none with an empty key, without telling."""
        self._group.setExclusive(False)
        entered = key if key in self._parts else next(iter(self._parts), "")
        for each, part in self._parts.items():
            part.setChecked(each == key)
            is_entered = each == entered  # Tab comes to the chosen one, arrows to the others
            takes = Qt.FocusPolicy.StrongFocus if is_entered else Qt.FocusPolicy.ClickFocus
            part.setFocusPolicy(takes)
        self._group.setExclusive(True)

    def choose(self, key: str) -> None:
        """Choose a segment as a click does."""
        self._parts[key].click()

    def part(self, key: str) -> QAbstractButton:
        """Return the button of a segment, for its tooltip or to grey it."""
        return self._parts[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Choose the segment that begins with a letter."""
        first = event.text().lower().strip()
        for part in self._parts.values() if first else ():
            if part.segment.text.lower().startswith(first) and part.isEnabled():
                part.setFocus(Qt.FocusReason.ShortcutFocusReason)
                part.click()
                return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the frame around the segments and the lines between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.fillPath(frame, theme.brush("panel"))
        painter.setPen(QPen(theme.color("borderStrong"), 1))
        painter.drawPath(frame)
        painter.setPen(QPen(theme.color("border"), 1))
        for part in list(self._parts.values())[1:]:
            painter.drawLine(part.x() - 1, 1, part.x() - 1, self.height() - 2)
