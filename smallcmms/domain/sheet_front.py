"""The front of a work order sheet: where everything stands that the technician reads."""

from __future__ import annotations

from collections.abc import Iterable

from smallcmms.domain.places import MARGIN, TICK, Board, Rect
from smallcmms.domain.sheet_contents import (
    BODY,
    PICK_UP,
    PLAIN,
    PLAIN_BOLD,
    SMALL,
    Contents,
    PartRow,
    PastRow,
    Setter,
)
from smallcmms.domain.wrapping import Line, height

HEADING = 42.5
STRIP = 13.7
STRIP_ROW = 7.6
GAP = 3.4
SIDE_BOX = 71.4
PADDING = 2.7
LABEL_ROOM = 5.6
ICON_ROOM = 9.4
HAZARD = 2.9
LOCK_TITLE = 9.2
STEP = 7.2
LOCK_FIELD = 8.7
LOCK_SIDE = 68.0
ROW = 7.7
ROW_CLEARANCE = 0.6
LIST_TITLE = 6.4
LOAD_TICK = 9.2
LOAD_QUANTITY = 9.6
LOAD_WHERE = 59.3
PAST_ROW = 7.6
PAST_ON = 27.5
PAST_WHO = 60.0
LONGEST = 6
LONGEST_NOTE = 4
LONGEST_STRIP = 3


def front(contents: Contents, setter: Setter) -> Board:
    """Lay out the front; what finds no room is left in the setter's rest."""
    board = Board("front", contents.paper_size, HEADING)
    _strip(board, contents, setter)
    _where_and_whom(board, contents, setter)
    _icon_text(board, "access", contents.words.access, contents.access, setter)
    _icon_text(board, "note", contents.words.note, contents.note, setter)
    _what_is_wrong(board, contents, setter)
    _icon_text(board, "no_steps", contents.words.steps, contents.no_steps, setter)
    setter.rest.steps += lock_out(board, contents, enumerate(contents.steps, 1), setter)
    setter.rest.parts += load(board, contents, enumerate(contents.parts, 1), setter)
    setter.rest.history += past(board, contents, enumerate(contents.history, 1), setter)
    return board


def _strip(board: Board, contents: Contents, setter: Setter) -> None:
    level = Rect(MARGIN, board.y + 2.4, setter.width(contents.level) + 7, STRIP - 4.8)
    board.area("level", level, (contents.level,))
    x = level.right + 3.7
    free = board.right - x
    fits = setter.width(contents.when) + setter.width(contents.who) + 5 <= free
    when = setter.set(contents.words.when, (contents.when,), free, most=LONGEST_STRIP)
    who = setter.set(contents.words.when, (contents.who,), free, most=LONGEST_STRIP)
    top = board.y + 3.2
    board.area("when", Rect(x, top, free, height(when)), when)
    below = 0.0 if fits else height(when)
    board.area("who", Rect(x, top + below, free, height(who)), who)
    high = STRIP if fits else STRIP - STRIP_ROW + below + height(who)
    board.area("strip", Rect(MARGIN, board.y, board.right - MARGIN, high))
    board.y += high + 2.9


def _pair(
    board: Board,
    names: tuple[str, str],
    lines: tuple[tuple[Line, ...], tuple[Line, ...]],
    least: float,
) -> None:
    """Place two framed boxes beside each other, as high as the higher."""
    high = max(least, *(LABEL_ROOM + height(each) + 1.9 for each in lines))
    left = board.right - MARGIN - SIDE_BOX - 3.7
    board.area(names[0], Rect(MARGIN, board.y, left, high), lines[0])
    side = Rect(board.right - SIDE_BOX, board.y, SIDE_BOX, high)
    board.area(names[1], side, lines[1])
    board.y += high + GAP


def _where_and_whom(board: Board, contents: Contents, setter: Setter) -> None:
    words = contents.words
    left = board.right - MARGIN - SIDE_BOX - 3.7 - 2 * PADDING
    side = SIDE_BOX - 2 * PADDING
    go_to = setter.set(words.go_to, contents.go_to, left, most=LONGEST)
    ask_for = setter.set(words.ask_for, contents.ask_for, side, most=LONGEST)
    _pair(board, ("go_to", "ask_for"), (go_to, ask_for), 27)


def _what_is_wrong(board: Board, contents: Contents, setter: Setter) -> None:
    words = contents.words
    left = board.right - MARGIN - SIDE_BOX - 3.7 - 2 * PADDING
    side = SIDE_BOX - 2 * PADDING
    wrong = setter.set(words.wrong, contents.wrong, left, most=LONGEST)
    asset = setter.set(words.asset, contents.asset, side, most=LONGEST)
    _pair(board, ("wrong", "asset"), (wrong, asset), 22)


def _icon_text(
    board: Board, name: str, label: str, lines: tuple[Line, ...], setter: Setter
) -> None:
    if not lines:
        return
    width = board.right - MARGIN - ICON_ROOM
    printed = setter.set(label, lines, width, most=LONGEST_NOTE)
    high = max(height(printed), 6.4)
    board.area(name, Rect(MARGIN, board.y - 1.2, board.right - MARGIN, high), printed)
    board.y += high + 1.4


def lock_out(
    board: Board, contents: Contents, steps: Iterable[tuple[int, str]], setter: Setter
) -> list[tuple[int, str]]:
    """Place the lock-out box with its steps; return the steps that found no room."""
    waiting = list(steps)
    if not waiting:
        return []
    is_first = waiting[0][0] == 1
    width = board.right - MARGIN - LOCK_SIDE - 18
    top = board.y
    energies = (Line(contents.energies, PLAIN_BOLD),)
    title = setter.set(contents.words.steps, energies, board.right - MARGIN - 110, most=4)
    y = start = top + HAZARD + max(LOCK_TITLE, height(title) + 4)
    fields_end = start + 4 * LOCK_FIELD if is_first else 0.0
    if fields_end + HAZARD + 2 > board.bottom:
        return waiting
    while waiting:
        number, text = waiting[0]
        label = f"{contents.words.steps} {number}"
        lines = setter.set(label, (Line(text, BODY),), width, most=LONGEST)
        high = max(STEP, height(lines) + 2.4)
        if y + high + HAZARD + 1 > board.bottom:
            break
        _step(board, number, Rect(MARGIN + 3.2, y, width + 8, high), lines)
        y += high
        del waiting[0]
    if y == start:
        return waiting
    bottom = max(y + 1, fields_end + 2) + HAZARD
    board.area("lock_out", Rect(MARGIN, top, board.right - MARGIN, bottom - top), title)
    if is_first:
        _lock_fields(board, start)
    board.y = bottom + GAP
    return waiting


def _step(board: Board, number: int, rect: Rect, lines: tuple[Line, ...]) -> None:
    board.tick(f"lock_out.{number}", rect.x, rect.y + STEP / 2)
    board.area(f"lock_out.{number}", rect, lines)


def _lock_fields(board: Board, top: float) -> None:
    """Place the lines for the lock's number, who locked, the meter's reading, who unlocked."""
    x, right = board.right - LOCK_SIDE + 22.4, board.right - 3.4
    for row, name in enumerate(("lock", "locked", "meter", "unlocked")):
        y = top + row * LOCK_FIELD
        has_time = name in {"locked", "unlocked"}
        end = right - 23.6 if has_time else right - 4 * (name == "meter")
        board.field(f"lock_out.{name}", Rect(x, y, end - x, LOCK_FIELD - 1))
        if has_time:
            board.field(f"lock_out.{name}_at", Rect(right - 13.6, y, 13.6, LOCK_FIELD - 1))


def load(
    board: Board, contents: Contents, parts: Iterable[tuple[int, PartRow]], setter: Setter
) -> list[tuple[int, PartRow]]:
    """Place the list of parts to load; return the parts that found no room."""
    waiting = list(parts)
    if not waiting or board.room < LIST_TITLE + 2 * ROW:
        return waiting
    top = board.y + LIST_TITLE
    y = top + ROW_CLEARANCE
    name_width = board.right - MARGIN - LOAD_TICK - LOAD_QUANTITY - LOAD_WHERE - 4
    while waiting:
        number, part = waiting[0]
        label = f"{contents.words.load} {number}"
        name = setter.set(label, _part(part), name_width, most=LONGEST)
        where = setter.set(f"{label}, {part.name}", _where(part), LOAD_WHERE - 9, most=LONGEST)
        high = max(ROW, height(name) + 2.6, height(where) + 2.6)
        if y + high + ROW_CLEARANCE > board.bottom:
            break
        _load_row(board, number, y, high, name)
        board.area(f"where.{number}", Rect(board.right - LOAD_WHERE, y, LOAD_WHERE, high), where)
        y += high
        del waiting[0]
    rows = Rect(MARGIN, top, board.right - MARGIN, y + ROW_CLEARANCE - top)
    board.area("load", rows)
    board.y = rows.bottom + GAP
    return waiting


def _part(part: PartRow) -> tuple[Line, ...]:
    return (Line(part.name, BODY, f" {part.number}" if part.number else "", SMALL),)


def _where(part: PartRow) -> tuple[Line, ...]:
    return (Line(part.where, PICK_UP if part.is_pickup else BODY),)


def _load_row(board: Board, number: int, y: float, high: float, name: tuple[Line, ...]) -> None:
    board.tick(f"load.{number}", MARGIN + (LOAD_TICK - TICK) / 2, y + high / 2)
    x = MARGIN + LOAD_TICK
    board.area(f"load.{number}", Rect(x, y, board.right - LOAD_WHERE - x, high), name)


def past(
    board: Board, contents: Contents, history: Iterable[tuple[int, PastRow]], setter: Setter
) -> list[tuple[int, PastRow]]:
    """Place what was done on the asset before; return the lines that found no room."""
    waiting = list(history)
    if not waiting or board.room < LIST_TITLE + PAST_ROW:
        return waiting
    board.area("history", Rect(MARGIN, board.y, board.right - MARGIN, LIST_TITLE))
    board.y += LIST_TITLE - 1
    while waiting:
        number, row = waiting[0]
        who = min(setter.width(Line(row.who, PLAIN)), PAST_WHO) + 3
        width = board.right - MARGIN - PAST_ON - who
        label = f"{contents.words.history} {number}"
        lines = setter.set(label, (Line(row.text, PLAIN),), width, most=LONGEST)
        high = max(PAST_ROW, height(lines) + 3)
        if high > board.room:
            break
        board.area(f"history.{number}", Rect(MARGIN, board.y, board.right - MARGIN, high), lines)
        board.y += high
        del waiting[0]
    return waiting
