from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.tag_messages import SecondCode, link, read, text

CODE = "SC7KQ2:A0133:P"


def test_a_message_holds_the_code_and_a_line_to_write_on() -> None:
    assert text(CODE) == "Trouble with SC7KQ2:A0133:P:\r\n"
    assert text(CODE, "Störung an") == "Störung an SC7KQ2:A0133:P:\r\n"


def test_an_e_mail_is_filled_in() -> None:
    made = link(SecondCode.EMAIL, CODE, number="A-0133", to=" service+hvac@ridgeline.example ")
    parts = urlsplit(made)
    assert (parts.scheme, parts.path) == ("mailto", "service+hvac@ridgeline.example")
    told = parse_qs(parts.query)
    assert told == {"subject": ["A-0133"], "body": [text(CODE).strip(" ")]}


@pytest.mark.parametrize(
    ("phone", "to"), [("(937) 555-0142", "9375550142"), ("+49 30 123456", "+4930123456")]
)
def test_a_text_message_is_filled_in(phone: str, to: str) -> None:
    made = link(SecondCode.TEXT, CODE, number="A-0133", to=phone)
    where, _, body = made.partition("?body=")
    assert where == f"sms:{to}"
    assert unquote(body) == text(CODE)


@pytest.mark.parametrize(
    ("kind", "to"),
    [(SecondCode.EMAIL, ""), (SecondCode.EMAIL, "nobody"), (SecondCode.TEXT, "none")],
)
def test_a_shop_that_cannot_be_written_to_is_told(kind: SecondCode, to: str) -> None:
    with pytest.raises(RuleBroken, match="in Settings"):
        link(kind, CODE, number="A-0133", to=to)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (text(CODE), ""),
        (text(CODE) + "It hums.\r\nAnd it is wet.", "It hums.\r\nAnd it is wet."),
        ("Trouble with sc7kq2:a0133:p: it hums", "it hums"),
        ("Hello!\n\nTrouble with SC7KQ2:A0133:P:\nIt hums.", "Hello!\nIt hums."),
        ("> Trouble with SC7KQ2:A0133:P:\n> It hums.", "It hums."),
        ("no SC7KQ2:A0133:X here, SC7KQ2:A0133:P there", "there"),
        ("SC7KQ2:A0133:P", ""),
    ],
)
def test_a_message_is_read_for_its_code_and_the_customers_words(message: str, words: str) -> None:
    found = read(message)
    assert found is not None
    assert (found.code, found.words) == (CODE, words)


@pytest.mark.parametrize(
    "message", ["", "The pump hums.", "SC7KQ2:A0133:X", "SC7KQ2:W2310.1:S", "xSC7KQ2:A0133:P"]
)
def test_a_message_without_a_tags_code_is_none(message: str) -> None:
    assert read(message) is None


def test_a_giant_message_is_read_as_far_as_people_write() -> None:
    assert read("x" * 5_000_000 + CODE) is None
    assert read(CODE + "\n" + "> " * 2_000_000) is not None
