"""The figures of Today: each a card that opens its list."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from PySide6.QtWidgets import QWidget

from smallcmms.domain.pm import Compliance
from smallcmms.services import pm, today
from smallcmms.services.today import Money
from smallcmms.texts import _, _n
from smallcmms.ui.kit import Desk, row
from smallcmms.ui.pages import today_words as words
from smallcmms.ui.question import Question
from smallcmms.ui.widgets.kpi import Kpi


class Figures(QWidget):
    """Open work, what is late or waits for parts, what is to invoice and owed, upkeep on time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.open, self.overdue = Kpi(_("Open work orders")), Kpi(_("Overdue"))
        self.parts, self.to_invoice = Kpi(_("Waiting for parts")), Kpi(_("To invoice"))
        self.owed, self.upkeep = Kpi(_("Owed to you")), Kpi(_("Maintenance on time"))
        self._upkeep = Question[Compliance](desk.background, self)
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
        for card, page in ((self.owed, "invoices"), (self.upkeep, "pm_schedules")):
            card.clicked.connect(partial(self._open_page, page))
            layout.addWidget(card, 1)
        self.upkeep.hide()
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

    def ask(self) -> None:
        """Look up how much of the maintenance was done on time."""
        self._upkeep.ask(partial(pm.done_lately, self._desk.store), self.show_upkeep)

    def show_upkeep(self, done: Compliance) -> None:
        """Show how much of the upkeep of the last 90 days was done on time, if any was due."""
        self.upkeep.setVisible(bool(done.due))
        if done.due:
            share = (Decimal(100 * done.on_time) / done.due).quantize(Decimal(1), ROUND_HALF_UP)
            counted = _("last 90 days, {done} of {due}", done=done.on_time, due=done.due)
            self.upkeep.say(self._desk.formats.percent(share), counted)

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

    def _open_page(self, page: str, _checked: object = None) -> None:
        self._desk.front.go(page)

    def _open_list(self, chip: str, _checked: object = None) -> None:
        self._desk.front.begin("work_orders", "list", chip=chip)
