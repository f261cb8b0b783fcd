"""The form of a site: its address, and how to get in."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.services import sites
from smallcmms.services.sites import SiteRow
from smallcmms.texts import _
from smallcmms.ui.kit import Desk, Form, LineBox, TextBox, column, row


class SiteForm(QWidget):
    """Edit a site, saved when a box is left, or fill in a new one for ``make``.

    The access code that is kept is not shown here; what is typed takes its place.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.site_id = self.customer_id = 0
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.first = add("address", LineBox(_("Address"), is_needed=True))
        city = add("city", LineBox(_("City")))
        name = add("name", LineBox(_("Name of the site"), hint=_("Building A")))
        zone = add("zone", LineBox(_("Zone")))
        notes = add("access_notes", TextBox(_("Getting in"), hint=_("Door, parking, who lets in")))
        self.code = add("access_code", LineBox(_("Access code")))
        hazards = add("hazards", TextBox(_("Hazards"), hint=_("Dog, roof, asbestos")))
        pairs = (row(city, zone, gap=10), name, notes, self.code, hazards)
        self.setLayout(column(self.first, *pairs, None, gap=10))

    def show_site(self, site: SiteRow) -> None:
        """Edit a site."""
        self.site_id = site.id
        self.form.clear()
        names = set(self.form.boxes) - {"access_code"}
        self.form.fill({name: getattr(site, name) for name in names})
        self.code.line.setPlaceholderText(
            _("Kept. Type another to change it") if site.has_code else ""
        )

    def begin(self, customer_id: int) -> None:
        """Fill in a new site of a customer."""
        self.site_id, self.customer_id = 0, customer_id
        self.form.clear()
        self.code.line.setPlaceholderText("")

    def make(self) -> None:
        """Add the site that was filled in."""
        self.site_id = sites.add_site(self.desk.store, self.customer_id, **self.form.values())

    def _save(self, values: dict[str, Any]) -> None:
        if self.site_id:
            sites.edit_site(self.desk.store, self.site_id, **values)
