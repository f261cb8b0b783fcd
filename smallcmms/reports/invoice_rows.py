"""The body of an invoice as rows that flow over pages: texts, lines, sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from smallcmms.domain import papers
from smallcmms.domain.wrapping import POINT, Line, Type, wrap, wrap_line
from smallcmms.reports.invoice_words import tax_label, total_label
from smallcmms.reports.page import FRAME, Pen
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import measure

TEXT = Type("regular", 10.5, 15 * POINT)
TEXT_BOLD = Type("bold", 10.5, 15 * POINT)
HEAD = Type("semibold", 10, 13 * POINT)
CELL = Type("regular", 10.5, 14 * POINT)
TOTAL = Type("bold", 16, 22 * POINT)
COLUMN = 24.4
LINE_ROW = 9.7
SUM_ROW = 7.2
SUMS = 99.8
RULE_GREY = 0.73


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of the body that is never torn: how high it is, and how it is drawn from its top.

    `repeats` marks the titles of the columns, which stand on every page that has lines.
    """

    height: float
    draw: Callable[[Pen, float], None]
    is_title: bool = False
    is_line: bool = False


def rows(invoice: papers.Invoice, wording: Wording, left: float, right: float) -> list[Row]:
    """Return the body between a left and a right edge."""
    return [
        *_story(invoice, left, right),
        _titles(wording, left, right),
        *(_line(line, wording, left, right) for line in invoice.lines),
        _sums(invoice, wording, right),
    ]


def paged(
    each: list[Row], *, first: float, again: float, lowest: float, last: float
) -> list[list[tuple[float, Row]]]:
    """Return the rows of each page with their heights on it.

    The first page begins at `first`, later ones at `again`; a page ends at `lowest`, the last one
    already at `last`, because how to pay stands below it.
    """
    title = next(row for row in each if row.is_title)
    pages: list[list[tuple[float, Row]]] = [[]]
    y = first
    for row in each:
        limit = last if row is each[-1] else lowest
        if y + row.height > limit and (pages[-1] or len(pages) == 1):
            pages.append([])
            y = again
            if row.is_line:
                pages[-1].append((y, title))
                y += title.height
        pages[-1].append((y, row))
        y += row.height
    return pages


def _story(invoice: papers.Invoice, left: float, right: float) -> Iterator[Row]:
    """Yield what the customer reads, line by line: a bold heading, then the text after it."""
    width = right - left
    for line in _story_lines(invoice, width):

        def draw(pen: Pen, y: float, line: Line = line) -> None:
            pen.line(left, y, line)

        yield Row(line.type.lead, draw)
    yield Row(5.0, lambda _pen, _y: None)


def _story_lines(invoice: papers.Invoice, width: float) -> list[Line]:
    heading = invoice.heading.strip()
    bold = measure(f"{heading} ", TEXT_BOLD.face, TEXT_BOLD.size)
    if not heading or bold > width / 2:
        lines = (Line(heading, TEXT_BOLD), Line(invoice.text, TEXT))
        return [piece for line in lines for piece in wrap_line(line, width, measure)]
    paragraphs = invoice.text.strip().splitlines() or [""]
    words = paragraphs[0].split()
    taken = len(words)
    while taken and bold + measure(" ".join(words[:taken]), TEXT.face, TEXT.size) > width:
        taken -= 1
    first = Line(f"{heading} ", TEXT_BOLD, " ".join(words[:taken]), TEXT)
    rest = "\n".join([" ".join(words[taken:]), *paragraphs[1:]])
    return [first, *(Line(text, TEXT) for text in wrap(rest, TEXT, width, measure))]


def _titles(wording: Wording, left: float, right: float) -> Row:
    _ = wording.texts._

    def draw(pen: Pen, y: float) -> None:
        pen.text(left, y + 5.2, _("Description"), HEAD)
        for place, title in ((2, _("Qty")), (1, _("Price")), (0, _("Amount"))):
            x = right - place * COLUMN
            pen.fitted(x, y + 5.2, title, HEAD, COLUMN - 2, align="right")
        pen.rule(left, y + 8.8, right, y + 8.8, line=FRAME)

    return Row(8.8, draw, is_title=True)


def _line(line: papers.InvoiceLine, wording: Wording, left: float, right: float) -> Row:
    formats = wording.formats
    text = wrap(f"{line.text} {line.tax_mark}", CELL, right - left - 3 * COLUMN, measure)
    price = formats.price(line.unit_price)
    if line.base != Decimal(1):
        price = f"{price} / {formats.quantity(line.base)}"
    quantity = f"{formats.quantity(line.quantity)} {line.unit}".rstrip()
    cells = ((2, quantity), (1, price), (0, formats.money(line.amount)))
    high = LINE_ROW + (len(text) - 1) * CELL.lead

    def draw(pen: Pen, y: float) -> None:
        for number, piece in enumerate(text):
            pen.text(left, y + 6.1 + number * CELL.lead, piece, CELL)
        for place, cell in cells:
            x = right - place * COLUMN
            pen.fitted(x, y + 6.1, cell, CELL, COLUMN - 1.5, align="right")
        pen.rule(left, y + high, right, y + high, line=0.26, grey=RULE_GREY)

    return Row(high, draw, is_line=True)


def _sums(invoice: papers.Invoice, wording: Wording, right: float) -> Row:
    """Return subtotal, taxes and the one big total; they stay together."""
    formats = wording.formats
    taxes = [
        (tax_label(row, wording, is_included=invoice.is_tax_included), formats.money(row.tax))
        for row in invoice.tax_rows
    ]
    small = [(wording.texts._("Subtotal"), formats.money(invoice.subtotal)), *taxes]
    total = (total_label(invoice, wording), formats.money(invoice.total))
    left = right - SUMS

    def draw(pen: Pen, y: float) -> None:
        y += 1
        for label, value in small:
            y += SUM_ROW
            pen.fitted(left, y, label, CELL, SUMS - 28)
            pen.fitted(right, y, value, CELL, 26, align="right")
        y += 4.5
        pen.rule(left, y, right, y, line=0.53)
        pen.fitted(left, y + 8, total[0], TOTAL, SUMS - 40)
        pen.fitted(right, y + 8, total[1], TOTAL, 38, align="right")

    return Row(1 + len(small) * SUM_ROW + 4.5 + 10, draw)
