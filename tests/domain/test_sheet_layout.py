from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smallcmms.domain.papers import Choice, PaperSize
from smallcmms.domain.places import SIZES, Layout, Page, Rect
from smallcmms.domain.sheet_contents import (
    BIG,
    BIG_BOLD,
    BODY,
    LEVEL,
    WRONG,
    Contents,
    PartRow,
    PastRow,
    TaskRow,
    Words,
)
from smallcmms.domain.sheet_layout import layout
from smallcmms.domain.wrapping import POINT, Line, wrap

CAUSES = (
    "worn blocked dirty loose corroded leaking_seal electrical control_or_sensor lubrication "
    "installation misuse outside age unknown"
)
REMEDIES = (
    "replaced repaired adjusted cleaned tightened lubricated reset tested_only temporary_fix "
    "nothing_found"
)
RESULTS = ("fixed", "holding", "go_back", "go_back_part", "go_back_access", "go_back_time")
TIMES = ("date", "left_shop", "arrived", "finished", "back", "break")
SIZES_OF_PAPER = pytest.mark.parametrize("size", list(PaperSize))


def measure(text: str, _face: str, size: float) -> float:
    """Measure letters that are all alike."""
    return len(text) * size * POINT * 0.52


def choices(words: str) -> tuple[Choice, ...]:
    return tuple(Choice(key=word, text=word.replace("_", " ")) for word in words.split())


def contents(
    size: PaperSize = PaperSize.LETTER,
    *,
    tasks: int = 7,
    parts: int = 4,
    steps: int = 5,
    history: int = 3,
    technicians: int = 1,
    text: str = "Pump leaks",
    is_full: bool = False,
) -> Contents:
    return Contents(
        paper_size=size,
        level=Line("L2 HIGH", LEVEL),
        when=Line("Tue Jul 14", BIG_BOLD),
        who=Line(text, BIG_BOLD, text, BIG),
        go_to=(Line(text, BIG_BOLD), Line("Dayton", BIG_BOLD)),
        ask_for=(Line(text, BIG_BOLD),),
        access=(Line(text, WRONG),),
        note=(Line(text, WRONG),) if is_full else (),
        wrong=(Line(text, WRONG),),
        asset=(Line(text, BIG_BOLD),),
        energies="120 V",
        steps=tuple(f"Step {number} {text}" for number in range(steps)),
        parts=tuple(PartRow("1", f"{text} {n}", "", "Shop", n == 0) for n in range(parts)),
        history=tuple(PastRow("Feb 11 2026", text, "Marco") for _ in range(history)),
        times=tuple("Jul 14" for _ in range(technicians)),
        second_times=("2nd visit",),
        tasks=tuple(
            TaskRow(f"Check {text}", "A", "RTU" * (is_full and n % 9 == 1)) for n in range(tasks)
        ),
        results=tuple((f"result.{name}", Line(name, BODY)) for name in RESULTS),
        causes=choices(CAUSES),
        remedies=choices(REMEDIES),
        words=Words(cause="Cause", remedy="Remedy", quote="Saw something else to quote:"),
    )


def names(page: Page, start: str) -> list[str]:
    places = [*page.ticks, *page.fields]
    return [name for name in places if name.startswith(start)]


@SIZES_OF_PAPER
def test_marks_stand_in_the_corners_and_in_the_middle_of_three_sides(size: PaperSize) -> None:
    width, height = SIZES[size]
    right, low = round(width - 7.8, 2), round(height - 7.8, 2)
    for page in layout(contents(size), measure).pages:
        assert set(page.marks) == {
            (7.8, 7.8),
            (right, 7.8),
            (7.8, low),
            (right, low),
            (7.8, round(height / 2, 2)),
            (right, round(height / 2, 2)),
            (round(width / 2, 2), 7.8),
        }


@SIZES_OF_PAPER
def test_the_code_keeps_away_from_both_edges(size: PaperSize) -> None:
    for page in layout(contents(size), measure).pages:
        assert page.code.width == page.code.height == 16
        assert page.code.y >= 15
        assert page.width - page.code.right >= 15 - 0.01


@SIZES_OF_PAPER
def test_the_sheet_of_the_design_takes_two_sides_and_four_lines_to_write(size: PaperSize) -> None:
    front, back = layout(contents(size), measure).pages
    assert (front.side, back.side) == ("front", "back")
    assert len(names(back, "notes.")) >= 4


def test_the_measures_suit_a_pencil_and_gloves() -> None:
    front, back = layout(contents(), measure).pages
    every = [*front.ticks.values(), *back.ticks.values()]
    assert all((tick.width, tick.height) == (5, 5) for tick in every)
    notes = [back.fields[name] for name in names(back, "notes.")]
    assert all(round(low.y - high.y, 2) == 9 for high, low in pairwise(notes))
    assert all(back.fields[f"times.1.{name}"].height == 9.5 for name in ("date", "break"))
    rows = [back.fields[f"task.{number}.reading"] for number in range(1, 8)]
    assert all(round(low.y - high.y, 2) == 7.7 for high, low in pairwise(rows))
    loads = [front.ticks[f"load.{number}"] for number in range(1, 5)]
    assert all(round(low.y - high.y, 2) == 7.7 for high, low in pairwise(loads))


def test_boxes_1_to_6_have_a_place_for_everything_that_is_written() -> None:
    _, back = layout(contents(), measure).pages
    for name in (
        *(f"times.1.{time}" for time in TIMES),
        "second.1.arrived",
        "task.7.reading",
        "used.4",
        "other.3.quantity",
        "other.3.part",
        "notes.1",
        "deficiency.text",
        "customer.name",
        "customer.signature",
    ):
        assert name in back.fields, name
    for name in (
        *(f"task.3.{mark}" for mark in ("ok", "fixed", "bad")),
        *(f"result.{result}" for result in RESULTS),
        *(f"cause.{key}" for key in CAUSES.split()),
        *(f"remedy.{key}" for key in REMEDIES.split()),
        *(f"rating.{mark}" for mark in range(1, 6)),
        "deficiency.seen",
        "customer.nobody_there",
        "customer.not_happy",
    ):
        assert name in back.ticks, name


def test_two_technicians_have_a_row_of_times_each() -> None:
    _, back = layout(contents(technicians=2, tasks=3), measure).pages
    assert "times.2.arrived" in back.fields
    assert back.fields["times.2.arrived"].y > back.fields["times.1.arrived"].y


def test_the_boxes_stand_in_the_order_in_which_they_are_typed() -> None:
    _, back = layout(contents(), measure).pages
    tops = [back.areas[f"box.{number}"].rect.y for number in range(1, 7)]
    assert tops == sorted(tops)


def test_a_short_checklist_leaves_more_lines_to_write() -> None:
    short, long = (layout(contents(tasks=count), measure).pages[1] for count in (3, 7))
    assert len(names(short, "notes.")) > len(names(long, "notes."))


def test_a_checklist_without_room_goes_on_with_a_third_page() -> None:
    _, back, more = layout(contents(tasks=14), measure).pages
    first, second = names(back, "task."), names(more, "task.")
    assert len({name.split(".")[1] for name in [*first, *second]}) == 14
    assert second
    assert len(names(back, "notes.")) >= 4
    assert names(more, "notes.")[0] == f"notes.{len(names(back, 'notes.')) + 1}"


def test_the_table_is_json_of_millimetres_without_the_texts() -> None:
    table = json.loads(layout(contents(text="A secret word"), measure).to_json())
    assert (table["width"], table["height"]) == (215.9, 279.4)
    front, back = table["pages"]
    assert back["code"] == [184.9, 15, 16, 16]
    assert len(front["marks"]) == 7
    assert back["ticks"]["cause.worn"][2:] == [5, 5]
    assert "secret" not in json.dumps(table)


def overlap(one: Rect, other: Rect) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > 0.02 and down > 0.02


def assert_in_order(table: Layout) -> None:
    """See that every place lies inside the margins, and no two of them on each other."""
    written: list[str] = []
    for page in table.pages:
        places = [*page.ticks.items(), *page.fields.items()]
        written += [name for name, _ in places]
        for name, rect in places:
            assert rect.x >= 10.99, name
            assert rect.y >= 10.99, name
            assert rect.right <= page.width - 10.99, name
            assert rect.bottom <= page.height - 10.99, name
            assert not overlap(rect, page.code), name
        for name, area in page.areas.items():
            assert area.rect.bottom <= page.height - 10.99, name
        clashes = [
            (one[0], other[0])
            for one, other in combinations(places, 2)
            if overlap(one[1], other[1])
        ]
        assert clashes == []
    assert len(written) == len(set(written))


COUNTS = {"tasks": 45, "parts": 30, "steps": 25, "history": 12, "technicians": 8}


@settings(max_examples=30, deadline=None)
@example(
    size=PaperSize.A4,
    counts={"tasks": 0, "parts": 2, "steps": 7, "history": 5, "technicians": 5},
    text="w" * 300,
)
@example(
    size=PaperSize.LETTER,
    counts={"tasks": 2, "parts": 11, "steps": 0, "history": 1, "technicians": 0},
    text="w" * 300,
)
@given(
    size=st.sampled_from(PaperSize),
    counts=st.fixed_dictionaries({name: st.integers(0, most) for name, most in COUNTS.items()}),
    text=st.sampled_from(["x", "a few words", "many words " * 20, "w" * 300]),
)
def test_whatever_the_sheet_holds_each_place_is_there_once_and_clear_of_the_others(
    size: PaperSize, counts: dict[str, int], text: str
) -> None:
    table = layout(contents(size, text=text, is_full=True, **counts), measure)
    assert_in_order(table)
    ticks = [name for page in table.pages for name in page.ticks]
    fields = [name for page in table.pages for name in page.fields]
    assert sum(name.endswith(".bad") for name in ticks) == counts["tasks"]
    assert sum(name.startswith("load.") for name in ticks) == counts["parts"]
    assert sum(name.startswith("lock_out.") for name in ticks) == counts["steps"]
    assert sum(name.startswith("used.") for name in fields) == counts["parts"]
    assert sum(name.startswith("times.") for name in fields) == counts["technicians"] * 6


def test_what_was_done_before_makes_no_page_of_its_own() -> None:
    assert len(layout(contents(history=12), measure).pages) == 2
    table = layout(contents(history=12, tasks=45), measure)
    assert "history.12" in [name for page in table.pages for name in page.areas]


def test_a_shop_without_causes_has_room_for_more_notes() -> None:
    held = replace(contents(), causes=(), remedies=())
    back = layout(held, measure).pages[1]
    assert names(back, "cause.") == names(back, "remedy.") == []
    assert len(names(back, "notes.")) > len(names(layout(contents(), measure).pages[1], "notes."))


def test_long_words_of_a_choice_take_more_rows() -> None:
    held = contents()
    wide = tuple(Choice(key=f"k{n}", text="a rather long cause of it") for n in range(14))
    table = layout(replace(held, causes=wide), measure)
    ticks = next(page.ticks for page in table.pages if "cause.k0" in page.ticks)
    assert len({tick.y for name, tick in ticks.items() if name.startswith("cause.")}) > 2
    assert_in_order(table)


@given(text=st.text(max_size=400), width=st.floats(5, 100))
def test_wrapping_loses_no_letter(text: str, width: float) -> None:
    lines = wrap(text, BODY, width, measure)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure(line, "regular", 11) <= width or len(line) <= 1 for line in lines)
