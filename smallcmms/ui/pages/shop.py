"""A shop that is open in the window: its pages, its doors, its steps and backups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from smallcmms.services import shop
from smallcmms.store import backup, opening
from smallcmms.store.errors import FileInUse
from smallcmms.store.store import Changed, Store
from smallcmms.texts import _
from smallcmms.ui import errors, outside
from smallcmms.ui.ask import Ask
from smallcmms.ui.background import Background
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages import FIRST
from smallcmms.ui.pages.first_run import FirstRunPage
from smallcmms.ui.pages.page import Page
from smallcmms.ui.printing import Printing
from smallcmms.ui.relay import Relay
from smallcmms.ui.window import Window

__all__ = ["Ask", "FileInUse", "FirstRunPage", "OpenShop", "make_file", "open_file", "tell_fault"]
_SOON_MS = 20
"""So often it is looked whether the first page is filled."""
_IDLE_MS = 10
"""So long after each piece of a page that is made ahead another one is."""


def open_file(path: Path, now: Callable[[], datetime] | None = None) -> Store:
    """Open a shop file."""
    return opening.open_shop(path, now=now)


def make_file(
    path: Path, facts: Mapping[str, Any], now: Callable[[], datetime] | None = None
) -> Store:
    """Make a new shop file and set its shop up."""
    store = opening.create(path, now=now)
    try:
        shop.create(store, **facts)
    except BaseException:
        store.close()
        raise
    return store


def tell_fault(ask: Ask, parent: QWidget, error: BaseException) -> None:
    """Show a fault of the program with its details."""
    ask.fault(parent, errors.words(), errors.kind(error), errors.details(error))


class OpenShop(QObject):
    """What stands between an open shop file and the window."""

    def __init__(
        self,
        window: Window,
        store: Store,
        ask: Ask,
        background: Background,
        *,
        names: Sequence[str],
        kind: Callable[[str], type[Page]],
        doors: Callable[[], Any],
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._background = window, store, background
        self._relay = Relay(store, self)
        self.desk = Desk(store, self._relay, background, window, ask, Printing(ask))
        self._kind, self._kinds = kind, dict[str, type[Page]]()
        self._names = tuple(names)
        self._is_closed = False
        window.shop_name = shop.get(store).name if shop.has_shop(store) else ""
        window.use_steps(store)
        self._relay.changed.connect(self._on_changed)
        self.doors: Any = None
        self._load_doors = doors
        for name in names:
            window.add_later(name, partial(self._made, name))
        window.show_places(names)
        window.note(_("All changes saved"))
        self._idle = QTimer(self, interval=_SOON_MS)
        self._idle.timeout.connect(self._load)
        self._idle.start()

    def _made(self, name: str) -> Page:
        return self._kind(name)(self.desk, is_whole=False)

    def _load(self) -> None:
        """Import the doors in a thread once the first page is filled, and then the other pages."""
        if not self._background.is_busy and not self._window.pages.is_waiting:
            self._idle.stop()
            self._background.run(self, self._load_doors, self._open_doors)

    def _open_doors(self, doors: Any) -> None:
        if self._is_closed:
            return
        self.doors = doors.Doors(self._window, self.desk, self._names)
        names = self._names

        def imported() -> tuple[dict[str, type[Page]], list[str]]:
            kinds = {name: self._kind(name) for name in names}
            return kinds, [name for name in names if kinds[name].is_interrupted(self._store)]

        self._background.run(self, imported, lambda found: self._go_on(*found))

    def _go_on(self, kinds: dict[str, type[Page]], interrupted: Sequence[str]) -> None:
        """Count what waits, and go to what was being typed when the program ended."""
        if self._is_closed:
            return
        self._kinds = kinds
        for name in kinds:
            self._count(name)
        first = self._window.view(FIRST)  # from here on it stands in its place
        is_at_start = self._window.view() in (None, first)
        for name in interrupted if is_at_start else ():
            self._window.go(name)
        self._back_up()
        self.doors.begin()
        self._background.run(self, self._rehearse, lambda _done: self._make_ahead())

    def _rehearse(self) -> None:
        """Ask in a thread what the pages will ask."""
        for kind in self._kinds.values():
            for _piece in kind.rehearse(self._store):
                pass

    def _make_ahead(self) -> None:
        """Begin to make the pages ahead."""
        if not self._is_closed:
            self._idle = QTimer(self, interval=_IDLE_MS)
            self._idle.timeout.connect(self._make_one)
            self._idle.start()

    def _make_one(self) -> None:
        """Make a piece of a page ahead while nobody types and nothing is asked."""
        is_typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        is_busy = is_typing or self._background.is_busy
        if not is_busy and not self._window.make_one():
            self._idle.stop()

    def close(self) -> None:
        """Back up what was changed, and let the file go."""
        self._is_closed = True
        self._idle.stop()
        if self.doors is not None:
            self.doors.end()
        self._relay.close()
        self._background.close()
        try:
            backup.daily(self._store, is_leaving=True)
        finally:
            self._store.close()
            outside.clear()

    def _on_changed(self, changed: Changed) -> None:
        self._window.toasts.hide()
        self._window.refresh_steps()
        self._window.note(_("All changes saved"))
        for name, kind in self._kinds.items():
            if changed.touches(*kind.tables):
                self._count(name)

    def _count(self, name: str) -> None:
        kind, store = self._kinds[name], self._store

        def show(waiting: tuple[int, bool]) -> None:
            self._window.set_count(name, waiting[0], is_hot=waiting[1])

        self._background.run(self, lambda: kind.waiting(store), show)

    def _back_up(self) -> None:
        store = self._store
        self._background.run(self, lambda: backup.daily(store), lambda _made: self._tell_backup())

    def _tell_backup(self) -> None:
        backups = backup.every(self._store.path)
        if backups:
            formats, made_at = self.desk.formats, backups[-1].made_at
            when = formats.moment(made_at, self.desk.today())
            is_today = formats.today(made_at) == self.desk.today()
            words = _("Backed up today {when}", when=when) if is_today else ""
            self._window.status.tell_backup(words or _("Backed up {when}", when=when))
