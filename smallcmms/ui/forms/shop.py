"""The form of the shop: its name, where it is, how it writes and bills."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from smallcmms.domain.typed import read_whole
from smallcmms.services import shop
from smallcmms.texts import _
from smallcmms.ui.kit import Choice, Desk, Form, LineBox, TextBox, column, row


class ShopForm(QWidget):
    """Edit the shop; what is changed is saved when its box is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(self, save=lambda values: shop.edit(desk.store, **values))
        add = self.form.add
        name = add("name", LineBox(_("Name of the shop"), is_needed=True))
        tagline = add("tagline", LineBox(_("What it does, below the name")))
        address = add("address", LineBox(_("Street")))
        city = add("city", LineBox(_("City and postal code")))
        phone = add("phone", LineBox(_("Phone")))
        email = add("email", LineBox(_("E-mail")))
        tax_id = add("tax_id", LineBox(_("Tax number")))
        paper = add("paper", Choice(_("Paper"), [("letter", _("Letter")), ("a4", _("A4"))]))
        days = LineBox(_("Days to pay"), is_needed=True, read=read_whole)
        terms = add("terms_days", days)
        travel = add(
            "travel_is_billed",
            Choice(_("Driving time"), _yes_no(_("is billed"), _("is not billed"))),
        )
        included = add(
            "is_tax_included", Choice(_("Prices"), _yes_no(_("with tax"), _("without tax")))
        )
        note = add("payment_note", TextBox(_("How to pay, on invoices"), rows=2))
        footer = add("invoice_footer", TextBox(_("Last lines of invoices"), rows=2))
        pairs = [(name, tagline), (address, city), (phone, email), (tax_id, paper), (terms, travel)]
        layout = column(*(row(*pair, gap=10) for pair in pairs), gap=10, margins=(16, 12, 16, 12))
        for box in (included, note, footer):
            layout.addWidget(box)
        layout.addStretch(1)
        self.setLayout(layout)

    def refresh(self) -> None:
        """Show the shop as it is."""
        facts = shop.get(self.desk.store)
        self.form.fill({name: getattr(facts, name) for name in self.form.boxes})


def _yes_no(yes: str, no: str) -> list[tuple[object, str]]:
    return [(True, yes), (False, no)]
