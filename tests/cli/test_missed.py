from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smallcmms import cli
from smallcmms.domain.requests import Channel
from smallcmms.services import assets, attachments, missed_calls, requests
from smallcmms.store.opening import open_shop
from tests.build import Story
from tests.conftest import Clock

Run = Callable[..., list[str]]
NOW = "2026-07-13T07:10"


@pytest.fixture
def say(filled: tuple[Path, Story], shop: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    assert filled

    def run(*words: object) -> list[str]:
        code = cli.main(["--shop", str(shop), "--now", NOW, *map(str, words)])
        said = capsys.readouterr()
        return said.out.splitlines() if code == 0 else [f"{code} {said.err.strip()}"]

    return run


def test_missed_calls_are_kept_listed_and_returned(say: Run, tmp_path: Path) -> None:
    assert say("missed", "add", "937 555 0117", "--at", "2026-07-13T06:40") == []
    path = tmp_path / "calls.csv"
    path.write_text("From,Date,Time,Result\n9375550117,7/13/2026,6:40,Missed\n1,x,y,Missed\n")
    assert say("missed", "import", path)[0] == "0 new, 1 here already"
    [line] = say("missed", "list")
    assert line.split("\t")[:3] == ["(937) 555-0117", "Priya Natarajan", "2026-07-13T06:40-04:00"]
    assert say("missed", "return", "9375550117", "--outcome", "left_message") == []
    assert say("missed", "list") == []
    assert "No call from" in say("missed", "return", "9375550117")[0]
    assert "Say which" in say("missed", "add")[0]


def test_an_e_mail_and_a_call_with_files_are_logged(
    say: Run, shop: Path, tmp_path: Path, clock: Clock
) -> None:
    mail, note = tmp_path / "m.eml", tmp_path / "note.txt"
    mail.write_text(
        "From: Priya <p@h.example>\nSubject: Pump\nDate: Mon, 13 Jul 2026 06:55:00 -0400\n\nHums"
    )
    note.write_text("x")
    assert say("request", "eml", mail) == ["R-1037"]
    words = ("--words", "Leaks", "--caller", "Priya", "--site", "1200 Riverside Dr")
    more = ("--channel", "voicemail", "--new-asset", "Boiler 2", "--file", note)
    assert say("request", "add", *words, *more) == ["R-1038"]
    store = open_shop(shop, now=clock)
    first, second = (requests.get(store, each) for each in (1, 2))
    assert (first.row.channel, first.row.words) == (Channel.E_MAIL, "Pump\nHums")
    assert (first.caller, second.row.channel) == ("Priya, p@h.example", Channel.VOICEMAIL)
    assert [row.name for row in attachments.rows(store, "request", 2)] == ["note.txt"]
    assert second.asset_id is not None
    assert assets.get(store, second.asset_id).row.name == "Boiler 2"
    assert missed_calls.count(store) == 0
    store.close()
