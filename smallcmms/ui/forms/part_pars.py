"""How much of a part each truck should carry."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from smallcmms.domain.stock import LocationKind
from smallcmms.services import parts
from smallcmms.services.parts import LocationRow, PartPage
from smallcmms.texts import _
from smallcmms.ui import errors
from smallcmms.ui.kit import Desk, Label, QuantityBox, column

_IN_A_ROW = 3


class PartPars(QWidget):
    """A box for each truck; it saves when it is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._page: PartPage | None = None
        self.boxes: dict[int, QuantityBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        title = Label(_("What a truck should carry"), "bold")
        self.setLayout(column(title, self._grid, gap=6))
        self.show_places(parts.locations(desk.store))

    def show_places(self, places: Sequence[LocationRow]) -> None:
        """Show a box for each truck among the places."""
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for at, truck in enumerate(each for each in places if each.kind is LocationKind.TRUCK):
            box = self.boxes[truck.id] = QuantityBox(truck.name, self.desk.formats)
            box.left.connect(errors.guarded(self, partial(self._keep, truck.id)))
            self._grid.addWidget(box, at // _IN_A_ROW, at % _IN_A_ROW)
        if self.parentWidget() is not None or not self.boxes:  # alone it would be a window
            self.setVisible(bool(self.boxes))
        if self._page is not None:
            self.show_part(self._page)

    def show_part(self, page: PartPage) -> None:
        """Show what the trucks should carry of a part."""
        is_other = self._page is None or self._page.row.id != page.row.id
        self._page = page
        for location_id, box in self.boxes.items():
            if is_other or not box.editor.hasFocus():
                box.set_value(page.pars.get(location_id))

    def _keep(self, location_id: int) -> None:
        box, page = self.boxes[location_id], self._page
        if page is None or not box.check() or box.value == page.pars.get(location_id):
            return
        parts.set_par(self.desk.store, page.row.id, location_id=location_id, quantity=box.value)
