"""The figures of Today: each a card that opens its list."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from smallcmms.services import today
from smallcmms.services.today import Money
from smallcmms.texts import _, _n
from smallcmms.ui.kit import Desk, row
from smallcmms.ui.pages import today_words as words
from smallcmms.ui.widgets.kpi import Kpi


class Figures(QWidget):
    """Open work, what is overdue or waits for parts, what is to invoice and what is owed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.open, self.overdue = Kpi(_("Open work orders")), Kpi(_("Overdue"))
        self.parts, self.to_invoice = Kpi(_("Waiting for parts")), Kpi(_("To invoice"))
        self.owed = Kpi(_("Owed to you"))
        self._money: Money | None = None
        self._jobs = (0, "")
        layout = self._row = row(gap=8)
        for card, chip in (
            (self.open, "all_open"),
            (self.overdue, "overdue"),
            (self.parts, "waiting"),
            (self.to_invoice, "to_invoice"),
        ):
            card.clicked.connect(partial(self._open_list, chip))
            layout.addWidget(card, 1)
        self.owed.clicked.connect(lambda: desk.front.go("invoices"))
        layout.addWidget(self.owed, 1)
        self.setLayout(layout)

    def show_figures(self, found: today.Figures) -> None:
        """Show how the shop stands; the amounts come later."""
        self.open.say(str(found.open), words.levels(found.critical, found.high))
        late = _n("oldest {n} day", "oldest {n} days", found.oldest_days) if found.overdue else ""
        self.overdue.say(str(found.overdue), late, "red")
        orders = _n("{n} order is late", "{n} orders are late", found.late_orders)
        self.parts.say(str(found.waiting_parts), orders if found.late_orders else "", "amber")
        jobs = _n("{n} job", "{n} jobs", found.to_invoice) if found.to_invoice else ""
        if found.oldest_done_on is not None:
            on = words.day_lately(found.oldest_done_on, self._desk.today(), self._desk.formats)
            jobs = _("{jobs}, oldest {day}", jobs=jobs, day=on)
        self._jobs = found.to_invoice, jobs
        self._show_amounts()

    def show_money(self, money: Money) -> None:
        """Show what the jobs come to, and what is owed."""
        self._money = money
        self._show_amounts()

    def fit(self, *, is_narrow: bool) -> None:
        """Use the room there is."""
        self._row.setSpacing(6 if is_narrow else 8)

    def _show_amounts(self) -> None:
        number, jobs = self._jobs
        money, formats = self._money, self._desk.formats
        if money is None or money.to_invoice is None:
            self.to_invoice.say(str(number), jobs)
        else:
            self.to_invoice.say(formats.whole_money(money.to_invoice), jobs)
        if money is not None:
            late = _("{amount} past due", amount=formats.whole_money(money.past_due))
            more = late if money.past_due else ""
            self.owed.say(formats.whole_money(money.owed), more, "red")

    def _open_list(self, chip: str, _checked: object = None) -> None:
        self._desk.front.begin("work_orders", "list", chip=chip)
