from __future__ import annotations

import pytest

from smallcmms.domain import likeness
from smallcmms.domain.likeness import Likeness


def known(name: str, *addresses: str) -> likeness.Known:
    return likeness.known(name, addresses=addresses)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1200 Riverside Drive", "1200 riverside dr."),
        ("1200 Riverside Dr", "1200 Riverside Drive, Dayton, OH 45405"),
        ("410 North Chapel Road", "410 N Chapel Rd"),
    ],
)
def test_an_address_is_known_however_it_is_written(one: str, other: str) -> None:
    assert likeness.reasons(known("A", one), known("B", other)) == (Likeness.ADDRESS,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1200 Riverside Dr", "1210 Riverside Dr"),
        ("12 Main St, Dayton", "12 Main St, Columbus"),
        ("1200", "1200"),
        ("", ""),
    ],
)
def test_the_house_next_door_is_another(one: str, other: str) -> None:
    assert likeness.reasons(known("A", one), known("B", other)) == ()


def test_legal_forms_and_order_say_nothing_but_a_name_of_nothing_else_stays() -> None:
    assert likeness.plain("The Kessler Tool & Die Co., LLC") == "kessler tool die"
    assert likeness.plain("The Company") == "the company"
    assert likeness.reasons(known(""), known("")) == ()


def test_a_short_number_and_a_blank_mail_tell_nobody_apart() -> None:
    told = likeness.known("A", phones_of=["0117", "+1 (937) 555-0117"], emails=["", "X@Y.example "])
    assert told.phones == {"9375550117"}
    assert told.emails == {"x@y.example"}
