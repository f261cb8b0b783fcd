"""The sheet of an audit on paper: what should stand where, with boxes for what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from smallcmms.domain.audits import AuditSheet, SheetAsset, SheetPlace
from smallcmms.domain.places import MARGIN, TICK, Rect
from smallcmms.domain.wrapping import POINT, Line, Type, wrap
from smallcmms.reports.by_hand import FOOT_ABOVE, TEXT, draw_asked, draw_foot, draw_head
from smallcmms.reports.page import FRAME, RULE, THIN, Pen, Rendered, open_paper
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import measure

NUMBER = Type("extrabold", 30, 34 * POINT)
SITE = Type("bold", 13, 17 * POINT)
PLACE = Type("bold", 11, 14 * POINT)
NAME = Type("semibold", 10, 12.5 * POINT)
PLATE = Type("regular", 8.5, 11 * POINT)
HEAD = Type("regular", 8.5, 11 * POINT)

FIRST_TOP, NEXT_TOP = 58.0, 40.0
PLACE_HIGH, HEAD_HIGH = 9.5, 6.0
LEAST_ROW, EDGE = 10.2, 2.0
LINE_ABOVE = 2.2
MOST_BLANK = 8
TICK_WIDE, SMALL_TICK_WIDE = 14.0, 18.0


_NEW_HERE = SheetPlace(path="")


class _Columns(NamedTuple):
    """Where the columns of the table begin, in millimetres from the left edge."""

    number: float
    name: float
    found: float
    missing: float
    moved: float
    note: float
    right: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to draw: the head of a place, an asset, or a blank line; how high it is."""

    high: float
    place: SheetPlace | None = None
    asset: SheetAsset | None = None
    names: tuple[Line, ...] = ()
    is_again: bool = False


def render(sheet: AuditSheet) -> Rendered:
    """Return the sheet as a PDF: place by place, and blank rows for what is new."""
    wording = Wording(sheet.manner)
    title = wording.texts._("Audit {number}", number=sheet.number)
    pen = open_paper(sheet.manner, sheet.shop, title)
    columns = _columns(pen.width)
    pages = list(_pages(pen, sheet, columns))
    for number, rows in enumerate(pages, 1):
        _head(pen, sheet, wording, is_first=number == 1)
        y = FIRST_TOP if number == 1 else NEXT_TOP
        for row in rows:
            _draw(pen, row, y, columns, wording)
            y += row.high
        _foot(pen, sheet, wording, (number, len(pages)))
        pen.next_page()
    return pen.finish()


def _columns(width: float) -> _Columns:
    right = width - MARGIN
    note, moved = right - 38, right - 38 - 48
    missing = moved - SMALL_TICK_WIDE
    found = missing - TICK_WIDE
    return _Columns(MARGIN, MARGIN + 19, found, missing, moved, note, right)


def _pages(pen: Pen, sheet: AuditSheet, columns: _Columns) -> Iterator[list[_Row]]:
    """Yield the rows of each page; a place that goes on has its head again.

    Where the last page has room left there are more blank rows.
    """
    bottom = pen.height - 2 * FOOT_ABOVE
    y, page = FIRST_TOP, list[_Row]()
    for head, rows in _blocks(sheet, columns):
        if page and y + head.high + rows[0].high > bottom:
            yield page
            y, page = NEXT_TOP, []
        page.append(head)
        y += head.high
        for row in rows:
            if y + row.high > bottom:
                yield page
                again = _Row(head.high, head.place, is_again=True)
                y, page = NEXT_TOP + head.high, [again]
            page.append(row)
            y += row.high
    more = min(int((bottom - y) / LEAST_ROW), MOST_BLANK - sheet.blank_rows)
    yield [*page, *(_Row(LEAST_ROW) for _ in range(more))]


def _blocks(sheet: AuditSheet, columns: _Columns) -> Iterator[tuple[_Row, list[_Row]]]:
    high = PLACE_HIGH + HEAD_HIGH
    for place in sheet.places:
        yield _Row(high, place), [_row(asset, columns) for asset in place.assets]
    yield _Row(high, _NEW_HERE), [_Row(LEAST_ROW) for _ in range(sheet.blank_rows)]


def _row(asset: SheetAsset, columns: _Columns) -> _Row:
    room = columns.found - columns.name - EDGE
    plate = " · ".join(filter(None, (asset.make_model, asset.serial, asset.own_tag)))
    names = tuple(Line(text, NAME) for text in wrap(asset.name, NAME, room, measure))
    names += tuple(Line(text, PLATE) for text in wrap(plate, PLATE, room, measure) if text)
    high = sum(line.type.lead for line in names) + EDGE
    return _Row(max(high, LEAST_ROW), asset=asset, names=names)


def _head(pen: Pen, sheet: AuditSheet, wording: Wording, *, is_first: bool) -> None:
    """Draw the head of a page: what it is, where it is, and its code."""
    _ = wording.texts._
    room = draw_head(pen, sheet, _("Audit"), 28.4, NUMBER)
    site = " · ".join(filter(None, dict.fromkeys((sheet.customer, sheet.site))))
    if not is_first:
        pen.fitted(MARGIN, 34.8, site, TEXT, room)
        pen.rule(MARGIN, 37.4, pen.width - MARGIN, 37.4, line=RULE)
        return
    pen.fitted(MARGIN, 36.6, site, SITE, room)
    where = ", ".join(filter(None, (*sheet.address, sheet.within)))
    pen.fitted(MARGIN, 41.6, where, TEXT, pen.width - 2 * MARGIN)
    pen.rule(MARGIN, 44.6, pen.width - MARGIN, 44.6, line=RULE)
    right = pen.width - MARGIN
    on = MARGIN + (right - MARGIN) * 0.56
    draw_asked(pen, 53.4, ((MARGIN, on - 6, _("Walked by"), ""), (on, right, _("on"), "")))


def _draw(pen: Pen, row: _Row, y: float, columns: _Columns, wording: Wording) -> None:
    if row.place is not None:
        _draw_place(pen, row, y, columns, wording)
    elif row.asset is not None:
        _draw_asset(pen, row, y, columns)
    else:
        _draw_blank(pen, row, y, columns)


def _draw_place(pen: Pen, row: _Row, y: float, columns: _Columns, wording: Wording) -> None:
    """Draw the path of a place, and the heads of the columns below it."""
    _ = wording.texts._
    place = row.place or _NEW_HERE
    is_new = not place.assets
    title = place.path or (_("New here") if is_new else _("Without a place"))
    words = _("{place}, goes on", place=title) if row.is_again else title
    pen.fitted(MARGIN, y + 7.2, words, PLACE, columns.right - MARGIN)
    foot = y + PLACE_HIGH + HEAD_HIGH - 1.6
    heads = (
        ((columns.name, _("Name")), (columns.found, _("Make, model")))
        if is_new
        else ((columns.name, _("Asset")), (columns.found, _("Found")))
    )
    pen.text(columns.number, foot, _("Tag"), HEAD)
    for x, text in heads:
        pen.text(x, foot, text, HEAD)
    if is_new:
        pen.text(columns.moved, foot, _("Serial"), HEAD)
        pen.text(columns.note, foot, _("Place"), HEAD)
    else:
        pen.text(columns.missing, foot, _("Missing"), HEAD)
        pen.text(columns.moved, foot, _("Moved to"), HEAD)
        pen.text(columns.note, foot, _("Note"), HEAD)
    pen.rule(MARGIN, y + row.high, columns.right, y + row.high, line=FRAME)


def _draw_asset(pen: Pen, row: _Row, y: float, columns: _Columns) -> None:
    """Draw an asset with its boxes, centred in its row, and lines to write on."""
    number = row.asset.number if row.asset else ""
    middle, bottom = y + row.high / 2, y + row.high
    high = sum(line.type.lead for line in row.names)
    room = columns.name - columns.number - EDGE
    pen.fitted(columns.number, middle + 1.3, number, NAME, room)
    pen.lines(columns.name, middle - high / 2, row.names)
    for x in (columns.found + 1.5, columns.missing + 2.5, columns.moved):
        pen.tick(Rect(x, middle - TICK / 2, TICK, TICK))
    line = bottom - LINE_ABOVE
    pen.rule(columns.moved + TICK + 2, line, columns.note - 3, line)
    pen.rule(columns.note, line, columns.right, line)
    pen.rule(MARGIN, bottom, columns.right, bottom, line=THIN)


def _draw_blank(pen: Pen, row: _Row, y: float, columns: _Columns) -> None:
    """Draw a row for something new: four lines to write on."""
    line = y + row.high - LINE_ABOVE
    starts = (columns.number, columns.name, columns.found, columns.moved, columns.note)
    for x, end in zip(starts, (*starts[1:], columns.right + 3), strict=True):
        pen.rule(x, line, end - 3, line)


def _foot(pen: Pen, sheet: AuditSheet, wording: Wording, place: tuple[int, int]) -> None:
    """Draw the foot of a page."""
    _ = wording.texts._
    day = wording.formats.day_year(wording.formats.local(sheet.printed_at).date())
    printed = _("Printed {when}", when=day)
    mind = _("Tick one box a line. Bring this sheet back.")
    draw_foot(pen, sheet, wording, place, printed, mind=mind)
