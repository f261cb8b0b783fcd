"""What sheets share that are filled in by hand and come back: code, title, who and when, foot."""

from __future__ import annotations

from collections.abc import Iterable

from smallcmms.domain.audits import AuditSheet
from smallcmms.domain.places import CODE_MARGIN, CODE_SIZE, MARGIN, Rect
from smallcmms.domain.stock_papers import CountSheet
from smallcmms.domain.wrapping import POINT, Type
from smallcmms.reports.page import FRAME, Pen
from smallcmms.reports.sheet_contents import Wording

SHOP = Type("semibold", 12, 15 * POINT)
TITLE = Type("regular", 16, 20 * POINT)
TEXT = Type("regular", 10, 13 * POINT)
KNOWN = Type("regular", 11, 14 * POINT)
SMALL = Type("regular", 8.5, 11 * POINT)
FOOT_ABOVE, FOOT_INSET = 6.6, 14.0

ByHand = AuditSheet | CountSheet


def draw_head(pen: Pen, sheet: ByHand, kind: str, y: float, number: Type) -> float:
    """Draw the code that brings the sheet back, the shop, and at `y` the sheet's kind and number.

    Returns the room beside the code, in millimetres.
    """
    code = Rect(pen.width - CODE_MARGIN - CODE_SIZE, CODE_MARGIN, CODE_SIZE, CODE_SIZE)
    pen.code(sheet.code, code)
    room = code.x - MARGIN - 5
    pen.fitted(MARGIN, 16, sheet.shop.name, SHOP, room)
    x = MARGIN + pen.text(MARGIN, y, kind, TITLE) + 3.2
    pen.fitted(x, y, sheet.number, number, room - (x - MARGIN))
    return room


def draw_asked(pen: Pen, y: float, asked: Iterable[tuple[float, float, str, str]]) -> None:
    """Draw lines to write on, each from one place to another; what is known stands there."""
    for x, end, words, known in asked:
        begin = x + pen.text(x, y, words, TEXT) + 2.5
        pen.rule(begin, y + 0.6, end, y + 0.6, line=FRAME)
        pen.fitted(begin + 1, y - 0.4, known, KNOWN, end - begin - 1)


def draw_foot(
    pen: Pen, sheet: ByHand, wording: Wording, place: tuple[int, int], printed: str, *, mind: str
) -> None:
    """Draw the foot: when it was printed, what to mind, which page of how many it is."""
    y = pen.height - FOOT_ABOVE
    pen.fitted(FOOT_INSET, y, printed, SMALL, 52)
    pen.fitted(pen.width / 2, y, mind, SMALL, 84, align="centre")
    page = wording.texts._("Page {number} of {pages}", number=place[0], pages=place[1])
    pen.fitted(pen.width - FOOT_INSET, y, f"{sheet.number} · {page}", SMALL, 52, align="right")
