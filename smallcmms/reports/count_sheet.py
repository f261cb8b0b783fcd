"""The sheet of a count on paper: shelf by shelf what to count, and a box for each figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from smallcmms.domain.places import CODE_MARGIN, CODE_SIZE, MARGIN, Rect
from smallcmms.domain.stock_papers import CountRow, CountSheet
from smallcmms.domain.wrapping import POINT, Line, Type, wrap
from smallcmms.reports.by_hand import FOOT_ABOVE, SMALL, TEXT, draw_asked, draw_foot, draw_head
from smallcmms.reports.page import FRAME, RULE, THIN, Pen, Rendered, open_paper
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import measure

PHONE = Type("bold", 13, 17 * POINT)
NUMBER = Type("extrabold", 34, 38 * POINT)
PLACE = Type("bold", 16, 20 * POINT)
HEAD = Type("semibold", 9, 12 * POINT)
SHELF = Type("bold", 13, 17 * POINT)
NAME = Type("regular", 11, 14 * POINT)
PART = Type("semibold", 10, 13 * POINT)
BLANK_TITLE = Type("bold", 11, 15 * POINT)

FIRST_TOP, NEXT_TOP = 68.4, 43.4
ABOVE_FOOT = 8.0
LEAST_ROW, EDGE = 9.5, 2.0
BOX_INSET, GAP = 1.1, 4.0
HEAD_HIGH, BLANK_HIGH = 6.6, 12.0
LINE_ABOVE = 2.0
MOST_BLANK = 8


class _Columns(NamedTuple):
    """Where the columns of the table begin, in millimetres from the left edge."""

    shelf: float
    number: float
    name: float
    unit: float
    box: float
    note: float
    right: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to draw: a part, a blank line, or the title of the blank ones; how high it is."""

    high: float
    part: CountRow | None = None
    names: tuple[Line, ...] = ()
    shelf: str = ""
    is_first_of_shelf: bool = True
    is_title: bool = False


def render(sheet: CountSheet) -> Rendered:
    """Return the sheet as a PDF: in the order of the shelves, with rows for what is not listed."""
    wording = Wording(sheet.manner)
    title = wording.texts._("Count {number}", number=sheet.number)
    pen = open_paper(sheet.manner, sheet.shop, title)
    columns = _columns(pen.width, has_shelves=any(row.bin for row in sheet.rows))
    pages = list(_pages(pen, sheet, columns))
    for number, rows in enumerate(pages, 1):
        _head(pen, sheet, wording, is_first=number == 1)
        top = FIRST_TOP if number == 1 else NEXT_TOP
        _heads(pen, top, columns, wording)
        y = top + HEAD_HIGH
        for place, row in enumerate(rows):
            _draw(pen, row, y, columns, wording, is_first=place == 0)
            y += row.high
            if row.part and (place + 1 == len(rows) or rows[place + 1].part is None):
                pen.rule(MARGIN, y, columns.right, y, line=FRAME)
        _foot(pen, sheet, wording, (number, len(pages)))
        pen.next_page()
    return pen.finish()


def _columns(width: float, *, has_shelves: bool) -> _Columns:
    """Return the columns; a truck has no shelves, and needs no column for them."""
    right = width - MARGIN
    note = right - 26
    box = note - GAP - 27
    number = MARGIN + (21 if has_shelves else 0)
    return _Columns(MARGIN, number, number + 29, box - 13, box, note, right)


def _pages(pen: Pen, sheet: CountSheet, columns: _Columns) -> Iterator[list[_Row]]:
    """Yield the rows of each page; where the last one has room there are more blank rows."""
    bottom = pen.height - FOOT_ABOVE - ABOVE_FOOT
    y, page = FIRST_TOP + HEAD_HIGH, list[_Row]()
    shelf: str | None = None
    for part in sheet.rows:
        row = _row(part, columns, is_first=part.bin != shelf)
        if page and y + row.high > bottom:
            yield page
            y, page = NEXT_TOP + HEAD_HIGH, []
        page.append(row)
        y, shelf = y + row.high, part.bin
    blank = [] if sheet.is_recount else [_Row(LEAST_ROW)] * sheet.blank_rows
    if blank and y + BLANK_HIGH + len(blank) * LEAST_ROW > bottom:
        yield page
        y, page = NEXT_TOP + HEAD_HIGH, []
    if blank:
        y += BLANK_HIGH + len(blank) * LEAST_ROW
        more = min(int((bottom - y) / LEAST_ROW), MOST_BLANK - len(blank))
        page += [_Row(BLANK_HIGH, is_title=True), *blank, *([_Row(LEAST_ROW)] * more)]
    yield page


def _row(part: CountRow, columns: _Columns, *, is_first: bool) -> _Row:
    room = columns.unit - columns.name - EDGE
    names = tuple(Line(text, NAME) for text in wrap(part.name, NAME, room, measure))
    high = sum(line.type.lead for line in names) + EDGE
    return _Row(max(high, LEAST_ROW), part, names, part.bin, is_first)


def _head(pen: Pen, sheet: CountSheet, wording: Wording, *, is_first: bool) -> None:
    """Draw the head of a page: what it is, which place, and its code."""
    _ = wording.texts._
    back, below = _("Scan when it comes back"), CODE_MARGIN + CODE_SIZE + 4.4
    pen.text(pen.width - MARGIN, below, back, SMALL, align="right")
    room = draw_head(pen, sheet, _("Count"), 33.6, NUMBER)
    if not is_first:
        pen.fitted(MARGIN, 21.4, sheet.place, PART, room)
        pen.rule(MARGIN, 39.6, pen.width - MARGIN, 39.6, line=RULE)
        return
    pen.fitted(MARGIN, 21.4, sheet.shop.phone, PHONE, room)
    pen.rule(MARGIN, 39.6, pen.width - MARGIN, 39.6, line=RULE)
    right = pen.width - MARGIN
    pen.fitted(MARGIN, 47.6, sheet.place, PLACE, (right - MARGIN) * 0.55)
    lines = wording.texts._n("{n} part", "{n} parts", len(sheet.rows))
    words = _("{lines}, to count again", lines=lines) if sheet.is_recount else lines
    pen.fitted(right, 47.6, words, TEXT, (right - MARGIN) * 0.4, align="right")
    pen.rule(MARGIN, 51.6, right, 51.6, line=RULE)
    _counted(pen, sheet, wording)


def _counted(pen: Pen, sheet: CountSheet, wording: Wording) -> None:
    """Draw the lines for who counted, and when; a name that is known stands there."""
    _ = wording.texts._
    right = pen.width - MARGIN
    whole = right - MARGIN
    asked = (
        (MARGIN, MARGIN + whole * 0.52, _("Counted by"), sheet.counted_by),
        (MARGIN + whole * 0.55, MARGIN + whole * 0.77, _("on"), ""),
        (MARGIN + whole * 0.8, right, _("at"), ""),
    )
    draw_asked(pen, 61.4, asked)


def _heads(pen: Pen, top: float, columns: _Columns, wording: Wording) -> None:
    """Draw the heads of the columns."""
    _ = wording.texts._
    heads = [
        (columns.number, _("Number")),
        (columns.name, _("Part")),
        (columns.unit, _("Unit")),
        (columns.box, _("Counted")),
        (columns.note, _("Note")),
    ]
    if columns.number > columns.shelf:
        heads.insert(0, (columns.shelf, _("Shelf")))
    for x, words in heads:
        pen.text(x, top + HEAD_HIGH - 2.2, words, HEAD)
    pen.rule(MARGIN, top + HEAD_HIGH, columns.right, top + HEAD_HIGH, line=FRAME)


def _draw(
    pen: Pen, row: _Row, y: float, columns: _Columns, wording: Wording, *, is_first: bool
) -> None:
    if row.is_title:
        _ = wording.texts._
        pen.text(MARGIN, y + BLANK_HIGH - 3.4, _("Lies there and is not listed"), BLANK_TITLE)
        pen.rule(MARGIN, y + BLANK_HIGH - 1.4, columns.right, y + BLANK_HIGH - 1.4, line=FRAME)
    elif row.part is None:
        _draw_blank(pen, row, y, columns)
    else:
        _draw_part(pen, row, y, columns, wording, is_first=is_first)


def _draw_part(
    pen: Pen, row: _Row, y: float, columns: _Columns, wording: Wording, *, is_first: bool
) -> None:
    """Draw a part with the box for its figure; a shelf is named once, and on every page."""
    part = row.part
    if part is None:
        return
    middle = y + row.high / 2
    if row.is_first_of_shelf and not is_first:
        pen.rule(MARGIN, y, columns.right, y, line=FRAME)
    elif not is_first:
        pen.rule(columns.number, y, columns.right, y, line=THIN)
    if columns.number > columns.shelf and (row.is_first_of_shelf or is_first):
        shelf, kind = (row.shelf, SHELF) if row.shelf else (wording.texts._("no shelf"), TEXT)
        pen.fitted(columns.shelf, middle + 1.6, shelf, kind, columns.number - MARGIN - EDGE)
    pen.fitted(columns.number, middle + 1.3, part.number, PART, columns.name - columns.number - 2)
    high = sum(line.type.lead for line in row.names)
    pen.lines(columns.name, middle - high / 2, row.names)
    pen.fitted(columns.unit, middle + 1.3, part.unit, TEXT, columns.box - columns.unit - 2)
    _box(pen, middle, columns)


def _box(pen: Pen, middle: float, columns: _Columns) -> None:
    high = LEAST_ROW - 2 * BOX_INSET
    wide = columns.note - GAP - columns.box
    pen.box(Rect(columns.box, middle - high / 2, wide, high))


def _draw_blank(pen: Pen, row: _Row, y: float, columns: _Columns) -> None:
    """Draw a row for what is not listed: lines to write on, and a box."""
    line = y + row.high - LINE_ABOVE
    starts = [columns.number, columns.name, columns.unit, columns.box]
    if columns.number > columns.shelf:
        starts.insert(0, columns.shelf)
    for x, end in pairwise(starts):
        pen.rule(x, line, end - 3, line)
    _box(pen, y + row.high / 2, columns)
    pen.rule(columns.note, line, columns.right, line)


def _foot(pen: Pen, sheet: CountSheet, wording: Wording, place: tuple[int, int]) -> None:
    """Draw the foot of a page."""
    _ = wording.texts._
    local = wording.formats.local(sheet.printed_at)
    day, time = wording.formats.day(local.date()), wording.formats.time(sheet.printed_at)
    printed = _("Printed {day}, {time}", day=day, time=time)
    mind = _("Nothing there is 0. A blank box is not counted.")
    draw_foot(pen, sheet, wording, place, printed, mind=mind)
