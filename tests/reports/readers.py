"""Readers that are not ours: what a person with another program would see in a PDF."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from smallcmms.domain.places import Rect

MM_PER_INCH = 25.4


def run(program: str, *arguments: str, pdf: bytes) -> str:
    """Return what a program says of a PDF, which it gets as its file; "-" goes behind it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        options = [argument for argument in arguments if argument != "-"]
        behind = ["-"] if "-" in arguments else []
        done = subprocess.run(
            [program, *options, str(path), *behind], check=True, capture_output=True
        )
    return done.stdout.decode("utf-8")


def text(pdf: bytes) -> str:
    """Return the text as poppler reads it, in the order of the page."""
    return run("pdftotext", "-layout", "-enc", "UTF-8", "-", pdf=pdf)


def words(pdf: bytes) -> str:
    """Return the text in one line, each run of spaces as one."""
    return " ".join(run("pdftotext", "-raw", "-enc", "UTF-8", "-", pdf=pdf).split())


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page as pdfium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def fonts(pdf: bytes) -> list[tuple[str, bool]]:
    """Return the fonts, and whether each is embedded."""
    rows = run("pdffonts", pdf=pdf).splitlines()[2:]
    return [(row.split()[0], row.split()[-5] == "yes") for row in rows]


def picture(pdf: bytes, page: int, dpi: int) -> Image.Image:
    """Return a page as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[page].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    document.close()
    return image


def crop(image: Image.Image, rect: Rect, dpi: int) -> Image.Image:
    """Return what stands in a rectangle of millimetres."""
    return image.crop(crop_box(rect, dpi))


def crop_box(rect: Rect, dpi: int) -> tuple[int, int, int, int]:
    """Return a rectangle of millimetres in the dots of a picture."""
    scale = dpi / MM_PER_INCH
    left, top = round(rect.x * scale), round(rect.y * scale)
    return left, top, round(rect.right * scale), round(rect.bottom * scale)


def by_zxing(image: Image.Image) -> list[str]:
    """Return the codes that zxing-cpp reads; in a table of lines it sees bars too."""
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [found.text for found in zxingcpp.read_barcodes(image, formats=formats)]


def by_zbar(image: Image.Image) -> list[str]:
    """Return the codes that zbar reads."""
    symbols = [pyzbar.ZBarSymbol.QRCODE]
    return [found.data.decode("ascii") for found in pyzbar.decode(image, symbols=symbols)]
