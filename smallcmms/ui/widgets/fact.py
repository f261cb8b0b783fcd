"""A fact of a record: what it is, what it says, and a second line."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from smallcmms.ui import theme
from smallcmms.ui.widgets.label import Label
from smallcmms.ui.widgets.panel import column

_NARROWEST = 130


class Fact(QWidget):
    """A label, a strong line below it and a quiet one below that.

    The lines end with three dots where there is no room; with ``is_whole`` the strong one takes
    the room that it needs, as a time does.
    """

    def __init__(self, label: str, role: str = "bold", *, is_whole: bool = False) -> None:
        super().__init__()
        self.label = Label(label, "label")
        self.first = Label("", role, is_cut=not is_whole)
        self.second = Label("", "second", is_cut=True)
        self.setLayout(column(self.label, self.first, self.second, gap=1))

    def say(self, first: str, second: str = "", *, tone: str = "", second_tone: str = "") -> None:
        """Show what it says now; a fact that says nothing shows a dash."""
        self.first.setText(first or "–")
        self.first.set_tone(tone)
        self.second.setText(second)
        self.second.set_tone(second_tone)


class Facts(QWidget):
    """Facts side by side, in as many columns as the width holds.

    ``shares`` say how much of the width each takes where all stand side by side.
    """

    def __init__(self, facts: Sequence[Fact], shares: Sequence[int] = ()) -> None:
        super().__init__()
        self._facts, self._across = facts, 0
        self._shares = shares or (1,) * len(facts)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 10, 16, 10)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(10)
        self._lay(len(facts))

    def resizeEvent(self, event: object) -> None:  # noqa: N802, ARG002
        """Stand in fewer columns where there is less room."""
        fitting = max(1, (self.width() - 32) // theme.px(_NARROWEST))
        lines = ceil(len(self._facts) / fitting)
        self._lay(ceil(len(self._facts) / lines))

    def _lay(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        top = Qt.AlignmentFlag.AlignTop
        for place, fact in enumerate(self._facts):
            self._grid.addWidget(fact, place // across, place % across, top)
        has_all = across == len(self._facts)
        for at, share in enumerate(self._shares):
            self._grid.setColumnStretch(at, share if has_all else int(at < across))
