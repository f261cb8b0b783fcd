"""Codes on pictures and scanned sheets: what the QR codes on them say, page by page.

Nothing from outside is trusted: sizes are read before points are, pages and pictures beyond
what a scanner or a phone makes are refused, and each page is let go before the next is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image
from pypdfium2 import raw

from smallcmms.domain.attachments import HEAD, ending
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import pictures
from smallcmms.pdfium import TURN

MOST_PAGES = 300
MOST_POINTS = 12_000_000
MOST_POINTS_INSIDE = 120_000_000
MOST_PICTURES_INSIDE = 2_000
FINENESSES = (200, 300)
"""Dots an inch at which a page is looked at, the second where the first shows nothing."""
_POINTS_AN_INCH = 72
_WIDEST, _SMALLER = 4000, 1600
_LONGEST = 2_000
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_PLAIN = (".jpg", ".png", ".gif", ".webp")
_BITMAP = b"BM"
Go = Callable[[int, int], object]


def read(data: bytes) -> list[str]:
    """Return the texts of the QR codes on a picture or in a PDF, each once, in the order of pages.

    Raises:
        RuleBroken: it is neither, is damaged, or is larger than is looked at.
    """
    return list(dict.fromkeys(code for codes in pages(data) for code in codes))


def pages(data: bytes, go: Go | None = None) -> list[list[str]]:
    """Return the texts of the codes on every page; a picture is one page.

    ``go`` is told how many pages of how many are done; what it raises ends the reading.

    Raises:
        RuleBroken: see `read`.
    """
    kind = ending(data[:HEAD])
    if kind == ".pdf":
        return list(_pages(data, go))
    if kind in _PLAIN or data.startswith(_BITMAP):
        return [_of_picture(data)]
    raise RuleBroken("Only pictures (JPEG, PNG, WebP) and PDF files are read.")


def part(data: bytes, numbers: Sequence[int]) -> bytes:
    """Return a PDF with these pages of a PDF, the first is 0; a picture comes as it is."""
    if ending(data[:HEAD]) != ".pdf":
        return data
    with TURN:
        document = _opened(data)
        try:
            if len(numbers) == len(document):
                return data
            whole, into = pypdfium2.PdfDocument.new(), BytesIO()
            whole.import_pages(document, pages=list(numbers))
            whole.save(into)
            whole.close()
        finally:
            document.close()
    return into.getvalue()


def _of_picture(data: bytes) -> list[str]:
    """Return the codes of a picture, looked at in a smaller size too where it shows none."""
    for most in (_WIDEST, _SMALLER):
        small = pictures.small(data, most=most)
        picture = Image.frombytes("RGB", (small.width, small.height), small.points).convert("L")
        if codes := _codes(picture):
            return codes
    return []


def _pages(data: bytes, go: Go | None) -> Iterator[list[str]]:
    with TURN:
        document = _opened(data)
        count = len(document)
    try:
        if count > MOST_PAGES:
            raise RuleBroken("This PDF has more than {most} pages.", most=MOST_PAGES)
        for number in range(count):
            yield _of_page(document, number)
            if go is not None:
                go(number + 1, count)
    finally:
        with TURN:
            document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RuleBroken("This PDF cannot be read: it is damaged or locked.") from error


def _of_page(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    for dots in FINENESSES:
        if codes := _codes(_drawn(document, number, dots)):
            return codes
    return []


def _drawn(document: pypdfium2.PdfDocument, number: int, dots: int) -> Image.Image:
    """Return a page as a grey picture, drawn no larger than is allowed."""
    with TURN:
        try:
            page = document[number]
        except pypdfium2.PdfiumError as error:
            raise RuleBroken("Page {number} of this PDF is damaged.", number=number + 1) from error
        try:
            _see_pictures(page, number)
            wide, high = page.get_size()
            most = math.sqrt(MOST_POINTS / max(wide * high, 1))
            bitmap = page.render(scale=min(dots / _POINTS_AN_INCH, most), grayscale=True)
            try:
                drawn: Image.Image = bitmap.to_pil().convert("L").copy()
            finally:
                bitmap.close()
        finally:
            page.close()
    return drawn


def _see_pictures(page: pypdfium2.PdfPage, number: int) -> None:
    """See that no picture in a page is larger than scanners make them, before it is unpacked.

    Raises:
        RuleBroken: one is, or there are too many.
    """
    for count, found in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]), start=1):
        wide, high = found.get_px_size()
        if wide * high > MOST_POINTS_INSIDE or count > MOST_PICTURES_INSIDE:
            raise RuleBroken("Page {number} holds a picture too large to read.", number=number + 1)


def _codes(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture, formats=_QR)
    return [each.text for each in found if each.text and len(each.text) <= _LONGEST]
