"""The list of invoices: chips, filter, and rows under their headings."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from smallcmms.domain.invoices import InvoiceKind, StandingWord
from smallcmms.services import invoices
from smallcmms.services.invoices import Chip, Filters, Group, InvoiceRow
from smallcmms.texts import _, _n
from smallcmms.ui.kit import (
    TWO_LINES,
    Cell,
    Chips,
    Column,
    Desk,
    LineBox,
    Panel,
    RowsModel,
    RowsView,
    block,
    column,
)
from smallcmms.ui.kit import Group as ListGroup

_ICONS = {
    Group.DRAFT: ("file-pen", "text2"),
    Group.LATE: ("clock", "red"),
    Group.SENT: ("send", "text2"),
    Group.PAID_THIS_MONTH: ("circle-check", "green"),
    Group.PAID_EARLIER: ("circle-check", "text3"),
    Group.CREDITED: ("ban", "text3"),
}


class InvoiceList(Panel):
    """Show the invoices; ``narrowed`` tells that other ones are wanted."""

    narrowed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.chips = Chips([
            (Chip.ALL.value, _("All")),
            (Chip.DRAFT.value, _("Draft")),
            (Chip.LATE.value, _("Late")),
            (Chip.SENT.value, _("Sent")),
            (Chip.PAID.value, _("Paid")),
        ])  # fmt: skip
        self.chips.chosen.connect(self.narrowed)
        self.filter = LineBox(hint=_("Filter invoices"), icon="filter", size="small")
        self.filter.line.textChanged.connect(self.narrowed)
        self.model = RowsModel[InvoiceRow](
            [Column("", self._cell)], lambda ids: invoices.rows(desk.store, ids), self
        )
        self.rows = RowsView(self.model, row=TWO_LINES, says=_("Invoices"))
        head = column(self.chips, self.filter, gap=6, margins=(10, 8, 10, 8))
        self.add(block(head, "header"))
        self.add(self.rows, 1)

    @property
    def filters(self) -> Filters:
        """Return what the chips narrow the list to."""
        return Filters(chip=Chip(self.chips.value))

    def widen(self) -> None:
        """Show every invoice again."""
        self.chips.set_value(Chip.ALL.value)
        self.filter.set_value("")

    def show_groups(self, grouped: dict[Group, list[int]], counts: dict[Chip, int]) -> None:
        """Show these invoices under their headings, and how many each chip holds."""
        titles = _titles()
        self.model.set_groups(
            [ListGroup(titles[group], ids, *_ICONS[group]) for group, ids in grouped.items()]
        )
        self.chips.set_counts(
            {chip.value: number for chip, number in counts.items() if chip is not Chip.ALL}
        )

    def _cell(self, each: InvoiceRow) -> Cell:
        formats, standing = self.desk.formats, each.standing
        is_open = standing.owed > 0
        second = each.number or each.work_order or _("by hand")
        if is_open and each.paid:
            second = _("{number} · {paid} paid", number=second, paid=formats.money(each.paid))
        return Cell(
            first=each.customer,
            second=second,
            right=formats.money(standing.owed if is_open else each.total),
            is_right_bold=True,
            second_right=self._when(each),
            second_right_tone="red" if standing.word is StandingWord.LATE else "text2",
        )

    def _when(self, each: InvoiceRow) -> str:
        word = each.standing.word
        if word is StandingWord.DRAFT:
            return _("not sent")
        if word is StandingWord.LATE:
            return _n("{n} day late", "{n} days late", each.standing.days_late)
        if each.kind is InvoiceKind.CREDIT_NOTE:
            return _("credit note")
        if word is StandingWord.CREDITED:
            return _("credited")
        if word is StandingWord.PAID:
            return _("paid {day}", day=self._day(each.paid_on or each.invoice_on))
        return _("due {day}", day=self._day(each.due_on))

    def _day(self, on: date | None) -> str:
        formats = self.desk.formats
        if on is None:
            return ""
        is_this_year = on.year == self.desk.today().year
        return formats.day(on) if is_this_year else formats.day_year(on)


def _titles() -> dict[Group, str]:
    return {
        Group.DRAFT: _("Draft"),
        Group.LATE: _("Past due"),
        Group.SENT: _("Sent"),
        Group.PAID_THIS_MONTH: _("Paid this month"),
        Group.PAID_EARLIER: _("Paid earlier"),
        Group.CREDITED: _("Credited"),
    }
