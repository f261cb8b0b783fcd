"""Paper from the screen: a PDF goes to a printer, into a file, or before the person's eyes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QMarginsF, QRectF, QSizeF, QThread
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.pdfium import TURN
from smallcmms.texts import _
from smallcmms.ui import late
from smallcmms.ui.ask import Ask

POINTS = 72
_FINEST = 300


def pages(pdf: bytes, dots: float) -> Iterator[QImage]:
    """Yield the pages of a PDF as pictures with this many dots an inch, one at a time."""
    for number in range(_count(pdf)):
        with TURN:
            document = _pdfium().PdfDocument(pdf)
            try:
                picture = _picture(document[number], dots / POINTS)
            finally:
                document.close()
        yield picture


def _count(pdf: bytes) -> int:
    with TURN:
        document = _pdfium().PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Return several papers as one, their pages in order."""
    if len(pdfs) == 1:
        return pdfs[0]
    with TURN:
        whole, into = _pdfium().PdfDocument.new(), BytesIO()
        for pdf in pdfs:
            part = _pdfium().PdfDocument(pdf)
            whole.import_pages(part)
            part.close()
        whole.save(into)
        whole.close()
    return into.getvalue()


def prepare() -> None:
    """Load what reads a PDF: whoever shows the first one waits for it otherwise."""
    _pdfium()


def width(pdf: bytes) -> float:
    """Return how wide the first page of a PDF is, in inches."""
    return _size(pdf)[0] / POINTS


def _size(pdf: bytes) -> tuple[float, float]:
    with TURN:
        document = _pdfium().PdfDocument(pdf)
        try:
            wide, tall = document[0].get_size()
        finally:
            document.close()
    return float(wide), float(tall)


def _pdfium() -> Any:
    return late.module("pypdfium2")


def _picture(page: Any, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=4)
    kind = QImage.Format.Format_RGBX8888
    data = bytes(bitmap.buffer)
    return QImage(data, bitmap.width, bitmap.height, bitmap.stride, kind).copy()


class _Drawing(QThread):
    """Draws a paper for the printer, beside the screen's thread: a page takes longer than a key."""

    def __init__(self, printer: QPrinter, pdf: bytes) -> None:
        super().__init__()
        self._printer, self._pdf = printer, pdf
        self._failure: Exception | None = None

    def run(self) -> None:
        """Draw every page, and keep what went wrong."""
        try:
            _draw(self._printer, self._pdf)
        except Exception as failure:  # noqa: BLE001 - the screen's thread raises it again
            self._failure = failure

    def finish(self) -> None:
        """Draw while the window goes on painting; keys and clicks come after the last page."""
        loop = QEventLoop()
        self.finished.connect(loop.quit)
        self.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self.wait()
        if self._failure is not None:
            raise self._failure


class Printing:
    """Prints and saves; it asks for printer and file through ``ask``."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._printer: QPrinter | None = None

    def print(self, parent: QWidget, pdf: bytes, title: str) -> bool:
        """Print a PDF; return whether it went to the printer.

        Raises:
            RuleBroken: the printer did not take it.
        """
        printer = self._printer or QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setFullPage(True)
        _set_paper(printer, pdf)
        if not self._ask.printer(printer, lambda: QPrintDialog(printer, parent)):
            return False
        self._printer = printer
        _Drawing(printer, pdf).finish()
        return True

    def save(self, parent: QWidget, pdf: bytes, proposal: Path) -> Path | None:
        """Write a PDF into a file that the person names; return it.

        Raises:
            RuleBroken: the file cannot be written.
        """
        path = self._ask.save_file(parent, _("Save as PDF"), "PDF (*.pdf)", proposal)
        if path is None:
            return None
        try:
            path.write_bytes(pdf)
        except OSError as error:
            raise RuleBroken(
                "Could not save {name}: {reason}.", name=path.name, reason=error.strerror
            ) from error
        return path


def _set_paper(printer: QPrinter, pdf: bytes) -> None:
    size = QPageSize(QSizeF(*_size(pdf)), QPageSize.Unit.Point)
    upright = QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, upright, QMarginsF(0, 0, 0, 0)))


def _draw(printer: QPrinter, pdf: bytes) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        name = printer.printerName() or _("the printer")
        raise RuleBroken("Could not print: {printer} does not answer.", printer=name)
    try:
        for number, picture in enumerate(pages(pdf, min(printer.resolution(), _FINEST))):
            if number:
                printer.newPage()
            whole = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            painter.drawImage(whole, picture)
    finally:
        painter.end()
