"""Which asset a caller means, and whether two calls are one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from smallcmms.domain.matching import Candidate, is_named, is_same, rank, words

TODAY = date(2026, 7, 14)
PUMP = Candidate("pump", "SP-A Sump pump Building A › Basement")
BOILER = Candidate("boiler", "Boiler A Heating boiler Building A › Basement")
HEATER = Candidate("heater", "WH-3C Water heater, unit 3C Building A › Floor 3")
ALL = [BOILER, HEATER, PUMP]


@pytest.mark.parametrize(
    ("problem", "first"),
    [
        ("Sump pump alarm is on, water is high", "pump"),
        ("no hot water in 3C", "heater"),
        ("boilr wont light", "boiler"),
        ("the pumps are loud", "pump"),
        ("WH-3C drips", "heater"),
    ],
)
def test_the_words_of_the_problem_find_the_asset(problem: str, first: str) -> None:
    assert rank(problem, ALL, today=TODAY)[0] == first


def test_without_words_the_order_stays() -> None:
    assert rank("", ALL, today=TODAY) == ["boiler", "heater", "pump"]
    assert rank("help", [], today=TODAY) == []


def test_open_work_then_a_recent_visit_break_a_tie() -> None:
    plain = Candidate(1, "Rooftop unit")
    visited = Candidate(2, "Rooftop unit", last_visit_on=TODAY - timedelta(5))
    long_ago = Candidate(3, "Rooftop unit", last_visit_on=TODAY - timedelta(100))
    at_work = Candidate(4, "Rooftop unit", has_open_work=True)
    assert rank("rooftop", [plain, long_ago, visited, at_work], today=TODAY) == [4, 2, 1, 3]


def test_a_word_weighs_more_than_open_work() -> None:
    at_work = Candidate(1, "Boiler", has_open_work=True, last_visit_on=TODAY)
    assert rank("pump", [at_work, Candidate(2, "Pump")], today=TODAY) == [2, 1]


def test_short_words_count_only_when_they_are_the_same() -> None:
    assert rank("b2", [Candidate(1, "B 1"), Candidate(2, "B2")], today=TODAY) == [2, 1]


def test_words_that_say_nothing_do_not_count() -> None:
    assert words("The pump is not on, it's in the pit") == {"pump", "pit"}


@pytest.mark.parametrize(
    ("problem", "key", "other_words", "other_key", "expected"),
    [
        ("drips", 7, "squeals", 7, True),
        ("drips", 7, "squeals", 8, False),
        ("drips", None, "squeals", None, False),
        ("Water in the basement", None, "basement under water", None, True),
        ("Water in the basement", 7, "Water heater", 8, False),
    ],
)
def test_one_asset_or_two_shared_words_make_one_trouble(
    problem: str,
    key: int | None,
    other_words: str,
    other_key: int | None,
    expected: bool,  # noqa: FBT001
) -> None:
    assert is_same(problem, key, other_words=other_words, other_key=other_key) is expected


@pytest.mark.parametrize(
    ("problem", "name"),
    [("Sump pump alarm is on", "SP-A Sump pump"), ("The boilr is out", "Heating boiler")],
)
def test_a_problem_names_a_thing_when_they_share_a_telling_word(problem: str, name: str) -> None:
    assert is_named(problem, name)


@pytest.mark.parametrize("problem", ["The door squeaks", "It is on", ""])
def test_a_problem_that_shares_no_telling_word_names_nothing(problem: str) -> None:
    assert not is_named(problem, "SP-A Sump pump")
