"""The first step of bringing in a list: what it holds, and the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from smallcmms.domain.imports import Kind
from smallcmms.services import imports
from smallcmms.services.imports import BatchRow
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Cell,
    Column,
    Desk,
    Label,
    Option,
    Options,
    Panel,
    PanelHeader,
    block,
    column,
    row,
    scrolled,
)
from smallcmms.ui.lists.short_rows import ShortRows

_LATELY = 6


def kind_words(kind: Kind) -> str:
    """Return what a list holds, in words."""
    return {
        Kind.CUSTOMERS: _("Customers"),
        Kind.ASSETS: _("Assets"),
        Kind.TECHNICIANS: _("Technicians"),
        Kind.PARTS: _("Parts"),
        Kind.WORK_ORDERS: _("Past work"),
        Kind.READINGS: _("Readings of meters"),
        Kind.COBIE: _("A building (COBie)"),
    }[kind]


def _options() -> list[Option]:
    told = {
        Kind.CUSTOMERS: _("With people, phones, sites and how to get in"),
        Kind.ASSETS: _("With sites, places, makes, serials and your own columns"),
        Kind.TECHNICIANS: _("With trucks, rates and hours"),
        Kind.PARTS: _("With suppliers, costs, prices and what lies on which shelf"),
        Kind.WORK_ORDERS: _("Jobs that are done, so that history is there on the first day"),
        Kind.READINGS: _("What a sensor or a building's controls write down, with its limits"),
        Kind.COBIE: _("Floors, rooms and equipment as the builder hands them over"),
    }
    return [Option(kind, kind_words(kind), second=second) for kind, second in told.items()]


class ImportFile(Panel):
    """Choose what is brought in and from which file; ``chosen`` tells both."""

    chosen = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.kinds = Options(_options(), says=_("What the list holds"))
        self.kinds.set_value(Kind.CUSTOMERS)
        well = block(column(self.kinds, margins=(1, 1, 1, 1)), "well")
        self.open_button = Button(
            _("Choose the file"), "primary", icon="upload", key="Ctrl+Return", on=self.choose_file
        )
        hint = _("CSV, xlsx, xls or ods, up to 64 MB. Nothing is written before you have seen it.")
        self.before = ShortRows[BatchRow](
            [Column("", self._batch), Column("", self._counts, 260)],
            row=34,
            says=_("Brought in before"),
        )
        self.before_header = PanelHeader("history", _("Brought in before"))
        for piece in (self.before, self.before_header):
            piece.hide()
        inside = column(
            Label(_("What the list holds"), "label"),
            well,
            Label(hint, "second", wraps=True),
            row(self.open_button, None),
            gap=10,
            margins=(16, 12, 16, 12),
        )
        self.add(PanelHeader("upload", _("Bring in a list"), is_big=True))
        self.add(scrolled(column(inside, self.before_header, self.before, None, gap=0)), 1)

    @property
    def kind(self) -> Kind:
        """Return what the list holds, as it is chosen."""
        return Kind(str(self.kinds.value))

    def refresh(self) -> None:
        """Look up again what was brought in before."""
        self.desk.background.run(
            self, lambda: imports.batches(self.desk.store)[:_LATELY], self._show_before
        )

    def choose_file(self) -> None:
        """Ask for the file."""
        folder = Path.home()
        words = f"{_('Tables')} (*.csv *.tsv *.txt *.xlsx *.xls *.ods)"
        path = self.desk.ask.open_file(self, _("Bring in a list"), words, folder)
        if path is not None:
            self.chosen.emit(self.kind, path)

    def _show_before(self, batches: list[BatchRow]) -> None:
        self.before.show_rows(batches)
        self.before_header.setVisible(bool(batches))

    def _batch(self, batch: BatchRow) -> Cell:
        words = kind_words(Kind(batch.kind))
        return Cell(icon="file-text", first=batch.name, then=words)

    def _counts(self, batch: BatchRow) -> Cell:
        formats, today = self.desk.formats, self.desk.today()
        made = batch.counts.get("new", 0)
        changed = batch.counts.get("changed", 0)
        words = _("{made} new, {changed} changed", made=made, changed=changed)
        return Cell(right=f"{words} · {formats.moment(batch.at, today)}")
