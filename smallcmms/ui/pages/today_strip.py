"""The red strip of Today: the L1 that nobody has answered, and how long is left."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from smallcmms.formats import Formats
from smallcmms.services.today import Waits
from smallcmms.texts import _
from smallcmms.ui import paint, when
from smallcmms.ui.kit import Button, Icon, Label, LevelBadge, row, theme
from smallcmms.ui.pages import request_words
from smallcmms.ui.theme import SEMIBOLD


class _Said(QWidget):
    """One line: the first words strong, the rest plain, cut where the place ends."""

    def __init__(self) -> None:
        super().__init__()
        self.first = self.then = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, first: str, then: str) -> None:
        self.first, self.then = first, then
        self.setAccessibleName(f"{first} {then}")
        self.setToolTip(f"{first} {then}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter, place = QPainter(self), QRect(self.rect())
        paint.text(painter, place, self.first, weight=SEMIBOLD)
        place.setLeft(place.x() + paint.width(f"{self.first} ", weight=SEMIBOLD))
        paint.text(painter, place, self.then)


class WaitsStrip(QFrame):
    """Show the L1 that waits; ``pressed`` tells that somebody answers it now."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("strip", "red")
        self.setProperty("panel", "")
        self.badge = LevelBadge(1, has_word=True)
        self.said, self.answer = _Said(), Label("", "bold", tone="red")
        self.do = Button("", "primary", on=self.pressed.emit)
        layout = row(Icon("siren", "red", 20), self.badge, gap=12, margins=(14, 7, 8, 7))
        layout.addWidget(self.said, 1)
        layout.addWidget(self.answer)
        layout.addWidget(self.do)
        self.setLayout(layout)
        self.waits: Waits | None = None
        self.hide()

    def show_waits(self, waits: Waits | None, formats: Formats, now: datetime) -> None:
        """Show what waits, or nothing."""
        self.waits = waits
        self.setVisible(waits is not None)
        if waits is None:
            return
        is_call = waits.kind == "request"
        came = formats.moment(waits.received_at, formats.today(now))
        since = _("called {time}", time=came) if is_call else _("made {time}", time=came)
        who = ", ".join(filter(None, (waits.customer, request_words.place(waits.place))))
        told = "".join(f"· {part} " for part in (who, since) if part)
        self.said.say(request_words.title(waits.title), told)
        self.answer.setText(_answer(waits, formats, now))
        self.do.say(_("Triage now") if is_call else _("Schedule now"))


def _answer(waits: Waits, formats: Formats, now: datetime) -> str:
    if waits.answer_by is None:
        return ""
    until = when.until(formats, waits.answer_by, now)
    return _("Answer by {time}, {left}", time=until, left=when.left(formats, waits.answer_by, now))
