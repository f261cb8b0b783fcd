"""What stands beside the history of an asset: lock-out, what it is part of, its class, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.services.assets import AssetPage, Relative
from smallcmms.services.warranties import WarrantyRow
from smallcmms.texts import _
from smallcmms.ui import asset_words
from smallcmms.ui.forms.files import FilesBlock
from smallcmms.ui.kit import Button, Cell, Desk, Label, PanelHeader, block, column
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.pages.asset_parts import AssetParts
from smallcmms.ui.pages.asset_upkeep import AssetUpkeep

_ROW, _TWO = 30, 46
Told = tuple[str, str]


class AssetAbout(QWidget):
    """Show what is known of an asset beside its work; a block without content is not there.

    ``wants_lock_out`` tells that the lock-out is to be edited.
    """

    wants_lock_out = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._make_lock_out()
        self._make_facts()
        self.note = Label("", wraps=True)
        inside = column(self.note, margins=(12, 8, 12, 8))
        self.notes = stacked(PanelHeader("file-text", _("Notes")), block(inside))
        self.files = FilesBlock(desk, "asset")
        self.fitting, self.upkeep = AssetParts(desk), AssetUpkeep(desk)
        blocks = (self.upkeep, self.lock_out, self.fitting, self.promises_block, self.facts)
        rest = (self.parts_block, self.notes, self.files)
        self.setLayout(column(*blocks, *rest, None, gap=0))

    def show_asset(self, page: AssetPage) -> None:
        """Show an asset."""
        self.files.show_record(page.row.id)
        self.fitting.show_asset(page.row.id)
        self.upkeep.show_asset(page.row.id)
        self._say_lock_out(page)
        self._say_facts(page)
        self.parts.show_rows(page.parts)
        self.parts_header.count.setText(str(len(page.parts)))
        self.parts_block.setVisible(bool(page.parts))
        others = page.warranties[1:]
        self.promises.show_rows(others)
        self.promises_block.setVisible(bool(others))
        self.note.setText(page.notes)
        self.notes.setVisible(bool(page.notes))

    def _make_lock_out(self) -> None:
        self.energies, self.steps = Label("", "bold", wraps=True), Label("", wraps=True)
        self.hazards = Label("", tone="red", wraps=True)
        note = Label(_("Prints on every work order."), "second", wraps=True)
        pieces = (self.energies, self.steps, self.hazards, note)
        inside = column(*pieces, gap=3, margins=(12, 8, 12, 8))
        edit = Button(_("Edit"), "quiet", is_small=True, on=self.wants_lock_out.emit)
        header = PanelHeader("lock-keyhole", _("Lock out before work"), "", edit)
        self.lock_out = stacked(header, block(inside))

    def _make_facts(self) -> None:
        self.told = ShortRows[Told].of_cells(_fact, row=_ROW, says=_("About it"))
        self.part_of = Button("", "link", is_small=True, on=self._go_to_parent)
        self._parent_id = 0
        self.part_of_line = block(
            column(Label(_("Part of"), "label"), self.part_of, gap=0, margins=(12, 6, 12, 6))
        )
        header = PanelHeader("info", _("About it"))
        self.facts = stacked(header, self.part_of_line, self.told)
        self.parts_header = PanelHeader("boxes", _("Parts of it"))
        self.parts = ShortRows[Relative].of_cells(_part, row=_ROW, says=_("Parts of it"))
        self.parts.opened.connect(self._on(lambda place: self.parts.row_of(place).id))
        self.parts_block = stacked(self.parts_header, self.parts)
        self.promises = ShortRows[WarrantyRow].of_cells(
            self._promise, row=_TWO, says=_("Other warranties")
        )
        header = PanelHeader("shield-check", _("Other warranties"))
        self.promises_block = stacked(header, self.promises)

    def _on(self, id_of: Callable[[int], int]) -> Callable[[int], None]:
        return lambda place: self.desk.front.go("assets", id_of(place))

    def _go_to_parent(self) -> None:
        self.desk.front.go("assets", self._parent_id)

    def _say_lock_out(self, page: AssetPage) -> None:
        self.energies.setText(page.lock_out_energies)
        self.energies.setVisible(bool(page.lock_out_energies))
        steps = enumerate(page.lock_out_steps, start=1)
        self.steps.setText("\n".join(f"{number}. {step}" for number, step in steps))
        self.steps.setVisible(bool(page.lock_out_steps))
        self.hazards.setText(page.hazards)
        self.hazards.setVisible(bool(page.hazards))
        has_any = page.lock_out_energies or page.lock_out_steps or page.hazards
        self.lock_out.setVisible(bool(has_any))

    def _say_facts(self, page: AssetPage) -> None:
        told = [(name, words) for name, words in self._known(page) if words]
        self.told.show_rows(told)
        self._parent_id = page.parent.id if page.parent else 0
        self.part_of.say(page.parent.label if page.parent else "")
        self.part_of_line.setVisible(page.parent is not None)
        self.facts.setVisible(bool(told) or page.parent is not None)

    def _known(self, page: AssetPage) -> Iterator[Told]:
        if page.criticality is not None:
            yield _("Needed"), dict(asset_words.criticalities())[page.criticality]
        if page.life_years:
            yield _("Expected life"), asset_words.span(page.life_years * 12)
        if page.owner != asset_words.owners()[0][0]:
            yield _("Whose"), dict(asset_words.owners())[page.owner]
        for name in page.custom_fields:
            yield name, page.custom_values.get(name, "")

    def _promise(self, promise: WarrantyRow) -> Cell:
        day = self.desk.formats.day_year(promise.ends_on)
        is_over = promise.ends_on < self.desk.today()
        words = _("Ended {day}", day=day) if is_over else _("Until {day}", day=day)
        covers = dict(asset_words.warranty_kinds())[promise.kind]
        return Cell(first=words, second=", ".join(filter(None, (covers, promise.guarantor))))


def stacked(*pieces: QWidget) -> QWidget:
    """Return pieces one below the other without gaps, as one block."""
    return block(column(*pieces, None, gap=0))


def _fact(told: Told) -> Cell:
    return Cell(first=told[0], tone="text2", right=told[1], right_tone="text")


def _part(part: Relative) -> Cell:
    return Cell(first=part.label, then=part.number)
