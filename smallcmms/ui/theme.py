"""The colours, letters and sizes of the screen: the only place that knows them.

Widgets and painters ask for a colour by its token (``color("accent")``), for a size by its size at
100 % (``px(34)``), and are told by ``signals.changed`` when the answers change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from smallcmms import paths

FAMILY = "SmallCMMS Inter"
REGULAR, SEMIBOLD, BOLD, EXTRABOLD = 400, 600, 700, 800
SMALLEST, LARGEST = 90, 150
STYLE = ("-style", "Fusion")
"""Words for QApplication: asked for in this way, the style costs the start nothing."""
_OWN_FAMILY = {SEMIBOLD: f"{FAMILY} SemiBold", EXTRABOLD: f"{FAMILY} ExtraBold"}
_FALLBACKS = ("Segoe UI", "Helvetica Neue", "DejaVu Sans")
_FONTS = ("Regular", "SemiBold", "Bold", "ExtraBold")
_SCALED = re.compile(r"(\d+)sp\b")
_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "panel2",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.ToolTipBase: "tooltip",
    QPalette.ColorRole.ToolTipText: "tooltipText",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
}
_GREYED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


class Mode(StrEnum):
    """Which colours the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Signals(QObject):
    changed = Signal()


class _Now:
    mode = Mode.SYSTEM
    is_dark = False
    percent = 100


signals = _Signals()


class _Follower(QObject):
    """Calls a function when the theme changes, as long as its owner lives."""

    def __init__(self, owner: QObject, act: Callable[[], object]) -> None:
        super().__init__(owner)
        self._act = act
        signals.changed.connect(self._go)

    def _go(self) -> None:
        self._act()


def follow(owner: QObject, act: Callable[[], object]) -> None:
    """Call ``act`` when the theme changes, and no more once ``owner`` is gone."""
    _Follower(owner, act)


def begin(application: QApplication, mode: Mode = Mode.SYSTEM, percent: int = 100) -> None:
    """Give the program its letters and colours, and follow the system's light and dark."""
    for name in _FONTS:
        path = paths.resources() / "fonts" / f"SmallCMMSInter-{name}.ttf"
        QFontDatabase.addApplicationFont(str(path))
    application.styleHints().colorSchemeChanged.connect(_follow_system)
    use(mode, percent)


def use(mode: Mode, percent: int) -> None:
    """Wear these colours and this text size from now on."""
    _Now.mode = mode
    _Now.percent = min(max(percent, SMALLEST), LARGEST)
    _Now.is_dark = _is_dark(mode)
    for cached in (color, brush, font, metrics, _style_sheet):
        cached.cache_clear()
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setPalette(_palette())
        application.setFont(font())
    signals.changed.emit()


def dress(window: QWidget) -> None:
    """Let a window, and what it holds and opens, wear the style from now on.

    The application has none: Qt would dress every piece anew each time it is put into another.
    """

    def wear() -> None:
        window.setStyleSheet(_style_sheet())

    wear()
    follow(window, wear)


def mode() -> Mode:
    """Return what the person chose: light, dark, or as the system."""
    return _Now.mode


def percent() -> int:
    """Return the text size."""
    return _Now.percent


def is_dark() -> bool:
    """Tell whether the window is dark now."""
    return _Now.is_dark


@cache
def color(token: str) -> QColor:
    """Return the colour of a token."""
    return QColor(_tokens()["dark" if _Now.is_dark else "light"][token])


@cache
def brush(token: str) -> QBrush:
    """Return a filling of a token's colour."""
    return QBrush(color(token))


def px(size: float) -> int:
    """Return a size, given at 100 %, at the text size in use."""
    return max(1, round(size * _Now.percent / 100))


@cache
def font(size: int = 13, weight: int = REGULAR) -> QFont:
    """Return the letters of a size (at 100 %) and weight."""
    letters = QFont(_OWN_FAMILY.get(weight, FAMILY))
    letters.setFamilies([_OWN_FAMILY.get(weight, FAMILY), *_FALLBACKS])
    letters.setPixelSize(px(size))
    letters.setWeight(QFont.Weight(weight))
    letters.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return letters


@cache
def metrics(size: int = 13, weight: int = REGULAR) -> QFontMetrics:
    """Return the measures of ``font(size, weight)``."""
    return QFontMetrics(font(size, weight))


@cache
def _tokens() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        (paths.resources() / "tokens.json").read_text(encoding="utf-8")
    )
    return found


def _is_dark(mode: Mode) -> bool:
    if mode is Mode.SYSTEM:
        application = QApplication.instance()
        return (
            isinstance(application, QApplication)
            and application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
    return mode is Mode.DARK


def _follow_system() -> None:
    if _Now.mode is Mode.SYSTEM and _is_dark(Mode.SYSTEM) != _Now.is_dark:
        use(Mode.SYSTEM, _Now.percent)


def _palette() -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, color(token))
    for role in _GREYED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, color("text3"))
    return palette


@cache
def _style_sheet() -> str:
    written = (paths.resources() / "style.qss").read_text(encoding="utf-8")
    scaled = _SCALED.sub(lambda found: f"{px(int(found[1]))}px", written)
    return Template(scaled).substitute(_tokens()["dark" if _Now.is_dark else "light"])
