"""A level, a state and a key, as small widgets."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smallcmms.ui import paint, states, theme
from smallcmms.ui.states import Pill
from smallcmms.ui.widgets.button import native
from smallcmms.ui.widgets.label import Label


class _Painted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self._again)

    def _again(self) -> None:
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same as the size hint."""
        return self.sizeHint()


class LevelBadge(_Painted):
    """A level; ``has_word`` adds its name."""

    def __init__(self, level: int = 3, *, has_word: bool = False) -> None:
        super().__init__()
        self._has_word = has_word
        self.set_level(level)

    def set_level(self, level: int) -> None:
        """Show another level."""
        self.level = level
        self.setAccessibleName(states.level_spoken(level))
        self._again()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the badge."""
        return QSize(paint.badge_width(self.level, has_word=self._has_word), theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the badge."""
        painter = QPainter(self)
        paint.badge(painter, 0, self.height() // 2, self.level, has_word=self._has_word)


class StatePill(_Painted):
    """A state as icon and words."""

    def __init__(self, state: Pill | None = None) -> None:
        super().__init__()
        self.set_state(state)

    def set_state(self, state: Pill | None) -> None:
        """Show another state, or none."""
        self.state = state
        self.setVisible(state is not None)
        self.setAccessibleName(state.text if state else "")
        self._again()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the pill."""
        return QSize(paint.pill_width(self.state) if self.state else 0, theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the pill."""
        if self.state:
            paint.pill(QPainter(self), 0, self.height() // 2, self.state)


class KeyHint(Label):
    """A key, written as this platform writes it."""

    def __init__(self, keys: str) -> None:
        super().__init__((native(keys) if "+" in keys else "") or keys, "key")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
