"""What customers owe, as one bar in the colours of its age, with the amounts below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from smallcmms.domain.invoices import Age
from smallcmms.formats import Formats
from smallcmms.services.invoices import Ageing
from smallcmms.texts import _, _n
from smallcmms.ui import theme
from smallcmms.ui.widgets.label import Label
from smallcmms.ui.widgets.panel import Panel, column, row

_TONES = {
    Age.NOT_DUE: "c1",
    Age.TO_30: "c2",
    Age.TO_60: "c3",
    Age.TO_90: "c4",
    Age.OVER_90: "text",
}
_GAP = 2


class AgeingBar(Panel):
    """Owed in all, what of it is past due, and a bar that adds up to it."""

    def __init__(self) -> None:
        super().__init__()
        self.owed, self.past_due = Label("", "h2"), Label("", "bold", tone="red")
        self.invoices = Label("", "second")
        self.bar = _Bar()
        self.amounts = {age: Label("", "bold") for age in Age}
        self.numbers = {age: Label("", "second", tone="text3") for age in Age}
        head = row(Label(_("Owed to you"), "label"), self.owed, self.past_due, None, self.invoices)
        legend = row(gap=22)
        for age, name in zip(Age, _names(), strict=True):
            words = (_Swatch(_TONES[age]), Label(name, "second"), self.amounts[age])
            legend.addLayout(row(*words, self.numbers[age], gap=6))
        legend.addStretch(1)
        self.body.addLayout(column(head, self.bar, legend, gap=6, margins=(14, 8, 14, 8)))

    def show_ageing(self, ageing: Ageing, formats: Formats) -> None:
        """Show what is owed now."""
        self.owed.setText(formats.money(ageing.owed))
        late = _("{amount} past due", amount=formats.money(ageing.past_due))
        self.past_due.setText(late if ageing.past_due else "")
        self.invoices.setText(_n("{n} invoice", "{n} invoices", ageing.invoices))
        for age, (amount, number) in ageing.columns.items():
            self.amounts[age].setText(formats.money(amount))
            self.numbers[age].setText(str(number))
        whole = ageing.owed or 1
        self.bar.show_parts(
            [(_TONES[age], float(amount / whole)) for age, (amount, _) in ageing.columns.items()]
        )
        self.bar.setAccessibleDescription(f"{self.owed.text()} {self.past_due.text()}")


def _names() -> tuple[str, ...]:
    return _("Not due yet"), _("1–30 days late"), _("31–60"), _("61–90"), _("Over 90")


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._parts: Sequence[tuple[str, float]] = ()
        self.setAccessibleName(_("Owed to you"))
        theme.signals.changed.connect(self._fit)
        self._fit()

    def show_parts(self, parts: Sequence[tuple[str, float]]) -> None:
        """Show parts of the whole: a tone and a share of 1."""
        self._parts = [part for part in parts if part[1] > 0]
        self.update()

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(self.rect(), 3, 3)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), theme.color("border2"))
        painter.fillRect(self.rect(), theme.color("panel" if self._parts else "border2"))
        room = self.width() - _GAP * max(len(self._parts) - 1, 0)
        x = 0
        for tone, share in self._parts:
            wide = max(round(room * share), 2)
            painter.fillRect(x, 0, wide, self.height(), theme.color(tone))
            x += wide + _GAP


class _Swatch(QWidget):
    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        side = theme.px(9)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color(self._tone))
        painter.setBrush(theme.brush(self._tone))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 2, 2)
