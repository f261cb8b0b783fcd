from __future__ import annotations

from smallcmms.domain.papers import PaperSize
from smallcmms.domain.places import Board
from smallcmms.domain.sheet_back import times
from smallcmms.domain.sheet_contents import BODY, Rest, Setter
from smallcmms.domain.sheet_front import lock_out
from smallcmms.domain.sheet_layout import _text
from smallcmms.domain.wrapping import Line, height
from tests.domain.test_sheet_layout import contents, measure

LINES = [Line("A long text", BODY), Line("goes on", BODY), Line("and ends", BODY)]


def board(room: float) -> Board:
    made = Board("more", PaperSize.LETTER)
    made.y = made.bottom - room
    return made


def test_one_line_of_a_long_text_does_not_stand_alone_at_the_end_of_a_page() -> None:
    page = board(height(tuple(LINES[:1])) + 0.1)
    assert _text(page, LINES) == LINES
    assert page.areas == {}


def test_two_lines_of_a_long_text_may_stand_at_the_end_of_a_page() -> None:
    page = board(height(tuple(LINES[:2])) + 0.1)
    assert _text(page, LINES) == LINES[2:]
    assert [area.lines for area in page.areas.values()] == [tuple(LINES[:2])]


def test_a_lock_out_box_that_has_room_for_no_step_waits_for_the_next_page() -> None:
    steps = [(2, "Close V-12 and V-13, lock"), (3, "Try to start it, test dead")]
    setter = Setter(measure, "goes on", Rest())
    placed = []
    for room in range(10, 60):
        page = board(float(room))
        waiting = lock_out(page, contents(steps=3), steps, setter)
        placed.append(len(steps) - len(waiting))
        assert ("lock_out" in page.areas) == bool(placed[-1])
        assert len(page.ticks) == placed[-1]
    assert placed == sorted(placed)
    assert set(placed) == {0, 1, 2}


def test_times_without_room_wait_for_the_next_page() -> None:
    rows = [("times.1", "Marco"), ("times.2", "Jess")]
    assert times(board(10.0), rows) == rows
