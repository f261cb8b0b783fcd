"""The back of a work order sheet: where everything stands that the technician writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smallcmms.domain.papers import Choice
from smallcmms.domain.places import MARGIN, TICK, Board, Rect
from smallcmms.domain.sheet_contents import (
    BODY,
    BODY_BOLD,
    LABEL,
    PLAIN,
    SMALL,
    Contents,
    PartRow,
    Setter,
    TaskRow,
)
from smallcmms.domain.wrapping import Line, Type, height

TOP = 35.5
GUTTER = 8.9
LEFT = MARGIN + GUTTER
GAP = 1.7
TIMES_SIGN = "\N{MULTIPLICATION SIGN}"
TITLE = 5.0
TIME = 9.5
TIMES = ("date", "left_shop", "arrived", "finished", "back", "break")
ROW = 7.7
ROW_CLEARANCE = 0.6
READING = 31.2
MARKS = (("ok", 12.2), ("fixed", 13.2), ("bad", 12.2))
TICKS = sum(width for _, width in MARKS)
SECTION = 6.0
USED = 13.2
WRITTEN_LINE = 9.0
NOTES_LABEL = 4.7
LEAST_NOTES = 4
LEAST_OTHER = 3
PADDING = 2.6
CHOICE_ROW = 6.8
CHOICE_TEXT = 1.0
CHOICE_GAP = 1.5
RESULT_TEXT = 1.8
RESULT_GAP = 4.6
EDGE = 4.4
QUOTE_ROW = 8.0
GROUP_GAP = 0.5
CUSTOMER = 16.8
LONGEST = 6
MOST_TIMES = 4


def back(contents: Contents, setter: Setter) -> Board:
    """Lay out boxes 1 to 6; lines of the checklist without room are left in the rest."""
    board = Board("back", contents.paper_size, TOP)
    setter.rest.times += times(board, _time_rows(contents))
    kept = LEAST_NOTES
    below = _result_height(board, contents, setter) + CUSTOMER + 2 * GAP + _notes_height(kept)
    parts = list(enumerate(contents.parts, 1))
    listed = parts[: _listed(board, contents, below)]
    below += parts_height(len(listed), LEAST_OTHER) + GAP
    waiting = tasks(board, contents, enumerate(contents.tasks, 1), setter, below=below)
    setter.rest.tasks += waiting
    used(board, listed, setter, others=LEAST_OTHER)
    setter.rest.used += parts[len(listed) :]
    tail = _result_height(board, contents, setter) + CUSTOMER + 2 * GAP
    notes(board, first=1, bottom=board.bottom - tail)
    _result(board, contents, setter)
    _customer(board)
    return board


def _listed(board: Board, contents: Contents, below: float) -> int:
    """Return how many parts are listed in box 3: all, or six if the checklist needs the room."""
    tasks_room = TITLE + 2 * ROW_CLEARANCE + GAP + ROW * len(contents.tasks)
    free = board.room - below - tasks_room - GAP - TITLE
    return min(len(contents.parts), max(LONGEST, int(free / ROW)))


def times(board: Board, rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Place box 1, a row of times for each name and label; return the rows that must wait."""
    most = min(MOST_TIMES, int((board.room - TITLE) / TIME))
    if most < 1:
        return rows
    width = board.right - LEFT
    column = width / len(TIMES)
    for row, (name, label) in enumerate(rows[:most]):
        y = board.y + TITLE + row * TIME
        for place, time in enumerate(TIMES):
            board.field(f"{name}.{time}", Rect(LEFT + place * column, y, column, TIME))
        board.area(name, Rect(LEFT, y, column, TIME), (Line(label, SMALL),))
    high = TITLE + min(len(rows), most) * TIME
    board.area("box.1", Rect(LEFT, board.y, width, high))
    board.y += high + GAP
    return rows[most:]


def _time_rows(contents: Contents) -> list[tuple[str, str]]:
    """Return the rows of box 1: one for each technician, then those of a second visit."""
    first = [(f"times.{number}", label) for number, label in enumerate(contents.times, 1)]
    second = enumerate(contents.second_times, 1)
    return [*first, *((f"second.{number}", label) for number, label in second)]


def tasks(
    board: Board,
    contents: Contents,
    lines: Iterable[tuple[int, TaskRow]],
    setter: Setter,
    *,
    below: float,
) -> list[tuple[int, TaskRow]]:
    """Place box 2 and leave `below` millimetres free; return the lines that found no room."""
    waiting = list(lines)
    top, limit = board.y, board.bottom - below - GAP - ROW_CLEARANCE
    y = top + TITLE + ROW_CLEARANCE
    if not waiting or y + SECTION + ROW > limit:
        return waiting
    while waiting:
        number, row = waiting[0]
        texts = _task_lines(board, contents, number, row, setter)
        section = SECTION if row.section else 0.0
        high = max(ROW, height(texts) + 2.6)
        if y + section + high > limit:
            break
        if section:
            heading = Rect(LEFT, y, board.right - LEFT - TICKS, section)
            board.area(f"section.{number}", heading, (Line(row.section, LABEL),))
        _task(board, number, Rect(LEFT, y + section, board.right - LEFT, high), texts)
        y += section + high
        del waiting[0]
    high = y + ROW_CLEARANCE - top
    board.area("box.2", Rect(LEFT, top, board.right - LEFT, high))
    board.y = top + high + GAP
    return waiting


def _task_lines(
    board: Board, contents: Contents, number: int, row: TaskRow, setter: Setter
) -> tuple[Line, ...]:
    width = board.right - LEFT - TICKS - READING - 4.5
    label = f"{contents.words.tasks} {number}"
    return setter.set(label, (Line(f"{number}. {row.text}", BODY),), width, most=LONGEST)


def _task(board: Board, number: int, rect: Rect, texts: tuple[Line, ...]) -> None:
    name = f"task.{number}"
    board.area(name, rect, texts)
    x = rect.right - TICKS
    board.field(f"{name}.reading", Rect(x - READING, rect.y, READING, rect.height))
    for mark, width in MARKS:
        board.tick(f"{name}.{mark}", x + (width - TICK) / 2, rect.y + rect.height / 2)
        x += width


def parts_height(listed: int, others: int) -> float:
    """Return how high box 3 is."""
    return TITLE + ROW * max(listed, others)


def used(
    board: Board, parts: list[tuple[int, PartRow]], setter: Setter, *, others: int
) -> list[tuple[int, PartRow]]:
    """Place box 3: the planned parts beside lines for others; return the parts without room."""
    most = max(0, int((board.room - TITLE) / ROW))
    parts, waiting = parts[:most], parts[most:]
    if not (parts or others):
        return waiting
    half = (board.right - LEFT - 2.7) / 2
    right = LEFT + half + 2.7
    others = max(others, len(parts))
    y = board.y + TITLE
    for place, (number, part) in enumerate(parts):
        text = f"{part.quantity} {TIMES_SIGN} {part.name}"
        text = _elide(text, PLAIN, half - USED - 4, setter)
        row = Rect(LEFT, y + place * ROW, half - USED, ROW)
        board.area(f"used.{number}", row, (Line(text, PLAIN),))
        board.field(f"used.{number}", Rect(row.right, row.y, USED, ROW))
    for place in range(others):
        top = y + place * ROW
        number = place + 1 + (parts[0][0] - 1 if parts else 0)
        board.field(f"other.{number}.quantity", Rect(right, top, USED, ROW))
        rest = Rect(right + USED, top, board.right - right - USED, ROW)
        board.field(f"other.{number}.part", rest)
    board.area("box.3", Rect(LEFT, board.y, half, TITLE + len(parts) * ROW))
    high = TITLE + others * ROW
    board.area("box.3.other", Rect(right, board.y, half, high))
    board.y += high + GAP
    return waiting


def _elide(text: str, kind: Type, width: float, setter: Setter) -> str:
    """Shorten a text that stands whole elsewhere on the sheet."""
    if setter.measure(text, kind.face, kind.size) <= width:
        return text
    while text and setter.measure(f"{text}…", kind.face, kind.size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _notes_height(lines: int) -> float:
    return NOTES_LABEL + lines * WRITTEN_LINE + 1.2


def notes(board: Board, *, first: int, bottom: float) -> int:
    """Place box 4 down to `bottom` with all the lines that it holds; return how many."""
    rect = Rect(LEFT, board.y, board.right - LEFT, bottom - board.y)
    lines = int((rect.height - NOTES_LABEL - 1.1) / WRITTEN_LINE)
    start = rect.bottom - 1.2 - lines * WRITTEN_LINE
    for line in range(lines):
        place = Rect(
            LEFT + PADDING, start + line * WRITTEN_LINE, rect.width - 2 * PADDING, WRITTEN_LINE
        )
        board.field(f"notes.{first + line}", place)
    board.area("box.4", rect)
    board.y = rect.bottom + GAP
    return lines


def choice_rows(
    choices: Sequence[Choice], width: float, setter: Setter
) -> list[list[tuple[float, Choice]]]:
    """Return choices in as few rows as fit into the width, each with its distance from the left.

    The choices run down the columns; a column is as wide as its longest word.
    """
    if not choices:
        return []
    for rows in range(1, len(choices) + 1):
        columns = [choices[start : start + rows] for start in range(0, len(choices), rows)]
        widths = [max(_choice_width(choice, setter) for choice in column) for column in columns]
        spare = width - sum(widths) - CHOICE_GAP * (len(columns) - 1)
        if spare >= 0:
            break
    gap = CHOICE_GAP + min(max(spare, 0) / max(len(columns) - 1, 1), 4)
    starts = [sum(widths[:place]) + gap * place for place in range(len(columns))]
    return [
        [(x, column[row]) for x, column in zip(starts, columns, strict=True) if row < len(column)]
        for row in range(rows)
    ]


def _choice_width(choice: Choice, setter: Setter) -> float:
    return TICK + CHOICE_TEXT + setter.measure(choice.text, SMALL.face, SMALL.size)


def _groups(
    board: Board, contents: Contents, setter: Setter
) -> tuple[float, list[tuple[str, str, list[list[tuple[float, Choice]]]]]]:
    """Return the width of the words before causes and remedies, and both in rows."""
    words = contents.words
    label = max(setter.width(Line(word, LABEL)) for word in (words.cause, words.remedy)) + 2
    width = board.right - LEFT - 2 * PADDING - label
    return label, [
        ("cause", words.cause, choice_rows(contents.causes, width, setter)),
        ("remedy", words.remedy, choice_rows(contents.remedies, width, setter)),
    ]


def _result_rows(
    board: Board, contents: Contents, setter: Setter
) -> list[list[tuple[float, str, Line]]]:
    """Return the first ticks of box 5 in rows, each with its distance from the left."""
    rows: list[list[tuple[float, str, Line]]] = [[]]
    width, x = board.right - LEFT - 2 * PADDING, 0.0
    for name, line in contents.results:
        wide = TICK + RESULT_TEXT + setter.width(line)
        if rows[-1] and x + wide > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, name, line))
        x += wide + RESULT_GAP
    return rows


def _result_height(board: Board, contents: Contents, setter: Setter) -> float:
    _, groups = _groups(board, contents, setter)
    rows = sum(len(rows) for _, _, rows in groups)
    gaps = GROUP_GAP * sum(1 for _, _, each in groups if each)
    results = (len(_result_rows(board, contents, setter)) - 1) * CHOICE_ROW
    return 2 * EDGE + results + QUOTE_ROW + gaps + rows * CHOICE_ROW


def _result(board: Board, contents: Contents, setter: Setter) -> None:
    """Place box 5: the result, what else was seen, cause and remedy."""
    rect = Rect(LEFT, board.y, board.right - LEFT, _result_height(board, contents, setter))
    board.area("box.5", rect)
    y = rect.y + EDGE - CHOICE_ROW
    for row in _result_rows(board, contents, setter):
        y += CHOICE_ROW
        for x, name, line in row:
            _tick(board, name, LEFT + PADDING + x, y, line)
    y += QUOTE_ROW
    _quote(board, contents, setter, y)
    label, groups = _groups(board, contents, setter)
    for name, word, rows in groups:
        y += GROUP_GAP if rows else 0.0
        _choices(board, (name, word, rows), LEFT + PADDING + label, y)
        y += len(rows) * CHOICE_ROW
    board.y = rect.bottom + GAP


def _tick(board: Board, name: str, x: float, y: float, line: Line) -> None:
    """Place a tick box and its word."""
    board.tick(name, x, y)
    gap = RESULT_TEXT if line.type is not SMALL else CHOICE_TEXT
    board.area(name, Rect(x + TICK + gap, y - 3, 30, 6), (line,))


def _quote(board: Board, contents: Contents, setter: Setter, y: float) -> None:
    line = Line(contents.words.quote, BODY_BOLD)
    _tick(board, "deficiency.seen", LEFT + PADDING, y, line)
    start = LEFT + PADDING + TICK + RESULT_TEXT + setter.width(line) + 1.8
    end = board.right - PADDING
    board.field("deficiency.text", Rect(start, y - 5, end - start, 8))


def _choices(
    board: Board, group: tuple[str, str, list[list[tuple[float, Choice]]]], left: float, y: float
) -> None:
    name, word, rows = group
    if rows:
        rect = Rect(LEFT + PADDING, y + CHOICE_ROW - 3, left - LEFT - PADDING, 6)
        board.area(name, rect, (Line(word, LABEL),))
    for row in rows:
        y += CHOICE_ROW
        for x, choice in row:
            _tick(board, f"{name}.{choice.key}", left + x, y, Line(choice.text, SMALL))


def _customer(board: Board) -> None:
    """Place box 6: name, signature, rating from 1 to 5, nobody there, not happy."""
    y, high = board.y, CUSTOMER
    board.area("box.6", Rect(LEFT, y, board.right - LEFT, high))
    ticks = board.right - 35.5
    rating = ticks - 2.2 - 45.5
    name = (rating - LEFT - 2 * 2.2) * 0.45
    board.field("customer.name", Rect(LEFT, y, name, high))
    x = LEFT + name + 2.2
    board.field("customer.signature", Rect(x, y, rating - 2.2 - x, high))
    board.area("rating", Rect(rating, y, 45.5, high))
    for mark in range(1, 6):
        board.tick(f"rating.{mark}", rating + 2.4 + (mark - 1) * 8.8, y + high - 4.4)
    board.tick("customer.nobody_there", ticks + 1, y + 4.4)
    board.tick("customer.not_happy", ticks + 1, y + high - 4.4)
