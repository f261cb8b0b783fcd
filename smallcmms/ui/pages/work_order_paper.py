"""The paper of a work order before it goes to the printer, and what to do when it does not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from smallcmms.domain.errors import RuleBroken
from smallcmms.services import sheets
from smallcmms.texts import _, _n
from smallcmms.ui.kit import (
    Button,
    Desk,
    Panel,
    PanelHeader,
    PdfPreview,
    Strip,
    block,
    column,
    row,
)

_BOTH_SIDES = 2


class WorkOrderPaper(Panel):
    """Show a copy that was made; ``closed`` tells that the person is done with it."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._pdf, self._number, self._work_order_id, self.copy = b"", "", 0, 0
        self.header = PanelHeader("printer", "", is_big=True)
        self.refused, self.missing = Strip("red", "", icon="printer"), Strip("amber", "")
        self.strips = block(column(self.refused, self.missing, margins=(12, 10, 12, 10)))
        self.preview = PdfPreview(says=_("The sheet as printed"))
        self.preview.counted.connect(lambda _pages: self._say_header())
        self.print = Button(
            _("Print"), "primary", icon="printer", key="Ctrl+Return", on=self.print_it
        )
        save = Button(_("Save as PDF"), icon="download", on=self.save)
        self.failed = Button(_("It did not print"), on=self.take_back)
        done = Button(_("Done"), on=self.closed.emit)
        foot = row(self.print, save, self.failed, None, done, margins=(16, 8, 16, 8))
        self.add(self.header)
        self.add(self.strips)
        self.add(self.preview, 1)
        self.add(block(foot, "footer"))

    def show_copy(
        self,
        work_order_id: int,
        number: str,
        copy: int,
        pdf: bytes,
        *,
        missing: tuple[str, ...] = (),
        is_out: bool = True,
    ) -> None:
        """Show a copy; one that is out can be taken back."""
        self._work_order_id, self._number, self.copy, self._pdf = work_order_id, number, copy, pdf
        self.failed.setVisible(is_out)
        self.refused.hide()
        self.missing.say(_("No letters to print: {letters}", letters=" ".join(missing)))
        self.missing.setVisible(bool(missing))
        self.strips.setVisible(bool(missing))
        self.preview.show_pdf(pdf)
        self._say_header()

    def print_it(self) -> None:
        """Print it; a printer that does not answer leaves the copy as it is."""
        try:
            is_sent = self.desk.printing.print(self, self._pdf, self._name())
        except RuleBroken as refused:
            kept = _(
                "Copy {copy} is kept as a PDF. Print it again, or take it back.", copy=self.copy
            )
            self.refused.say(_(refused.message, **refused.values), kept)
            self.refused.show()
            self.strips.show()
            return
        if is_sent:
            self.refused.hide()
            self.strips.setVisible(not self.missing.isHidden())
            words = _("Printed {number}, copy {copy}", number=self._number, copy=self.copy)
            self.desk.front.toast(words, has_undo=False)

    def save(self) -> None:
        """Write it into a file."""
        self.desk.printing.save(self, self._pdf, Path(f"{self._name()}.pdf"))

    def take_back(self) -> None:
        """Say that it never came out of the printer."""
        copy = sheets.did_not_print(self.desk.store, self._work_order_id, copy=self.copy)
        self.desk.front.toast(_("Copy {copy} is taken back", copy=copy))
        self.closed.emit()

    def _say_header(self) -> None:
        pages = self.preview.pages
        sides = _("front and back") if pages == _BOTH_SIDES else _n("{n} page", "{n} pages", pages)
        words = _(
            "{number}, copy {copy}, {sides}", number=self._number, copy=self.copy, sides=sides
        )
        self.header.title.setText(words)

    def _name(self) -> str:
        return _("{number} copy {copy}", number=self._number, copy=self.copy)
