"""Outline icons in the colour of a tone, drawn once for each size and screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from smallcmms import paths
from smallcmms.ui import theme

_STROKE = 'stroke-width="1.75"'
_SCREENS = (1, 2)


@cache
def _drawing(name: str, color: str) -> QSvgRenderer:
    text = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    text = text.replace("currentColor", color).replace('stroke-width="2"', _STROKE)
    return QSvgRenderer(QByteArray(text.encode()))


@cache
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _drawing(name, color).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(name: str, tone: str = "text2", size: int = 16, ratio: float = 1) -> QPixmap:
    """Return an icon of ``size`` (at 100 %) for a screen with this many pixels a point."""
    return _pixmap(name, theme.color(tone).name(), theme.px(size), ratio)


def icon(name: str, tone: str = "text", size: int = 16) -> QIcon:
    """Return an icon for a menu, a button or a box."""
    made = QIcon()
    for ratio in _SCREENS:
        made.addPixmap(pixmap(name, tone, size, ratio))
    return made


def draw(  # noqa: PLR0917
    painter: QPainter, name: str, tone: str, x: float, y: float, size: int = 16
) -> None:
    """Paint an icon with its top-left corner at ``x``, ``y``."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(QPointF(x, y), pixmap(name, tone, size, ratio))
