"""The back of the work order sheet, drawn into its places: boxes 1 to 6 to write in."""

from __future__ import annotations

from smallcmms.domain.places import MARGIN, TICK, Page, Rect
from smallcmms.domain.sheet_back import (
    MARKS,
    PADDING,
    READING,
    TICKS,
    TIMES,
    TITLE,
    USED,
)
from smallcmms.domain.sheet_contents import LABEL, PLAIN, SMALL, Contents
from smallcmms.domain.wrapping import POINT, Line, Type, height
from smallcmms.reports.page import Pen
from smallcmms.reports.sheet_contents import Wording

BOX_NUMBER = Type("bold", 10, 10 * POINT)
WRITING = 0.34
FIRST_OF = {"box.1": "1", "box.2": "2", "box.3": "3", "box.4": "4", "box.5": "5", "box.6": "6"}


def draw_back(pen: Pen, page: Page, held: Contents, wording: Wording) -> None:
    """Draw whatever of boxes 1 to 6 stands on this page."""
    drawn = {
        "box.1": _times,
        "box.2": _tasks,
        "box.3": _parts,
        "box.4": _notes,
        "box.5": _result,
        "box.6": _customer,
    }
    for name, draw in drawn.items():
        if name in page.areas:
            top = page.areas[name].rect.y
            pen.number(MARGIN + 2.95, top + 2.95, FIRST_OF[name], BOX_NUMBER)
            draw(pen, page, held, wording)


def _title(pen: Pen, rect: Rect, text: str, *, align: str = "left") -> None:
    """Write the title of a column into a row of titles."""
    x = rect.x + 1.9 if align == "left" else rect.x + rect.width / 2
    y = rect.y + TITLE / 2 + 1.15
    pen.fitted(x, y, text, LABEL, rect.width - 2, align=align)


def _across(pen: Pen, rect: Rect, y: float) -> None:
    pen.rule(rect.x, y, rect.right, y)


def _down(pen: Pen, rect: Rect, x: float) -> None:
    pen.rule(x, rect.y, x, rect.bottom)


def _times(pen: Pen, page: Page, _held: Contents, wording: Wording) -> None:
    """Draw box 1: the times of each visit."""
    _ = wording.texts._
    rect = page.areas["box.1"].rect
    words = [_("Date"), _("Left shop"), _("Arrived"), _("Finished"), _("Back at shop")]
    words.append(_("Break, min"))
    width = rect.width / len(TIMES)
    pen.frame(rect)
    for place, word in enumerate(words):
        x = rect.x + place * width
        _title(pen, Rect(x, rect.y, width, TITLE), word)
        if place:
            _down(pen, rect, x)
    for name, area in page.areas.items():
        if name.startswith(("times.", "second.")):
            _across(pen, rect, area.rect.y)
            middle = area.rect.y + area.rect.height / 2
            pen.fitted(area.rect.x + 1.9, middle + 1.15, area.lines[0].text, SMALL, width - 3)


def _tasks(pen: Pen, page: Page, held: Contents, wording: Wording) -> None:
    """Draw box 2: the checklist; the rules keep away from the boxes to tick."""
    _ = wording.texts._
    rect = page.areas["box.2"].rect
    left = rect.right - TICKS - READING
    pen.frame(rect)
    _across(pen, rect, rect.y + TITLE)
    _title(pen, Rect(rect.x, rect.y, left - rect.x, TITLE), held.words.tasks)
    _title(pen, Rect(left, rect.y, READING, TITLE), _("Reading"))
    _down(pen, rect, left)
    x = left + READING
    for (_name, width), word in zip(MARKS, (_("OK"), _("Fixed"), _("Bad")), strict=True):
        _down(pen, rect, x)
        _title(pen, Rect(x, rect.y, width, TITLE), word, align="centre")
        x += width
    for name, area in page.areas.items():
        if name.startswith("task."):
            _task(pen, page, name, held)
        elif name.startswith("section."):
            middle = area.rect.y + area.rect.height / 2
            pen.fitted(rect.x + 1.9, middle + 1.15, area.lines[0].text, LABEL, left - rect.x)


def _task(pen: Pen, page: Page, name: str, held: Contents) -> None:
    area, field = page.areas[name], page.fields[f"{name}.reading"]
    rect = area.rect
    box = page.areas["box.2"].rect
    if rect.bottom + 1 < box.bottom:
        pen.rule(rect.x, rect.bottom, field.right, rect.bottom)
    middle = rect.y + rect.height / 2
    pen.lines(rect.x + 1.9, middle - height(area.lines) / 2, area.lines)
    unit = held.tasks[int(name[5:]) - 1].unit
    pen.fitted(field.right - 1.9, middle + 1.25, unit, PLAIN, 14, align="right")
    for mark, _width in MARKS:
        pen.tick(page.ticks[f"{name}.{mark}"])


def _parts(pen: Pen, page: Page, _held: Contents, wording: Wording) -> None:
    """Draw box 3: which of the planned parts were used, and which others."""
    _ = wording.texts._
    planned, other = page.areas["box.3"].rect, page.areas["box.3.other"].rect
    pen.frame(planned)
    _title(pen, Rect(planned.x, planned.y, planned.width - USED, TITLE), _("Parts reserved"))
    _title(pen, Rect(planned.right - USED, planned.y, USED, TITLE), _("Used"), align="centre")
    _down(pen, planned, planned.right - USED)
    pen.frame(other)
    _title(pen, Rect(other.x, other.y, USED, TITLE), _("Qty"), align="centre")
    rest = Rect(other.x + USED, other.y, other.width - USED, TITLE)
    _title(pen, rest, _("Other parts, and where from"))
    _down(pen, other, other.x + USED)
    for name, area in page.areas.items():
        if name.startswith("used."):
            _across(pen, planned, area.rect.y)
            middle = area.rect.y + area.rect.height / 2
            pen.lines(area.rect.x + 1.9, middle - height(area.lines) / 2, area.lines)
    for name, field in page.fields.items():
        if name.startswith("other.") and name.endswith(".part"):
            _across(pen, other, field.y)


def _notes(pen: Pen, page: Page, _held: Contents, wording: Wording) -> None:
    """Draw box 4: lines to write on."""
    rect = page.areas["box.4"].rect
    pen.box(rect)
    label = Line(wording.texts._("What I found, what I did"), LABEL)
    pen.line(rect.x + PADDING, rect.y + 1.2, label)
    for name, field in page.fields.items():
        if name.startswith("notes."):
            pen.rule(field.x, field.bottom, field.right, field.bottom, line=0.28)


def _result(pen: Pen, page: Page, _held: Contents, _wording: Wording) -> None:
    """Draw box 5: the result, what else was seen, cause and remedy."""
    pen.box(page.areas["box.5"].rect)
    for name, area in page.areas.items():
        if name.startswith(("result.", "deficiency.", "cause", "remedy")):
            top = area.rect.y + (area.rect.height - area.lines[0].type.lead) / 2
            pen.lines(area.rect.x, top, area.lines)
            if name in page.ticks:
                pen.tick(page.ticks[name])
    line = page.fields["deficiency.text"]
    pen.rule(line.x, line.bottom, line.right, line.bottom, line=WRITING)


def _customer(pen: Pen, page: Page, _held: Contents, wording: Wording) -> None:
    """Draw box 6: name, signature, rating, nobody there, not happy."""
    _ = wording.texts._
    labels = (
        (page.fields["customer.name"], _("Customer name, print")),
        (page.fields["customer.signature"], _("Signature: the work is done")),
        (page.areas["rating"].rect, _("How did we do? 5 is best")),
    )
    for rect, label in labels:
        pen.box(rect)
        pen.fitted(rect.x + 2.2, rect.y + 4.2, label, LABEL, rect.width - 3.6)
    for mark in range(1, 6):
        tick = page.ticks[f"rating.{mark}"]
        pen.tick(tick)
        pen.text(tick.x + TICK / 2, tick.y - 0.9, str(mark), SMALL, align="centre")
    right = page.areas["box.6"].rect.right
    words = {"nobody_there": _("Nobody there"), "not_happy": _("Not happy, call")}
    for name, word in words.items():
        tick = page.ticks[f"customer.{name}"]
        pen.tick(tick)
        pen.fitted(tick.right + 1.8, tick.y + 3.7, word, PLAIN, right - tick.right - 1.8)
