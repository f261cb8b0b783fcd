"""Two columns that stand one below the other where there is no room for both."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from smallcmms.ui import theme
from smallcmms.ui.widgets.panel import line


class TwoColumns(QWidget):
    """A wide column and a narrow one of a fixed width.

    With ``narrowest`` the narrow one gives way down to that, where there is little room for both.
    """

    def __init__(
        self,
        wide: QWidget,
        narrow: QWidget,
        *,
        width: int = 306,
        narrowest: int = 0,
        least: int = 760,
    ) -> None:
        super().__init__()
        self._narrow, self._width, self._least = narrow, width, least
        self._narrowest = narrowest or width
        self._line = line(is_upright=True)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(wide, 1)
        self._box.addWidget(self._line)
        self._box.addWidget(narrow)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Stand beside or below each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = self.width() >= theme.px(self._least)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)
        self._line.setVisible(is_wide)
        share = max(theme.px(self._narrowest), self.width() * 9 // 20)
        width = min(theme.px(self._width), share)
        self._narrow.setMinimumWidth(width if is_wide else 0)
        self._narrow.setMaximumWidth(width if is_wide else 16777215)
