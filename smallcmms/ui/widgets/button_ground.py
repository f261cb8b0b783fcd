"""The ground of a button: its fill, its edge, and the ring that says where the keys go."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QPushButton

from smallcmms.ui import theme

_RADIUS, _SMALL_RADIUS = 6, 5


class Ground(NamedTuple):
    """Tokens of fill and edge; empty is none."""

    fill: str
    edge: str


_RESTING = {
    "primary": Ground("accent", "accent"),
    "danger": Ground("panel", "red"),
    "quiet": Ground("", ""),
    "icon": Ground("", ""),
    "link": Ground("", ""),
    "toast": Ground("", ""),
    "chip": Ground("panel", "border"),
}
_UNDER_MOUSE = {
    "primary": Ground("accentHover", "accentHover"),
    "danger": Ground("redTint", "red"),
    "quiet": Ground("hover", "hover"),
    "icon": Ground("hover", "hover"),
    "link": Ground("", ""),
    "toast": Ground("", "tooltipText"),
    "chip": Ground("hover", "border"),
}
_PLAIN, _PLAIN_UNDER_MOUSE = Ground("panel", "borderStrong"), Ground("hover", "borderStrong")
_OFF = {"": Ground("", "border"), "primary": Ground("greyTint", "greyTint")}


def of(button: QPushButton, kind: str) -> Ground:
    """Return fill and edge of a button as it is now."""
    if not button.isEnabled():
        return _OFF.get(kind, Ground("", ""))
    if button.isChecked():
        return Ground("accent", "accent")
    if button.isDown() and kind not in ("primary", "link", "toast"):
        return Ground("selected", _RESTING.get(kind, _PLAIN).edge)
    if button.underMouse():
        return _UNDER_MOUSE.get(kind, _PLAIN_UNDER_MOUSE)
    return _RESTING.get(kind, _PLAIN)


def draw(painter: QPainter, button: QPushButton, kind: str, *, is_small: bool) -> None:
    """Paint the ground, and the ring while the button has the focus."""
    ground = of(button, kind)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = _SMALL_RADIUS if is_small else _RADIUS
    if kind == "chip":
        radius = button.height() // 2
    painter.setPen(QPen(theme.color(ground.edge), 1) if ground.edge else Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush(ground.fill) if ground.fill else Qt.BrushStyle.NoBrush)
    place = QRectF(button.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(place, radius, radius)
    if button.hasFocus():
        _ring(painter, place, radius, kind, is_filled=ground.fill.startswith("accent"))


def _ring(painter: QPainter, place: QRectF, radius: float, kind: str, *, is_filled: bool) -> None:
    """A filled button has its ring inside, in the colour of its words."""
    tone = "accentText" if is_filled else "tooltipText" if kind == "toast" else "focus"
    inset = 2.0 if is_filled else 0.5
    painter.setPen(QPen(theme.color(tone), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = max(radius - inset, 2)
    painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), radius, radius)
