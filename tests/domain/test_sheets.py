"""What a returned sheet says, kept and handed in as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheets import (
    LineMark,
    Mark,
    NotOnSheet,
    OtherPart,
    Result,
    SheetEntry,
    TypedTimes,
)

STORY = SheetEntry(
    times=(TypedTimes("Jul 13", "7:40", "8:05", "9:50", "10:15"),),
    marks=(
        LineMark(Mark.OK),
        LineMark(Mark.FIXED),
        LineMark(Mark.FIXED),
        LineMark(Mark.OK, "8.9"),
        LineMark(Mark.OK),
    ),
    used=("1", "0"),
    others=(OtherPart("Hose clamp 2 in", "1", "Truck 1"),),
    found_and_did="Float stuck on its cord, pit full of gravel.",
    cause="blocked",
    remedies=("cleaned", "replaced"),
    result=Result.FIXED,
    quote="pipe hanger, 10 ft pipe",
    customer_name="W. Hensley",
    rating=5,
)
STORY_FILE = """{
  "times": [{"date": "Jul 13", "left_shop": "7:40", "arrived": "8:05", "finished": "9:50",
             "back": "10:15"}],
  "marks": ["ok", "fixed", "fixed", {"mark": "ok", "value": "8.9"}, "ok"],
  "used": [1, 0],
  "others": [{"text": "Hose clamp 2 in", "location": "Truck 1"}],
  "found_and_did": "Float stuck on its cord, pit full of gravel.",
  "cause": "blocked", "remedies": ["cleaned", "replaced"], "result": "fixed",
  "quote": "pipe hanger, 10 ft pipe", "customer_name": "W. Hensley", "rating": 5
}"""


def test_the_storys_sheet_is_read_from_a_file() -> None:
    assert SheetEntry.from_json(json.loads(STORY_FILE)) == STORY


def test_a_blank_sheet_is_a_blank_file() -> None:
    assert SheetEntry.from_json({}) == SheetEntry()
    assert SheetEntry().to_json() == {}


@pytest.mark.parametrize(
    ("data", "box", "words"),
    [
        ([], "", "sheet: names and values"),
        (None, "", "sheet: names and values"),
        ({"colour": 1}, "colour", "The sheet has no box colour"),
        ({1: 2}, "1", "The sheet has no box 1"),
        ({"times": {}}, "times", "a list is wanted"),
        ({"times": ["8:05"]}, "times.0", "names and values"),
        ({"times": [{}, {"came": "8"}]}, "times.1.came", "no box times.1.came"),
        ({"times": [{"arrived": 8.05}]}, "times.0.arrived", "a text in quotes"),
        ({"marks": ["great"]}, "marks.0", "one of these is wanted here: ok, fixed, bad"),
        ({"marks": [7]}, "marks.0", "names and values"),
        ({"marks": [{"mark": 1}]}, "marks.0.mark", "ok, fixed, bad"),
        ({"marks": [{"value": None}]}, "marks.0.value", "a text in quotes"),
        ({"used": "1"}, "used", "a list is wanted"),
        ({"used": [1, 0.5]}, "used.1", "a text in quotes"),
        ({"used": [True]}, "used.0", "a text in quotes"),
        ({"others": [{}]}, "others.0.text", "a text in quotes"),
        ({"others": [{"text": "clamp", "part_id": 0}]}, "others.0.part_id", "from 1 to"),
        (
            {"others": [{"text": "clamp", "location_id": 2**63}]},
            "others.0.location_id",
            "from 1 to",
        ),
        ({"found_and_did": ["a"]}, "found_and_did", "a text in quotes"),
        ({"result": "done"}, "result", "fixed, holding, go_back_part"),
        ({"is_not_happy": 1}, "is_not_happy", "true or false"),
        ({"rating": 6}, "rating", "from 1 to 5"),
        ({"rating": True}, "rating", "from 1 to 5"),
        ({"rating": "5"}, "rating", "from 1 to 5"),
        ({"not_on_sheet": ["weather"]}, "not_on_sheet.0", "lock_out"),
        ({"not_on_sheet": [None]}, "not_on_sheet.0", "nothing stands here"),
    ],
)
def test_a_wrong_box_is_named(data: object, box: str, words: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        SheetEntry.from_json(data)
    assert words in str(refused.value)
    assert refused.value.field == box


TEXTS = st.text(max_size=8)
ENTRIES = st.builds(
    SheetEntry,
    times=st.lists(st.builds(TypedTimes, *[TEXTS] * 6), max_size=2).map(tuple),
    marks=st.lists(st.builds(LineMark, st.none() | st.sampled_from(Mark), TEXTS), max_size=3).map(
        tuple
    ),
    used=st.lists(TEXTS, max_size=2).map(tuple),
    others=st.lists(
        st.builds(OtherPart, TEXTS, TEXTS, TEXTS, st.none() | st.integers(1, 9)), max_size=2
    ).map(tuple),
    found_and_did=TEXTS,
    problem=TEXTS,
    remedies=st.lists(TEXTS, max_size=2).map(tuple),
    result=st.none() | st.sampled_from(Result),
    reason=TEXTS,
    is_nobody_there=st.booleans(),
    is_not_happy=st.booleans(),
    rating=st.none() | st.integers(1, 5),
    is_lock_out_keyed=st.booleans(),
    not_on_sheet=st.frozensets(st.sampled_from(NotOnSheet)),
)


@given(ENTRIES)
def test_a_draft_comes_back_as_it_was_kept(entry: SheetEntry) -> None:
    assert SheetEntry.from_json(json.loads(json.dumps(entry.to_json()))) == entry


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*SheetEntry().__slots__, "mark", "text", "x"]), inner)
    ),
    max_leaves=6,
)


@given(JSON)
def test_anything_is_a_sheet_or_refused(data: object) -> None:
    try:
        entry = SheetEntry.from_json(data)
    except RuleBroken:
        return
    assert SheetEntry.from_json(entry.to_json()) == entry
