"""The invoice and the credit note on paper: formatted, never added up."""

from __future__ import annotations

from functools import partial

from smallcmms.domain import papers
from smallcmms.domain.wrapping import Line
from smallcmms.reports.invoice_rows import rows
from smallcmms.reports.invoice_words import Words, words
from smallcmms.reports.office import (
    SIDE,
    TEXT,
    TEXT_BOLD,
    Head,
    draw_pages,
    draw_stub,
    letterhead,
    parties,
)
from smallcmms.reports.page import Pen, Rendered, open_paper
from smallcmms.reports.sheet_contents import Wording

STUB_ROW = 5.65


def render(invoice: papers.Invoice) -> Rendered:
    """Return the invoice as a PDF whose bytes are always the same for the same paper."""
    wording = Wording(invoice.manner, invoice.currency)
    said = words(invoice, wording)
    pen = open_paper(invoice.manner, invoice.shop, f"{said.document} {said.number}")
    head = Head(invoice.shop, said.document, said.number, said.tax_id)
    letterhead(pen, head)
    at = (said.work_done_at, invoice.work_done_at) if invoice.work_done_at else None
    y = parties(pen, (said.bill_to, invoice.bill_to), at, said.facts)
    each = rows(invoice, wording, SIDE, pen.width - SIDE)
    stub = partial(_stub, pen, invoice, said) if said.stub else None
    return draw_pages(pen, head, wording, each, first=y, foot=said.foot, stub=stub)


def _stub(pen: Pen, invoice: papers.Invoice, said: Words) -> None:
    """Draw the stub that comes back with the check."""
    shop, right = invoice.shop, pen.width - SIDE
    about = (Line(shop.name, TEXT_BOLD), *(Line(line, TEXT) for line in shop.address))
    x, y = draw_stub(pen, said.cut_here, invoice.code, about)
    for label, value in said.stub:
        y += STUB_ROW
        if value:
            pen.fitted(x, y - 1.7, label, TEXT, 34)
            pen.fitted(right, y - 1.7, value, TEXT_BOLD, 29, align="right")
        else:
            pen.text(x, y - 1.7, label, TEXT)
            pen.rule(right - 29, y - 0.6, right, y - 0.6)
