"""What is known of a request: who, where, their own words, the note for the truck, the rule."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from smallcmms.domain.phone import written
from smallcmms.domain.requests import RequestStatus
from smallcmms.services import requests, warranties
from smallcmms.services.requests import RequestPage
from smallcmms.texts import _
from smallcmms.ui.forms.files import FilesBlock
from smallcmms.ui.kit import Button, Desk, Form, Icon, Label, TextBox, block, column, row, theme
from smallcmms.ui.pages import request_words

_NAMED, _WIDE = 2, 380
"""So many work orders are named where there is room; the others are counted."""
_TOGETHER = "\N{NO-BREAK SPACE}"


class RequestFacts(QWidget):
    """Show who asked for what; the note for the truck saves by itself."""

    wants_work_order = Signal(int)

    def __init__(self, desk: Desk, call_back: Button) -> None:
        super().__init__()
        self._desk, self.call_back = desk, call_back
        self._request_id = self._named = 0
        self._page: RequestPage | None = None
        self._links: list[Button] = []
        self.form = Form(self, save=self._save)
        self._make_lines()
        self.words = Label("", wraps=True)
        quote = block(column(self.words, margins=(12, 0, 0, 0)), "quote")
        self.note = self.form.add("note", TextBox(_("Note for the truck"), rows=3))
        ignored, fits = QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        self.note.text_edit.setSizePolicy(fits, ignored)  # it takes what the others leave
        self.rule = Label("", "second", wraps=True)
        rule = row(Icon("info", "text2", 14), gap=6)
        rule.addWidget(self.rule, 1)
        self._open_row = QHBoxLayout()
        self._open_row.setSpacing(4)
        self._open_row.setContentsMargins(0, 0, 0, 0)
        self._open_here = block(self._open_row)
        layout = column(self._who, self._where, self._what, quote, gap=8, margins=(14, 12, 14, 12))
        layout.addWidget(self.note, 1)
        layout.addLayout(rule)
        layout.addWidget(self._open_here)
        self.files = FilesBlock(desk, "request")
        whole = column(gap=0)
        whole.addLayout(layout, 1)
        whole.addWidget(self.files)
        self.setLayout(whole)

    def _make_lines(self) -> None:
        self.caller = Label("", "bold", wraps=True)
        self.customer = Label("", "second", is_cut=True)
        who = row(Icon("phone", "accent", 18), gap=10)
        who.addLayout(column(self.caller, self.customer, gap=0), 1)
        who.addWidget(self.call_back)
        self.place, self.asset = Label("", wraps=True), Label("", wraps=True)
        where, what = row(Icon("map-pin", "text2", 18), gap=10), row(gap=10)
        what.addWidget(Icon("wrench", "text2", 18))
        where.addWidget(self.place, 1)
        what.addWidget(self.asset, 1)
        self._who, self._where, self._what = block(who), block(where), block(what)

    def show_request(self, page: RequestPage) -> None:
        """Show a request."""
        if page.row.id != self._request_id:
            self.form.clear()
        self._request_id, self._page = page.row.id, page
        self.files.show_record(page.row.id)
        phone = written(page.phone).replace(" ", _TOGETHER)
        known = " · ".join(filter(None, (page.caller, phone)))
        self.caller.setText(known or _("Nobody knows who called"))
        is_same = page.row.customer == page.caller
        whose = ("" if is_same else page.row.customer, page.role)
        self.customer.setText(", ".join(filter(None, whose)))
        self.customer.setVisible(any(whose))
        place = request_words.place(page.row.place)
        where = (page.address, "" if place == page.address else place)
        self.place.setText(", ".join(filter(None, where)))
        self._where.setVisible(any(where))
        told = (page.asset, page.asset_number, self._warranty(page.asset_id))
        self.asset.setText(" · ".join(filter(None, told)))
        self._what.setVisible(bool(page.asset))
        self.words.setText(page.row.words)
        self.form.fill({"note": page.note})
        self.rule.setText(request_words.rule(page, self._desk.formats, self._desk.store.now()))
        self.note.setEnabled(page.row.status in (RequestStatus.NEW, RequestStatus.WAITING))
        self._show_open(page)

    def _warranty(self, asset_id: int | None) -> str:
        """Say until when somebody else answers for the asset."""
        if asset_id is None:
            return ""
        until = warranties.until(self._desk.store, asset_id)
        if until is None:
            return ""
        return _("under warranty until {day}", day=self._desk.formats.day_year(until))

    @property
    def open_numbers(self) -> tuple[str, ...]:
        """Return the work orders that are named."""
        return tuple(each.words for each in self._links)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Name as many work orders as there is room for."""
        super().resizeEvent(event)
        if self._page is not None and self._named != self._room():
            self._show_open(self._page)

    def _room(self) -> int:
        return _NAMED if self.width() >= theme.px(_WIDE) else 1

    def _show_open(self, page: RequestPage) -> None:
        while item := self._open_row.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._open_here.setVisible(bool(page.open_here))
        self._open_row.addWidget(Icon("history", "text2", 14))
        self._open_row.addWidget(Label(_("Open here:"), "second"))
        self._named = self._room()
        self._links.clear()
        for work_order_id, number, title in page.open_here[: self._named]:
            go = partial(self.wants_work_order.emit, work_order_id)
            self._links.append(Button(number, "link", is_small=True, on=go))
            self._open_row.addWidget(self._links[-1])
            self._open_row.addWidget(Label(title, "second", is_cut=True), 1)
        if (more := len(page.open_here) - self._named) > 0:
            self._open_row.addWidget(Label(_("{n} more", n=more), "second"))

    def _save(self, values: dict[str, Any]) -> None:
        requests.note(self._desk.store, self._request_id, values["note"])
