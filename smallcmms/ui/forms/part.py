"""The form of a part: what it is, what it costs, how much of it is kept, and what it fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLayout, QWidget

from smallcmms.domain.typed import read_whole
from smallcmms.services import drafts, parts
from smallcmms.services.parts import PartPage
from smallcmms.texts import _
from smallcmms.ui.forms.part_fits import PartFits
from smallcmms.ui.forms.part_pars import PartPars
from smallcmms.ui.kit import (
    Choice,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    LineBox,
    PriceBox,
    QuantityBox,
    TextBox,
    column,
    row,
)

DRAFT = ("part", "new")


class _PartBoxes(QWidget):
    """The boxes that a new part and one that is there share."""

    form: Form
    own_id = 0

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def _what(self) -> Iterator[QLayout | QWidget]:
        add, formats = self.form.add, self.desk.formats
        self.first = add("name", LineBox(_("Name"), is_needed=True))
        yield self.first
        number = add("number", LineBox(_("Number"), is_needed=True))
        yield row(number, add("barcode", LineBox(_("Barcode"))), gap=10)
        self.supplier = add("supplier", LineBox(_("Supplier")))
        yield row(self.supplier, add("supplier_number", LineBox(_("Its number there"))), gap=10)
        cost = add("cost", PriceBox(_("Cost of one"), formats, is_needed=True))
        yield row(cost, add("price", PriceBox(_("Price of one"), formats)), gap=10)
        percent = add("markup", QuantityBox(_("or markup, %"), formats, is_signed=True))
        taxed = add("is_taxable", Choice(_("Tax"), [(True, _("taxed")), (False, _("not taxed"))]))
        yield row(percent, taxed, gap=10)
        unit = add("unit", LineBox(_("Unit"), hint=_("each")))
        packed = add("purchase_unit", LineBox(_("Bought as"), hint=_("box")))
        factor = add("purchase_factor", QuantityBox(_("Units in it"), formats))
        yield row(unit, packed, factor, gap=10)

    def _kept(self) -> Iterator[QLayout | QWidget]:
        add, formats = self.form.add, self.desk.formats
        shelf = add("bin", LineBox(_("Shelf"), hint=_("A-1")))
        keep = add("keep", QuantityBox(_("Keep"), formats))
        yield row(shelf, keep, add("order_up_to", QuantityBox(_("Order up to"), formats)), gap=10)
        days = add("lead_days", LineBox(_("Days to come"), read=read_whole))
        yield row(days, add("safety_stock", QuantityBox(_("Safety stock"), formats)), gap=10)

    def _offer_suppliers(self) -> None:
        completer = QCompleter(parts.suppliers(self.desk.store), self.supplier.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self.supplier.changed)
        self.supplier.line.setCompleter(completer)


class NewPartForm(_PartBoxes):
    """Fill in a new part: a draft from the first key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = Form(self, draft=self._keep)
        note = Label(_("Name, number and cost are needed."), "second")
        self.setLayout(column(*self._what(), *self._kept(), note, None, gap=10))

    def begin(self) -> None:
        """Fill in a new part, or go on with the draft."""
        self.form.clear()
        self.form.fill({"is_taxable": True})
        self._offer_suppliers()
        self.form.put_back(drafts.get(self.desk.store, *DRAFT) or {})

    def make(self) -> int:
        """Add the part that was filled in; return its id."""
        made = parts.add(self.desk.store, **self.form.values())
        drafts.drop(self.desk.store, *DRAFT)
        return made

    def _keep(self, typed: dict[str, Any]) -> None:
        if typed["name"] or typed["number"]:
            drafts.keep(self.desk.store, *DRAFT, typed)
        else:
            drafts.drop(self.desk.store, *DRAFT)


class PartForm(_PartBoxes):
    """Edit a part; what is changed is saved when a box is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = Form(self, save=self._save)
        pieces = [*self._what(), *self._kept()]
        self.pars, self.fits = PartPars(desk), PartFits(desk)
        hint = _("Name or number of the part that takes its place")
        self.after = self.form.add(
            "superseded_by_id", FindBox(_("Superseded by"), self._others, hint=hint)
        )
        self.after.taken.connect(lambda _key: self.form.keep())
        self.after.cleared.connect(self.form.keep)
        notes = self.form.add("notes", TextBox(_("Notes"), rows=3))
        self.setLayout(column(*pieces, self.pars, self.fits, self.after, notes, None, gap=10))

    def show_part(self, page: PartPage) -> None:
        """Edit a part."""
        if self.own_id != page.row.id:
            self.form.clear()
        self.own_id = page.row.id
        self._offer_suppliers()
        here = {name: _of(page, name) for name in self.form.boxes if name != "superseded_by_id"}
        self.form.fill(here)
        after = page.superseded_by
        if not self.after.editor.hasFocus():
            self.after.show_taken(after.id if after else None, after.name if after else "")
        self.pars.show_part(page)
        self.fits.show_part(page)

    def _save(self, values: dict[str, Any]) -> None:
        if self.own_id:
            parts.edit(self.desk.store, self.own_id, **values)

    def _others(self, text: str) -> Sequence[Found]:
        found = parts.match(self.desk.store, text)
        return [Found(each.id, each.name, each.number) for each in found if each.id != self.own_id]


def _of(page: PartPage, name: str) -> Any:
    value = getattr(page, name, None) if hasattr(page, name) else getattr(page.row, name)
    return value.normalize() + Decimal(0) if name == "markup" and value is not None else value
