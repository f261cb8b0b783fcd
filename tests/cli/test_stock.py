"""Stock by words: what comes in, goes out and is taken back, and who keeps it."""

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


def test_parts_come_move_and_go_by_words(say: Run) -> None:
    say("stock", "receive", "FS-10", "Shop", "4", "--cost", "20.20")
    say("stock", "transfer", "FS-10", "Shop", "Truck 1", "3")
    say("stock", "scrap", "FS-10", "Shop", "2", "--reason", "Rust")
    say("stock", "adjust", "FS-10", "Truck 1", "-1", "--reason", "Lost", "--day", "2026-07-12")
    [last] = say("stock", "count", "FS-10", "Truck 1", "3")
    assert say("stock", "count", "FS-10", "Truck 1", "3") == []
    told = [line.split("\t") for line in say("stock", "moves", "FS-10", "--limit", "3")]
    assert told == [
        [last, "2026-07-13", "count", "−1", "Truck 1", "", "", "2"],
        [str(int(last) - 1), "2026-07-12", "adjustment", "−1", "Truck 1", "", "Lost", "3"],
        [str(int(last) - 2), "2026-07-13", "scrap", "−2", "Shop", "", "Rust", "4"],
    ]
    say("stock", "reverse", last, "--reason", "Counted wrong")
    assert say("stock", "where", "FS-10") == [
        "Truck 1\t4", "Shop\t−1", "on_hand\t3", "reserved\t0", "available\t3", "on_order\t0",
        "projected\t3",
    ]  # fmt: skip
    assert say("check") == ["All is well."]


def test_what_is_planned_is_kept_and_what_was_not_needed_comes_back(say: Run) -> None:
    say("add", "work-order", "title=Pump", "wrong=It hums", "asset=A-0133")
    assert say("stock", "reserved", "FS-10") == []
    assert say("stock", "put-back", "WO-2310", "FS-10", "Shop", "1") == [
        "2 smallcmms: No part of the register was used there."
    ]


def test_a_part_says_what_it_fits_and_what_a_truck_carries(say: Run) -> None:
    say("add", "class", "name=Pump")
    say("edit", "A-0133", "class=pump")
    assert say("stock", "fits", "FS-10", "pump") == say("stock", "fits", "HC-2", "SP-A") == []
    assert say("stock", "fits", "HC-2") == ["A-0133\tSP-A Sump pump"]
    assert [line.split("\t")[0] for line in say("stock", "for", "A-0133")] == ["FS-10", "HC-2"]
    say("stock", "par", "FS-10", "Truck 1", "2")
    page = json.loads("\n".join(say("show", "FS-10", "--json")))
    assert list(page["pars"].values()) == ["2.000"]
    assert page["row"]["number"] == "FS-10"


def test_a_part_takes_the_place_of_another(say: Run) -> None:
    say("add", "part", "number=FS-11", "name=Float switch, new", "cost=19", "safety_stock=1")
    assert say("edit", "FS-10", "superseded_by=FS-11", "lead_days=5") == []
    assert say("edit", "FS-11", "superseded_by=FS-10") == [
        "2 smallcmms: A part cannot take its own place."
    ]
    page = json.loads("\n".join(say("show", "FS-10", "--json")))
    assert (page["superseded_by"]["number"], page["lead_days"]) == ("FS-11", 5)
    assert say("edit", "FS-10", "keep=-1") == ["2 smallcmms: What is kept cannot be below zero."]
    [row] = [line for line in say("list", "parts") if line.startswith("FS-11")]
    assert "Float switch, new" in row
