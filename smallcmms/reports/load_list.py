"""The load list on paper: the day's stops, what to load for them, and what restocks the truck."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from smallcmms.domain.places import CODE_MARGIN, CODE_SIZE, MARGIN, TICK, Rect
from smallcmms.domain.stock_papers import LoadList, LoadRow, LoadStop
from smallcmms.domain.wrapping import POINT, Line, Type, wrap
from smallcmms.reports.page import FRAME, RULE, THIN, Pen, Rendered
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import measure

TITLE = Type("extrabold", 25, 31 * POINT)
BELOW = Type("regular", 13, 17 * POINT)
SHOP = Type("bold", 10, 13 * POINT)
PHONE = Type("bold", 13, 17 * POINT)
TEXT = Type("regular", 10, 13 * POINT)
SECTION = Type("bold", 11, 15 * POINT)
HINT = Type("regular", 9, 12 * POINT)
QUANTITY = Type("bold", 12, 15 * POINT)
NAME = Type("regular", 11, 14 * POINT)
NUMBER = Type("regular", 9, 12 * POINT)
WHERE = Type("regular", 11, 14 * POINT)
FETCH = Type("bold", 11, 14 * POINT)
SHORT = Type("semibold", 9, 12 * POINT)
TIME = Type("bold", 11, 14 * POINT)
SMALL = Type("regular", 8.5, 11 * POINT)

TOP, NEXT_TOP = 46.0, 43.4
BACK, RULE_AT = 4.4, 39.6
FOOT_ABOVE, FOOT_INSET = 6.6, 14.0
LEAST_ROW, EDGE, PADDING = 7.7, 2.6, 2.0
TICK_WIDE, QUANTITY_WIDE, PURPOSE_WIDE = 9.0, 13.0, 24.0
NAME_SHARE = 0.52
ICON, ICON_ROOM = 4.2, 5.4
SECTION_HIGH, BLANK_HIGH = 11.0, 9.5
STOP_HIGH, STOP_TIME, STOP_NUMBER = 6.6, 22.0, 20.0
BLANK_ROWS = 3
NONE = "\u2013"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the page: how high it is, how it is drawn, and which frame it belongs to."""

    high: float
    draw: Callable[[float], None]
    keeps_with_next: bool = False


def render(paper: LoadList) -> Rendered:
    """Return the load list as a PDF: what to fetch in the shop stands in bold."""
    wording = Wording(paper.manner)
    _ = wording.texts._
    title = _("Load list, {who}, {day}", who=paper.technician, day=wording.formats.day(paper.on))
    pen = Pen(
        paper.manner.paper_size,
        title=title,
        author=paper.shop.name,
        language=paper.manner.language,
    )
    pages = _pages(pen, list(_pieces(pen, paper, wording)))
    for number, pieces in enumerate(pages, 1):
        _head(pen, paper, wording, is_first=number == 1)
        y = TOP if number == 1 else NEXT_TOP
        for piece in pieces:
            piece.draw(y)
            y += piece.high
        _foot(pen, wording, (number, len(pages)))
        pen.next_page()
    return pen.finish()


def _pages(pen: Pen, pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Return the pieces of each page; a heading goes with what it is over."""
    bottom = pen.height - 2 * FOOT_ABOVE
    pages, y = [list[_Piece]()], TOP
    for place, piece in enumerate(pieces):
        needs = piece.high
        if piece.keeps_with_next and place + 1 < len(pieces):
            needs += pieces[place + 1].high
        if pages[-1] and y + needs > bottom:
            pages.append([])
            y = NEXT_TOP
        pages[-1].append(piece)
        y += piece.high
    return pages


def _pieces(pen: Pen, paper: LoadList, wording: Wording) -> Iterator[_Piece]:
    """Yield all that stands on the list, from the top."""
    _ = wording.texts._
    right = pen.width - MARGIN
    for stop in paper.stops:
        yield _Piece(STOP_HIGH, partial(_stop, pen, stop, wording))
    hint = _("tick when it is on the truck, bold: fetch it in the shop")
    yield _section(pen, _("Load before you leave"), hint)
    yield from _table(pen, paper.rows, wording)
    if not paper.rows:
        yield _Piece(LEAST_ROW, lambda y: _say(pen, y, _("No parts are planned for this day.")))
    if paper.restock:
        title = _("Restock {truck}", truck=paper.truck)
        yield _section(pen, title, _("has, of what it should carry"))
        yield from _table(pen, paper.restock, wording)
    yield _section(
        pen, _("Also taken from the shop"), _("how many, what, from which shelf, for which job")
    )
    for place in range(BLANK_ROWS):
        yield _Piece(BLANK_HIGH, partial(_blank, pen, right, is_first=place == 0))


def _say(pen: Pen, y: float, words: str) -> None:
    pen.text(MARGIN, y + 5, words, TEXT)


def _section(pen: Pen, title: str, hint: str) -> _Piece:
    def draw(y: float) -> None:
        foot = y + SECTION_HIGH - 2.0
        wide = pen.text(MARGIN, foot, title, SECTION)
        room = pen.width - 2 * MARGIN - wide - 4
        pen.fitted(pen.width - MARGIN, foot, hint, HINT, room, align="right")

    return _Piece(SECTION_HIGH, draw, keeps_with_next=True)


def _stop(pen: Pen, stop: LoadStop, wording: Wording, y: float) -> None:
    """Draw a stop of the day in one line."""
    foot, right = y + 4.6, pen.width - MARGIN
    pen.fitted(MARGIN, foot, wording.formats.time(stop.starts_at), TIME, STOP_TIME - 1)
    room = right - STOP_NUMBER - MARGIN - STOP_TIME - 2
    x = MARGIN + STOP_TIME
    words = f"{stop.place} · {stop.title}" if stop.place else stop.title
    pen.fitted(x, foot, words, TEXT, room)
    pen.fitted(right, foot, stop.number, TEXT, STOP_NUMBER, align="right")
    pen.rule(MARGIN, y + STOP_HIGH, right, y + STOP_HIGH, line=THIN)


def _table(pen: Pen, rows: Sequence[LoadRow], wording: Wording) -> Iterator[_Piece]:
    """Yield the rows of a grid."""
    for row in rows:
        names, where = _names(pen, row), _where(pen, row)
        highest = max(_high(lines) for lines in (names, where, _purposes(row)))
        high = max(highest + EDGE, LEAST_ROW)
        yield _Piece(high, partial(_row, pen, row, names, where, high, wording))


def _sides(pen: Pen) -> tuple[float, float, float, float, float, float]:
    """Return where the columns of the grid begin, and where it ends."""
    right = pen.width - MARGIN
    quantity = MARGIN + TICK_WIDE
    name = quantity + QUANTITY_WIDE
    purpose = right - PURPOSE_WIDE
    return MARGIN, quantity, name, name + (purpose - name) * NAME_SHARE, purpose, right


def _high(lines: Sequence[Line]) -> float:
    return sum(line.type.lead for line in lines)


def _purposes(row: LoadRow) -> tuple[Line, ...]:
    """Return what a part is for, as many lines as it is long."""
    room = PURPOSE_WIDE - 2 * PADDING
    return tuple(Line(text, TEXT) for text in wrap(row.purpose, TEXT, room, measure) if text)


def _names(pen: Pen, row: LoadRow) -> tuple[Line, ...]:
    """Return name and number: on one line where they fit."""
    _tick, _quantity, name, where, *_rest = _sides(pen)
    room = where - name - 2 * PADDING
    together = Line(f"{row.name} ", NAME, row.number, NUMBER)
    if row.number and together.width(measure) <= room:
        return (together,)
    lines = [Line(text, NAME) for text in wrap(row.name, NAME, room, measure)]
    return (*lines, *((Line(row.number, NUMBER),) if row.number else ()))


def _where(pen: Pen, row: LoadRow) -> tuple[Line, ...]:
    """Return where a part is, in bold what is to be fetched, and below it what is short."""
    *_rest, where, purpose, _right = _sides(pen)
    room = purpose - where - 2 * PADDING
    kind = FETCH if row.is_fetched else WHERE
    first = room - (ICON_ROOM if row.is_fetched else 0)
    lines = [Line(text, kind) for text in wrap(row.where, kind, first, measure) if text]
    return (*lines, *(Line(text, SHORT) for text in wrap(row.note, SHORT, room, measure) if text))


def _row(  # noqa: PLR0917
    pen: Pen,
    row: LoadRow,
    names: tuple[Line, ...],
    where: tuple[Line, ...],
    high: float,
    wording: Wording,
    y: float,
) -> None:
    """Draw a row of the grid with its frame: rows above and below share their lines."""
    sides = _sides(pen)
    left, quantity, name, place, purpose, right = sides
    middle, count = y + high / 2, NONE
    if row.quantity:
        pen.tick(Rect(left + (TICK_WIDE - TICK) / 2, middle - TICK / 2, TICK, TICK))
        count = " ".join(filter(None, (wording.formats.quantity(row.quantity), row.unit)))
    x = quantity + QUANTITY_WIDE / 2
    pen.fitted(x, middle + 1.5, count, QUANTITY, QUANTITY_WIDE - 2, align="centre")
    pen.lines(name + PADDING, middle - _high(names) / 2, names)
    top = middle - _high(where) / 2
    has_icon = row.is_fetched and bool(row.where)
    for line in where:
        inset = ICON_ROOM if has_icon and line.type is FETCH else 0.0
        if inset and line is where[0]:
            pen.icon("warehouse", place + PADDING, top + (line.type.lead - ICON) / 2, ICON)
        pen.line(place + PADDING + inset, top, line)
        top += line.type.lead
    purposes = _purposes(row)
    pen.lines(purpose + PADDING, middle - _high(purposes) / 2, purposes)
    for edge in sides:
        pen.rule(edge, y, edge, y + high, line=FRAME)
    for level in (y, y + high):
        pen.rule(left, level, right, level, line=FRAME)


def _blank(pen: Pen, right: float, y: float, *, is_first: bool) -> None:
    """Draw a row to write in: how many, of what, from which shelf."""
    left, _quantity, name, place, purpose, _right = _sides(pen)
    if is_first:
        pen.rule(left, y, right, y, line=FRAME)
    for edge in (left, name, place, purpose, right):
        pen.rule(edge, y, edge, y + BLANK_HIGH, line=FRAME)
    pen.rule(left, y + BLANK_HIGH, right, y + BLANK_HIGH, line=FRAME)


def _head(pen: Pen, paper: LoadList, wording: Wording, *, is_first: bool) -> None:
    """Draw the head of a page: who loads for which day, whom to call, and the list's code."""
    _, formats = wording.texts._, wording.formats
    code = Rect(pen.width - CODE_MARGIN - CODE_SIZE, CODE_MARGIN, CODE_SIZE, CODE_SIZE)
    pen.code(paper.code, code)
    scan = _("Scan to open the list")
    pen.text(pen.width - MARGIN, code.bottom + BACK, scan, SMALL, align="right")
    pen.rule(MARGIN, RULE_AT, pen.width - MARGIN, RULE_AT, line=RULE)
    right = code.x - 5
    who = next(iter(paper.technician.split()), "")
    day = formats.weekday(paper.on)
    title = _("{who}, {day}", who=who, day=day)
    if not is_first:
        pen.fitted(MARGIN, 24, title, BELOW, right - MARGIN)
        return
    aside = 50
    pen.fitted(MARGIN, 24.6, title, TITLE, right - MARGIN - aside - 5)
    stops = wording.texts._n("{n} stop", "{n} stops", len(paper.stops))
    hours = formats.hours(paper.minutes) if paper.minutes else ""
    below = " · ".join(filter(None, (paper.truck, stops, hours)))
    pen.fitted(MARGIN, 31.8, below, BELOW, right - MARGIN - aside - 5)
    pen.fitted(right, 19.4, paper.shop.name, SHOP, aside, align="right")
    pen.fitted(right, 25.2, paper.shop.phone, PHONE, aside, align="right")
    time = formats.time(paper.printed_at)
    pen.fitted(right, 30.6, _("Printed {when}", when=time), TEXT, aside, align="right")


def _foot(pen: Pen, wording: Wording, place: tuple[int, int]) -> None:
    """Draw the foot of a page."""
    _ = wording.texts._
    y, right = pen.height - FOOT_ABOVE, pen.width - FOOT_INSET
    pen.fitted(FOOT_INSET, y, _("Load list"), SMALL, 50)
    bring = _("Bring back what was not used")
    pen.fitted(pen.width / 2, y, bring, SMALL, 84, align="centre")
    words = _("Page {number} of {pages}", number=place[0], pages=place[1])
    pen.fitted(right, y, words, SMALL, 50, align="right")
