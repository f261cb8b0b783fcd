"""The form of an asset: a new one in few keys, or one that is there with all it has."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from smallcmms.domain.typed import read_whole
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.services import asset_classes, assets, drafts, sites, warranties
from smallcmms.services.assets import AssetPage
from smallcmms.texts import _
from smallcmms.ui import asset_words
from smallcmms.ui.forms.asset_boxes import PartOf, WhereBoxes
from smallcmms.ui.forms.asset_fields import ClassFields
from smallcmms.ui.kit import (
    Choice,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    MoneyBox,
    TextBox,
    column,
    row,
)

DRAFT = ("asset", "new")
_MOVES = frozenset({"site_id", "place"})
_PROMISES = frozenset({"starts_on", "ends_on", "guarantor", "kind"})
_TWICE = ("name", "make", "model", "asset_class_id")
"""What a copy of an asset has from it: all that is not of this one machine."""
_PLATE_TWICE = ("expected_life_years", "replacement_cost", "criticality", "lock_out_energies")


class NewAssetForm(QWidget):
    """Fill in a new asset: a draft from the first key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._like: dict[str, Any] = {}
        self.form = Form(self, draft=self._keep)
        add = self.form.add
        self.first = add("short_code", LineBox(_("Short code"), hint=_("P-1")))
        name = add("name", LineBox(_("Name"), hint=_("Hot-water circulator"), is_needed=True))
        self.where = WhereBoxes(desk, self.form)
        self.kind = add("asset_class_id", Choice(_("Class")))
        pairs = (
            row(self.first, name, gap=10),
            row(self.where.site, self.where.place, gap=10),
            row(add("make", LineBox(_("Make"))), add("model", LineBox(_("Model"))), gap=10),
            _pair(add("serial", LineBox(_("Serial"))), self.kind),
        )
        note = Label(_("Name and site are needed; the number comes by itself."), "second")
        self.setLayout(column(*pairs, note, None, gap=10))

    def begin(self, *, site_id: int = 0, place: str = "") -> None:
        """Start at a place, or go on with the draft."""
        self._like = {}
        self.form.clear()
        self.kind.set_items(classes(self.desk))
        self.kind.set_value(None)
        if site_id:
            site = sites.site(self.desk.store, site_id)
            self.where.site.show_taken(site_id, f"{site.customer}, {site.label}")
            self.where.place.set_value(place)
            self.where.offer(site_id)
        self.form.put_back(drafts.get(self.desk.store, *DRAFT) or {})

    def copy(self, page: AssetPage) -> None:
        """Start with what another asset of the kind has; its serial and its days are its own."""
        self.begin(site_id=page.row.site_id, place=page.row.place)
        for name in _TWICE:
            value = getattr(page, name, None) or getattr(page.row, name, None)
            self.form.boxes[name].set_value(value)
        self._like = {name: getattr(page, name) for name in _PLATE_TWICE}
        self._like |= {"lock_out_steps": page.lock_out_steps, "nameplate": page.nameplate}
        self._like["custom_values"] = dict(page.custom_values)

    def make(self) -> int:
        """Add the asset that was filled in; return the id."""
        return assets.add(self.desk.store, draft=DRAFT, **self._like, **self.form.values())

    def _keep(self, typed: dict[str, Any]) -> None:
        if typed["name"] or typed["short_code"]:
            drafts.keep(self.desk.store, *DRAFT, typed)
        else:
            drafts.drop(self.desk.store, *DRAFT)


def classes(desk: Desk) -> list[tuple[object, str]]:
    """Return the classes that an asset can be of."""
    none: list[tuple[object, str]] = [(None, _("No class"))]
    return none + [(each.id, each.name) for each in asset_classes.rows(desk.store)]


class AssetForm(QWidget):
    """Edit an asset; what is changed is saved when a box is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.page: AssetPage | None = None
        self.form = Form(self, save=self._save)
        self.first: QWidget = self.form.add("short_code", LineBox(_("Short code")))
        self.where = WhereBoxes(desk, self.form)
        self.part_of = PartOf(desk, self.form)
        self.fields = ClassFields(self._save_fields)
        pairs = (*self._plate(), *self._state(), self.fields, *self._safety())
        self.setLayout(column(*pairs, None, gap=10))

    def _plate(self) -> tuple[Any, ...]:
        add = self.form.add
        name = add("name", LineBox(_("Name"), is_needed=True))
        serial = add("serial", LineBox(_("Serial")))
        nameplate = add("nameplate", LineBox(_("Nameplate"), hint=_("120 V, 1/6 hp")))
        self.kind = add("asset_class_id", Choice(_("Class")))
        return (
            row(self.first, name, gap=10),
            row(self.where.site, self.where.place, gap=10),
            row(add("make", LineBox(_("Make"))), add("model", LineBox(_("Model"))), gap=10),
            row(serial, add("own_tag", LineBox(_("Their own tag"))), gap=10),
            _pair(nameplate, self.kind),
            _pair(self.part_of.box, add("owner", Choice(_("Whose"), asset_words.owners()))),
        )

    def _state(self) -> tuple[Any, ...]:
        add, desk = self.form.add, self.desk
        installed = add("installed_on", DateBox(_("Installed"), desk.formats, desk.today))
        life = LineBox(_("Expected life, years"), hint=_("as its class"), read=read_whole)
        cost = add("replacement_cost", MoneyBox(_("A new one costs"), desk.formats))
        status = add("status", Choice(_("Status"), asset_words.statuses()))
        needed = add("criticality", Choice(_("How much it is needed"), asset_words.criticalities()))
        since = add("starts_on", DateBox(_("Warranty from"), desk.formats, desk.today))
        until = add("ends_on", DateBox(_("Warranty until"), desk.formats, desk.today))
        covers = add("kind", Choice(_("Warranty on"), asset_words.warranty_kinds()))
        guarantor = add("guarantor", LineBox(_("Warranty by")))
        return (
            row(status, needed, gap=10),
            row(installed, add("expected_life_years", life), cost, gap=10),
            row(since, until, gap=10),
            _pair(covers, guarantor),
        )

    def _safety(self) -> tuple[Any, ...]:
        add = self.form.add
        hint = _("120 V, water 140 °F")
        self.energies = add("lock_out_energies", LineBox(_("Energies to lock out"), hint=hint))
        steps = add("lock_out_steps", TextBox(_("Lock-out steps, one a line"), rows=5))
        note = Label(_("Energies and steps print on every work order."), "second")
        return (self.energies, steps, note, add("notes", TextBox(_("Notes"), rows=3)))

    def show_asset(self, page: AssetPage) -> None:
        """Edit an asset."""
        if self.page is None or self.page.row.id != page.row.id:
            self.form.clear()
        self.page = page
        self.kind.set_items(_with_own(classes(self.desk), page))
        self.part_of.site_id, self.part_of.own_id = page.row.site_id, page.row.id
        named = set(self.form.boxes) - _MOVES - _PROMISES - {"lock_out_steps", "parent_id"}
        values = {name: getattr(page, name, None) for name in named if hasattr(page, name)}
        values |= {name: getattr(page.row, name) for name in named if hasattr(page.row, name)}
        values["lock_out_steps"] = "\n".join(page.lock_out_steps)
        values["place"] = page.row.place
        self.form.fill(values | _promise_of(page))
        self.where.site.show_taken(page.row.site_id, f"{page.row.customer}, {page.row.site}")
        self.where.offer(page.row.site_id)
        if page.parent is None:
            self.form.fill({"parent_id": None})
        else:
            self.part_of.box.show_taken(page.parent.id, page.parent.label)
        self.fields.show_fields(page.custom_fields, page.custom_values)

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

    def _save_fields(self, values: dict[str, str]) -> None:
        if self.page is not None:
            assets.edit(self.desk.store, self.page.row.id, custom_values=values)

    def _move(self) -> None:
        place, site = self.where.place.value, self.where.site.value
        if self.page is not None:
            assets.move(self.desk.store, self.page.row.id, site_id=site, place=place)

    def _promise(self, page: AssetPage) -> None:
        told = {name: self.form.boxes[name].value for name in _PROMISES}
        store, kept = self.desk.store, warranties.warranties(self.desk.store, page.row.id)
        if kept and told["ends_on"] is None:
            warranties.remove(store, kept[0].id)
        elif kept:
            warranties.edit(store, kept[0].id, **told)
        elif told["ends_on"] is not None:
            warranties.add(store, page.row.id, **told)


def _pair(left: QWidget, right: QWidget) -> QHBoxLayout:
    """Return two boxes side by side, each as wide as the other."""
    pair = row(gap=10)
    pair.addWidget(left, 1)
    pair.addWidget(right, 1)
    return pair


def _promise_of(page: AssetPage) -> dict[str, object]:
    promise = page.warranties[0] if page.warranties else None
    if promise is None:
        return {"starts_on": None, "ends_on": None, "guarantor": "", "kind": WarrantyKind.FULL}
    return {name: getattr(promise, name) for name in _PROMISES}


def _with_own(offered: list[tuple[object, str]], page: AssetPage) -> list[tuple[object, str]]:
    """Return the classes on offer, with its own where that was put away."""
    if page.asset_class_id in [key for key, _words in offered]:
        return offered
    return [*offered, (page.asset_class_id, page.asset_class)]
