"""Things that were chosen, each as a chip that can be taken off, and more to be added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter

from smallcmms.texts import _
from smallcmms.ui import icons, paint, theme
from smallcmms.ui.widgets.box import Box
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.flow import Flow

_CROSS, _EDGE = 14, 9
Chosen = tuple[int, str]
"""The id of something chosen, and what its chip says."""


class TagChip(Button):
    """A chip whose cross takes it off."""

    def __init__(self, text: str, *, on: Callable[[], object]) -> None:
        super().__init__(text, is_small=True, on=on)
        self.setAccessibleName(_("Take {name} off", name=text))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of words and cross."""
        wide = paint.width(self.words, 12) + theme.px(_CROSS) + theme.px(2 * _EDGE + 8)
        return QSize(wide, theme.px(26))

    def _inside(self, painter: QPainter, _x: int) -> None:
        left, side = theme.px(_EDGE) + 2, theme.px(_CROSS)
        place = QRect(left, 0, self.width() - left, self.height())
        paint.text(painter, place, self.words, tone=self._token(), size=12)
        x = self.width() - theme.px(_EDGE) - side
        icons.draw(painter, "x", "text2", x, (self.height() - side) / 2, _CROSS)


class ChosenBox(Box):
    """Things by their ids; ``wants_more`` tells that another one is to be added."""

    wants_more = Signal()

    def __init__(self, *, says: str) -> None:
        self.flow = Flow()
        super().__init__("", self.flow, says=says)
        self.add = Button(_("Add"), "quiet", icon="plus", is_small=True, on=self.wants_more.emit)
        self._chosen: list[Chosen] = []
        self._show()

    @property
    def chosen(self) -> Sequence[Chosen]:
        """Return what is chosen, with its words."""
        return tuple(self._chosen)

    @property
    def value(self) -> list[int]:
        """Return the ids of what is chosen."""
        return [key for key, _text in self._chosen]

    @property
    def typed(self) -> list[list[Any]]:
        """Return ids and words, for a draft."""
        return [list(each) for each in self._chosen]

    def set_value(self, value: Sequence[Any] | None) -> None:
        """Show what is chosen: ids with their words."""
        self._chosen = [(int(key), str(text)) for key, text in value or ()]
        self._show()
        self.show_error("")

    def take_in(self, key: int, text: str) -> None:
        """Choose one more."""
        if key not in self.value:
            self._chosen.append((key, text))
            self._tell()

    def _take_off(self, key: int) -> None:
        self._chosen = [each for each in self._chosen if each[0] != key]
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.show_error("")
        self.changed.emit()
        self.left.emit()

    def _show(self) -> None:
        chips = [TagChip(text, on=partial(self._take_off, key)) for key, text in self._chosen]
        self.flow.show_pieces([*chips, self.add])
