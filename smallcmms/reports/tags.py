"""Tags on labels: a code to scan, the number, the name, the place and whom to call."""

from __future__ import annotations

from smallcmms.domain import papers
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.domain.places import Rect
from smallcmms.domain.wrapping import POINT, Type, height
from smallcmms.reports import codes
from smallcmms.reports.page import RADIUS, Pen, Rendered
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.tag_layout import TagLayout, lay_out
from smallcmms.reports.tag_words import Words

NOTE = Type("regular", 7.5, 10 * POINT)
CAPTION = Type("semibold", 7, 8 * POINT)
LINE = 0.16
GUIDE_GREY = 0.6
NOTE_GREY = 0.4
NOTE_ROOM = 5.0


def render(sheet: papers.TagSheet) -> Rendered:
    """Return the tags as a PDF of label sheets, beginning at the label that is still unused.

    On a roll every label is a page of its own.

    Raises:
        RuleBroken: the sheet has no label with the starting number, or its labels are too small.
    """
    form = sheet.labels
    if not 1 <= sheet.start_at <= form.count:
        raise RuleBroken("The sheet has labels 1 to {count}.", "start_at", count=form.count)
    wording = Wording(sheet.manner)
    pen = open_labels(sheet, wording)
    places: list[papers.Tag | None] = [None] * (sheet.start_at - 1) + list(sheet.tags)
    for first in range(0, max(len(places), 1), form.count):
        if sheet.has_guides:
            _guides(pen, sheet, wording)
        if form.is_turned:
            pen.turn()
        for number, tag in enumerate(places[first : first + form.count]):
            if tag is not None:
                _tag(pen, form, nudged(sheet, number, is_read=True), tag, wording)
        pen.next_page()
    return pen.finish()


def open_labels(sheet: papers.TagSheet, wording: Wording) -> Pen:
    """Return a pen for pages of a label sheet."""
    form = sheet.labels
    title = wording.texts._("Tags, {labels}", labels=form.name)
    page = (form.page_width, form.page_height)
    return Pen(page, title=title, author="", language=sheet.manner.language)


def nudged(sheet: papers.TagSheet, number: int, *, is_read: bool = False) -> Rect:
    """Return where a label is printed; ``is_read`` the way it is read, where the roll is turned."""
    form = sheet.labels
    x, y = form.corner(number)
    right, down = float(sheet.nudge_x_mm), float(sheet.nudge_y_mm)
    if is_read and form.is_turned:  # what is right on the page is down as the label is read
        return Rect(x - down, y + right, form.height, form.width)
    return Rect(x + right, y + down, form.width, form.height)


def outline(pen: Pen, form: LabelSheet, rect: Rect, *, is_dashed: bool = False) -> None:
    """Draw where a label lies."""
    radius = rect.width / 2 if form.is_round else RADIUS
    grey = GUIDE_GREY if is_dashed else 0.0
    pen.box(rect, line=LINE, is_dashed=is_dashed, grey=grey, radius=radius)


def _guides(pen: Pen, sheet: papers.TagSheet, wording: Wording) -> None:
    """Draw where the labels lie, for the screen."""
    _ = wording.texts._
    form = sheet.labels
    for number in range(form.count):
        outline(pen, form, nudged(sheet, number), is_dashed=True)
    if form.top < NOTE_ROOM:
        return
    note = _(
        "{labels} · {count} labels · starts at label {number}",
        labels=form.name,
        count=form.count,
        number=sheet.start_at,
    )
    if not form.is_checked:
        note += " · " + _("check with a test page")
    pen.text(pen.width / 2, min(form.top / 2 + 1, 7), note, NOTE, align="centre", grey=NOTE_GREY)


def _tag(pen: Pen, form: LabelSheet, label: Rect, tag: papers.Tag, wording: Wording) -> None:
    """Draw one tag on its label."""
    symbol = codes.link(tag.link) if tag.link else None
    layout = lay_out(form, symbol.modules if symbol else 0)
    pen.code(tag.code, _moved(layout.code, label))
    if symbol is not None and layout.link is not None:
        pen.link(symbol, _moved(layout.link, label))
        _caption(pen, layout, label, wording)
    _words(pen, layout, label, tag, wording)


def _caption(pen: Pen, layout: TagLayout, label: Rect, wording: Wording) -> None:
    """Say below the second code what it is for."""
    if layout.caption is not None:
        rect = _moved(layout.caption, label)
        x, y = rect.x + rect.width / 2, rect.y + CAPTION.size * POINT
        words = wording.texts._("Report trouble")
        pen.fitted(x, y, words, CAPTION, rect.width, align="centre")


def _words(pen: Pen, layout: TagLayout, label: Rect, tag: papers.Tag, wording: Wording) -> None:
    """Write number, name, place and phone; beside the code they stand in the middle."""
    if layout.text is None:
        return
    is_below = layout.align == "centre"
    trouble = wording.texts._("Trouble?") if is_below else ""
    lines = Words(tag, layout.text, trouble).lines(layout.scale)
    box = _moved(layout.text, label)
    spare = max(box.height - height(tuple(lines)), 0)
    top = box.y + (spare / 3 if is_below else spare / 2)
    x = box.x + box.width / 2 if is_below else box.x
    pen.lines(x, top, lines, align=layout.align)


def _moved(rect: Rect, label: Rect) -> Rect:
    return Rect(label.x + rect.x, label.y + rect.y, rect.width, rect.height)
