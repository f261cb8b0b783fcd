"""The test page of a label sheet: outlines, rulers and measures, printed on plain paper."""

from __future__ import annotations

from decimal import Decimal

from smallcmms.domain import papers
from smallcmms.domain.places import Rect
from smallcmms.domain.wrapping import POINT, Line, Type, wrap
from smallcmms.reports.page import Pen, Rendered
from smallcmms.reports.sheet_contents import Wording
from smallcmms.reports.style import measure
from smallcmms.reports.tag_layout import lay_out, size
from smallcmms.reports.tags import nudged, open_labels, outline

TITLE = Type("bold", 11, 15 * POINT)
PLAIN = Type("regular", 8.5, 11.5 * POINT)
SMALL = Type("regular", 6, 8 * POINT)
INSET = 4.5
FINE, MIDDLE, LONG = 1.2, 2.0, 3.2
TENTH = 10
RULER = 100
BOX_WIDE, BOX_PAD = 124.0, 4.0
FINE_LINE = 0.12


def render(sheet: papers.TagSheet) -> Rendered:
    """Return one page with the outline of every label, as the nudge moves it, and rulers.

    The rulers count millimetres from the paper's own left and upper edge. The page says how large
    the codes are, and to print it at 100 %.
    """
    wording = Wording(sheet.manner)
    pen = open_labels(sheet, wording)
    for number in range(sheet.labels.count):
        outline(pen, sheet.labels, nudged(sheet, number))
    if sheet.labels.is_roll:
        _on_a_roll(pen, sheet, wording)
    else:
        _on_a_sheet(pen, sheet, wording)
    pen.next_page()
    return pen.finish()


def _on_a_sheet(pen: Pen, sheet: papers.TagSheet, wording: Wording) -> None:
    _rulers(pen)
    told = _measures(pen, sheet, wording)
    for number in range(sheet.labels.count):
        label = nudged(sheet, number)
        x, y = label.x + label.width / 2, label.y + label.height / 2
        if not (told.x < x < told.right and told.y - 2 < y < told.bottom + 2):
            pen.text(x, y + PLAIN.size * POINT * 0.36, str(number + 1), PLAIN, align="centre")


def _rulers(pen: Pen) -> None:
    """Draw millimetres along the upper and the left edge."""
    for mm in range(round(INSET) + 1, int(pen.width - INSET)):
        pen.rule(mm, INSET, mm, INSET + _tick(mm), line=FINE_LINE)
        if mm % TENTH == 0:
            pen.text(mm, INSET + LONG + 2.2, str(mm), SMALL, align="centre")
    for mm in range(round(INSET) + 1, int(pen.height - INSET)):
        pen.rule(INSET, mm, INSET + _tick(mm), mm, line=FINE_LINE)
        if mm % TENTH == 0 and mm > TENTH:
            pen.text(INSET + LONG + 0.5, mm + 0.8, str(mm), SMALL)


def _tick(mm: int) -> float:
    return LONG if mm % TENTH == 0 else MIDDLE if mm % (TENTH // 2) == 0 else FINE


def _measures(pen: Pen, sheet: papers.TagSheet, wording: Wording) -> Rect:
    """Say in the middle of the page what is measured, with a line of 100 mm; return where."""
    lines = _words(sheet, wording, BOX_WIDE - 2 * BOX_PAD)
    high = sum(line.type.lead for line in lines) + 2 * BOX_PAD + 9
    box = Rect((pen.width - BOX_WIDE) / 2, (pen.height - high) / 2, BOX_WIDE, high)
    pen.blank(box)
    pen.box(box)
    below = pen.lines(box.x + BOX_PAD, box.y + BOX_PAD, lines)
    x, y = (pen.width - RULER) / 2, below + 4.5
    pen.rule(x, y, x + RULER, y)
    for mm in range(RULER + 1):
        pen.rule(x + mm, y, x + mm, y - _tick(mm), line=FINE_LINE)
    words = wording.texts._("This line is 100 mm long")
    pen.text(pen.width / 2, y + 3, words, SMALL, align="centre")
    return box


def _words(sheet: papers.TagSheet, wording: Wording, width: float) -> list[Line]:
    _ = wording.texts._
    said = [
        _("Print at 100 % (actual size), never “fit to page”."),
        _size(sheet, wording),
        _nudge(sheet, wording),
        _("Hold this page and a label sheet against the light. Lines beside the labels tell the"
          " nudge: from the paper’s edge, in tenths of a millimetre."),
    ]  # fmt: skip
    lines = [Line(text, PLAIN) for each in said for text in wrap(each, PLAIN, width, measure)]
    return [Line(_("Test page: {labels}", labels=sheet.labels.name), TITLE), *lines]


def _size(sheet: papers.TagSheet, wording: Wording) -> str:
    """Return how large a label, its code and a module of it are."""
    form, code = sheet.labels, lay_out(sheet.labels)
    lengths = (form.width, form.height, code.code.width, code.module)
    wide, high, across, module = (_mm(wording, length) for length in lengths)
    return wording.texts._(
        "Label {wide} × {high} mm, code {code} mm, its squares {module} mm",
        wide=wide, high=high, code=across, module=module,
    )  # fmt: skip


def _nudge(sheet: papers.TagSheet, wording: Wording) -> str:
    right, down = _mm(wording, sheet.nudge_x_mm), _mm(wording, sheet.nudge_y_mm)
    return wording.texts._("Moved {right} mm right, {down} mm down", right=right, down=down)


def _mm(wording: Wording, length: float | Decimal) -> str:
    return wording.formats.quantity(round(Decimal(length), 2))


def _on_a_roll(pen: Pen, sheet: papers.TagSheet, wording: Wording) -> None:
    """Draw a ruler along two edges of a label, and its name, as large as there is room."""
    wide, high = size(sheet.labels)
    if sheet.labels.is_turned:
        pen.turn()
    for mm in range(int(wide) + 1):
        pen.rule(mm, 0, mm, _tick(mm), line=FINE_LINE)
    for mm in range(int(high) + 1):
        pen.rule(0, mm, _tick(mm), mm, line=FINE_LINE)
    lines = (f"{sheet.labels.name}, 100 %", _size(sheet, wording), _nudge(sheet, wording))
    room = wide - 2 * (LONG + 1)
    y = max(high / 2 - SMALL.lead, LONG)
    for text in lines:
        y += SMALL.lead
        if y < high - 1:
            pen.fitted(wide / 2, y, text, SMALL, room, align="centre")
