"""The doors of an open shop: what is searched, scanned, dropped or measured, and what falls due.

Nothing of it stands on the screen, so that it is loaded once the first page is filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from smallcmms.domain.errors import RuleBroken
from smallcmms.services import scans, search
from smallcmms.services.scans import Scanned
from smallcmms.texts import _
from smallcmms.ui import doings
from smallcmms.ui.desk import Desk
from smallcmms.ui.drops import Drops
from smallcmms.ui.pm_check import PmCheck
from smallcmms.ui.scanner import Scanner
from smallcmms.ui.search_entries import Hit
from smallcmms.ui.search_popup import SearchPopup
from smallcmms.ui.sensor_watch import SensorWatch
from smallcmms.ui.window import Window

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


class Doors(QObject):
    """What comes in, and the page that it leads to; ``names`` are the pages that there are."""

    def __init__(self, window: Window, desk: Desk, names: Sequence[str]) -> None:
        super().__init__(window)
        self._window, self._store, self._names = window, desk.store, frozenset(names)
        box, doing = window.tools.search, partial(doings.about, window)
        self.search = SearchPopup(desk, box, self._find, doing)
        self.search.opened.connect(self.open_record)
        self.search.printed.connect(self._print_sheet)
        self.search.copied.connect(self._tell_copied)
        self.scanner = Scanner(self)
        self.scanner.scanned.connect(self.scan)
        self.drops = Drops(window, desk, self._open_scanned)
        self.sensors = SensorWatch(desk.store, desk.background, window, self)
        self.pm_check = PmCheck(desk, self)
        self.pm_check.told.connect(window.status.tell_checked)
        self.pm_check.asked.connect(self._ask_about_the_clock)
        if box.hasFocus() and box.text():
            box.textEdited.emit(box.text())  # somebody was faster than the search

    def begin(self) -> None:
        """Look for readings of sensors, and for what falls due."""
        self.sensors.begin()
        self.pm_check.look()

    def end(self) -> None:
        """Let nothing in any more."""
        self.pm_check.end()
        self.sensors.end()
        self.scanner.end()
        self.drops.end()

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

    def _find(self, text: str) -> Sequence[Hit]:
        """Return what is found and has a page; one more of each kind tells that there are more."""
        found = search.find(self._store, text, limit=search.PER_KIND + 1)
        return [hit for hit in found if _PAGES.get(hit.opens[0]) in self._names]

    def _print_sheet(self, work_order_id: int) -> None:
        self._window.begin("work_orders", "print", work_order_id=work_order_id)

    def _tell_copied(self, phone: str) -> None:
        self._window.toast(_("{phone} copied", phone=phone), has_undo=False)
