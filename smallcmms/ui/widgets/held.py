"""Ticks and segments as boxes of a form: they save like what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smallcmms.ui.widgets.box import Box
from smallcmms.ui.widgets.segmented import Segmented
from smallcmms.ui.widgets.tick import Tick


class TickBox(Box):
    """A tick in a form: its value is whether it is on."""

    def __init__(self, text: str, *, says: str = "") -> None:
        self.tick = Tick(text)
        super().__init__("", self.tick, says=says or text)
        self.tick.clicked.connect(self._turned)

    @property
    def value(self) -> bool:
        """Return whether it is on."""
        return self.tick.isChecked()

    def set_value(self, value: Any) -> None:
        """Turn it, without telling."""
        self.tick.setChecked(bool(value))
        self.show_error("")

    def _turned(self) -> None:
        self.show_error("")
        self.changed.emit()
        self.left.emit()


class SegmentBox(Box):
    """A segmented choice in a form: its value is the key of the chosen segment."""

    def __init__(self, items: Sequence[tuple[str, ...]], *, says: str) -> None:
        self.segments = Segmented(items, is_small=True, says=says)
        super().__init__("", self.segments, says=says)
        self.segments.chosen.connect(self._chosen)

    @property
    def value(self) -> str:
        """Return the key of what is chosen."""
        return self.segments.value

    def set_value(self, value: Any) -> None:
        """Choose by key, without telling."""
        self.segments.set_value(str(value or ""))
        self.show_error("")

    def _chosen(self, _key: str) -> None:
        self.show_error("")
        self.changed.emit()
        self.left.emit()
