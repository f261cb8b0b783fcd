from __future__ import annotations

import socket
from pathlib import Path

from tests.trust import mail
from tests.trust.mail import Outcome, judge


def test_odd_and_large_messages_are_read_in_time_and_nothing_is_loaded() -> None:
    outcome = mail.run(messages=60, size=200_000)
    assert outcome.faults == []
    assert outcome.read > 100


def test_what_a_message_touches_would_be_noticed(tmp_path: Path) -> None:
    outcome, touched = Outcome(), list[str]()
    mail._watch.append(touched)
    (tmp_path / "canary").write_text("x")
    socket.socket().close()
    mail._watch.pop()
    assert any("canary" in each for each in touched)
    assert any(each.startswith("socket") for each in touched)
    judge("plain", b"From: a@b\r\n\r\nhello", outcome)
    assert (outcome.read, outcome.faults) == (1, [])
