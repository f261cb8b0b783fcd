"""A drop-down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from smallcmms.ui import icons, theme
from smallcmms.ui.widgets.box import Box


class _Combo(QComboBox):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        side = theme.px(14)
        x = self.width() - side - theme.px(10)
        icons.draw(QPainter(self), "chevron-down", "text2", x, (self.height() - side) / 2, 14)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()  # scrolling a page must not change a choice


class Choice(Box):
    """One of several things, by key: ``Choice(_("Site"), [(3, "410 Chapel Rd"), …])``."""

    def __init__(
        self,
        label: str = "",
        items: Sequence[tuple[object, str]] = (),
        *,
        size: str = "",
        says: str = "",
    ) -> None:
        self.combo = _Combo()
        self.combo.setProperty("fit", size)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(6)
        super().__init__(label, self.combo, says=says)
        self._keys: list[object] = []
        self.set_items(items)
        self.combo.activated.connect(self._chosen)

    def set_items(self, items: Sequence[tuple[object, str]]) -> None:
        """Offer other things; the choice stays where its key is offered again."""
        chosen = self.value
        self._keys = [key for key, _text in items]
        self.combo.clear()
        self.combo.addItems([text for _key, text in items])
        self.set_value(chosen if chosen in self._keys else next(iter(self._keys), None))

    @property
    def value(self) -> Any:
        """Return the key of what is chosen, or nothing."""
        at = self.combo.currentIndex()
        return self._keys[at] if 0 <= at < len(self._keys) else None

    def set_value(self, value: Any) -> None:
        """Choose by key, without telling."""
        self.combo.setCurrentIndex(self._keys.index(value) if value in self._keys else -1)
        self.show_error("")

    def _chosen(self) -> None:
        self.changed.emit()
        self.left.emit()
