"""The form of an asset: a new one in few keys, or one that is there with all it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from smallcmms.domain.assets import AssetStatus, Criticality
from smallcmms.services import assets, drafts, sites, warranties
from smallcmms.services.assets import AssetPage
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Choice,
    DateBox,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    LineBox,
    MoneyBox,
    TextBox,
    column,
    row,
)

DRAFT = ("asset", "new")
_MOVES = frozenset({"site_id", "place"})
_PROMISES = frozenset({"ends_on", "guarantor"})


def status_words() -> list[tuple[object, str]]:
    """Return what an asset can be in words."""
    return [
        (AssetStatus.IN_SERVICE, _("In service")),
        (AssetStatus.STANDBY, _("Standby")),
        (AssetStatus.DOWN, _("Down")),
        (AssetStatus.RETIRED, _("Retired")),
    ]


def criticality_words() -> list[tuple[object, str]]:
    """Return how much an asset is needed in words."""
    return [
        (None, _("Not said")),
        (Criticality.A, _("A: cannot do without it today")),
        (Criticality.B, _("B: soon missed")),
        (Criticality.C, _("C: can wait")),
    ]


class _WhereBoxes:
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


class NewAssetForm(QWidget):
    """Fill in a new asset: a draft from the first key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(self, draft=self._keep)
        add = self.form.add
        self.first = add("short_code", LineBox(_("Short code"), hint=_("P-1")))
        name = add("name", LineBox(_("Name"), hint=_("Hot-water circulator"), is_needed=True))
        self.where = _WhereBoxes(desk, self.form)
        pairs = (
            row(self.first, name, gap=10),
            row(self.where.site, self.where.place, gap=10),
            row(add("make", LineBox(_("Make"))), add("model", LineBox(_("Model"))), gap=10),
            add("serial", LineBox(_("Serial"))),
        )
        note = Label(_("Name and site are needed; the number comes by itself."), "second")
        self.setLayout(column(*pairs, note, None, gap=10))

    def begin(self, *, site_id: int = 0, place: str = "") -> None:
        """Start at a place, or go on with the draft."""
        self.form.clear()
        if site_id:
            site = sites.site(self.desk.store, site_id)
            self.where.site.show_taken(site_id, f"{site.customer}, {site.label}")
            self.where.place.set_value(place)
            self.where.offer(site_id)
        self.form.put_back(drafts.get(self.desk.store, *DRAFT) or {})

    def copy(self, page: AssetPage) -> None:
        """Start with what another asset of the kind has."""
        self.begin(site_id=page.row.site_id, place=page.row.place)
        for name in ("name", "make", "model"):
            self.form.boxes[name].set_value(getattr(page.row, name))

    def make(self) -> int:
        """Add the asset that was filled in; return the id."""
        return assets.add(self.desk.store, draft=DRAFT, **self.form.values())

    def _keep(self, typed: dict[str, Any]) -> None:
        if typed["name"] or typed["short_code"]:
            drafts.keep(self.desk.store, *DRAFT, typed)
        else:
            drafts.drop(self.desk.store, *DRAFT)


class AssetForm(QWidget):
    """Edit an asset; what is changed is saved when a box is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.page: AssetPage | None = None
        self.form = Form(self, save=self._save)
        self.first: QWidget = self.form.add("short_code", LineBox(_("Short code")))
        self.where = _WhereBoxes(desk, self.form)
        pairs = (*self._plate(), *self._state(), *self._safety())
        self.setLayout(column(*pairs, None, gap=10))

    def _plate(self) -> tuple[Any, ...]:
        add = self.form.add
        name = add("name", LineBox(_("Name"), is_needed=True))
        serial = add("serial", LineBox(_("Serial")))
        return (
            row(self.first, name, gap=10),
            row(self.where.site, self.where.place, gap=10),
            row(add("make", LineBox(_("Make"))), add("model", LineBox(_("Model"))), gap=10),
            row(serial, add("own_tag", LineBox(_("Their own tag"))), gap=10),
            add("nameplate", LineBox(_("Nameplate"), hint=_("120 V, 1/6 hp"))),
        )

    def _state(self) -> tuple[Any, ...]:
        add, desk = self.form.add, self.desk
        installed = add("installed_on", DateBox(_("Installed"), desk.formats, desk.today))
        cost = add("replacement_cost", MoneyBox(_("A new one costs"), desk.formats))
        status = add("status", Choice(_("Status"), status_words()))
        needed = add("criticality", Choice(_("How much it is needed"), criticality_words()))
        until = add("ends_on", DateBox(_("Warranty until"), desk.formats, desk.today))
        guarantor = add("guarantor", LineBox(_("Warranty by")))
        return (
            row(installed, cost, gap=10),
            row(until, guarantor, gap=10),
            row(status, needed, gap=10),
        )

    def _safety(self) -> tuple[Any, ...]:
        energies = LineBox(_("Energies to lock out"), hint=_("120 V, water 140 °F"))
        steps = TextBox(_("Lock-out steps, one a line"), rows=5)
        return (
            self.form.add("lock_out_energies", energies),
            self.form.add("lock_out_steps", steps),
            self.form.add("notes", TextBox(_("Notes"), rows=3)),
        )

    def show_asset(self, page: AssetPage) -> None:
        """Edit an asset."""
        if self.page is None or self.page.row.id != page.row.id:
            self.form.clear()
        self.page = page
        named = set(self.form.boxes) - _MOVES - _PROMISES - {"lock_out_steps"}
        values = {name: getattr(page, name, None) for name in named if hasattr(page, name)}
        values |= {name: getattr(page.row, name) for name in named if hasattr(page.row, name)}
        promise = page.warranties[0] if page.warranties else None
        values["lock_out_steps"] = "\n".join(page.lock_out_steps)
        values["place"] = page.row.place
        values["ends_on"] = promise.ends_on if promise else None
        values["guarantor"] = promise.guarantor if promise else ""
        self.form.fill(values)
        self.where.site.show_taken(page.row.site_id, f"{page.row.customer}, {page.row.site}")
        self.where.offer(page.row.site_id)

    def _save(self, values: dict[str, Any]) -> None:
        if self.page is None:
            return
        fields = {name: value for name, value in values.items() if name not in _MOVES | _PROMISES}
        if "lock_out_steps" in fields:
            lines = fields["lock_out_steps"].split("\n")
            fields["lock_out_steps"] = [line.strip() for line in lines if line.strip()]
        if fields:
            assets.edit(self.desk.store, self.page.row.id, **fields)
        if _MOVES & values.keys():
            self._move()
        if _PROMISES & values.keys():
            self._promise(self.page)

    def _move(self) -> None:
        place, site = self.where.place.value, self.where.site.value
        if self.page is not None:
            assets.move(self.desk.store, self.page.row.id, site_id=site, place=place)

    def _promise(self, page: AssetPage) -> None:
        ends_on = self.form.boxes["ends_on"].value
        told = {"ends_on": ends_on, "guarantor": self.form.boxes["guarantor"].value}
        store, kept = self.desk.store, warranties.warranties(self.desk.store, page.row.id)
        if kept and ends_on is None:
            warranties.remove(store, kept[0].id)
        elif kept:
            warranties.edit(store, kept[0].id, **told)
        elif ends_on is not None:
            warranties.add(store, page.row.id, **told)
