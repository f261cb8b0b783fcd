"""The invoice and the credit note on paper: formatted, never added up."""

from __future__ import annotations

from smallcmms.domain import papers
from smallcmms.domain.places import Rect
from smallcmms.domain.wrapping import POINT, Line, Type, height, wrap_line
from smallcmms.reports.invoice_rows import Row, paged, rows
from smallcmms.reports.invoice_words import Words, words
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
STUB_ROW = 5.65
CODE = 22.0
STUB = 40.4
PAGE_FOOT = 10.0


def render(invoice: papers.Invoice) -> Rendered:
    """Return the invoice as a PDF whose bytes are always the same for the same paper."""
    wording = Wording(invoice.manner, invoice.currency)
    said = words(invoice, wording)
    pen = Pen(
        invoice.manner.paper_size,
        title=f"{said.document} {said.number}",
        author=invoice.shop.name,
        language=invoice.manner.language,
    )
    _letterhead(pen, invoice, said)
    y = _parties(pen, invoice, said)
    pages = _pages(pen, invoice, wording, said, y)
    for number, page in enumerate(pages, 1):
        if number > 1:
            _small_head(pen, invoice, said)
        for top, row in page:
            row.draw(pen, top)
        if number == len(pages):
            _tail(pen, invoice, said)
        if len(pages) > 1:
            place = wording.texts._("Page {number} of {pages}", number=number, pages=len(pages))
            pen.text(pen.width - SIDE, pen.height - PAGE_FOOT + 4, place, SMALL, align="right")
        pen.next_page()
    return pen.finish()


def _pages(
    pen: Pen, invoice: papers.Invoice, wording: Wording, said: Words, y: float
) -> list[list[tuple[float, Row]]]:
    """Return the rows of each page with their heights on it."""
    right = pen.width - SIDE
    each = rows(invoice, wording, SIDE, right)
    lowest = pen.height - PAGE_FOOT - 3
    return paged(each, first=y, again=30.0, lowest=lowest, last=lowest - _tail_height(pen, said))


def _letterhead(pen: Pen, invoice: papers.Invoice, said: Words) -> None:
    shop, right = invoice.shop, pen.width - SIDE
    wide = measure(said.number, NUMBER.face, NUMBER.size) + 8
    room = right - SIDE - max(wide, 45)
    pen.fitted(SIDE, 19, shop.name, SHOP, room)
    contact = " · ".join(text for text in (shop.phone, shop.email) if text)
    y = 24.3
    for text in (", ".join(shop.address), contact, said.tax_id):
        if text:
            pen.fitted(SIDE, y, text, SHOP_TEXT, room)
            y += SHOP_TEXT.lead
    pen.text(right, 18.4, said.document, DOCUMENT, align="right")
    pen.fitted(right, 27, said.number, NUMBER, right - SIDE - 60, align="right")
    pen.rule(SIDE, 37.4, right, 37.4, line=FRAME)


def _small_head(pen: Pen, invoice: papers.Invoice, said: Words) -> None:
    """Draw the head of a further page."""
    right = pen.width - SIDE
    pen.fitted(SIDE, 19, invoice.shop.name, TEXT_BOLD, 100)
    pen.text(right, 19, f"{said.document} {said.number}", TEXT_BOLD, align="right")
    pen.rule(SIDE, 23, right, 23, line=FRAME)


def _parties(pen: Pen, invoice: papers.Invoice, said: Words) -> float:
    """Draw who pays, where the work was done, and the dates; return the height below them."""
    right = pen.width - SIDE
    column = (right - SIDE - 2 * 6.9) / 2.95
    second, third = SIDE + column + 6.9, right - 0.95 * column
    low = _party(pen, SIDE, said.bill_to, invoice.bill_to, column)
    if invoice.work_done_at:
        low = max(low, _party(pen, second, said.work_done_at, invoice.work_done_at, column))
    y = 41.0
    for label, value in said.facts:
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


def _tail_height(pen: Pen, said: Words) -> float:
    foot = height(_foot(pen, said))
    return foot + 4 + (STUB if said.stub else 0)


def _foot(pen: Pen, said: Words) -> tuple[Line, ...]:
    width = pen.width - 2 * SIDE
    lines = (Line(text, FOOT) for text in said.foot)
    return tuple(piece for line in lines for piece in wrap_line(line, width, measure))


def _tail(pen: Pen, invoice: papers.Invoice, said: Words) -> None:
    """Draw how to pay, and the stub that comes back with the check."""
    lines = _foot(pen, said)
    stub = STUB if said.stub else 0
    top = pen.height - PAGE_FOOT - 1 - stub
    pen.lines(SIDE, top - height(lines), lines)
    if not said.stub:
        return
    right = pen.width - SIDE
    y = top + 4.5
    pen.dashed(SIDE, y, right)
    pen.text(SIDE, y + 6.6, said.cut_here, SMALL)
    code = Rect(SIDE + 1.9, y + 12.3, CODE, CODE)
    pen.code(invoice.code, code)
    shop = invoice.shop
    lines = (Line(shop.name, TEXT_BOLD), *(Line(line, TEXT) for line in shop.address))
    x = code.right + 7
    third = right - 63.5
    printed = [piece for line in lines for piece in wrap_line(line, third - x - 4, measure)]
    pen.lines(x, code.y + (CODE - height(tuple(printed))) / 2, printed)
    _stub_rows(pen, said, third, code.y)


def _stub_rows(pen: Pen, said: Words, x: float, y: float) -> None:
    right = pen.width - SIDE
    for label, value in said.stub:
        y += STUB_ROW
        if value:
            pen.fitted(x, y - 1.7, label, TEXT, 34)
            pen.fitted(right, y - 1.7, value, TEXT_BOLD, 29, align="right")
        else:
            pen.text(x, y - 1.7, label, TEXT)
            pen.rule(right - 29, y - 0.6, right, y - 0.6)
