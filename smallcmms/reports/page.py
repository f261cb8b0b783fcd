"""A page to draw on: millimetres from the top left corner, text, boxes, marks, codes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from smallcmms.domain.papers import Manner, PaperSize, Shop
from smallcmms.domain.places import MARK_SIZE, SIZES, Page, Rect
from smallcmms.domain.typed import clean
from smallcmms.domain.wrapping import POINT, Line, Type
from smallcmms.reports import codes, icons
from smallcmms.reports.style import FILES, ems, font, measure, set_text

MM = 1 / POINT
THIN = 0.32
FRAME = 0.4
RULE = 0.66
TICK_LINE = 0.42
RADIUS = 1.06
CORNER = 0.8  # points
SMALLEST = 0.6
SLACK = 0.01
CAPITAL = 0.727 / 2
ALIGNED = {"left": 0.0, "centre": 0.5, "right": 1.0}
_HAZARD_PITCH = 4.76
_ROUND = 1
rl_config.useA85 = 0  # bytes need no letters; they take a quarter less room and time


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished paper; `missing` holds the letters that no font has, printed as squares."""

    pdf: bytes
    missing: tuple[str, ...] = ()


class _Canvas(Canvas):
    """A canvas that measures a text once; it is asked again each time the text is printed."""

    def stringWidth(  # noqa: N802
        self,
        text: str,
        fontName: str | None = None,  # noqa: N803
        fontSize: float | None = None,  # noqa: N803
    ) -> float:
        """Return how wide a text is in a font and a size, in points."""
        if fontName is None or fontSize is None:
            return super().stringWidth(text, fontName, fontSize)
        return ems(text, fontName) * fontSize


class Pen:
    """Draws one document; lengths are millimetres, y runs down, sizes of letters are points."""

    def __init__(
        self, size: PaperSize | tuple[float, float], *, title: str, author: str, language: str
    ) -> None:
        self.width, self.height = SIZES[size] if isinstance(size, PaperSize) else size
        self._bytes = BytesIO()
        self._missing: dict[str, None] = {}
        font(FILES["regular"])
        self._canvas = _Canvas(
            self._bytes,
            pagesize=(self.width * MM, self.height * MM),
            pageCompression=1,
            invariant=1,
            initialFontName=FILES["regular"],  # type: ignore[arg-type]
            lang=language.replace("_", "-"),
        )
        self._canvas.setTitle(clean(title).text)
        self._canvas.setAuthor(clean(author).text)
        self._canvas.setCreator("SmallCMMS")
        self._canvas.setProducer("SmallCMMS")
        self._begin()

    def next_page(self) -> None:
        """Finish this page; drawing goes on with a new one."""
        canvas = self._canvas
        canvas.setLineJoin(_ROUND)
        for (line, grey), lines in self._strokes.items():
            canvas.setLineWidth(line * MM)
            canvas.setStrokeGray(grey)
            canvas.drawPath(PDFPathObject(["n", *lines]))
        canvas.drawText(self._text)
        canvas.showPage()
        self._begin()

    def _begin(self) -> None:
        """Begin a page: its lines and its texts are gathered, and drawn when it is finished."""
        self._top = self.height * MM
        self._strokes: defaultdict[tuple[float, float], list[str]] = defaultdict(list)
        self._text = self._canvas.beginText()
        self._font = ("", 0.0)
        self._shade = 0.0

    def turn(self) -> None:
        """Go on with this page turned by a quarter: what is right is along the page's height."""
        canvas = self._canvas
        canvas.translate(self.width * MM, 0)
        canvas.rotate(90)
        self._top = self.width * MM

    def finish(self) -> Rendered:
        """Return the document, every page of it finished."""
        self._canvas.save()
        return Rendered(self._bytes.getvalue(), tuple(self._missing))

    def text(
        self, x: float, y: float, text: str, kind: Type, *, align: str = "left", grey: float = 0
    ) -> float:
        """Write one line of text as it is, its foot at `y`; return how wide it is."""
        ready = set_text(text, kind.face)
        if ready.missing:
            self._missing.update(dict.fromkeys(ready.missing))
        width = ready.width * kind.size * POINT
        at = (x - width * ALIGNED[align]) * MM
        if grey != self._shade:
            self._text.setFillGray(grey)
            self._shade = grey
        for name, run in ready.runs:
            if self._font != (name, kind.size):
                self._text.setFont(name, kind.size)
                self._font = (name, kind.size)
            self._text.setTextOrigin(at, self._top - y * MM)
            self._text.textOut(run)
            at += ems(run, name) * kind.size
        return width

    def fitted(
        self, x: float, y: float, text: str, kind: Type, width: float, *, align: str = "left"
    ) -> None:
        """Write a line in letters small enough for a width, at least three fifths of the size.

        What is still too long ends in dots: this is for words that stand whole elsewhere.
        """
        wide = measure(text, kind.face, kind.size)
        if wide and wide > width:
            kind = Type(kind.face, kind.size * max(width / wide, SMALLEST), kind.lead)
            while text and measure(text, kind.face, kind.size) > width + SLACK:
                text = f"{text[:-2].rstrip()}…" if len(text) > len("…") else ""
        self.text(x, y, text, kind, align=align)

    def line(
        self, x: float, top: float, line: Line, *, align: str = "left", grey: float = 0
    ) -> None:
        """Write a line in the height of its lead, beginning at `top`."""
        kind = line.type
        y = top + kind.lead / 2 + kind.size * POINT * CAPITAL
        if align != "left":
            x -= line.width(measure) * ALIGNED[align]
        for text, piece in line.pieces:
            x += self.text(x, y, text, piece, grey=grey)

    def lines(self, x: float, top: float, lines: Iterable[Line], *, align: str = "left") -> float:
        """Write lines under each other; return the height below them."""
        for line in lines:
            self.line(x, top, line, align=align)
            top += line.type.lead
        return top

    def rule(
        self, x: float, y: float, to_x: float, to_y: float, *, line: float = THIN, grey: float = 0
    ) -> None:
        """Draw a line."""
        self._strokes[line, grey].append(_rule(x, y, to_x, to_y, self._top))

    def dashed(self, x: float, y: float, to_x: float, *, line: float = FRAME) -> None:
        """Draw a dashed line across."""
        canvas = self._canvas
        canvas.setDash(3, 2)
        canvas.setLineWidth(line * MM)
        canvas.setStrokeGray(0)
        canvas.line(x * MM, self._top - y * MM, to_x * MM, self._top - y * MM)
        canvas.setDash()

    def box(
        self,
        rect: Rect,
        *,
        line: float = FRAME,
        is_filled: bool = False,
        is_dashed: bool = False,
        grey: float = 0,
        radius: float = RADIUS,
    ) -> None:
        """Draw a frame, or a black block."""
        canvas = self._canvas
        canvas.setLineWidth(line * MM)
        canvas.setStrokeGray(grey)
        if is_dashed:
            canvas.setDash(3, 2)
        y = self._top - rect.bottom * MM
        across, down = rect.width * MM, rect.height * MM
        path = _rounded(rect.x * MM, y, across, down, radius * MM)
        canvas.drawPath(path, fill=int(is_filled))
        if is_dashed:
            canvas.setDash()

    def blank(self, rect: Rect) -> None:
        """Make a rectangle white again."""
        canvas = self._canvas
        canvas.setFillGray(1)
        sides = (rect.x * MM, self._top - rect.bottom * MM, rect.width * MM, rect.height * MM)
        canvas.rect(*sides, stroke=0, fill=1)
        canvas.setFillGray(0)

    def frame(self, rect: Rect, *, line: float = THIN) -> None:
        """Draw a frame with plain corners."""
        sides = (rect.x, self.height - rect.bottom, rect.width, rect.height)
        numbers = " ".join(f"{side * MM:.2f}" for side in sides)
        self._strokes[line, 0].append(f"{numbers} re")

    def tick(self, rect: Rect) -> None:
        """Draw a box to tick, its corners taken off a little."""
        self._strokes[TICK_LINE, 0].append(
            _tick(rect.x, rect.y, rect.width, rect.height, self._top)
        )

    def number(self, x: float, y: float, text: str, kind: Type) -> None:
        """Draw the black disc with the number of a box, its centre at x, y."""
        disc = _disc(x * MM, self._top - y * MM, 2.9 * MM)
        self._canvas.drawPath(disc, stroke=0, fill=1)
        y += kind.size * POINT * CAPITAL
        self.text(x, y, text, kind, align="centre", grey=1)

    def marks(self, page: Page) -> None:
        """Draw the nested squares that a reader of scans aligns the page with."""
        canvas = self._canvas
        for size, shade in ((MARK_SIZE, 0), (MARK_SIZE * 5 / 7, 1), (MARK_SIZE * 3 / 7, 0)):
            canvas.setFillGray(shade)
            canvas.drawPath(_squares(tuple(page.marks), size, self._top), stroke=0, fill=1)
        canvas.setFillGray(0)

    def code(self, text: str, rect: Rect) -> None:
        """Draw a QR code so that its symbol fills the rectangle; leave white around it."""
        self._symbol(_code_path(text), rect, codes.MODULES)

    def link(self, symbol: codes.Symbol, rect: Rect) -> None:
        """Draw the QR code of a link so that it fills the rectangle; leave white around it."""
        self._symbol(_path(symbol.runs), rect, symbol.modules)

    def _symbol(self, path: PDFPathObject, rect: Rect, modules: int) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(rect.x * MM, self._top - rect.y * MM)
        module = rect.width * MM / modules
        canvas.scale(module, -module)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()

    def icon(self, name: str, x: float, y: float, size: float) -> None:
        """Draw an icon with its top left corner at x, y."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x * MM, self._top - y * MM)
        canvas.scale(size * MM / icons.SIDE, -size * MM / icons.SIDE)
        canvas.setLineWidth(icons.STROKE)
        canvas.setStrokeGray(0)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        canvas.drawPath(icons.outline(name))
        canvas.restoreState()

    def hazard(self, rect: Rect) -> None:
        """Draw the striped edge of a box that is about danger."""
        canvas = self._canvas
        canvas.saveState()
        x, low = rect.x * MM, self._top - rect.bottom * MM
        high = rect.height * MM
        frame = canvas.beginPath()
        frame.rect(x, low, rect.width * MM, high)
        canvas.clipPath(frame, stroke=0)
        canvas.drawPath(_stripes(x, low, rect.width * MM, high), stroke=0, fill=1)
        canvas.restoreState()
        self.frame(rect, line=FRAME)


def open_paper(manner: Manner, shop: Shop, title: str) -> Pen:
    """Return a pen on the first page of a paper of the shop."""
    return Pen(manner.paper_size, title=title, author=shop.name, language=manner.language)


_SHAPES = 1024
"""So many shapes are put into numbers once: a batch draws them at the same places on each page."""


@lru_cache(maxsize=_SHAPES)
def _rounded(x: float, y: float, across: float, up: float, radius: float) -> PDFPathObject:
    path = PDFPathObject()
    path.roundRect(x, y, across, up, radius)
    return PDFPathObject([path.getCode()])


@lru_cache(maxsize=_SHAPES)
def _rule(x: float, y: float, to_x: float, to_y: float, top: float) -> str:
    return f"{x * MM:.2f} {top - y * MM:.2f} m {to_x * MM:.2f} {top - to_y * MM:.2f} l"


@lru_cache(maxsize=_SHAPES)
def _stripes(x: float, low: float, across: float, high: float) -> PDFPathObject:
    lean = high * math.tan(math.radians(35))
    pitch = _HAZARD_PITCH * MM
    stripes = ["n"]
    for number in range(-1, math.ceil(across / pitch) + 1):
        left = x + number * pitch
        right = left + pitch / 2
        stripes.append(
            f"{left:.2f} {low:.2f} m {left + lean:.2f} {low + high:.2f} l "
            f"{right + lean:.2f} {low + high:.2f} l {right:.2f} {low:.2f} l h"
        )
    return PDFPathObject([" ".join(stripes)])


@lru_cache(maxsize=_SHAPES)
def _tick(x: float, y: float, width: float, height: float, top: float) -> str:
    left, right = x * MM, (x + width) * MM
    low, high = top - (y + height) * MM, top - y * MM
    return (
        f"{left + CORNER:.2f} {low:.2f} m {right - CORNER:.2f} {low:.2f} l "
        f"{right:.2f} {low + CORNER:.2f} l {right:.2f} {high - CORNER:.2f} l "
        f"{right - CORNER:.2f} {high:.2f} l {left + CORNER:.2f} {high:.2f} l "
        f"{left:.2f} {high - CORNER:.2f} l {left:.2f} {low + CORNER:.2f} l h"
    )


@lru_cache(maxsize=_SHAPES)
def _disc(x: float, y: float, radius: float) -> PDFPathObject:
    path = PDFPathObject()
    path.circle(x, y, radius)
    return PDFPathObject([path.getCode()])


@lru_cache(maxsize=_SHAPES)
def _squares(centres: tuple[tuple[float, float], ...], size: float, top: float) -> PDFPathObject:
    path = PDFPathObject()
    for x, y in centres:
        path.rect((x - size / 2) * MM, top - (y + size / 2) * MM, size * MM, size * MM)
    return PDFPathObject([path.getCode()])


@lru_cache(maxsize=256)
def _code_path(text: str) -> PDFPathObject:
    return _path(codes.rows(text))


def _path(runs: Iterable[tuple[int, int, int]]) -> PDFPathObject:
    drawn = (f"{column} {row} {length} 1 re" for column, row, length in runs)
    return PDFPathObject(["n", *drawn])
