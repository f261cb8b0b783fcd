"""The form of a part, and what is counted of it in a place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.services import parts
from smallcmms.services.parts import PartRow
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Choice,
    Desk,
    Form,
    Label,
    LineBox,
    PriceBox,
    QuantityBox,
    block,
    column,
    line,
    row,
)


class PartForm(QWidget):
    """Edit a part, saved when a box is left, or fill in a new one for ``make``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.record_id = desk, 0
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.first = add("name", LineBox(_("Name"), is_needed=True))
        number = add("number", LineBox(_("Number"), is_needed=True))
        unit = add("unit", LineBox(_("Unit"), hint=_("each")))
        cost = add("cost", PriceBox(_("Cost"), desk.formats, is_needed=True))
        price = add("price", PriceBox(_("Price"), desk.formats))
        taxed = add("is_taxable", Choice(_("Tax"), [(True, _("taxed")), (False, _("not taxed"))]))
        bins = add("bin", LineBox(_("Bin in the shop")))
        supplier = add("supplier", LineBox(_("Supplier")))
        pairs = [(self.first, number), (cost, price), (unit, taxed), (bins, supplier)]
        self.stock = block(self._stock())
        self.setLayout(column(*(row(*pair, gap=10) for pair in pairs), self.stock, None, gap=10))

    def _stock(self) -> Any:
        self.where = Label("", "second", wraps=True)
        self.place = Choice(_("Place"))
        self.counted = QuantityBox(_("Counted"), self.desk.formats)
        count = Button(_("Write the count down"), on=self._count)
        boxes = row(self.place, self.counted, column(None, count), gap=10)
        return column(line(), Label(_("On hand"), "bold"), self.where, boxes, gap=8)

    def show_record(self, found: PartRow) -> None:
        """Edit a part."""
        self.record_id = found.id
        self.form.clear()
        self.form.fill({name: getattr(found, name) for name in self.form.boxes})
        self.stock.show()
        quantity = self.desk.formats.quantity
        lying = parts.where(self.desk.store, found.id)
        said = [_("{n} on {place}", n=quantity(each.quantity), place=each.name) for each in lying]
        self.where.setText(" · ".join(said) or _("nothing anywhere"))
        self.place.set_items([(each.id, each.name) for each in parts.locations(self.desk.store)])

    def begin(self) -> None:
        """Fill in a new part."""
        self.record_id = 0
        self.form.clear()
        self.form.fill({"is_taxable": True})
        self.stock.hide()

    def make(self) -> int:
        """Add the part that was filled in."""
        return parts.add(self.desk.store, **self.form.values())

    def _save(self, values: dict[str, Any]) -> None:
        if self.record_id:
            parts.edit(self.desk.store, self.record_id, **values)

    def _count(self) -> None:
        if not self.counted.check() or self.place.value is None:
            return
        counted: Decimal = self.counted.value or Decimal(0)
        parts.count(
            self.desk.store,
            self.record_id,
            location_id=self.place.value,
            counted=counted,
            counted_on=self.desk.today(),
        )
        self.counted.set_value(None)
