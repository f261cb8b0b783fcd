"""The purchase order on paper: what to send where, at the supplier's own part numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from smallcmms.domain import papers
from smallcmms.domain.wrapping import POINT, Line, Type, wrap
from smallcmms.reports.invoice_rows import CELL, COLUMN, HEAD, RULE_GREY, SUMS, TOTAL, Row
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
from smallcmms.reports.page import FRAME, SMALLEST, Pen, Rendered, open_paper
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import measure

THEIRS = 34.0
LINE_ROW = 9.7
UNDER = Type("regular", 8.5, 11 * POINT)
GREY = 0.27
STUB_ROW = 7.6


def render(order: papers.PurchaseOrder) -> Rendered:
    """Return the purchase order as a PDF whose bytes are always the same for the same paper."""
    wording = Wording(order.manner, order.currency)
    _ = wording.texts._
    named = _("Purchase order")
    head = Head(order.shop, f"{named} · {order.state}" if order.state else named, order.number)
    pen = open_paper(order.manner, order.shop, f"{named} {order.number}")
    letterhead(pen, head)
    deliver_to = (_("Deliver to"), order.deliver_to)
    y = parties(pen, (_("Supplier"), order.supplier), deliver_to, _facts(order, wording))
    rows, foot = _rows(order, wording, pen.width - SIDE), (_foot(order, wording),)
    stub = partial(_stub, pen, order, wording)
    return draw_pages(pen, head, wording, rows, first=y, foot=foot, stub=stub)


def _facts(order: papers.PurchaseOrder, wording: Wording) -> tuple[tuple[str, str], ...]:
    _, formats = wording.texts._, wording.formats
    facts = (
        (_("Ordered"), formats.day_year(order.ordered_on) if order.ordered_on else ""),
        (_("Wanted by"), formats.day_year(order.promised_on) if order.promised_on else ""),
        (_("Our account"), order.account),
        (_("Your reference"), order.reference),
    )
    return tuple(fact for fact in facts if fact[1])


def _rows(order: papers.PurchaseOrder, wording: Wording, right: float) -> list[Row]:
    return [
        *_note(order.note, right),
        _titles(wording, right),
        *(_line(line, wording, right) for line in order.lines),
        _total(order, wording, right),
    ]


def _note(note: str, right: float) -> Iterator[Row]:
    """Yield what the shop writes to the supplier, line by line."""
    for text in wrap(note, TEXT, right - SIDE, measure) if note.strip() else ():

        def draw(pen: Pen, y: float, text: str = text) -> None:
            pen.line(SIDE, y, Line(text, TEXT))

        yield Row(TEXT.lead, draw)
    yield Row(5.0, lambda _pen, _y: None)


def _titles(wording: Wording, right: float) -> Row:
    _ = wording.texts._

    def draw(pen: Pen, y: float) -> None:
        pen.fitted(SIDE, y + 5.2, _("Your number"), HEAD, THEIRS - 2)
        pen.text(SIDE + THEIRS, y + 5.2, _("Description"), HEAD)
        for place, title in ((2, _("Qty")), (1, _("Cost")), (0, _("Amount"))):
            x = right - place * COLUMN
            pen.fitted(x, y + 5.2, title, HEAD, COLUMN - 2, align="right")
        pen.rule(SIDE, y + 8.8, right, y + 8.8, line=FRAME)

    return Row(8.8, draw, is_title=True)


def _line(line: papers.PurchaseLine, wording: Wording, right: float) -> Row:
    formats, x = wording.formats, SIDE + THEIRS
    width = right - x - 3 * COLUMN
    theirs = _theirs(line.supplier_number or "–")
    text = wrap(line.text, CELL, width, measure)
    under = wrap(_under(line, wording), UNDER, width, measure) if _under(line, wording) else ()
    quantity = f"{formats.quantity(line.quantity)} {line.unit}".rstrip()
    cells = ((2, quantity), (1, formats.price(line.unit_cost)), (0, formats.money(line.amount)))
    beside = (len(text) - 1) * CELL.lead + len(under) * UNDER.lead
    high = LINE_ROW + max(beside, (len(theirs) - 1) * CELL.lead)

    def draw(pen: Pen, y: float) -> None:
        for number, piece in enumerate(theirs):
            pen.fitted(SIDE, y + 6.1 + number * CELL.lead, piece, CELL, THEIRS - 3)
        for number, piece in enumerate(text):
            pen.text(x, y + 6.1 + number * CELL.lead, piece, CELL)
        low = y + 6.1 + (len(text) - 1) * CELL.lead
        for number, piece in enumerate(under, 1):
            pen.text(x, low + number * UNDER.lead, piece, UNDER, grey=GREY)
        for place, cell in cells:
            at = right - place * COLUMN
            pen.fitted(at, y + 6.1, cell, CELL, COLUMN - 1.5, align="right")
        pen.rule(SIDE, y + high, right, y + high, line=0.26, grey=RULE_GREY)

    return Row(high, draw, is_line=True)


def _theirs(number: str) -> tuple[str, ...]:
    """Return the supplier's number whole where smaller letters let it fit, else on more lines."""
    is_short = measure(number, CELL.face, CELL.size) <= (THEIRS - 3) / SMALLEST
    return (number,) if is_short else tuple(wrap(number, CELL, THEIRS - 3, measure))


def _under(line: papers.PurchaseLine, wording: Wording) -> str:
    """Return what stands small below a line: the packs, our number, the job it is for."""
    _, formats = wording.texts._, wording.formats
    packs = ""
    if line.packs is not None and line.pack_of is not None:
        packs = _(
            "{packs} × {pack} of {number}",
            packs=formats.quantity(line.packs),
            pack=line.pack or _("pack"),
            number=formats.quantity(line.pack_of),
        )
    ours = _("our number {number}", number=line.number) if line.number else ""
    job = _("for {job}", job=line.job) if line.job else ""
    return " · ".join(filter(None, (packs, ours, job)))


def _total(order: papers.PurchaseOrder, wording: Wording, right: float) -> Row:
    label = wording.texts._("Total without tax")
    value, left = wording.formats.money(order.total), right - SUMS

    def draw(pen: Pen, y: float) -> None:
        y += 5.5
        pen.rule(left, y, right, y, line=0.53)
        pen.fitted(left, y + 8, label, TOTAL, SUMS - 40)
        pen.fitted(right, y + 8, value, TOTAL, 38, align="right")

    return Row(15.5, draw)


def _foot(order: papers.PurchaseOrder, wording: Wording) -> str:
    _ = wording.texts._
    told = _("Write {number} on the delivery note and on the invoice.", number=order.number)
    if order.shop.phone:
        more = _("Questions about this order? Call {phone}.", phone=order.shop.phone)
        told = f"{told} {more}"
    return told


def _stub(pen: Pen, order: papers.PurchaseOrder, wording: Wording) -> None:
    """Draw the stub that the shop fills in when the delivery comes."""
    _ = wording.texts._
    count = wording.texts._n("{n} line", "{n} lines", len(order.lines))
    about = (
        Line(order.number, TEXT_BOLD),
        Line(order.supplier.name, TEXT),
        Line(f"{count}, {wording.formats.money(order.total)}", TEXT),
    )
    words = _("For the shop: what came, checked against this order")
    x, y = draw_stub(pen, words, order.code, about)
    right = pen.width - SIDE
    for number, label in enumerate((_("Came on"), _("Checked by"), _("Missing")), 1):
        foot_at = y + number * STUB_ROW - 1.7
        pen.fitted(x, foot_at, label, TEXT, 26)
        pen.rule(x + 27, foot_at + 1.1, right, foot_at + 1.1)
