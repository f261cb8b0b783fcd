"""The page of counts of stock: begun, counted with a sheet, typed in, and booked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from smallcmms.domain.errors import NotFound
from smallcmms.domain.stock_counts import CountStatus
from smallcmms.reports import count_sheet as report
from smallcmms.services import stock_counts
from smallcmms.services.papers.count_sheet import count_sheet
from smallcmms.services.stock_counts import CountPage, CountRow
from smallcmms.texts import _, _n, later
from smallcmms.ui.forms.count import NewCountForm
from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.kit import (
    Button,
    Cell,
    EmptyState,
    ListAndDetails,
    Panel,
    PanelHeader,
    action,
    row,
)
from smallcmms.ui.pages.count_details import CountDetails, count_pill
from smallcmms.ui.pages.list_page import ListPage

_OPEN_ONLY = ("book", "count_again", "give_up")


class StockCountsPage(ListPage):
    """Begin a count, print its sheet, type in what was counted, and book the differences."""

    title = later("Counts of stock")
    icon = "clipboard-list"
    keys = (
        ("↑ ↓", later("next line")),
        ("0–9", later("type the count")),
        ("Ctrl+P", later("print the sheet")),
        ("Ctrl+N", later("new count")),
    )
    tables = ("stock_count", "stock_count_line", "stock_move", "part", "stock_location")

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self.begin_list()
        new = self.button("new", is_small=True, text=_("New"))
        back = Button(_("Parts"), "quiet", icon="arrow-left", is_small=True, on=self._to_parts)
        left = Panel(PanelHeader("clipboard-list", _("Counts"), "", back, new, is_big=True))
        rows = partial(stock_counts.rows, self.desk.store)
        left.add(self.list_of(rows, _cell, says=_("Counts of stock")), 1)
        panes = ListAndDetails("stock_counts", left, self.right, widths=(306, 880))
        self.setLayout(row(panes, margins=(18, 14, 18, 12)))
        yield
        self.new_form = NewCountForm(self.desk)
        more = self.more_button("save_sheet", "count_again", "give_up")
        buttons = [self.button("print_sheet"), self.button("book", "primary"), more]
        self.details = CountDetails(self.desk, buttons)
        fact, hint = _("No counts yet"), _("Count a place with a sheet; differences are booked.")
        self.empty = Panel(EmptyState("clipboard-list", fact, hint, self.button("new", "primary")))
        self.put_beside(self.details, FormPane(self.new_form), self.empty)

    def refresh(self) -> None:
        """Look the counts up again."""
        store = self.desk.store
        self.ask(lambda: list(stock_counts.find(store)), self.show_list)

    def go_to(self, record_id: int) -> None:
        """Show a count."""
        self.shown_id = record_id
        self.right.setCurrentWidget(self.details)
        self.refresh()

    @action(later("New count"), shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """Begin a count."""
        self.new_form.begin()
        self.right.setCurrentWidget(self.pane)
        self.pane.show_new(self.new_form, _("New count"), _("Begin the count"), self._make)

    @action(later("Print the sheet"), shortcut="Ctrl+P", icon="printer")
    def print_sheet(self) -> None:
        """Print the sheet to count with, and keep it."""
        pdf, number = self._drawn(), self._number()
        if self.desk.printing.print(self, pdf, number):
            stock_counts.keep_sheet(self.desk.store, self.shown_id, pdf=pdf)
            self.toast(_("Printed {number}", number=number))

    @action(later("Save as PDF"), icon="download")
    def save_sheet(self) -> None:
        """Write the sheet into a file."""
        saved = self.desk.printing.save(self, self._drawn(), Path(f"{self._number()}.pdf"))
        if saved is not None:
            self.toast(_("Saved {name}", name=saved.name), has_undo=False)

    @action(later("Book the differences"), icon="circle-check")
    def book(self) -> None:
        """Make what was counted what lies there: one step."""
        came_to = stock_counts.enter(self.desk.store, self.shown_id)
        words = _n("{n} quantity changed", "{n} quantities changed", came_to.moved)
        self.toast(_("{number}: {words}", number=self._number(), words=words))

    @action(later("Count the differences again"), icon="refresh-cw")
    def count_again(self) -> None:
        """Ask once more for the lines that differ."""
        page = self.details.page
        if page is not None:
            off = [line.id for line in page.lines if line.variance]
            stock_counts.recount(self.desk.store, self.shown_id, off)
            self.toast(_n("{n} line to count again", "{n} lines to count again", len(off)))

    @action(later("Give up"), icon="ban")
    def give_up(self) -> None:
        """Give the count up; nothing of it is booked."""
        number = self._number()
        stock_counts.cancel(self.desk.store, self.shown_id)
        self.toast(_("{number} given up", number=number))

    def _to_parts(self) -> None:
        self.go("parts")

    def _number(self) -> str:
        return self.details.page.row.number if self.details.page else ""

    def _drawn(self) -> bytes:
        return report.render(count_sheet(self.desk.store, self.shown_id)).pdf

    def _make(self) -> None:
        self.shown_id = self.new_form.make()
        self.pane.close_form()
        self.refresh()

    def show_record(self) -> None:
        """Show the count, or that there is none yet."""
        self.right.setCurrentWidget(self.details if self.shown_id else self.empty)
        if not self.shown_id:
            self._enable(None)
            return
        store, count_id = self.desk.store, self.shown_id

        def look() -> CountPage | None:
            try:
                return stock_counts.get(store, count_id)
            except NotFound:  # undo took it back
                return None

        self.desk.background.run(self, look, self._show_count)

    def _show_count(self, page: CountPage | None) -> None:
        if page is not None and page.row.id == self.shown_id:
            self.details.show_count(page)
        self._enable(page)

    def _enable(self, page: CountPage | None) -> None:
        is_open = page is not None and page.row.status is CountStatus.OPEN
        for name in _OPEN_ONLY:
            self.commands[name].setEnabled(is_open)
        for name in ("print_sheet", "save_sheet"):
            self.commands[name].setEnabled(page is not None)


def _cell(count: CountRow) -> Cell:
    seen = _("{seen} of {lines} counted", seen=count.counted, lines=count.lines)
    pill = count_pill(count.status)
    return Cell(first=count.place, second=f"{count.number} · {seen}", pill=pill)
