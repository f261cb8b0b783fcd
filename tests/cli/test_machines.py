"""Assets, their classes, meters and warranties by words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from smallcmms import cli
from tests.build import Story

Run = Callable[..., list[str]]
NOW = "2026-07-13T07:10"


@pytest.fixture
def say(shop: Path, story: Story, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a word on the file with the shop of the story and gives its lines."""
    assert story

    def run(*words: str) -> list[str]:
        code = cli.main(["--shop", str(shop), "--now", NOW, *words])
        said = capsys.readouterr()
        return said.out.splitlines() if code == 0 else [f"{code} {said.err.strip()}"]

    return run


def shown(say: Run, number: str) -> dict[str, object]:
    told: dict[str, object] = json.loads("\n".join(say("show", number, "--json")))
    return told


def test_a_class_gives_its_assets_what_they_have_in_common(say: Run) -> None:
    fields = ("hazards=Hot", "problem_codes=noise; no_heat", "custom_fields=Flange")
    assert say("add", "class", "name=Pump", "expected_life_years=15", *fields) == ["1"]
    assert say("edit", "A-0133", "class=pump", "custom_values=Flange: 1 in") == []
    assert say("edit", "A-0133", "place=Roof") == []
    page = shown(say, "A-0133")
    assert (page["asset_class"], page["life_years"]) == ("Pump", 15)
    assert page["custom_values"] == {"Flange": "1 in"}
    assert say("list", "classes")[0].split("\t")[0] == "Pump"
    assert say("edit", "class:1", "name=Sump pump") == []
    assert say("archive", "class:1") == say("bring-back", "class:1") == []
    assert say("edit", "A-0133", "class=fan") == ["2 smallcmms: There is no fan here."]
    assert say("edit", "A-0133", "custom_values=Flange") == [
        "2 smallcmms: Flange is no NAME: VALUE."
    ]


def test_readings_are_logged_by_words_and_a_broken_limit_is_said(say: Run) -> None:
    assert say("add", "meter", "asset=A-0133", "name=Motor current", "unit=A", "high=9.8") == ["1"]
    assert say("add", "reading", "asset=SP-A", "value=8.4", "read_on=2026-07-01") == ["1"]
    assert say("add", "reading", "asset=SP-A", "meter=motor", "value=10") == [
        "2\tbeyond the limit of 9.800 A"
    ]
    assert say("edit", "reading:2", "value=9.7") == []
    assert [line.split("\t")[2] for line in say("list", "readings")] == ["8.400", "9.700"]
    assert len(say("list", "meters")) == 1
    assert say("add", "meter", "asset=A-0133", "name=Motor hours", "unit=h") == ["2"]
    assert say("add", "reading", "asset=SP-A", "meter=motor", "value=1") == [
        "2 smallcmms: motor may mean several: Motor current, Motor hours."
    ]
    assert say("archive", "meter:2") == []
    assert say("edit", "meter:1", "high=12") == []
    assert say("add", "reading", "asset=SP-A", "meter=head", "value=1")[0].startswith("2 ")


def test_stubs_parts_and_warranties_are_told_by_words(say: Run) -> None:
    where = ("site=1200 Riverside Dr", "customer=Harbor View Apartments")
    assert say("add", "stub", *where, "name=Fan", "place=Roof") == ["A-0134"]
    assert shown(say, "A-0134")["row"]["is_stub"] is True  # type: ignore[index]
    assert say("edit", "A-0134", "is_stub=no", "parent=A-0133") == []
    assert shown(say, "A-0134")["parent"]["number"] == "A-0133"  # type: ignore[index]
    assert say("edit", "A-0134", "parent=") == []
    assert say("add", "warranty", "asset=A-0134", "ends_on=2027-01-01", "kind=parts") == ["1"]
    assert say("edit", "warranty:1", "guarantor=Norvik") == []
    assert shown(say, "A-0134")["warranties"][0]["guarantor"] == "Norvik"  # type: ignore[index]
    assert say("archive", "A-0134") == []
    assert len(say("list", "assets")) == 1
    assert say("bring-back", "A-0134") == []
    assert say("add", "warranty", "asset=A-0134") == ["2 smallcmms: Say ends_on=…"]
