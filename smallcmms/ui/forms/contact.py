"""The form of a person at a customer's."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.domain.phone import written
from smallcmms.services import contacts, sites
from smallcmms.services.contacts import ContactRow
from smallcmms.texts import _
from smallcmms.ui.kit import Button, Choice, Desk, Form, LineBox, column, row


class ContactForm(QWidget):
    """Edit a person, saved when a box is left, or fill in a new one for ``make``.

    ``put_away`` tells that the person was archived.
    """

    put_away = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.contact_id = self.customer_id = 0
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.first = add("name", LineBox(_("Name"), is_needed=True))
        phone = add("phone", LineBox(_("Phone"), read=written))
        mobile = add("mobile", LineBox(_("Mobile"), read=written))
        role = add("role", LineBox(_("Role"), hint=_("Property manager, super, accounts")))
        email = add("email", LineBox(_("E-mail")))
        self.site = add("site_id", Choice(_("Is at")))
        self.archive = Button(_("Put this person away"), "quiet", icon="package", on=self._archive)
        pairs = (row(phone, mobile, gap=10), row(role, email, gap=10), self.site)
        self.setLayout(column(self.first, *pairs, row(self.archive, None), None, gap=10))

    def show_contact(self, contact: ContactRow, customer_id: int) -> None:
        """Edit a person."""
        self._begin(contact.id, customer_id)
        self.form.fill({name: getattr(contact, name) for name in self.form.boxes})

    def begin(self, customer_id: int) -> None:
        """Fill in a new person of a customer."""
        self._begin(0, customer_id)

    def make(self) -> None:
        """Add the person that was filled in."""
        self.contact_id = contacts.add_contact(
            self.desk.store, self.customer_id, **_texts(self.form.values())
        )

    def _begin(self, contact_id: int, customer_id: int) -> None:
        self.contact_id, self.customer_id = contact_id, customer_id
        self.form.clear()
        found = sites.sites(self.desk.store, customer_id)
        self.site.set_items([(None, _("Any site")), *((site.id, site.label) for site in found)])
        self.site.set_value(None)
        self.archive.setVisible(bool(contact_id))

    def _archive(self) -> None:
        name = str(self.form.boxes["name"].typed)
        contacts.archive_contact(self.desk.store, self.contact_id)
        self.put_away.emit()
        self.desk.front.toast(_("Archived {name}", name=name))

    def _save(self, values: dict[str, Any]) -> None:
        if self.contact_id:
            contacts.edit_contact(self.desk.store, self.contact_id, **_texts(values))


def _texts(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if name == "site_id" else value or "" for name, value in values.items()}
