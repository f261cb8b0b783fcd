"""The paper of an invoice beside it: as it was issued, or as a draft would be printed now."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from smallcmms.domain import papers
from smallcmms.reports import invoice as report
from smallcmms.services import invoices
from smallcmms.services.papers.invoice import invoice as paper
from smallcmms.store.store import Store
from smallcmms.texts import _, _n
from smallcmms.ui import errors, printing
from smallcmms.ui.kit import Button, Desk, Panel, PanelHeader, PdfPreview, Strip, block, column

AFTER_MS = 300
_LETTER_INCHES = 8.5
Drawn = tuple[bytes, tuple[str, ...]]
"""A PDF, and the letters that no font has."""


class InvoicePrinted(Panel):
    """Draw the paper off the screen's thread, 300 ms after the last key."""

    def __init__(self, desk: Desk, print_button: Button) -> None:
        super().__init__()
        self.desk = desk
        self._asked = self._invoice_id = 0
        self._is_issued, self._text = False, ""
        self.preview = PdfPreview(says=_("The invoice as printed"))
        self.header = PanelHeader("file-text", _("As printed"), "", print_button)
        self.missing = Strip("amber", "")
        self.strips = block(column(self.missing, margins=(12, 10, 12, 10)))
        self.strips.hide()
        self.add(self.header)
        self.add(self.strips)
        self.add(self.preview, 1)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self.draw)

    def show_invoice(self, invoice_id: int, text: str, *, is_issued: bool) -> None:
        """Show an invoice's paper, or none; ``text`` is what the customer reads of a draft."""
        self._invoice_id, self._text, self._is_issued = invoice_id, text, is_issued
        self.draw()

    def follow(self, text: str) -> None:
        """Draw again soon, with what is being typed."""
        self._text = text
        self._soon.start()

    def draw(self) -> None:
        """Draw now; an answer that a later one overtook is dropped."""
        self._soon.stop()
        self._asked += 1
        asked = self._asked
        if not self._invoice_id:
            self._show((b"", ()))
            return

        def show(drawn: Drawn) -> None:
            if asked == self._asked:
                self._show(drawn)

        store, invoice_id, text = self.desk.store, self._invoice_id, self._text
        is_issued = self._is_issued
        self.desk.background.run(
            self,
            lambda: _drawn(store, invoice_id, text, is_issued=is_issued),
            show,
            lambda error: errors.show(error, self),
        )

    def pdf(self) -> bytes:
        """Return the paper as it is now."""
        drawn = _drawn(self.desk.store, self._invoice_id, self._text, is_issued=self._is_issued)
        return drawn[0]

    def _show(self, drawn: Drawn) -> None:
        pdf, missing = drawn
        self.preview.show_pdf(pdf)
        self.strips.setVisible(bool(missing))
        self.missing.say(_("No letters to print: {letters}", letters=" ".join(missing)))
        self.header.count.setText(_sheet(pdf, self.preview.pages) if pdf else "")


def render(said: papers.Invoice) -> bytes:
    """Return the PDF of an invoice."""
    return report.render(said).pdf


def _drawn(store: Store, invoice_id: int, text: str, *, is_issued: bool) -> Drawn:
    if is_issued:
        return invoices.document(store, invoice_id), ()
    drawn = report.render(paper(store, invoice_id, text=text))
    return drawn.pdf, drawn.missing


def _sheet(pdf: bytes, pages: int) -> str:
    is_letter = printing.width(pdf) > _LETTER_INCHES - 0.1
    size = _("Letter") if is_letter else _("A4")
    return _("{size}, {pages}", size=size, pages=_n("{n} page", "{n} pages", pages))
