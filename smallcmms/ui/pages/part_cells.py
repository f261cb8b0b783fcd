"""The cells of the list of parts: counted with + and −, or edited where they stand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject

from smallcmms.services import parts
from smallcmms.texts import _
from smallcmms.ui import errors, part_words
from smallcmms.ui.kit import Box, Desk, LineBox, PriceBox, QuantityBox
from smallcmms.ui.pages.parts_list import KEEP, PRICE, SHELF, PartsList


class PartCells(QObject):
    """What the keys do in the list: the count of a place, the shelf, what is kept, the price."""

    def __init__(self, desk: Desk, shown: PartsList) -> None:
        super().__init__(shown)
        self.desk, self._list = desk, shown
        shown.cells.stepped.connect(self._stepped)

    def edit(self) -> None:
        """Lay a box over the cell that the person stands in; without one, over the first count."""
        cells, part_id = self._list.cells, self._list.cells.chosen_id
        if not part_id:
            return
        if cells.cell not in cells.editable and self._list.places:
            cells.go_to_cell(self._list.places[0].id)
        name = cells.cell
        part = parts.rows(self.desk.store, [part_id])[part_id]
        box = self._box(name)
        value: Any = {SHELF: part.bin, KEEP: part.keep, PRICE: part.price}.get(str(name))
        if isinstance(name, int):
            value = part_words.lying(part, name)
        box.set_value(value)
        cells.edit_cell(box, lambda: self._keep(part_id, name, box.value))
        if isinstance(box, LineBox):
            box.line.selectAll()

    def _box(self, name: str | int) -> Box:
        formats = self.desk.formats
        if name == SHELF:
            return LineBox(size="row", says=_("Shelf"))
        if name == PRICE:
            return PriceBox("", formats, size="row", says=_("Price"))
        says = _("Keep") if name == KEEP else _("Count")
        return QuantityBox("", formats, size="row", says=says)

    def _keep(self, part_id: int, name: str | int, value: Any) -> None:
        if isinstance(name, int):
            self._count(part_id, name, value)
        else:
            parts.edit(self.desk.store, part_id, **{name: value})

    def _stepped(self, name: str | int, step: int) -> None:
        """Count one more or one less where the person stands, or else in the first place."""
        part_id, places = self._list.cells.chosen_id, self._list.places
        if not part_id or not places:
            return
        place = name if isinstance(name, int) else places[0].id
        errors.guarded(self, lambda: self._step(part_id, place, step))()

    def _step(self, part_id: int, location_id: int, step: int) -> None:
        part = parts.rows(self.desk.store, [part_id])[part_id]
        self._count(part_id, location_id, part_words.lying(part, location_id) + step)

    def _count(self, part_id: int, location_id: int, counted: Decimal | None) -> None:
        if counted is None:
            return
        store, today = self.desk.store, self.desk.today()
        parts.count(store, part_id, location_id=location_id, counted=counted, counted_on=today)
        place = next(each.name for each in self._list.places if each.id == location_id)
        words = self.desk.formats.quantity(counted)
        self.desk.front.toast(_("{place}: {n} counted", place=place, n=words))
