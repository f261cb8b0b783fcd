"""The invoice and the credit note on paper: formatted, never added up."""

from __future__ import annotations

from smallcmms.domain import papers
from smallcmms.domain.places import Rect
from smallcmms.domain.wrapping import Line, height, wrap_line
from smallcmms.reports.invoice_rows import Row, paged, rows
from smallcmms.reports.invoice_words import Words, words
from smallcmms.reports.office import (
    FOOT,
    PAGE_FOOT,
    SIDE,
    SMALL,
    TEXT,
    TEXT_BOLD,
    Head,
    letterhead,
    page_number,
    parties,
    small_head,
)
from smallcmms.reports.page import Pen, Rendered
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import measure

STUB_ROW = 5.65
CODE = 22.0
STUB = 40.4


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
    head = Head(invoice.shop, said.document, said.number, said.tax_id)
    letterhead(pen, head)
    at = (said.work_done_at, invoice.work_done_at) if invoice.work_done_at else None
    y = parties(pen, (said.bill_to, invoice.bill_to), at, said.facts)
    pages = _pages(pen, invoice, wording, said, y)
    for number, page in enumerate(pages, 1):
        if number > 1:
            small_head(pen, head)
        for top, row in page:
            row.draw(pen, top)
        if number == len(pages):
            _tail(pen, invoice, said)
        page_number(pen, wording, number, len(pages))
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
