"""Which assets, and which classes of them, a part fits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from smallcmms.services import asset_classes, assets, parts
from smallcmms.services.parts import Fit, PartPage
from smallcmms.texts import _
from smallcmms.ui.kit import Cell, Desk, FindBox, Found, Label, column
from smallcmms.ui.lists.short_rows import ShortRows

_ROW, _MOST = 30, 8


class PartFits(QWidget):
    """What a part fits; Del or a click on a line takes it off, the box adds another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._part_id = 0
        self.list = ShortRows[Fit].of_cells(_cell, row=_ROW, says=_("Fits"))
        self.list.opened.connect(self._remove)
        hint, says = _("Asset or class that it fits"), _("Add an asset or class that it fits")
        self.box = FindBox("", self._look, hint=hint, says=says)
        self.box.taken.connect(self._add)
        self.setLayout(column(Label(_("Fits"), "bold"), self.list, self.box, gap=6))

    def show_part(self, page: PartPage) -> None:
        """Show what a part fits."""
        self._part_id = page.row.id
        self.list.show_rows(page.fits)

    def _add(self, key: tuple[str, int]) -> None:
        kind, record_id = key
        named = {kind: record_id}
        parts.add_fit(self.desk.store, self._part_id, **named)
        self.box.set_value(None)

    def _remove(self, place: int) -> None:
        fit = self.list.row_of(place)
        parts.remove_fit(self.desk.store, fit.id)
        self.desk.front.toast(_("{name} no longer fits", name=fit.label))

    def _look(self, text: str) -> Sequence[Found]:
        store, plain = self.desk.store, text.lower()
        kinds = [each for each in asset_classes.rows(store) if plain in each.name.lower()]
        ids = list(assets.find(store, text=text)[:_MOST])
        found = assets.rows(store, ids)
        classes = [
            Found(("asset_class_id", each.id), each.name, _("every one"), icon="boxes")
            for each in kinds
        ]
        return classes + [
            Found(("asset_id", each), found[each].label, found[each].number) for each in ids
        ]


def _cell(fit: Fit) -> Cell:
    return Cell(first=fit.label, then=fit.number, right=_("Take it off"), right_tone="accent")
