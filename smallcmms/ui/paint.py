"""What delegates and small widgets paint alike: level badges, pills, counts, cut-off text."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from smallcmms.ui import icons, states, theme
from smallcmms.ui.states import Pill
from smallcmms.ui.theme import BOLD, REGULAR, SEMIBOLD

_LINE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
LEFT = Qt.AlignmentFlag.AlignLeft.value | _LINE
RIGHT = Qt.AlignmentFlag.AlignRight.value | _LINE
CENTER = Qt.AlignmentFlag.AlignHCenter.value | _LINE
"""Where a line stands, as numbers: to join Qt's flags takes a tenth of the time of a page."""
_BARS = 4
_FAINT = 0.28
_LEVELS = {  # letters, edge, ground
    1: ("redFillText", "redFill", "redFill"),
    2: ("orange", "orange", "orangeTint"),
    3: ("text2", "borderStrong", "panel"),
    4: ("text3", "borderStrong", ""),
}


def text(
    painter: QPainter,
    place: QRect,
    words: str,
    *,
    tone: str = "text",
    size: int = 13,
    weight: int = REGULAR,
    flags: int = LEFT,
) -> None:
    """Paint one line, cut off with three dots where the place ends."""
    if not words or place.width() <= 0:
        return
    letters = theme.metrics(size, weight)
    if letters.horizontalAdvance(words) > place.width():
        words = letters.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.setFont(theme.font(size, weight))
    painter.setPen(theme.color(tone))
    painter.drawText(place, flags, words)


def width(words: str, size: int = 13, weight: int = REGULAR) -> int:
    """Return how wide one line is."""
    return theme.metrics(size, weight).horizontalAdvance(words)


def badge_text(level: int, *, has_word: bool) -> str:
    """Return what stands in a badge: L2, or L2 High."""
    return f"L{level} {states.level_name(level)}" if has_word else f"L{level}"


def badge_width(level: int, *, has_word: bool = False) -> int:
    """Return how wide a level's badge is."""
    return width(badge_text(level, has_word=has_word), 12, BOLD) + theme.px(25)


def badge(painter: QPainter, x: int, middle: int, level: int, *, has_word: bool = False) -> int:
    """Paint a level as number, bars, edge and colour; return its width."""
    letters, edge, ground = _LEVELS[level]
    height, wide = theme.px(20), badge_width(level, has_word=has_word)
    box = QRectF(x + 0.5, middle - height / 2 + 0.5, wide - 1, height - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.color(edge), 1)
    pen.setStyle(Qt.PenStyle.DashLine if level == _BARS else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(theme.brush(ground) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 4, 4)
    _bars(painter, x + theme.px(6), box.center().y() + theme.px(11) / 2, level, letters)
    place = QRect(x + theme.px(20), middle - height // 2, wide, height)
    text(painter, place, badge_text(level, has_word=has_word), tone=letters, size=12, weight=BOLD)
    painter.restore()
    return wide


def _bars(painter: QPainter, x: float, bottom: float, level: int, tone: str) -> None:
    unit = theme.px(100) / 100
    full = theme.color(tone)
    faint = QColor(full)
    faint.setAlphaF(_FAINT)
    for number in range(_BARS):
        shade = full if number < _BARS + 1 - level else faint
        tall = (3 + number * 2.5) * unit
        painter.fillRect(QRectF(x + number * 3 * unit, bottom - tall, 2 * unit, tall), shade)


def pill_width(state: Pill) -> int:
    """Return how wide a pill is."""
    return width(state.text, 12, SEMIBOLD) + theme.px(33)


def pill(painter: QPainter, x: int, middle: int, state: Pill) -> int:
    """Paint a state as icon and words; return its width."""
    height, wide = theme.px(20), pill_width(state)
    box = QRect(x, middle - height // 2, wide, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush(f"{state.tone}Tint"))
    painter.drawRoundedRect(box, height / 2, height / 2)
    top = box.y() + (height - theme.px(13)) / 2
    icons.draw(painter, state.icon, state.tone, x + theme.px(7), top, 13)
    place = box.adjusted(theme.px(25), 0, 0, 0)
    text(painter, place, state.text, tone=state.tone, size=12, weight=SEMIBOLD)
    painter.restore()
    return wide


def button(painter: QPainter, place: QRect, words: str) -> None:
    """Paint a small plain button of a row."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("borderStrong"), 1))
    painter.setBrush(theme.brush("panel"))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    text(painter, place, words, size=12, flags=CENTER)
    painter.restore()


def focus_ring(painter: QPainter, place: QRect, radius: int = 6) -> None:
    """Paint the ring that says where the keys go."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()
