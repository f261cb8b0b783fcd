"""A fact that leads to another page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from smallcmms.ui import tips
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.fact import Fact

_NARROWEST = 24


class _CutLink(Button):
    """A link that is cut where its place ends."""

    def __init__(self, on: Callable[[], object]) -> None:
        super().__init__("", "link", on=on)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return how narrow it may become."""
        return QSize(_NARROWEST, self.sizeHint().height())


class LinkFact(Fact):
    """A label, a link below it and a quiet line below that."""

    def __init__(self, label: str, on: Callable[[], object]) -> None:
        super().__init__(label)
        self.link = _CutLink(on)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, self.link)

    def say(self, first: str, second: str = "", *, tone: str = "", second_tone: str = "") -> None:
        """Show what it says now; one that says nothing leads nowhere."""
        super().say(first, second, tone=tone, second_tone=second_tone)
        self.link.say(first)
        tips.tell(self.link, first)
        self.link.setFixedHeight(self.first.sizeHint().height())
        self.link.setVisible(bool(first))
        self.first.setVisible(not first)
