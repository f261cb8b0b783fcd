"""The front of the work order sheet, drawn into its places."""

from __future__ import annotations

from smallcmms.domain import papers
from smallcmms.domain.levels import Level
from smallcmms.domain.places import MARGIN, Area, Page, Rect
from smallcmms.domain.sheet_contents import BODY_BOLD, LABEL, PLAIN, PLAIN_BOLD, SMALL, Contents
from smallcmms.domain.sheet_front import (
    HAZARD,
    ICON_ROOM,
    LIST_TITLE,
    LOAD_QUANTITY,
    LOAD_TICK,
    LOAD_WHERE,
    PADDING,
    PAST_ON,
    PAST_WHO,
)
from smallcmms.domain.wrapping import POINT, Line, Type, height
from smallcmms.reports.page import CAPITAL, FRAME, RULE, Pen
from smallcmms.reports.sheet_contents import Wording

LOCK_TITLE = Type("extrabold", 14, 18 * POINT)
QUANTITY = Type("bold", 13, 17 * POINT)
NAME_SMALL = Type("regular", 9, 12 * POINT)
LEVEL_EDGE = {Level.CRITICAL: 0.4, Level.HIGH: 0.8, Level.MEDIUM: 0.4, Level.LOW: 0.4}

ICONS = {"access": "door-open", "note": "truck", "no_steps": "lock-keyhole"}


def draw_front(
    pen: Pen, page: Page, order: papers.WorkOrder, held: Contents, wording: Wording
) -> None:
    """Draw whatever of the front stands on this page; a part may have gone to a later one."""
    areas = page.areas
    if "strip" in areas:
        _strip(pen, page, order)
    for name, label in _labels(held).items():
        if name in areas:
            _framed(pen, areas[name], label)
    for name, icon in ICONS.items():
        if name in areas:
            _with_icon(pen, areas[name], icon)
    if "lock_out" in areas:
        _lock_out(pen, page, wording)
    _lists(pen, page, held, wording)


def _lists(pen: Pen, page: Page, held: Contents, wording: Wording) -> None:
    """Draw the parts to load, what was done before, and long texts that stand whole."""
    if "load" in page.areas:
        _load(pen, page, held, wording)
    if "history" in page.areas:
        _history(pen, page, held)
    for name, area in page.areas.items():
        if name.startswith("text."):
            pen.lines(area.rect.x, area.rect.y, area.lines)


def _labels(held: Contents) -> dict[str, str]:
    words = held.words
    return {
        "go_to": words.go_to,
        "ask_for": words.ask_for,
        "wrong": words.wrong,
        "asset": words.asset,
    }


def _strip(pen: Pen, page: Page, order: papers.WorkOrder) -> None:
    """Draw how bad it is, when, and who goes."""
    strip, level, when, who = (page.areas[name] for name in ("strip", "level", "when", "who"))
    rect = strip.rect
    for y in (rect.y, rect.bottom):
        pen.rule(rect.x, y, rect.right, y, line=RULE)
    is_worst = order.level is Level.CRITICAL
    pen.box(
        level.rect,
        line=LEVEL_EDGE[order.level],
        is_filled=is_worst,
        is_dashed=order.level is Level.LOW,
    )
    line = level.lines[0]
    top = level.rect.y + (level.rect.height - line.type.lead) / 2
    pen.line(level.rect.x + level.rect.width / 2, top, line, align="centre", grey=int(is_worst))
    pen.lines(when.rect.x, when.rect.y, when.lines)
    if who.rect.y > when.rect.y:
        pen.lines(who.rect.x, who.rect.y, who.lines)
    else:
        pen.lines(who.rect.right, who.rect.y, who.lines, align="right")


def _framed(pen: Pen, area: Area, label: str) -> None:
    pen.box(area.rect)
    x, y = area.rect.x + PADDING, area.rect.y
    pen.line(x, y + 1.6, Line(label, LABEL))
    pen.lines(x, y + 5.6, area.lines)


def _with_icon(pen: Pen, area: Area, icon: str) -> None:
    middle = area.rect.y + area.rect.height / 2
    pen.icon(icon, area.rect.x + 0.6, middle - 3.1, 6.2)
    top = middle - height(area.lines) / 2
    pen.lines(area.rect.x + ICON_ROOM, top, area.lines)


def _lock_out(pen: Pen, page: Page, wording: Wording) -> None:
    """Draw the lock-out box between its striped edges."""
    area = page.areas["lock_out"]
    rect = area.rect
    pen.hazard(Rect(rect.x, rect.y, rect.width, HAZARD))
    pen.hazard(Rect(rect.x, rect.bottom - HAZARD, rect.width, HAZARD))
    for x in (rect.x, rect.right):
        pen.rule(x, rect.y + HAZARD, x, rect.bottom - HAZARD, line=FRAME)
    top = rect.y + HAZARD + 2
    pen.icon("lock-keyhole", rect.x + 3.2, top, 6.2)
    title = wording.texts._("LOCK OUT BEFORE YOU START")
    pen.line(rect.x + 12.4, top, Line(title, LOCK_TITLE))
    pen.lines(rect.right - 3.4, top + 0.9, area.lines, align="right")
    for name, tick in page.ticks.items():
        if name.startswith("lock_out."):
            pen.tick(tick)
            step = page.areas[name]
            spare = step.rect.height - height(step.lines)
            pen.lines(tick.right + 2.5, step.rect.y + spare / 2, step.lines)
    _lock_fields(pen, page, wording)


def _lock_fields(pen: Pen, page: Page, wording: Wording) -> None:
    _ = wording.texts._
    words = {
        "lock_out.lock": _("Lock no."),
        "lock_out.locked": _("Locked by"),
        "lock_out.meter": _("Meter reads"),
        "lock_out.unlocked": _("Unlocked by"),
    }
    for name, word in words.items():
        if name not in page.fields:
            continue
        field = page.fields[name]
        pen.fitted(field.x - 22.4, field.bottom - 1, word, PLAIN, 21.4)
        pen.rule(field.x, field.bottom, field.right, field.bottom)
        at = page.fields.get(f"{name}_at")
        if at:
            pen.fitted(field.right + 1.8, at.bottom - 0.8, _("time"), SMALL, 7.4)
            pen.rule(at.x, at.bottom, at.right, at.bottom)
        elif name == "lock_out.meter":
            pen.text(field.right + 4, field.bottom - 0.8, "V", SMALL, align="right")


def _load(pen: Pen, page: Page, held: Contents, wording: Wording) -> None:
    """Draw the parts to load; the rules keep away from the boxes to tick."""
    rect = page.areas["load"].rect
    pen.line(rect.x, rect.y - LIST_TITLE + 0.5, Line(held.words.load, BODY_BOLD))
    hint = Line(wording.texts._("tick when it is on the truck"), NAME_SMALL)
    pen.line(rect.right, rect.y - LIST_TITLE + 1.1, hint, align="right")
    pen.frame(rect)
    left = rect.x + LOAD_TICK
    for x in (left, left + LOAD_QUANTITY, rect.right - LOAD_WHERE):
        pen.rule(x, rect.y, x, rect.bottom)
    numbers = [int(name[5:]) for name in page.ticks if name.startswith("load.")]
    for number in numbers:
        _load_row(pen, page, number, held)
        row = page.areas[f"load.{number}"].rect
        if number != numbers[-1]:
            pen.rule(left, row.bottom, rect.right, row.bottom)


def _load_row(pen: Pen, page: Page, number: int, held: Contents) -> None:
    part = held.parts[number - 1]
    pen.tick(page.ticks[f"load.{number}"])
    area, where = page.areas[f"load.{number}"], page.areas[f"where.{number}"]
    middle = area.rect.y + area.rect.height / 2
    x = area.rect.x
    quantity = Line(part.quantity, QUANTITY)
    pen.line(x + LOAD_QUANTITY / 2, middle - quantity.type.lead / 2, quantity, align="centre")
    pen.lines(x + LOAD_QUANTITY + 1.9, middle - height(area.lines) / 2, area.lines)
    x = where.rect.x + 2
    if part.is_pickup:
        pen.icon("warehouse", x, middle - 2.3, 4.6)
        x += 5.6
    pen.lines(x, middle - height(where.lines) / 2, where.lines)


def _history(pen: Pen, page: Page, held: Contents) -> None:
    rect = page.areas["history"].rect
    pen.line(rect.x, rect.y, Line(held.words.history, BODY_BOLD))
    for name, area in page.areas.items():
        if not name.startswith("history."):
            continue
        past = held.history[int(name[8:]) - 1]
        row = area.rect
        top = row.y + (row.height - height(area.lines)) / 2
        pen.line(row.x, top, Line(past.on, PLAIN_BOLD))
        pen.lines(row.x + PAST_ON, top, area.lines)
        foot = top + PLAIN.lead / 2 + PLAIN.size * POINT * CAPITAL
        pen.fitted(row.right, foot, past.who, PLAIN, PAST_WHO, align="right")
        pen.rule(MARGIN, row.bottom, row.right, row.bottom, line=0.26)
