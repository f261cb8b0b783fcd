"""The parts that fit an asset, and how many of them are free."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from smallcmms.services import parts
from smallcmms.services.parts import PartRow
from smallcmms.store.store import Changed
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Cell,
    Desk,
    FindBox,
    Found,
    Label,
    PanelHeader,
    block,
    column,
    row,
)
from smallcmms.ui.lists.short_rows import ShortRows

_ROW = 30
_TABLES = ("part", "part_fit", "stock_move", "reservation", "asset")


class AssetParts(QWidget):
    """Show the parts that fit an asset, by itself or by its class; add one to them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self._asset_id = desk, 0
        add = Button(_("Add"), "quiet", icon="plus", is_small=True, on=self.begin)
        self.header = PanelHeader("package", _("Parts that fit"), "", add)
        self.list = ShortRows[PartRow].of_cells(self._cell, row=_ROW, says=_("Parts that fit"))
        self.list.opened.connect(
            lambda place: self.desk.front.go("parts", self.list.row_of(place).id)
        )
        self.nothing = Label(_("None named yet."), "second")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        says = _("Add a part that fits")
        self.box = FindBox("", self._look, hint=_("Name or number of a part"), says=says)
        self.box.taken.connect(self._add)
        self.bar = block(row(self.box, margins=(12, 6, 12, 8)))
        self.bar.hide()
        pieces = (self.header, self.list, self.nothing, self.bar)
        self.setLayout(column(*pieces, gap=0))
        desk.relay.changed.connect(self._on_changed)

    def show_asset(self, asset_id: int) -> None:
        """Look the parts of an asset up in the background."""
        if asset_id != self._asset_id:
            self.bar.hide()
        self._asset_id = asset_id
        store = self.desk.store

        def show(found: Sequence[PartRow]) -> None:
            if asset_id == self._asset_id:
                self._show(found)

        self.desk.background.run(self, lambda: parts.for_asset(store, asset_id), show)

    def begin(self) -> None:
        """Open the box for another part."""
        self.bar.show()
        self.box.set_value(None)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: Sequence[PartRow]) -> None:
        self.list.show_rows(found)
        self.nothing.setVisible(not found)
        self.header.count.setText(str(len(found)) if found else "")

    def _on_changed(self, changed: Changed) -> None:
        if self._asset_id and self.isVisible() and changed.touches(*_TABLES):
            self.show_asset(self._asset_id)

    def _look(self, text: str) -> Sequence[Found]:
        return [
            Found(each.id, each.name, each.number) for each in parts.match(self.desk.store, text)
        ]

    def _add(self, part_id: int) -> None:
        parts.add_fit(self.desk.store, part_id, asset_id=self._asset_id)
        self.box.set_value(None)
        self.bar.hide()

    def _cell(self, part: PartRow) -> Cell:
        words = _("{n} free", n=self.desk.formats.quantity(part.available))
        tone = "red" if part.available <= 0 else "text2"
        return Cell(first=part.name, then=part.number, right=words, right_tone=tone)
