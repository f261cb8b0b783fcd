"""The table of places on a printed work order: every tick box, field, mark and code.

The sheet is drawn from it, and it is stored with each copy, so that a returned sheet can be read
by the places it was printed with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from smallcmms.domain.papers import PaperSize
from smallcmms.domain.places import MARGIN, Board, Layout, Rect
from smallcmms.domain.sheet_back import TOP, back, notes, tasks, times, used
from smallcmms.domain.sheet_contents import LABEL, Contents, Rest, Setter
from smallcmms.domain.sheet_front import front, load, lock_out, past
from smallcmms.domain.wrapping import Line, Measure, height, wrap_line

LEAST_NOTES_ROOM = 40.0
TEXT_GAP = 2.5

Row = TypeVar("Row")


def layout(contents: Contents, measure: Measure) -> Layout:
    """Return where everything stands: a front, a back, and more pages if the texts need them."""
    setter = Setter(measure, contents.words.goes_on, Rest())
    boards = [front(contents, setter), back(contents, setter)]
    if not setter.rest.is_empty:
        written = sum(name.startswith("notes.") for name in boards[1].fields)
        boards += _more(contents, setter, first_note=written + 1)
    return Layout(contents.paper_size, tuple(board.finish() for board in boards))


def _more(contents: Contents, setter: Setter, *, first_note: int) -> list[Board]:
    """Lay out what found no room, in the order of the sheet; the last page ends with lines."""
    pages = _Pages(contents.paper_size)
    rest = setter.rest
    pages.fill(rest.steps, lambda board, rows: lock_out(board, contents, rows, setter))
    pages.fill(rest.parts, lambda board, rows: load(board, contents, rows, setter))
    pages.fill(rest.history, lambda board, rows: past(board, contents, rows, setter))
    pages.fill(rest.times, times)
    pages.fill(rest.tasks, lambda board, rows: tasks(board, contents, rows, setter, below=0.0))
    pages.fill(rest.used, lambda board, rows: used(board, rows, setter, others=0))
    for label, lines in rest.texts.items():
        width = pages.last.right - MARGIN
        whole = [piece for line in lines for piece in wrap_line(line, width, setter.measure)]
        pages.fill([Line(label, LABEL), *whole], _text)
    if pages.last.room >= LEAST_NOTES_ROOM:
        notes(pages.last, first=first_note, bottom=pages.last.bottom)
    return pages.boards


class _Pages:
    """The pages after the back; a new one begins when a row finds no room on the last."""

    def __init__(self, paper_size: PaperSize) -> None:
        self.boards = [Board("more", paper_size, TOP)]

    @property
    def last(self) -> Board:
        """Return the page that is being filled."""
        return self.boards[-1]

    def fill(self, rows: list[Row], place: Callable[[Board, list[Row]], list[Row]]) -> None:
        """Place rows, over as many pages as they take."""
        while rows:
            waiting = place(self.last, rows)
            if waiting:
                self.boards.append(Board("more", self.last.paper_size, TOP))
            rows = waiting


def _text(board: Board, lines: list[Line]) -> list[Line]:
    """Place lines of a long text; return those that found no room."""
    taken = 0
    while taken < len(lines) and height(tuple(lines[: taken + 1])) <= board.room:
        taken += 1
    if taken == 0 or taken == 1 < len(lines):
        return lines
    rect = Rect(MARGIN, board.y, board.right - MARGIN, height(tuple(lines[:taken])))
    number = sum(name.startswith("text.") for name in board.areas) + 1
    board.area(f"text.{number}", rect, tuple(lines[:taken]))
    board.y = rect.bottom + TEXT_GAP
    return lines[taken:]
