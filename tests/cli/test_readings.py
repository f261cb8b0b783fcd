"""Readings and follow-ups by the words of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import Story
from tests.cli.test_importing import Desk, written

LIST = "Asset,Meter,When,Value\nSP-A,Current,2026-07-12 08:00,9.9\nSP-A,Current,2026-07-12,9\n"


@pytest.fixture
def desk(shop: Path, story: Story, capsys: pytest.CaptureFixture[str]) -> Desk:
    assert story.asset_id
    said = Desk(shop, capsys)
    said.say("add", "meter", "asset=SP-A", "name=Current", "unit=A", "sensor=I1", "high=9.8")
    return said


def test_a_list_of_readings_is_brought_in(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "pump.csv", LIST)
    told = ("import", "readings", path, "--map", "When=read_at")
    assert desk.say(*told, "--dry-run")[-1] == "2 new"
    desk.say(*told)
    assert desk.say(*told)[-2:] == ["2 same", "Nothing to bring in."]


def test_a_folder_is_looked_into_once(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written(folder, "pump.csv", LIST.replace("When", "Date"))
    assert desk.say("readings", "watch", folder, "--once") == ["pump.csv: 2 new readings"]
    assert desk.say("readings", "watch", folder, "--once") == []
    desk.say("readings", "watch", folder)
    written(folder, "other.csv", "a,b\n1,2\n")
    assert desk.say("readings", "watch", "--once", code=1)[0].startswith("other.csv: No column")
    desk.say("readings", "watch", "--never")
    assert desk.say("readings", "watch", "--once", code=2)[0].endswith("Say which folder.")


def test_follow_ups_are_listed_done_and_put_off(desk: Desk) -> None:
    for kind in ("EPA", "Gas"):
        words = ("--technician", "Marco Reyes", "--expires", "2026-07-30")
        desk.say("certificate", "add", kind, *words)
    assert desk.say("follow-ups", "look") == ["2 new"]
    first, second = desk.say("follow-ups", "list")
    assert first.split("\t")[1:3] == ["2026-07-30", "EPA of Marco Reyes expires Jul 30, 2026"]
    desk.say("follow-ups", "done", first.split("\t")[0], "Course is booked")
    desk.say("follow-ups", "later", second.split("\t")[0], "2026-07-20", "--reason", "Asked")
    assert desk.say("follow-ups", "list") == []
    assert desk.say("follow-ups", "list", "--all") == [second]
    assert desk.say("follow-ups", "lead") == ["30"]
    desk.say("follow-ups", "lead", "14")
    assert desk.say("follow-ups", "lead") == ["14"]
    desk.say("check")
