"""Words on the screen, always as plain text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from smallcmms.ui import icons, theme, tips


class Label(QLabel):
    """Words in a role (h1 h2 h3 bold label second small kpi error key) and a tone (a tone).

    ``wraps`` breaks long text over lines, ``is_cut`` ends it with three dots where the place ends;
    the whole is then the tooltip.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        tone: str = "",
        wraps: bool = False,
        is_cut: bool = False,
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wraps)
        self._is_cut = is_cut
        if is_cut:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return how narrow it may become."""
        hint = super().minimumSizeHint()
        return QSize(24, hint.height()) if self._is_cut else hint

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give the whole text as tooltip where it is cut."""
        super().resizeEvent(event)
        if self._is_cut:
            is_short = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
            tips.tell(self, "" if is_short else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the words, with three dots where they are cut."""
        if not self._is_cut:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        whole = self.text()
        cut = QFontMetrics(self.font()).elidedText(whole, Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), cut)


class Icon(QLabel):
    """An icon that stands beside words and changes colour with the theme."""

    def __init__(self, name: str, tone: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._name, self._token, self._size = name, tone, size
        theme.signals.changed.connect(self._draw)
        self._draw()

    def show_icon(self, name: str, tone: str = "text2") -> None:
        """Show another icon."""
        self._name, self._token = name, tone
        self._draw()

    def _draw(self) -> None:
        ratio = self.devicePixelRatio()
        self.setPixmap(icons.pixmap(self._name, self._token, self._size, ratio))


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
