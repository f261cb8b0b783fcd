"""The places of a site as a tree: add, name, move, put away, bring back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from smallcmms.services import locations, sites
from smallcmms.services.locations import PlaceRow
from smallcmms.texts import _, _n
from smallcmms.ui.kit import (
    Button,
    Cell,
    Choice,
    Column,
    Desk,
    Form,
    Label,
    LineBox,
    RowsModel,
    RowsView,
    Tick,
    block,
    column,
    row,
    theme,
)

_ROW, _SHOWN = 28, 7


class PlacesBlock(QWidget):
    """Show the buildings, floors and rooms of a site, and change them; each change is one step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.site_id = 0
        self._found: dict[int, PlaceRow] = {}
        self.model = RowsModel[PlaceRow]([Column("", self._cell)], self._fetch, self)
        self.list = RowsView(self.model, row=_ROW, says=_("Places"))
        self.list.chosen.connect(self._choose)
        self.archived = Tick(_("Show what was put away"))
        self.archived.toggled.connect(self.look_up)
        self.form = Form(self)
        hint = _("Building A › Floor 3 › Unit 3C")
        self.new = self.form.add("location", LineBox(_("New place"), hint=hint))
        self.name = self.form.add("name", LineBox(_("Name")))
        self.around = self.form.add("parent", Choice(_("Lies in")))
        self._make_buttons()
        well = block(column(self.list, margins=(1, 1, 1, 1)), "well")
        new = row(self.new)
        new.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        head = row(Label(_("Places in this site"), "h3"), None, self.archived)
        self.change = block(column(row(self.name, self.around, gap=10), self._verbs, gap=6))
        self.setLayout(column(head, well, self.change, new, gap=8))
        theme.follow(self, self._fit)
        self._fit()

    def _make_buttons(self) -> None:
        self.add = Button(_("Add"), icon="plus", on=self._add)
        self.add.setAccessibleName(_("Add a place"))
        self.rename = Button(_("Rename and move"), is_small=True, on=self._change)
        self.put_away = Button(_("Put away"), "quiet", is_small=True, on=self._archive)
        self.bring_back = Button(_("Bring back"), "quiet", is_small=True, on=self._restore)
        self._verbs = row(self.rename, self.put_away, self.bring_back, None)
        self.new.line.returnPressed.connect(self.add.click)
        self.name.line.returnPressed.connect(self.rename.click)

    def show_site(self, site_id: int) -> None:
        """Show the places of a site."""
        if site_id != self.site_id:
            self.form.clear()
        self.site_id = site_id
        self.look_up()

    def look_up(self) -> None:
        """Look the tree up again; the choice stays."""
        is_all = self.archived.isChecked()
        found = locations.tree(self.desk.store, self.site_id, has_archived=is_all)
        self._found = {each.id: each for each in found}
        self.model.set_ids(list(self._found))
        self.list.setVisible(bool(found))
        self._fit()
        self._choose(self.list.chosen_id)

    def _fit(self) -> None:
        rows = min(max(len(self._found), 1), _SHOWN)
        self.list.setFixedHeight(theme.px(_ROW) * rows + 4)

    def _choose(self, place_id: int) -> None:
        place = self._found.get(place_id)
        self.change.setVisible(place is not None)
        if place is None:
            return
        self.name.set_value(place.name)
        top: list[tuple[object, str]] = [(None, _("The site itself"))]
        inside = f"{place.path} › "
        others = (
            (each.id, each.path)
            for each in self._found.values()
            if each.id != place_id and not each.is_archived and not each.path.startswith(inside)
        )
        self.around.set_items([*top, *others])
        self.around.set_value(place.parent_id)
        for piece in (self.name, self.around, self.rename, self.put_away):
            piece.setVisible(not place.is_archived)
        self.bring_back.setVisible(place.is_archived)

    def _add(self) -> None:
        made = sites.add_location(self.desk.store, self.site_id, path=self.new.text)
        self.new.set_value("")
        self.look_up()
        self.list.choose(made)

    def _change(self) -> None:
        """Rename and move: what of the two is another one."""
        place = self._found[self.list.chosen_id]
        name, parent_id = self.name.text, self.around.value  # a change shows the tree anew
        if name != place.name:
            sites.rename_location(self.desk.store, place.id, name=name)
        if parent_id != place.parent_id:
            locations.move(self.desk.store, place.id, parent_id=parent_id)
        self.look_up()

    def _archive(self) -> None:
        name = self._found[self.list.chosen_id].name
        locations.archive(self.desk.store, self.list.chosen_id)
        self.look_up()
        self.desk.front.toast(_("Archived {name}", name=name))

    def _restore(self) -> None:
        locations.restore(self.desk.store, self.list.chosen_id)
        self.look_up()

    def _cell(self, place: PlaceRow) -> Cell:
        return Cell(
            depth=place.depth,
            icon="layers" if place.depth else "building-2",
            first=place.name,
            tone="text3" if place.is_archived else "text",
            right=_n("{n} asset", "{n} assets", place.assets) if place.assets else "",
            second_right=_("archived") if place.is_archived else "",
        )

    def _fetch(self, ids: Sequence[int]) -> dict[int, PlaceRow]:
        return {each: self._found[each] for each in ids if each in self._found}
