"""How much of a part each truck should carry."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from smallcmms.domain.stock import LocationKind
from smallcmms.services import parts
from smallcmms.services.parts import PartPage
from smallcmms.texts import _
from smallcmms.ui import errors
from smallcmms.ui.kit import Desk, Label, QuantityBox, column, row

_IN_A_ROW = 3


class PartPars(QWidget):
    """A box for each truck; it saves when it is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._page: PartPage | None = None
        self.boxes: dict[int, QuantityBox] = {}
        trucks = [each for each in parts.locations(desk.store) if each.kind is LocationKind.TRUCK]
        for truck in trucks:
            box = self.boxes[truck.id] = QuantityBox(truck.name, desk.formats)
            box.left.connect(errors.guarded(self, partial(self._keep, truck.id)))
        boxes = list(self.boxes.values())
        lines = [row(*boxes[at : at + _IN_A_ROW], gap=10) for at in range(0, len(boxes), _IN_A_ROW)]
        title = Label(_("What a truck should carry"), "bold")
        self.setLayout(column(title, *lines, gap=6))
        if not boxes:
            self.hide()

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
