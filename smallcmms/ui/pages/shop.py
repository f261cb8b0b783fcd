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
from smallcmms.services import scans, search, shop, work_orders
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
from smallcmms.ui.pages import FIRST
from smallcmms.ui.pages.first_run import FirstRunPage
from smallcmms.ui.pages.page import Page
from smallcmms.ui.pm_check import PmCheck
from smallcmms.ui.printing import Printing
from smallcmms.ui.relay import Relay
from smallcmms.ui.scanner import Scanner
from smallcmms.ui.search_entries import Hit
from smallcmms.ui.search_popup import SearchPopup
from smallcmms.ui.sensor_watch import SensorWatch
from smallcmms.ui.window import Window

__all__ = ["Ask", "FileInUse", "FirstRunPage", "OpenShop", "make_file", "open_file", "tell_fault"]
_SOON_MS = 20
"""So often it is looked whether the first page is filled."""
_IDLE_MS = 400
"""So long after the shop is open, and after each page, another page is made ahead."""
_PAGES = {
    "request": "requests",
    "work_order": "work_orders",
    "asset": "assets",
    "invoice": "invoices",
    "customer": "customers",
    "asset_audit": "audits",
    "stock_count": "stock_counts",
    "part": "parts",
    "purchase_order": "purchase_orders",
    "supplier": "parts",
    "pm_schedule": "pm_schedules",
    "missed_call": "requests",
    "technician": "settings",
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
        *,
        names: Sequence[str],
        kind: Callable[[str], type[Page]],
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._background = window, store, background
        self._relay = Relay(store, self)
        self.desk = Desk(store, self._relay, background, window, ask, Printing(ask))
        self._kind, self._kinds = kind, dict[str, type[Page]]()
        self._names = frozenset(names)
        window.shop_name = shop.get(store).name if shop.has_shop(store) else ""
        window.use_steps(store)
        doing = partial(doings.about, window)
        self.search = SearchPopup(self.desk, window.tools.search, self._find, doing)
        self.search.opened.connect(self.open_record)
        self.search.printed.connect(self._print_sheet)
        self.search.copied.connect(self._tell_copied)
        self.scanner = Scanner(self)
        self.scanner.scanned.connect(self.scan)
        self.drops = Drops(window, self.desk, self._open_scanned)
        self.sensors = SensorWatch(store, background, window, self)
        self._relay.changed.connect(self._on_changed)
        self.pm_check = PmCheck(self.desk, self)
        self.pm_check.told.connect(window.status.tell_checked)
        self.pm_check.asked.connect(self._ask_about_the_clock)
        for name in names:
            window.add_later(name, partial(self._made, name))
        window.show_places(names)
        window.note(_("All changes saved"))
        self._idle = QTimer(self, interval=_SOON_MS)
        self._idle.timeout.connect(partial(self._load, names))
        self._idle.start()

    def _made(self, name: str) -> Page:
        return self._kind(name)(self.desk)

    def _load(self, names: Sequence[str]) -> None:
        """Import the other pages in a thread, once the first is filled."""
        if self._background.is_busy:
            return
        self._idle.stop()

        def imported() -> tuple[dict[str, type[Page]], list[str]]:
            kinds = {name: self._kind(name) for name in names}
            return kinds, [name for name in names if kinds[name].is_interrupted(self._store)]

        self._background.run(self, imported, lambda found: self._go_on(*found))

    def _go_on(self, kinds: dict[str, type[Page]], interrupted: Sequence[str]) -> None:
        """Count what waits, and go to what was being typed when the program ended."""
        self._kinds = kinds
        for name in kinds:
            self._count(name)
        is_at_start = self._window.view() in (None, self._window.view(FIRST))
        for name in interrupted if is_at_start else ():
            self._window.go(name)
        self._back_up()
        self.sensors.begin()
        self.pm_check.look()
        self._idle = QTimer(self, interval=_IDLE_MS)
        self._idle.timeout.connect(self._make_one)
        self._idle.start()

    def _make_one(self) -> None:
        """Make a page ahead while nobody types and nothing is asked, for when it is wanted."""
        is_typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        is_busy = is_typing or self._background.is_busy
        if not is_busy and not self._window.make_one():
            self._idle.stop()
            self._read_one()

    def _read_one(self) -> None:
        """Read a work order as its page will: the first one costs ten times what the next does."""
        for work_order_id in work_orders.find(self._store, limit=1):
            work_orders.get(self._store, work_order_id)

    def _ask_about_the_clock(self, words: str) -> None:
        do = _("The date is right, check")
        self._window.error_line.ask(words, do, self.pm_check.check_surely)

    def open_record(self, kind: str, record_id: int) -> None:
        """Show a record on its page; a missed call is what a call is logged from."""
        if kind == "missed_call":
            self._window.begin("requests", "call", missed_call_id=record_id)
        elif kind in {"supplier", "technician"}:
            self._window.go(_PAGES[kind])
        else:
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
        elif found.on is not None:
            self._window.begin("load_truck", "load", technician_id=found.id, on=found.on)
        else:
            self.open_record(found.kind, found.id)

    def close(self) -> None:
        """Back up what was changed, and let the file go."""
        self._idle.stop()
        self.pm_check.end()
        self.sensors.end()
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
        """Return what is found and has a page; one more of each kind tells that there are more."""
        found = search.find(self._store, text, limit=search.PER_KIND + 1)
        return [hit for hit in found if _PAGES.get(hit.opens[0]) in self._names]

    def _print_sheet(self, work_order_id: int) -> None:
        self._window.begin("work_orders", "print", work_order_id=work_order_id)

    def _tell_copied(self, phone: str) -> None:
        self._window.toast(_("{phone} copied", phone=phone), has_undo=False)

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
