"""The form of a site: its address, how to get in, and the places in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.services import sites
from smallcmms.services.sites import SiteRow
from smallcmms.texts import _
from smallcmms.ui.forms.location import PlacesBlock
from smallcmms.ui.kit import Button, Desk, Form, LineBox, TextBox, column, line, row


class SiteForm(QWidget):
    """Edit a site, saved when a box is left, or fill in a new one for ``make``.

    The access code that is kept is masked here too; what is typed takes its place. ``put_away``
    tells that the site was archived.
    """

    put_away = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.site_id = self.customer_id = 0
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.first = add("address", LineBox(_("Address"), is_needed=True))
        city = add("city", LineBox(_("City")))
        name = add("name", LineBox(_("Name of the site"), hint=_("Building A")))
        zone = add(
            "zone", LineBox(_("Zone"), hint=_("North, downtown: who is near is found by it"))
        )
        notes = add("access_notes", TextBox(_("Getting in"), hint=_("Door, parking, who lets in")))
        self.code = add("access_code", LineBox(_("Access code")))
        hazards = add("hazards", TextBox(_("Hazards"), hint=_("Dog, roof, asbestos")))
        north = add("latitude", LineBox(_("Latitude")))
        east = add("longitude", LineBox(_("Longitude")))
        self.archive = Button(_("Put this site away"), "quiet", icon="package", on=self._archive)
        self.places = PlacesBlock(desk)
        where = (row(self.first, city, gap=10), row(name, zone, gap=10))
        how = (notes, row(self.code, north, east, gap=10), hazards)
        self.setLayout(
            column(*where, *how, row(self.archive, None), line(), self.places, None, gap=10)
        )

    def show_site(self, site: SiteRow) -> None:
        """Edit a site."""
        self.site_id = site.id
        self.form.clear()
        names = set(self.form.boxes) - {"access_code"}
        self.form.fill({name: getattr(site, name) for name in names})
        self.code.line.setPlaceholderText(
            _("•••• is kept. Type another to change it") if site.has_code else ""
        )
        self.places.show_site(site.id)
        self._show_more(is_shown=True)

    def begin(self, customer_id: int) -> None:
        """Fill in a new site of a customer."""
        self.site_id, self.customer_id = 0, customer_id
        self.form.clear()
        self.code.line.setPlaceholderText("")
        self._show_more(is_shown=False)

    def make(self) -> None:
        """Add the site that was filled in."""
        self.site_id = sites.add_site(self.desk.store, self.customer_id, **self.form.values())

    def _show_more(self, *, is_shown: bool) -> None:
        for piece in (self.archive, self.places):
            piece.setVisible(is_shown)

    def _archive(self) -> None:
        self.form.keep()
        label = sites.site(self.desk.store, self.site_id).label
        sites.archive_site(self.desk.store, self.site_id)
        self.put_away.emit()
        self.desk.front.toast(_("Archived {name}", name=label))

    def _save(self, values: dict[str, Any]) -> None:
        if self.site_id:
            sites.edit_site(self.desk.store, self.site_id, **values)
