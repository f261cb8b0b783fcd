"""Chips that go on in the next line where a line is full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from smallcmms.ui import theme
from smallcmms.ui.widgets.chips import Chips

_GAP = 6


class WrappedChips(Chips):
    """Chips laid out in as many lines as they need: any of them on, or one."""

    def __init__(self, items: Sequence[tuple[str, str]], *, is_many: bool = True) -> None:
        super().__init__(items, is_many=is_many)
        layout = self.layout()
        while layout is not None and layout.count():
            layout.takeAt(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chosen.connect(lambda _key: self._lay())
        self._lay()

    def set_value(self, *keys: str) -> None:
        """Turn these chips on, without telling."""
        super().set_value(*keys)
        self._lay()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many rows each chip would leave."""
        super().set_counts(counts)
        self._lay()

    def set_shown(self, key: str, *, is_shown: bool) -> None:
        """Show a chip, or leave it out."""
        super().set_shown(key, is_shown=is_shown)
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay the chips out again."""
        super().resizeEvent(event)
        self._lay()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of all lines."""
        return QSize(200, self._height(self.width()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return how small it may become."""
        return QSize(120, self._height(self.width()))

    def _lay(self) -> None:
        self._height(self.width(), moves=True)
        self.setMinimumHeight(self._height(self.width()))
        self.updateGeometry()

    def _height(self, width: int, *, moves: bool = False) -> int:
        x = y = tall = 0
        for chip in self._chips.values():
            if chip.isHidden():
                continue
            size, gap = chip.sizeHint(), theme.px(_GAP)
            if x and x + size.width() > width:
                x, y = 0, y + size.height() + gap
            if moves:
                chip.setGeometry(x, y, size.width(), size.height())
            x, tall = x + size.width() + gap, y + size.height()
        return tall
