"""Phone numbers, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain import phone


def test_the_digits_of_a_number_are_what_counts() -> None:
    assert phone.digits("(937) 555-0117 ext. ٣") == "9375550117"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(937) 555-0117", "937.555.0117"),
        ("555-0117", "+1 937 555 0117"),
        ("0171 2345678", "+49 171 2345678"),
        ("12", "12"),
    ],
)
def test_one_line_is_known_with_and_without_area_and_country(one: str, other: str) -> None:
    assert phone.is_same(one, other)
    assert phone.is_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("(937) 555-0117", "(937) 555-0118"), ("0117", "(937) 555-0117"), ("", ""), ("", "555-0117")],
)
def test_two_lines_are_told_apart(one: str, other: str) -> None:
    assert not phone.is_same(one, other)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("9375550117", "(937) 555-0117"),
        (" 937-555-0117 ", "(937) 555-0117"),
        ("+1 937 555 0117", "(937) 555-0117"),
        ("1 937 555 0117", "(937) 555-0117"),
        ("+49 171 234567", "+49 171 234567"),
        ("+49 30 123456", "+49 30 123456"),
        ("+493012345", "+493012345"),
        ("+4930123456", "+4930123456"),
        ("937-555-0117 ext 4", "937-555-0117 ext 4"),
        ("555-0117", "555-0117"),
        ("ask for Priya", "ask for Priya"),
    ],
)
def test_a_number_of_ten_digits_is_written_in_groups(text: str, written: str) -> None:
    assert phone.written(text) == written


@given(st.text())
def test_writing_a_number_never_loses_a_digit_but_the_countrys_one(text: str) -> None:
    assert phone.digits(text).removeprefix("1") in phone.digits(phone.written(text))
