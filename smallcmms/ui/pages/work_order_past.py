"""Beside a work order: its asset before, what happened, and a note to write."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from smallcmms.services import work_orders
from smallcmms.services.timeline import TimelineRow
from smallcmms.services.work_orders import PastLine, WorkOrderPage
from smallcmms.texts import _, _n
from smallcmms.ui import errors
from smallcmms.ui.forms.files import FilesBlock
from smallcmms.ui.kit import (
    Button,
    Cell,
    Desk,
    Label,
    LineBox,
    PanelHeader,
    block,
    column,
    line,
)
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.work_order_words import told

_TWO, _FIRST = 46, 10


class AssetBefore(QWidget):
    """What was done on the asset before, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.header = PanelHeader("history", _("This asset before"))
        self.list = ShortRows[PastLine].of_cells(self._cell, row=_TWO, says=_("This asset before"))
        self.list.opened.connect(
            lambda place: desk.front.go("work_orders", self.list.row_of(place).work_order_id)
        )
        self.nothing = Label(_("First work on this asset."), "second")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        self.setLayout(column(self.header, self.list, self.nothing, gap=0))

    def show_page(self, page: WorkOrderPage) -> None:
        """Show what was done before; work on no asset has none."""
        self.setVisible(page.asset is not None)
        count = page.past_count
        self.header.count.setText(_n("{n} visit", "{n} visits", count) if count else "")
        self.list.show_rows(page.past)
        self.nothing.setVisible(not page.past)

    def _cell(self, past: PastLine) -> Cell:
        formats, today = self.desk.formats, self.desk.today()
        is_this_year = past.on.year == today.year
        day = formats.day(past.on) if is_this_year else formats.day_year(past.on)
        who = ", ".join(past.technicians)
        if past.minutes:
            who = ", ".join(filter(None, (who, formats.hours(past.minutes))))
        return Cell(first=past.text, second=" · ".join(filter(None, (day, who, past.number))))


class WhatHappened(QWidget):
    """The life of a work order, line by line, and a box for a note."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self._work_order_id = desk, 0
        self._rows: Sequence[TimelineRow] = ()
        self._is_whole = False
        self._labels: list[tuple[Label, Label]] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(12, 8, 12, 4)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self.all = Button("", "link", on=self._show_all)
        self.note = LineBox(hint=_("Write a note"), size="small")
        self.note.line.returnPressed.connect(errors.guarded(self, self._write))
        note = block(column(self.note, margins=(12, 8, 12, 12)))
        link = block(column(self.all, margins=(12, 0, 12, 4)))
        header = PanelHeader("clock", _("What happened"))
        self.setLayout(column(header, self._grid, link, None, note, gap=0))

    @property
    def lines(self) -> list[str]:
        """Return what is shown, the newest first."""
        return [words.text() for _when, words in self._labels if words.isVisibleTo(self)]

    def show_rows(self, work_order_id: int, rows: Sequence[TimelineRow]) -> None:
        """Show what happened to a work order."""
        if work_order_id != self._work_order_id:
            self._is_whole = False
            self.note.set_value("")
        self._work_order_id, self._rows = work_order_id, rows
        self._say()

    def _say(self) -> None:
        formats, today = self.desk.formats, self.desk.today()
        shown = self._rows if self._is_whole else self._rows[:_FIRST]
        while len(self._labels) < len(shown):
            self._add_labels()
        for place, (when, words) in enumerate(self._labels):
            is_shown = place < len(shown)
            when.setVisible(is_shown)
            words.setVisible(is_shown)
            if is_shown:
                when.setText(formats.moment(shown[place].at, today))
                words.setText(told(shown[place], formats))
        self.all.say(_("All {n}", n=len(self._rows)))
        self.all.setVisible(len(shown) < len(self._rows))

    def _add_labels(self) -> None:
        when, words = Label("", "second"), Label("", wraps=True)
        words.setProperty("role", "told")
        place = len(self._labels)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(when, place, 0, top)
        self._grid.addWidget(words, place, 1, top)
        self._labels.append((when, words))

    def _show_all(self) -> None:
        self._is_whole = True
        self._say()

    def _write(self) -> None:
        work_orders.note(self.desk.store, self._work_order_id, text=self.note.text)
        self.note.set_value("")


class Beside(QWidget):
    """The narrow column of a work order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.before, self.happened = AssetBefore(desk), WhatHappened(desk)
        self.files = FilesBlock(desk, "work_order")
        layout = column(self.before, line(), self.files, line(), gap=0)
        layout.addWidget(self.happened, 1)
        self.setLayout(layout)

    def show_page(self, page: WorkOrderPage, rows: Sequence[TimelineRow]) -> None:
        """Show what stands beside a work order."""
        self.before.show_page(page)
        self.files.show_record(page.id)
        self.happened.show_rows(page.id, rows)
