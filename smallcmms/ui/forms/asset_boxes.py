"""Boxes that the forms of assets share: where an asset stands, and what it is a part of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from smallcmms.services import assets, sites
from smallcmms.texts import _
from smallcmms.ui.kit import Desk, FindBox, Form, Found, LineBox

_MOST = 50


class WhereBoxes:
    """The site and the place in it, with the places that are there on offer."""

    def __init__(self, desk: Desk, form: Form) -> None:
        self._desk = desk
        where = _("Customer or address")
        self.site = form.add("site_id", FindBox(_("Site"), self._sites, hint=where, is_needed=True))
        inside, says = _("Building A › Basement"), _("Place in the site")
        self.place = form.add("place", LineBox(_("Place"), hint=inside, says=says))
        self.site.taken.connect(self.offer)

    def offer(self, site_id: int) -> None:
        """Offer the places of a site."""
        paths = [place.path for place in sites.locations(self._desk.store, site_id)]
        completer = QCompleter(paths, self.place.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self.place.changed)
        self.place.line.setCompleter(completer)

    def _sites(self, text: str) -> Sequence[Found]:
        found = sites.find(self._desk.store, text)
        return [Found(site.id, f"{site.customer}, {site.label}") for site in found]


class PartOf:
    """Finds the asset that another is a part of, among those of its site."""

    def __init__(self, desk: Desk, form: Form) -> None:
        self._desk = desk
        self.site_id = self.own_id = 0
        hint = _("Name or number of an asset here")
        self.box = form.add("parent_id", FindBox(_("Part of"), self._look, hint=hint))

    def _look(self, text: str) -> Sequence[Found]:
        ids = list(assets.find(self._desk.store, text=text)[:_MOST])
        found = assets.rows(self._desk.store, ids)
        return [
            Found(each, found[each].label, found[each].number)
            for each in ids
            if found[each].site_id == self.site_id and each != self.own_id
        ]
