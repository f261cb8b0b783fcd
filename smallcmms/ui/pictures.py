"""Pictures of the window: a page as a person sees it, in light and dark, wide and narrow.

They are named after the page, ``02-requests.png``, with ``-dark`` and ``-1100`` for the others.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QSize, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from smallcmms.ui import printing, theme
from smallcmms.ui.background import Background
from smallcmms.ui.theme import Mode

_LOOK_MS, _QUIET_MS, _LONGEST_MS = 40, 400, 30_000
_DOTS = 110


WIDE, NARROW = QSize(1440, 868), QSize(1100, 668)
"""A screen of 1440 × 900 and one of 1100 × 700, less the 32 pixels of the window's own title."""


def wait_until(is_so: Callable[[], bool], *, within_ms: int = _LONGEST_MS) -> bool:
    """Let the program go on until something is so; return whether it came to be."""
    if is_so():
        return True
    loop, since = QEventLoop(), QElapsedTimer()
    since.start()

    def look() -> None:
        if is_so() or since.elapsed() > within_ms:
            loop.quit()

    often = QTimer(interval=_LOOK_MS)
    often.timeout.connect(look)
    often.start()
    loop.exec()
    often.stop()
    return is_so()


def rest(background: Background, *, quiet_ms: int = _QUIET_MS) -> None:
    """Let the program go on until nothing more comes of what was done.

    Quiet is counted in looks, so that a screen's thread that was held up is not taken for quiet.
    """
    looks = 0

    def is_over() -> bool:
        nonlocal looks
        looks = 0 if background.is_busy else looks + 1
        return looks * _LOOK_MS > quiet_ms

    wait_until(is_over)


class Pictures:
    """Take pictures of one window into a folder; ``made`` are those that it took."""

    def __init__(self, window: QWidget, background: Background, folder: Path) -> None:
        self._window, self._background, self._folder = window, background, folder
        self.made: list[Path] = []

    def take(self, name: str, again: Callable[[], object] | None = None) -> None:
        """Take the page that is shown, wide and narrow, in the colours that the window wears.

        ``again`` does what a new size undoes.
        """
        colours = "-dark" if theme.is_dark() else ""
        for end, size in (("-1100", NARROW), ("", WIDE)):
            self._window.resize(size)
            rest(self._background)
            if again is not None:
                again()
                rest(self._background)
            path = self._folder / f"{name}{end}{colours}.png"
            self._grab().save(str(path))
            self.made.append(path)

    def take_both(self, name: str, again: Callable[[], object] | None = None) -> None:
        """Take the page in light and dark; the window goes on in the other colours."""
        self.take(name, again)
        theme.use(Mode.LIGHT if theme.is_dark() else Mode.DARK, theme.percent())
        self.take(name, again)

    def _grab(self) -> QPixmap:
        """Return the window with what hangs over it."""
        picture = self._window.grab()
        painter = QPainter(picture)
        for other in QApplication.topLevelWidgets():
            if other is not self._window and other.isVisible():
                painter.drawPixmap(other.pos() - self._window.pos(), other.grab())
        painter.end()
        return picture


def of_paper(pdf: bytes, folder: Path, name: str) -> list[Path]:
    """Draw the pages of a PDF; more than one get their number, ``A-work-order-letter-2.png``."""
    pages = list(printing.pages(pdf, _DOTS))
    names = [name] if len(pages) == 1 else [f"{name}-{n}" for n in range(1, len(pages) + 1)]
    paths = [folder / f"{each}.png" for each in names]
    for page, path in zip(pages, paths, strict=True):
        page.save(str(path))
    return paths
