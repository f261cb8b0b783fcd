"""A shop that is open in the window: its pages, its search, its scanner, its steps and backups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.services import scans, search, shop
from smallcmms.services.scans import Scanned
from smallcmms.store import backup, opening
from smallcmms.store.errors import FileInUse
from smallcmms.store.store import Changed, Store
from smallcmms.texts import _
from smallcmms.ui import doings, errors, outside
from smallcmms.ui.ask import Ask
from smallcmms.ui.background import Background
from smallcmms.ui.desk import Desk
from smallcmms.ui.drops import Drops
from smallcmms.ui.pages.first_run import FirstRunPage
from smallcmms.ui.pages.page import Page
from smallcmms.ui.printing import Printing
from smallcmms.ui.relay import Relay
from smallcmms.ui.scanner import Scanner
from smallcmms.ui.search_entries import Hit
from smallcmms.ui.search_popup import SearchPopup
from smallcmms.ui.window import Window

__all__ = ["Ask", "FileInUse", "FirstRunPage", "OpenShop", "make_file", "open_file", "tell_fault"]
_IDLE_MS = 400
"""So long after the shop is open, and after each page, another page is made ahead."""
_PAGES = {
    "request": "requests",
    "work_order": "work_orders",
    "asset": "assets",
    "invoice": "invoices",
    "customer": "customers",
    "asset_audit": "audits",
}


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
        kinds: Mapping[str, type[Page]],
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._background = window, store, background
        self._relay = Relay(store, self)
        self.desk = Desk(store, self._relay, background, window, ask, Printing(ask))
        self._kinds = kinds
        window.shop_name = shop.get(store).name if shop.has_shop(store) else ""
        window.use_steps(store)
        self.search = SearchPopup(window.tools.search, self._find, partial(doings.about, window))
        self.search.opened.connect(self.open_record)
        self.scanner = Scanner(self)
        self.scanner.scanned.connect(self.scan)
        self.drops = Drops(window, self.desk, self._open_scanned)
        self._relay.changed.connect(self._on_changed)
        for name, kind in kinds.items():
            window.add_later(name, partial(kind, self.desk))
        window.show_places(kinds)
        for name in kinds:
            self._count(name)
        window.note(_("All changes saved"))
        self._back_up()
        self._go_on()

    def _go_on(self) -> None:
        """Go to what was being typed when the program ended."""
        for name, kind in self._kinds.items():
            if kind.is_interrupted(self._store):
                self._window.go(name)
        self._idle = QTimer(self, interval=_IDLE_MS)
        self._idle.timeout.connect(self._make_one)
        self._idle.start()

    def _make_one(self) -> None:
        """Make a page ahead while nobody types and nothing is asked, for when it is wanted."""
        is_typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        is_busy = is_typing or self._background.is_busy
        if not is_busy and not self._window.make_one():
            self._idle.stop()

    def open_record(self, kind: str, record_id: int) -> None:
        """Show a record on its page."""
        self._window.go(_PAGES.get(kind, ""), record_id)

    def scan(self, code: str) -> None:
        """Open what a scanned code leads to: a printed sheet that is out is entered."""
        try:
            view = self._window.view()
            if view is not None and view.take_code(code):
                return
            found = scans.read(self._store, code)
        except RuleBroken as error:
            self._window.tell(_(error.message, **error.values))
            return
        self._open_scanned(found)

    def _open_scanned(self, found: Scanned) -> None:
        if found.is_out:
            self._window.go("enter_sheet", found.id)
            if (page := self._window.view("enter_sheet")) is not None:
                page.begin("sheet", copy=found.copy)
        else:
            self.open_record(found.kind, found.id)

    def close(self) -> None:
        """Back up what was changed, and let the file go."""
        self._idle.stop()
        self._relay.close()
        self.scanner.end()
        self.drops.end()
        self._background.close()
        try:
            backup.daily(self._store, is_leaving=True)
        finally:
            self._store.close()
            outside.clear()

    def _find(self, text: str) -> Sequence[Hit]:
        return [hit for hit in search.find(self._store, text) if hit.opens[0] in _PAGES]

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
