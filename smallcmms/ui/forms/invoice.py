"""A draft under the pen: who pays, the days, the lines, and what the customer reads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.services import customers, invoices
from smallcmms.services.invoices import InvoicePage
from smallcmms.texts import _
from smallcmms.ui import theme
from smallcmms.ui.forms.invoice_lines import LinesEdit
from smallcmms.ui.kit import (
    DateBox,
    Desk,
    FindBox,
    Form,
    Found,
    MoneyBox,
    TextBox,
    block,
    column,
    line,
    row,
    scrolled,
)

_SHOWN = 8
_TEXT = 92


class InvoiceForm(QWidget):
    """Edit a draft; ``typed`` tells of every key, so that the paper can follow."""

    typed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._invoice_id = 0
        self.form = Form(self, save=self._save)
        self.customer = self.form.add(
            "customer_id",
            FindBox(_("Bill to"), self._customers, icon="users", is_needed=True),
        )
        self.invoice_on = self.form.add(
            "invoice_on", DateBox(_("Invoice date"), desk.formats, desk.today, is_needed=True)
        )
        self.due_on = self.form.add(
            "due_on", DateBox(_("Due"), desk.formats, desk.today, is_needed=True)
        )
        self.lines = LinesEdit(desk)
        self.discount = self.form.add(
            "allowance", MoneyBox(_("Discount on the whole invoice"), desk.formats)
        )
        self.discount.hide()
        self.lines.wants_discount.connect(self._ask_discount)
        self.text = self.form.add("text", TextBox(_("What the customer reads"), rows=4))
        self.text.editor.setMaximumHeight(theme.px(_TEXT))
        self.form.edited.connect(self.typed)
        self.lines.typed.connect(self.typed)
        days = row(gap=8, margins=(12, 9, 12, 9))
        for box, share in ((self.customer, 5), (self.invoice_on, 3), (self.due_on, 3)):
            days.addWidget(box, share)
        reads = block(column(self.text, margins=(14, 8, 14, 8)))
        less = block(row(self.discount, None, margins=(12, 0, 12, 8)))
        inside = column(block(days), self.lines, less, line(), reads, None, gap=0)
        self.setLayout(column(scrolled(inside)))

    def show_invoice(self, page: InvoicePage) -> None:
        """Show a draft; a box that is being typed in stays as it is."""
        if page.id != self._invoice_id:
            self.keep()
            self.form.clear()
            self.discount.hide()
            self._invoice_id = page.id
        if not self.form.holds(self.window().focusWidget()) or not self.form.is_dirty:
            self.customer.show_taken(page.customer.id, page.customer.text)
        self.form.fill({"invoice_on": page.invoice_on, "due_on": page.due_on, "text": page.text})
        self.form.fill({"allowance": page.allowance or None})
        if page.allowance:
            self.discount.show()
        self.lines.show_lines(page.id, page.lines)

    def keep(self) -> None:
        """Save what is typed and not saved yet."""
        self.form.keep()
        self.lines.keep()

    def _ask_discount(self) -> None:
        self.discount.show()
        self.discount.setFocus()

    def _customers(self, text: str) -> list[Found]:
        store = self.desk.store
        ids = list(customers.find(store, text=text))[:_SHOWN]
        found = customers.rows(store, ids)
        return [Found(each, found[each].name, found[each].second) for each in ids]

    def _save(self, values: dict[str, Any]) -> None:
        if values.get("customer_id", self) is None:
            del values["customer_id"]
        if "allowance" in values:
            values["allowance"] = values["allowance"] or Decimal(0)
        if values:
            invoices.edit(self.desk.store, self._invoice_id, **values)
