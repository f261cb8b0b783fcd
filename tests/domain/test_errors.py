"""Errors that a person can mend."""

from __future__ import annotations

from smallcmms.domain.errors import NotFound, RuleBroken


def test_an_error_says_in_english_what_is_wrong_and_beside_which_box() -> None:
    error = RuleBroken("{month} has {days} days.", "date", month="July", days=31)
    assert str(error) == "July has 31 days."
    assert (error.message, error.field) == ("{month} has {days} days.", "date")
    assert error.values == {"month": "July", "days": 31}


def test_an_error_may_belong_to_no_box_and_carry_a_value_named_message() -> None:
    error = NotFound("{message} is not here.", message="WO-1")
    assert (str(error), error.field) == ("WO-1 is not here.", "")
