from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import mail

HEAD = (
    b"From: =?utf-8?q?Priya_Natar=C3=A4jan?= <priya@harborview.example>\r\n"
    b"Subject: Sump\r\n pump alarm\r\nDate: Mon, 13 Jul 2026 06:55:00 -0400\r\n"
)
BOTH = (
    HEAD + b"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n"
    b"Content-Type: multipart/alternative; boundary=a\r\n\r\n"
    b"--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWater is high.\r\nCall me.\r\n"
    b"--a\r\nContent-Type: text/html\r\n\r\n<p>Water is <b>high</b></p>\r\n--a--\r\n"
    b"--m\r\nContent-Type: image/jpeg; name=IMG_1.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"/9j/AAAA\r\n--m--\r\n"
)


def test_a_message_says_who_when_and_what_in_plain_words() -> None:
    found = mail.read(BOTH)
    assert (found.name, found.address) == ("Priya Natar\u00e4jan", "priya@harborview.example")
    assert found.subject == "Sump pump alarm"
    assert found.text == "Water is high.\nCall me."
    assert found.sent_at == datetime(2026, 7, 13, 10, 55, tzinfo=UTC)
    assert [(each.name, each.kind, each.content[:3]) for each in found.files] == [
        ("IMG_1.jpg", "image/jpeg", b"\xff\xd8\xff")
    ]
    assert (found.cut, found.left_out) == (0, 0)
    assert found.words == "Sump pump alarm\nWater is high.\nCall me."


def test_of_html_only_the_text_is_taken() -> None:
    page = (
        b"<html><head><title>T</title><style>p{}</style></head><body><p>No&nbsp;<b>hot</b> water"
        b"<br>in 2A &amp; 2B<img src='http://x/y.png'></p><script>alert(1)</script>"
        b"<!-- <p>hidden</p> --><table><tr><td>a</td><td>b</td></tr></table></body></html>"
    )
    found = mail.read(HEAD + b"Content-Type: text/html\r\n\r\n" + page)
    assert found.text == "No hot water\nin 2A & 2B\n\na b"


def test_what_has_no_room_is_counted_and_the_message_itself_is_kept() -> None:
    long = HEAD + b"\r\n" + b"word " * 10_000
    found = mail.read(long)
    assert (len(found.text), found.cut) == (mail.LETTERS, 50_000 - 1 - mail.LETTERS)
    assert [(each.name, each.content) for each in found.files] == [("message.eml", long)]


def test_a_large_attachment_is_whole() -> None:
    lines = b"\r\n".join([b"QUFB" * 19] * 200)
    data = BOTH.replace(b"/9j/AAAA", lines)
    [picture] = mail.read(data).files
    assert picture.content == b"AAA" * 19 * 200


@pytest.mark.parametrize("charset", ["x-unknown", "idna", "zlib", "unicode_escape"])
def test_letters_in_an_unknown_writing_are_read_as_well_as_can_be(charset: str) -> None:
    head = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode()
    assert mail.read(head + b"G\xc3\xbcnther \\u0041").text == "Günther \\u0041"


def test_an_outlook_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(RuleBroken, match=r"Save the message as \.eml"):
        mail.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(RuleBroken, match="larger than 64 MB"):
        mail.read(bytes(mail.BYTES + 1))


def test_a_head_tells_a_pasted_message_from_other_words() -> None:
    assert mail.is_message("From: Priya <p@x.example>\nTo: us\nSubject: Pump\n\nHigh water")
    assert not mail.is_message("From: here to there it leaks\n\nSubject: none")
    assert not mail.is_message("The pump alarm: it is on")
