"""Strips that call for a look, and what an empty place says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from smallcmms.ui.widgets.label import Icon, Label
from smallcmms.ui.widgets.panel import column, row

_ICONS = {"red": "siren", "amber": "triangle-alert", "accent": "info"}
_TOKENS = {"red": "red", "amber": "amber", "accent": "accent"}


class Strip(QFrame):
    """Words that want to be seen, with buttons: red (act now), amber (look) or accent."""

    def __init__(
        self, tone: str, first: str, second: str = "", *buttons: QWidget, icon: str = ""
    ) -> None:
        super().__init__()
        self.setProperty("strip", tone)
        self.icon = Icon(icon or _ICONS[tone], _TOKENS[tone], 18)
        self.first = Label(first, "bold", wraps=True)
        self.second = Label(second, "second", wraps=True)
        words = column(self.first, self.second, gap=0)
        layout = row(self.icon, gap=12, margins=(14, 9, 14, 9))
        layout.addLayout(words, 1)
        for button in buttons:
            layout.addWidget(button)
        self.setLayout(layout)
        self.second.setVisible(bool(second))

    def say(self, first: str, second: str = "") -> None:
        """Show other words."""
        self.first.setText(first)
        self.second.setText(second)
        self.second.setVisible(bool(second))


class EmptyState(QWidget):
    """What an empty place says: an icon, one fact, what will appear, and one button."""

    def __init__(self, icon: str, fact: str, hint: str = "", button: QWidget | None = None) -> None:
        super().__init__()
        self.fact, self.hint = Label(fact, "bold"), Label(hint, "second", wraps=True)
        layout = column(None, gap=6, margins=(24, 24, 24, 24))
        for piece in (Icon(icon, "text3", 24), self.fact, self.hint):
            piece.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(piece)
        if button is not None:
            layout.addSpacing(6)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.setLayout(layout)
