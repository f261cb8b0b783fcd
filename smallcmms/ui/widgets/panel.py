"""Panels: the white cards that a page is laid out with, and how things stand in them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smallcmms.ui import theme
from smallcmms.ui.widgets.label import Icon, Label

Piece = QWidget | QLayout | int | None
Box = TypeVar("Box", QHBoxLayout, QVBoxLayout)
_AROUND = 40
"""How much beside the box with the keys comes into sight with it."""


def row(
    *pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Return pieces side by side; ``None`` takes the room that is left, a number is a space."""
    return _filled(QHBoxLayout(), pieces, gap, margins)


def column(
    *pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Return pieces one below the other; ``None`` takes the room that is left."""
    return _filled(QVBoxLayout(), pieces, gap, margins)


def block(layout: QLayout, part: str = "") -> QFrame:
    """Return a layout as a widget; ``part`` is header, footer, quote or well."""
    frame = QFrame()
    frame.setProperty("part", part)
    frame.setLayout(layout)
    return frame


def line(*, is_upright: bool = False) -> QFrame:
    """Return a thin line between two parts of a panel."""
    frame = QFrame()
    frame.setProperty("part", "upright" if is_upright else "line")
    return frame


def scrolled(inside: QWidget | QLayout, *, name: str = "") -> QScrollArea:
    """Return something that may be taller than its place; what takes the keys comes into sight."""
    area = _Scrolled(block(inside) if isinstance(inside, QLayout) else inside)
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class _Scrolled(QScrollArea):
    """Measures what it scrolls no sooner than asked.

    What was measured is dressed anew for every frame that is put around it while a page is made.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        inside.setParent(self.viewport())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:  # noqa: N802
        self._take()
        return super().sizeHint()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        self._take()
        super().showEvent(event)

    def _take(self) -> None:
        if self.widget() is None:
            self.setWidget(self._inside)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, _AROUND)


class Panel(QFrame):
    """A pane: it may hold one primary button, which Ctrl Enter presses while it has the focus."""

    def __init__(self, *pieces: Piece, gap: int = 0) -> None:
        super().__init__()
        self.setProperty("panel", "true")
        self.setProperty("pane", True)  # noqa: FBT003
        self.body = _filled(QVBoxLayout(self), pieces, gap, (1, 1, 1, 1))

    def add(self, piece: Piece, stretch: int = 0) -> None:
        """Put another piece below the others."""
        _put(self.body, piece, stretch)

    def pad(self, *pieces: Piece, gap: int = 8, stretch: int = 0) -> QVBoxLayout:
        """Put pieces below the others, with the usual margin; return their layout."""
        inside = column(*pieces, gap=gap, margins=(16, 12, 16, 12))
        self.body.addLayout(inside, stretch)
        return inside


class PanelHeader(QFrame):
    """The head of a panel or of a part of it: icon, title, count, and buttons at the right."""

    def __init__(
        self,
        icon: str,
        title: str,
        count: str = "",
        *right: QWidget,
        is_big: bool = False,
        tone: str = "text2",
    ) -> None:
        super().__init__()
        self.setProperty("part", "header")
        self.title = Label(title, "h2" if is_big else "h3")
        self.count = Label(count, tone="text3")
        pieces: list[Piece] = [self.title, self.count, None, *right]
        if icon:
            pieces.insert(0, Icon(icon, tone))
        self.setLayout(row(*pieces, margins=(12, 0, 12, 0)))
        self._height = 40 if is_big else 34
        theme.signals.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(self._height))


def _filled(
    layout: Box, pieces: tuple[Piece, ...], gap: int, margins: tuple[int, int, int, int]
) -> Box:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for piece in pieces:
        _put(layout, piece)
    return layout


def _put(layout: QHBoxLayout | QVBoxLayout, piece: Piece, stretch: int = 0) -> None:
    if piece is None:
        layout.addStretch(1)
    elif isinstance(piece, int):
        layout.addSpacing(piece)
    elif isinstance(piece, QLayout):
        layout.addLayout(piece, stretch)
    else:
        layout.addWidget(piece, stretch)
