"""A customer's open work and calls, and the bills that are not paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from smallcmms.domain.invoices import StandingWord
from smallcmms.services import invoices, requests, standings, work_orders
from smallcmms.services.invoices import InvoiceRow
from smallcmms.services.requests import RequestRow
from smallcmms.services.work_orders import WorkOrderRow
from smallcmms.store.store import Store
from smallcmms.texts import _, _n
from smallcmms.ui.kit import Button, Cell, Column, Desk, PanelHeader, column, states
from smallcmms.ui.lists.short_rows import ShortRows

_ROW = 34
_BILL_ROW = 32
_SHOWN = 8


@dataclass(frozen=True)
class _Open:
    """A call or a work order in one list."""

    page: str
    id: int
    row: RequestRow | WorkOrderRow


def open_work(store: Store, customer_id: int) -> tuple[int, list[_Open]]:
    """Return how much is open for a customer, and the first of it, the worst first."""
    calls = requests.rows(store, standings.open_calls(store, customer_id))
    ids = work_orders.find(store, filters=work_orders.Filters(customer_id=customer_id))
    orders = work_orders.rows(store, ids[:_SHOWN])
    found = [_Open("requests", *each) for each in calls.items()]
    found += [_Open("work_orders", each, orders[each]) for each in ids[:_SHOWN]]
    return len(calls) + len(ids), sorted(found, key=lambda each: each.row.level)


def unpaid(store: Store, customer_id: int) -> list[InvoiceRow]:
    """Return what a customer has not paid yet, drafts first."""
    of = partial(invoices.Filters, customer_id=customer_id)
    chips = (invoices.Chip.DRAFT, invoices.Chip.SENT, invoices.Chip.LATE)
    ids = [each for chip in chips for each in invoices.find(store, filters=of(chip=chip))]
    rows = invoices.rows(store, ids)
    return [rows[each] for each in ids]


class OpenWork(QWidget):
    """What is open for a customer: calls first, then work orders, the worst first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._customer_id = 0
        add = Button(_("Work order"), "quiet", icon="plus", on=self._begin)
        self.header = PanelHeader("clipboard-list", _("Open work and calls"), "", add)
        columns = [
            Column("", _number, 128),
            Column("", _title),
            Column("", self._when, 134),
        ]
        self.list = ShortRows[_Open](columns, row=_ROW, says=_("Open work and calls"))
        self.list.opened.connect(self._open)
        self.setLayout(column(self.header, self.list, gap=0))

    def show_customer(self, customer_id: int) -> None:
        """Show what is open for a customer."""
        self._customer_id = customer_id
        count, found = open_work(self.desk.store, customer_id)
        self.header.count.setText(str(count))
        self.list.show_rows(found)

    def _begin(self) -> None:
        self.desk.front.begin("work_orders", "work_order", customer_id=self._customer_id)

    def _open(self, place: int) -> None:
        chosen = self.list.row_of(place)
        self.desk.front.go(chosen.page, chosen.id)

    def _when(self, each: _Open) -> Cell:
        if isinstance(each.row, RequestRow):
            return self._by(each.row)
        return self._due(each.row)

    def _by(self, call: RequestRow) -> Cell:
        formats, now = self.desk.formats, self.desk.store.now()
        until = formats.moment(call.answer_by, self.desk.today())
        is_late = call.answer_by < now
        return Cell(right=_("by {time}", time=until), right_tone="red" if is_late else "text2")

    def _due(self, order: WorkOrderRow) -> Cell:
        formats, today = self.desk.formats, self.desk.today()
        if order.days_late:
            late = _n("{n} d late", "{n} d late", order.days_late)
            return Cell(right=late, right_tone="red")
        if order.visit_on is not None:
            day = formats.relative_day(order.visit_on, today)
            return Cell(right=", ".join((day, *order.technicians[:1])))
        if order.due_on is not None:
            return Cell(right=_("due {day}", day=formats.relative_day(order.due_on, today)))
        return Cell()


class Bills(QWidget):
    """The invoices of a customer that are drafts or not paid."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._oldest = 0
        self.pay = Button(_("Take a payment"), "quiet", on=self.take_payment)
        self.header = PanelHeader("receipt", _("Invoices"), "", self.pay)
        columns = [
            Column("", lambda bill: Cell(first=bill.number or _("Draft"), is_bold=True), 100),
            Column("", self._sent),
            Column("", self._due, 118),
            Column("", self._amount, 112),
        ]
        self.list = ShortRows[InvoiceRow](columns, row=_BILL_ROW, says=_("Invoices"))
        self.list.opened.connect(
            lambda place: desk.front.go("invoices", self.list.row_of(place).id)
        )
        self.setLayout(column(self.header, self.list, gap=0))

    def show_customer(self, customer_id: int) -> None:
        """Show what a customer has not paid yet."""
        rows = unpaid(self.desk.store, customer_id)
        self.header.count.setText(_("{n} open", n=len(rows)))
        self.list.show_rows(rows)
        self.setVisible(bool(rows))
        open_bills = [each for each in rows if each.standing.word is not StandingWord.DRAFT]
        days = {each.id: each.due_on or date.max for each in open_bills}
        self._oldest = min(days, key=days.__getitem__, default=0)
        self.pay.setVisible(bool(self._oldest))

    @property
    def can_pay(self) -> bool:
        """Tell whether something is open."""
        return bool(self._oldest)

    def take_payment(self) -> None:
        """Take a payment for the bill that was due first."""
        self.desk.front.begin("invoices", "payment", invoice_id=self._oldest)

    def _sent(self, bill: InvoiceRow) -> Cell:
        formats = self.desk.formats
        sent = "" if bill.invoice_on is None else formats.relative_day(bill.invoice_on, self._today)
        words = _("sent {day}", day=sent) if sent else _("not sent")
        if bill.paid:
            words = _("{words}, {amount} paid", words=words, amount=formats.money(bill.paid))
        return Cell(first=words, tone="text2")

    def _due(self, bill: InvoiceRow) -> Cell:
        if bill.standing.word is StandingWord.LATE:
            return Cell(
                right=states.invoice("late", bill.standing.days_late).text, right_tone="red"
            )
        if bill.due_on is None:
            return Cell()
        return Cell(
            right=_("due {day}", day=self.desk.formats.relative_day(bill.due_on, self._today))
        )

    def _amount(self, bill: InvoiceRow) -> Cell:
        is_draft = bill.standing.word is StandingWord.DRAFT
        amount = bill.total if is_draft else bill.standing.owed
        return Cell(right=self.desk.formats.money(amount), is_right_bold=True)

    @property
    def _today(self) -> date:
        return self.desk.today()


def _number(each: _Open) -> Cell:
    """Return the level and the number; of work orders, the usual rows here, its digits alone."""
    whole = each.row.number
    number = whole if isinstance(each.row, RequestRow) else whole.rpartition("-")[2]
    return Cell(level=int(each.row.level), first=number, tone="text3")


def _title(each: _Open) -> Cell:
    if isinstance(each.row, RequestRow):
        return Cell(first=each.row.words, pill=states.request(each.row.status.value))
    return Cell(first=each.row.title, pill=states.work_order(each.row.state.value))
