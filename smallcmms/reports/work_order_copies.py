"""The copies of a work order that stay behind: the customer's, and the office's with its money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from smallcmms.domain import papers
from smallcmms.domain.copies import Audience
from smallcmms.domain.papers import JobMoney, WorkOrder
from smallcmms.domain.places import MARGIN, Board, Page
from smallcmms.domain.sheet_contents import (
    BODY,
    BODY_BOLD,
    LABEL,
    NAME_BOLD,
    PLAIN,
    Contents,
    Rest,
    Setter,
)
from smallcmms.domain.sheet_front import front
from smallcmms.domain.wrapping import Line, wrap_line
from smallcmms.reports.page import RULE, Pen, Rendered
from smallcmms.reports.sheet_contents import Wording, contents
from smallcmms.reports.sheet_front import draw_front
from smallcmms.reports.style import measure
from smallcmms.reports.work_order import draw, foot, front_head, open_document, side_head

TOP = 42.0
ROW = 7.7
GAP = 3.4


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a copy, with what stands at its right end; a gap above it if wanted."""

    line: Line
    right: str = ""
    gap: float = 0.0
    has_rule: bool = False


def render_customer(order: WorkOrder) -> Rendered:
    """Return the customer's copy: where, what was wrong, and in plain words what was done.

    It has no money, no access notes and nothing of the shop's own history.

    Raises:
        ValueError: The paper does not say what was done.
    """
    done = order.done
    if done is None:
        raise ValueError(order.number)
    wording = Wording(order.manner)
    order = replace(order, audience=Audience.CUSTOMER)
    held = contents(replace(order, access_notes="", access_code="", note_for_truck=""), wording)
    held = replace(held, steps=(), no_steps=(), parts=(), history=())
    setter = Setter(measure, held.words.goes_on, Rest())
    board = front(held, setter)
    pen = open_document(order, wording)
    rows = [*_done(done, pen.width, wording), *_whole_texts(setter.rest, pen.width)]
    _flow(pen, (order, held, wording), board, rows)
    return pen.finish()


def render_office(order: WorkOrder, money: JobMoney) -> Rendered:
    """Return the office's own copy: the sheet, and a page with the money of the job."""
    order = replace(order, audience=Audience.OFFICE)
    wording = Wording(order.manner, money.currency)
    pen = open_document(order, wording)
    pages = len(draw(pen, order, wording).pages)
    board = Board("more", order.manner.paper_size, TOP)
    rows = list(_money(money, pen.width, wording))
    _flow(pen, (order, contents(order, wording), wording), board, rows, first=pages + 1)
    return pen.finish()


def _done(done: papers.Done, width: float, wording: Wording) -> Iterator[_Row]:
    _, formats = wording.texts._, wording.formats
    day = formats.day_year(done.on)
    yield _Row(Line(_("What was done on {day}", day=day), NAME_BOLD), gap=GAP)
    yield from (
        _Row(line) for line in wrap_line(Line(done.text, BODY), width - 2 * MARGIN, measure)
    )
    if done.parts:
        yield _Row(Line(_("Parts used"), BODY_BOLD), gap=GAP)
    for part in done.parts:
        text = f"{formats.quantity(part.quantity)} \N{MULTIPLICATION SIGN} {part.name}"
        yield from (_Row(line) for line in wrap_line(Line(text, BODY), width - 2 * MARGIN, measure))
    if done.hours is not None:
        hours = _("{hours} h on site", hours=formats.quantity(done.hours))
        yield _Row(Line(hours, BODY), gap=GAP)
    if done.signed_by:
        yield _Row(Line(_("Signed by {name}", name=done.signed_by), BODY), gap=GAP)


def _whole_texts(rest: Rest, width: float) -> Iterator[_Row]:
    for label, lines in rest.texts.items():
        yield _Row(Line(label, LABEL), gap=GAP)
        for line in lines:
            yield from (_Row(each) for each in wrap_line(line, width - 2 * MARGIN, measure))


def _money(money: JobMoney, width: float, wording: Wording) -> Iterator[_Row]:
    _, formats = wording.texts._, wording.formats
    yield _Row(Line(_("Money of this job, for the office"), NAME_BOLD), gap=GAP)
    for row in money.lines:
        line = Line(f"{row.text} ", BODY, row.detail, PLAIN)
        *first, last = wrap_line(line, width - 2 * MARGIN - 40, measure) or [line]
        yield from (_Row(each) for each in first)
        yield _Row(last, formats.money(row.amount), has_rule=True)
    yield _Row(Line(_("Total"), BODY_BOLD), formats.money(money.total), gap=GAP)
    yield from (_Row(line) for line in wrap_line(Line(money.note, PLAIN), width - 40, measure))


def _flow(
    pen: Pen,
    whose: tuple[WorkOrder, Contents, Wording],
    board: Board,
    rows: list[_Row],
    *,
    first: int = 1,
) -> None:
    """Draw the rows below the blocks of a first page, over as many pages as they take."""
    order, held, wording = whose
    page = board.finish()
    _begin(pen, page, whose)
    draw_front(pen, page, order, held, wording)
    y, bottom, number = board.y, board.bottom, first
    for row in rows:
        high = max(row.line.type.lead, ROW if row.has_rule else 0) + row.gap
        if y + high > bottom:
            foot(pen, (number, number), order, wording)
            pen.next_page()
            page = Board("more", order.manner.paper_size).finish()
            _begin(pen, page, whose)
            y, number = TOP, number + 1
        _draw_row(pen, row, y + row.gap, high - row.gap)
        y += high
    foot(pen, (number, number), order, wording)
    pen.next_page()


def _begin(pen: Pen, page: Page, whose: tuple[WorkOrder, Contents, Wording]) -> None:
    order, _held, wording = whose
    pen.code(order.code, page.code)
    head = front_head if page.side == "front" else side_head
    head(pen, page, order, wording)


def _draw_row(pen: Pen, row: _Row, y: float, high: float) -> None:
    right = pen.width - MARGIN
    top = y + (high - row.line.type.lead) / 2
    pen.line(MARGIN, top, row.line)
    pen.line(right, top, Line(row.right, row.line.type), align="right")
    if row.has_rule:
        pen.rule(MARGIN, y + high, right, y + high, line=RULE / 2)
