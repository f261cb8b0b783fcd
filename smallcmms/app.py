"""Puts the house together: settings, log, window, and then the shop that was open last."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication

from smallcmms import log, paths
from smallcmms.domain.errors import RuleBroken
from smallcmms.texts import _
from smallcmms.ui import errors, pages, theme
from smallcmms.ui.background import Background
from smallcmms.ui.places import PLACES
from smallcmms.ui.theme import Mode
from smallcmms.ui.waiting import WaitingPage
from smallcmms.ui.window import Window

_LAST = "shop/last"
BAD_INPUT = 2
_FIRST_PAGE = PLACES[0].name


class Program(QObject):
    """The window and the shop in it.

    ``path`` opens another file than the last one; ``now`` is the clock, for tests.
    """

    def __init__(
        self,
        application: QApplication,
        *,
        path: Path | None = None,
        ask: Any = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(application)
        self._ask, self._now = ask, now
        self._path = path or _last()
        self._opening: Any = None
        self.shop: Any = None
        self.background = Background(self)
        self.window = Window(PLACES)
        self.window.add_page(_FIRST_PAGE, WaitingPage(PLACES[0]))
        self.window.go(_FIRST_PAGE)
        self._connect()

    def _connect(self) -> None:
        status = self.window.status
        self.background.failed.connect(errors.show)
        self.background.began.connect(status.show_job)
        self.background.ended.connect(status.end_job)
        self.window.painted.connect(self._load)
        self.window.closing.connect(self.close)
        self.window.faulted.connect(self._tell_fault)

    def _load(self) -> None:
        self.background.run(self, pages.load, self._loaded)

    def _loaded(self, opening: Any) -> None:
        self._opening = opening
        self._ask = self._ask or opening.Ask()
        if self._path is not None and self._path.is_file():
            self.open(self._path)
        else:
            self._welcome()

    def open(self, path: Path) -> None:
        """Open a shop file in the window."""
        self._use(lambda: self._opening.open_file(path, self._now))

    def make(self, facts: dict[str, Any]) -> None:
        """Begin a new shop file."""
        path = free_path(paths.data(), str(facts["name"]))
        self._use(lambda: self._opening.make_file(path, facts, self._now))

    def close(self) -> None:
        """Let the shop go."""
        if self.shop is not None:
            shop, self.shop = self.shop, None
            shop.close()
        else:
            self.background.close()

    def _use(self, work: Callable[[], Any]) -> None:
        self.background.run(self, work, self._opened, self._refused)

    def _opened(self, store: Any) -> None:
        QSettings().setValue(_LAST, str(store.path))
        self.window.use_steps(None)
        self.shop = self._opening.OpenShop(
            self.window, store, self._ask, self.background,
            names=pages.names(), kind=pages.kind, doors=pages.doors,
        )  # fmt: skip
        welcome = self.window.view("first_run")
        if welcome is not None and self.window.view() is welcome:
            self.window.begin_at(_FIRST_PAGE)
            if getattr(welcome, "brings_in", False):
                self.window.go("imports")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, self._opening.FileInUse) and self.window.view("first_run") is None:
            self._leave_it(error)
            return
        self._welcome()
        errors.show(error)

    def _leave_it(self, error: RuleBroken) -> None:
        """Leave a shop to the program that has it open already."""
        more = _("This second window closes now; go on in the first one.")
        self._ask.tell(self.window, _(error.message, **error.values), more)
        self.window.close()

    def _tell_fault(self, error: BaseException) -> None:
        if self._opening is not None:
            self._opening.tell_fault(self._ask, self.window, error)

    def _welcome(self) -> None:
        page = self.window.view("first_run")
        if page is None:
            page = self._opening.FirstRunPage(self._ask, paths.data())
            page.wants_new.connect(self.make)
            page.wants_file.connect(self.open)
        self.window.show_alone("first_run", page)


def run(path: Path | None = None, now: str | None = None) -> int:
    """Show the window until it is closed; ``now`` is a moment at which the clock stands."""
    if now is not None and _moment(now) is None:
        sys.stderr.write(f"smallcmms: {now} is no moment. Try 2026-07-13T07:10.\n")
        return BAD_INPUT
    log.begin(paths.logs())
    errors.watch()
    application = begin()
    mode, percent = QSettings().value("theme/mode"), QSettings().value("theme/percent")
    theme.begin(application, Mode(str(mode or Mode.SYSTEM)), int(str(percent or 100)))
    moment = _moment(now) if now is not None else None
    clock = (lambda: moment) if moment is not None else None
    program = Program(application, path=path, now=clock)
    program.window.show()
    return application.exec()


def begin() -> QApplication:
    """Return the application under its own name."""
    QApplication.setOrganizationName("SmallCMMS")
    QApplication.setApplicationName("SmallCMMS")
    return QApplication([sys.argv[0], *theme.STYLE])


def _moment(text: str) -> datetime | None:
    """Return a moment in UTC; without a zone it is by this machine's clock."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None


def _last() -> Path | None:
    kept = QSettings().value(_LAST)
    return Path(str(kept)) if kept else None


def free_path(folder: Path, name: str) -> Path:
    """Return a path for a new shop file that no file has yet."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-") or "shop"
    number, path = 1, folder / f"{plain}.smallcmms"
    while path.exists():
        number += 1
        path = folder / f"{plain}-{number}.smallcmms"
    return path
