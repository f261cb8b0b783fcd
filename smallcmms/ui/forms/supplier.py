"""The form of a supplier, and how long it takes against what it promises."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.phone import written
from smallcmms.domain.purchase_orders import LeadTime
from smallcmms.formats import Formats
from smallcmms.services import suppliers
from smallcmms.services.suppliers import SupplierRow
from smallcmms.texts import _, _n
from smallcmms.ui.kit import Desk, Form, Label, LineBox, TextBox, column, row


class SupplierForm(QWidget):
    """Edit a supplier, saved when a box is left, or fill in a new one for ``make``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.record_id = desk, 0
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.first = add("name", LineBox(_("Name"), is_needed=True))
        account = add("account", LineBox(_("Our account there")))
        phone = add("phone", LineBox(_("Phone"), read=written))
        email = add("email", LineBox(_("E-mail for orders")))
        address = add("address", TextBox(_("Address")))
        notes = add("notes", TextBox(_("Notes")))
        self.lead = Label("", "second", wraps=True)
        pairs = (row(self.first, account, gap=10), row(phone, email, gap=10))
        self.setLayout(column(*pairs, address, notes, self.lead, None, gap=10))

    def show_record(self, found: SupplierRow) -> None:
        """Edit a supplier."""
        self.record_id = found.id
        self.form.clear()
        self.form.fill({name: getattr(found, name) for name in self.form.boxes})
        self.lead.setText(lead_words(found.lead, self.desk.formats))

    def begin(self) -> None:
        """Fill in a new supplier."""
        self.record_id = 0
        self.form.clear()
        self.lead.setText("")

    def make(self) -> int:
        """Add the supplier that was filled in."""
        return suppliers.add(self.desk.store, **_plain(self.form.values()))

    def _save(self, values: dict[str, Any]) -> None:
        if self.record_id:
            suppliers.edit(self.desk.store, self.record_id, **_plain(values))


def lead_words(lead: LeadTime, formats: Formats) -> str:
    """Return how long a supplier takes: 5 days from order to shelf, promises 4, 3 of 5 in time."""
    if lead.actual is None:
        return _("No order of it has come in yet.")
    days = formats.quantity(lead.actual)
    told = [_n("Takes {days} day", "Takes {days} days", int(lead.actual), days=days)]
    if lead.promised is not None:
        told.append(_("promises {days}", days=formats.quantity(lead.promised)))
        told.append(_("{n} of {all} in time", n=lead.on_time, all=lead.promises))
    orders = _n("{n} order", "{n} orders", lead.orders)
    return f"{', '.join(told)} ({orders})"


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value or "" for name, value in values.items()}
