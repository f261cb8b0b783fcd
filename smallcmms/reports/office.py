"""What the papers of the office share: the head, the parties, the pages, the stub at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smallcmms.domain import papers
from smallcmms.domain.places import Rect
from smallcmms.domain.wrapping import POINT, Line, Type, height, wrap_line
from smallcmms.reports.invoice_rows import Row, paged
from smallcmms.reports.page import FRAME, Pen, Rendered
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import measure

SIDE = 15.4
GREY = 0.27
SHOP = Type("bold", 15, 20 * POINT)
SHOP_TEXT = Type("regular", 10, 13.5 * POINT)
DOCUMENT = Type("regular", 13, 18 * POINT)
NUMBER = Type("bold", 22, 27 * POINT)
LABEL = Type("semibold", 9, 12 * POINT)
TEXT = Type("regular", 10.5, 14.5 * POINT)
TEXT_BOLD = Type("bold", 10.5, 14.5 * POINT)
FOOT = Type("regular", 10, 14 * POINT)
SMALL = Type("regular", 8.5, 11 * POINT)
PAGE_FOOT = 10.0
NEXT_TOP = 30.0
CODE, STUB = 22.0, 40.4
_BETWEEN = 6.9


@dataclass(frozen=True, slots=True)
class Head:
    """Whose paper it is, what it is called, its number, and the tax id where it wants one."""

    shop: papers.Shop
    document: str
    number: str
    tax_id: str = ""


def letterhead(pen: Pen, head: Head) -> None:
    """Draw the head of the first page."""
    shop, right = head.shop, pen.width - SIDE
    wide = measure(head.number, NUMBER.face, NUMBER.size) + 8
    room = right - SIDE - max(wide, 45)
    pen.fitted(SIDE, 19, shop.name, SHOP, room)
    contact = " · ".join(text for text in (shop.phone, shop.email) if text)
    y = 24.3
    for text in (", ".join(shop.address), contact, head.tax_id):
        if text:
            pen.fitted(SIDE, y, text, SHOP_TEXT, room)
            y += SHOP_TEXT.lead
    pen.text(right, 18.4, head.document, DOCUMENT, align="right")
    pen.fitted(right, 27, head.number, NUMBER, right - SIDE - 60, align="right")
    pen.rule(SIDE, 37.4, right, 37.4, line=FRAME)


def _small_head(pen: Pen, head: Head) -> None:
    """Draw the head of a further page."""
    right = pen.width - SIDE
    pen.fitted(SIDE, 19, head.shop.name, TEXT_BOLD, 100)
    pen.text(right, 19, f"{head.document} {head.number}", TEXT_BOLD, align="right")
    pen.rule(SIDE, 23, right, 23, line=FRAME)


def _page_number(pen: Pen, wording: Wording, number: int, pages: int) -> None:
    """Draw which page this is, where there are several."""
    if pages > 1:
        place = wording.texts._("Page {number} of {pages}", number=number, pages=pages)
        pen.text(pen.width - SIDE, pen.height - PAGE_FOOT + 4, place, SMALL, align="right")


def parties(
    pen: Pen,
    first: tuple[str, papers.Party],
    second: tuple[str, papers.Party] | None,
    facts: Sequence[tuple[str, str]],
) -> float:
    """Draw up to two parties and the facts beside them; return the height below them."""
    right = pen.width - SIDE
    column = (right - SIDE - 2 * _BETWEEN) / 2.95
    x, third = SIDE + column + _BETWEEN, right - 0.95 * column
    low = _party(pen, SIDE, *first, column)
    if second is not None:
        low = max(low, _party(pen, x, *second, column))
    y = 41.0
    for label, value in facts:
        pen.fitted(third, y + 3.7, label, TEXT, right - third - 26)
        room = right - third - measure(label, TEXT.face, TEXT.size) - 2
        pen.fitted(right, y + 3.7, value, TEXT_BOLD, max(room, 24), align="right")
        y += TEXT.lead
    return max(low, y) + 7


def _party(pen: Pen, x: float, label: str, party: papers.Party, width: float) -> float:
    pen.text(x, 44.3, label, LABEL, grey=GREY)
    lines = (Line(party.name, TEXT_BOLD), *(Line(line, TEXT) for line in party.lines))
    printed = [piece for line in lines for piece in wrap_line(line, width, measure)]
    return pen.lines(x, 46.2, printed)


def draw_pages(
    pen: Pen,
    head: Head,
    wording: Wording,
    rows: list[Row],
    *,
    first: float,
    foot: Sequence[str],
    stub: Callable[[], None] | None,
) -> Rendered:
    """Draw the rows from a height of the first page on, the foot and the stub on the last page."""
    each = (Line(text, FOOT) for text in foot)
    lines = [piece for line in each for piece in wrap_line(line, pen.width - 2 * SIDE, measure)]
    high = height(tuple(lines)) + (STUB if stub else 0)
    lowest = pen.height - PAGE_FOOT - 3
    pages = paged(rows, first=first, again=NEXT_TOP, lowest=lowest, last=lowest - high - 4)
    for number, page in enumerate(pages, 1):
        if number > 1:
            _small_head(pen, head)
        for top, row in page:
            row.draw(pen, top)
        if number == len(pages):
            pen.lines(SIDE, pen.height - PAGE_FOOT - 1 - high, lines)
            if stub:
                stub()
        _page_number(pen, wording, number, len(pages))
        pen.next_page()
    return pen.finish()


def draw_stub(pen: Pen, words: str, code: str, about: Sequence[Line]) -> tuple[float, float]:
    """Draw where the stub is cut off, its code and what it is about.

    Returns the top left corner of what is filled in on it, in millimetres.
    """
    right, y = pen.width - SIDE, pen.height - PAGE_FOOT - 1 - STUB + 4.5
    pen.dashed(SIDE, y, right)
    pen.text(SIDE, y + 6.6, words, SMALL)
    place = Rect(SIDE + 1.9, y + 12.3, CODE, CODE)
    pen.code(code, place)
    x, third = place.right + 7, right - 63.5
    printed = [piece for line in about for piece in wrap_line(line, third - x - 4, measure)]
    pen.lines(x, place.y + (CODE - height(tuple(printed))) / 2, printed)
    return third, place.y
