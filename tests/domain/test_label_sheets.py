from __future__ import annotations

from dataclasses import replace

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.label_sheets import LabelSheet, check, cut, roll
from smallcmms.services.label_sheets import sold

OWN = LabelSheet(
    key="own-1", name="Own", page_width=210, page_height=297, width=60, height=30,
    pitch_x=65, pitch_y=32, left=5, top=10, columns=3, rows=8,
)  # fmt: skip


@pytest.mark.parametrize("key", list(sold()))
def test_the_labels_that_are_sold_lie_on_their_page_and_not_on_each_other(key: str) -> None:
    sheet = sold()[key]
    check(sheet)
    corners = [sheet.corner(number) for number in range(sheet.count)]
    assert len(set(corners)) == sheet.count
    assert max(x for x, _ in corners) + sheet.width <= sheet.page_width + 0.2
    assert max(y for _, y in corners) + sheet.height <= sheet.page_height + 0.2
    assert sheet.source


def test_the_doubtful_ones_say_so() -> None:
    doubtful = {key for key, sheet in sold().items() if not sheet.is_checked}
    assert {"22805", "22806"} <= doubtful
    assert doubtful - {"22805", "22806"} == {key for key in sold() if key.startswith("zebra")}


@pytest.mark.parametrize(
    ("key", "grid", "corner", "pitch"),
    [
        ("5160", (3, 10), (4.78, 12.7), (69.85, 25.4)),
        ("22806", (3, 4), (15.88, 15.88), (66.68, 65.61)),
        ("L4736", (4, 12), (9.75, 21.41), (48.26, 21.17)),
        ("3475", (3, 8), (0, 4.43), (70, 36)),
    ],
)
def test_the_measures_are_those_of_the_sources(
    key: str, grid: tuple[int, int], corner: tuple[float, float], pitch: tuple[float, float]
) -> None:
    sheet = sold()[key]
    assert ((sheet.columns, sheet.rows), (sheet.left, sheet.top)) == (grid, corner)
    assert (sheet.pitch_x, sheet.pitch_y) == pitch
    assert sheet.corner(sheet.columns) == (corner[0], corner[1] + pitch[1])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"width": 66.0}, "pitch_x"),
        ({"height": 33.0}, "pitch_y"),
        ({"columns": 4}, "columns"),
        ({"rows": 10}, "rows"),
        ({"left": -1.0}, "left"),
        ({"top": 300.0}, "rows"),
        ({"rows": 0}, "rows"),
        ({"columns": 61}, "columns"),
        ({"width": 3.0}, "width"),
        ({"page_width": 900.0}, "page_width"),
        ({"height": float("nan")}, "height"),
        ({"pitch_y": float("inf")}, "pitch_y"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_at_the_box_that_is_wrong(
    wrong: dict[str, float], field: str
) -> None:
    check(OWN)
    with pytest.raises(RuleBroken) as refused:
        check(replace(OWN, **wrong))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_one_row_needs_no_pitch_between_rows() -> None:
    check(replace(OWN, rows=1, pitch_y=8))


def test_a_tape_is_cut_and_a_sheet_is_not() -> None:
    tape = roll("tape", "Tape", 29, 46, source="", is_tape=True)
    assert (cut(tape, 60).height, cut(tape, 60).page_height) == (60, 60)
    assert cut(tape, 60).is_turned
    assert not cut(tape, 30).is_turned
    assert cut(OWN, 60) is OWN
    for length in (9, 301, float("nan")):
        with pytest.raises(RuleBroken, match="10 to 300 mm"):
            cut(tape, length)


def test_a_label_that_is_read_as_it_lies_stays_as_it_is() -> None:
    sheet = sold()["5160"]
    assert sheet.upright is sheet
