from __future__ import annotations

from pathlib import Path

import pytest

from smallcmms import cli
from tests.build import Story
from tests.exchange import handovers

LIST = "Dings;Name;Kunde;Site;Cost\nT 1;Pump;New;N 1;12,5\nT 2;Fan;New;N 1;\n"


class Desk:
    """Says words of the command line about one file, and gives what they answer."""

    def __init__(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._file, self._capsys = file, capsys

    def say(self, *words: object, code: int = 0) -> list[str]:
        now = ("--shop", str(self._file), "--now", "2026-07-13T07:10")
        assert cli.main([*now, *map(str, words)]) == code
        said = self._capsys.readouterr()
        return [*said.out.splitlines(), *said.err.splitlines()]


@pytest.fixture
def desk(shop: Path, story: Story, capsys: pytest.CaptureFixture[str]) -> Desk:
    assert story.asset_id
    return Desk(shop, capsys)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_list_is_looked_at_brought_in_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", LIST)
    told = ("import", "assets", path, "--map", "dings=tag", "Kunde=customer")
    before = desk.say("dump")
    dry = desk.say(*told, "--dry-run")
    assert dry[-1] == "2 new"
    assert "Decimal sign: ," in dry
    assert desk.say("dump") == before
    assert desk.say(*told)[-1] == "Brought in list.csv. Take it back with undo."
    after = desk.say("dump")
    assert desk.say("import", "assets", path)[-2:] == ["2 same", "Nothing to bring in."]
    assert desk.say("dump") == after
    desk.say("undo")
    assert desk.say("dump") == before


def test_records_that_are_there_change_only_with_yes(desk: Desk, tmp_path: Path) -> None:
    words = ("--map", "Dings=tag", "Kunde=customer")
    desk.say("import", "assets", written(tmp_path, "a.csv", LIST), *words)
    other = written(tmp_path, "b.csv", LIST.replace("Fan", "Big fan"))
    said = desk.say("import", "assets", other, code=2)
    assert "       Name: Fan -> Big fan" in said
    assert said[-1].endswith("would change. Agree to that.")
    assert "1 changed" in desk.say("import", "assets", other, "--yes")[-2]


def test_rows_that_are_left_out_are_told_and_answered_with_1(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "past.csv", "Asset,What,Done,Cost\nSP-A,Oil,01/02/20,1.500\n")
    words = ("import", "work-orders", path, "--map", "What=title")
    said = desk.say(*words, code=1)
    assert "       Done: 01/02/20 can be two different days. Say the order of its days." in said
    assert said[-2:] == ["1 refused", "Nothing to bring in."]
    assert desk.say(*words, "--dates", "dmy", "--decimal", ",")[-2] == "1 new"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "Boat=tag"), "Boat=tag is no HEADER=FIELD of this file."),
        (("--map", "Name=boat"), "There is no field boat."),
        (("--map", "Name=-"), "No column is said to be Name."),
        (("--sheet", "Other"), "There is no sheet Other. There are list."),
        (("--delimiter", "|"), "No column is said to be Name."),
    ],
)
def test_what_is_said_wrongly_is_refused(
    desk: Desk, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    path = written(tmp_path, "list.csv", LIST)
    assert said in desk.say("import", "assets", path, *words, code=2)[-1]


def test_the_past_of_assets_that_nobody_has_yet_makes_them(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "past.csv", "Asset,Text,Date,Cost\nP 1,Oil,2020-01-01,-5.10\n")
    words = ("import", "work-orders", path, "--map", "Text=title", "--customer", "Mine")
    assert desk.say(*words, "--site", "Pit", code=1)[-2] == "1 refused"
    assert desk.say(*words, "--site", "Pit", "--make-missing", "--sheet", "past")[-2] == "1 new"


def test_a_building_is_listed_chosen_and_brought_in(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "mill.xlsx", handovers.workbook())
    listed = desk.say("import", "cobie", path, "--list-classes")
    assert listed[:2] == ["*     2  Pump P3  Pumps", "      2  Chair  Seats"]
    chosen = desk.say("import", "cobie", path, "--class", "Skid", "Chair", "--dry-run")
    assert chosen[-1] == "3 new"
    assert desk.say("import", "cobie", path)[-2] == "3 new"
    assert desk.say("import", "cobie", path, "--all-classes")[-2] == "2 new, 3 same"
    assert desk.say("import", "cobie", path, "--all-classes")[-2:] == [
        "5 same", "Nothing to bring in.",
    ]  # fmt: skip
