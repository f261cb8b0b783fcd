"""Tags on label sheets: a code to scan, the number, the name, the place and whom to call."""

from __future__ import annotations

from smallcmms.domain import papers
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.places import Rect
from smallcmms.domain.wrapping import POINT, Line, Type, wrap
from smallcmms.reports import codes
from smallcmms.reports.labels import LabelFormat, label_format
from smallcmms.reports.page import Pen, Rendered
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import measure

NUMBER = Type("extrabold", 17, 19 * POINT)
SQUARE_NUMBER = Type("extrabold", 18, 20 * POINT)
NAME = Type("bold", 9.5, 11.5 * POINT)
NAME_SMALL = Type("bold", 8.5, 10.5 * POINT)
PLACE = Type("regular", 7.5, 9.5 * POINT)
PHONE = Type("semibold", 9, 12 * POINT)
NOTE = Type("regular", 7.5, 10 * POINT)
QUIET = 4
CODE_SHARE = 0.38
SQUARE_CODE = 0.56
EDGE = 0.5
TEXT_EDGE = 2.0
GUIDE_GREY = 0.6
NOTE_GREY = 0.4


def render(sheet: papers.TagSheet) -> Rendered:
    """Return the tags as a PDF of label sheets, beginning at the label that is still unused.

    Raises:
        RuleBroken: The label sheet is not known, or has no label with the starting number.
    """
    form = label_format(sheet.label_format)
    if not 1 <= sheet.start_at <= form.count:
        raise RuleBroken("The sheet has labels 1 to {count}.", "start_at", count=form.count)
    wording = Wording(sheet.manner)
    title = wording.texts._("Tags, {labels}", labels=form.name)
    pen = Pen(form.paper, title=title, author="", language=sheet.manner.language)
    places = [None] * (sheet.start_at - 1) + list(sheet.tags)
    for first in range(0, max(len(places), 1), form.count):
        if sheet.has_guides:
            _guides(pen, form, sheet, wording)
        for number, tag in enumerate(places[first : first + form.count]):
            if tag is not None:
                _tag(pen, _nudged(form.place(number), sheet), tag)
        pen.next_page()
    return pen.finish()


def _nudged(rect: Rect, sheet: papers.TagSheet) -> Rect:
    x, y = rect.x + float(sheet.nudge_x_mm), rect.y + float(sheet.nudge_y_mm)
    return Rect(x, y, rect.width, rect.height)


def _guides(pen: Pen, form: LabelFormat, sheet: papers.TagSheet, wording: Wording) -> None:
    """Draw where the labels lie, for the screen and for a test on plain paper."""
    _ = wording.texts._
    for number in range(form.count):
        pen.box(_nudged(form.place(number), sheet), line=0.16, is_dashed=True, grey=GUIDE_GREY)
    note = _(
        "{labels} · {count} labels · starts at label {number}",
        labels=form.name,
        count=form.count,
        number=sheet.start_at,
    )
    if not form.is_checked:
        note += " · " + _("print a test page first")
    pen.text(pen.width / 2, min(form.top / 2, 7), note, NOTE, align="centre", grey=NOTE_GREY)


def _tag(pen: Pen, label: Rect, tag: papers.Tag) -> None:
    if label.width >= 1.5 * label.height:
        _wide(pen, label, tag)
    else:
        _square(pen, label, tag)


def _wide(pen: Pen, label: Rect, tag: papers.Tag) -> None:
    """Draw a tag with its code on the left."""
    cells = codes.MODULES + 2 * QUIET
    module = min((label.height - 2 * EDGE) / cells, CODE_SHARE * label.width / cells)
    size, quiet = module * codes.MODULES, module * QUIET
    code = Rect(label.x + EDGE + quiet, label.y + (label.height - size) / 2, size, size)
    pen.code(tag.code, code)
    x = code.right + quiet
    room = label.height - 2 * EDGE
    lines = _lines(tag, label.right - TEXT_EDGE - x, room, NUMBER)
    high = sum(line.type.lead for line in lines)
    pen.lines(x, label.y + (label.height - high) / 2, lines)


def _square(pen: Pen, label: Rect, tag: papers.Tag) -> None:
    """Draw a tag with its code on top."""
    module = SQUARE_CODE * label.height / (codes.MODULES + 2 * QUIET)
    size, quiet = module * codes.MODULES, module * QUIET
    code = Rect(label.x + (label.width - size) / 2, label.y + EDGE + quiet, size, size)
    pen.code(tag.code, code)
    top = code.bottom + quiet * 0.6
    room = label.bottom - EDGE - top
    lines = _lines(tag, label.width - 2 * TEXT_EDGE, room, SQUARE_NUMBER)
    pen.lines(label.x + label.width / 2, top, lines, align="centre")


def _lines(tag: papers.Tag, width: float, room: float, number: Type) -> list[Line]:
    """Return the lines beside the code in a width and a height, in millimetres.

    A long name takes two lines, and so does a long place if there is room; what is longer ends in
    dots.
    """
    size = min(1.0, width / max(measure(tag.number, number.face, number.size), 0.1))
    heading = Type(number.face, number.size * size, number.lead)
    is_short = measure(tag.name, NAME.face, NAME.size) <= width
    name = _elided(tag.name, NAME if is_short else NAME_SMALL, width, 2)
    taken = number.lead + sum(line.type.lead for line in name) + PHONE.lead
    place = _elided(tag.place, PLACE, width, 2 if taken + 2 * PLACE.lead <= room else 1)
    phone = _elided(tag.phone, PHONE, width, 1)
    return [Line(tag.number, heading), *name, *place, *phone]


def _elided(text: str, kind: Type, width: float, most: int) -> list[Line]:
    lines = wrap(text, kind, width, measure)
    if len(lines) > most:
        last = lines[most - 1]
        while last and measure(f"{last}…", kind.face, kind.size) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return [Line(line, kind) for line in lines]
