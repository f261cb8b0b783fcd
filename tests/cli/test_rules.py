"""The rules of triage by words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from smallcmms import cli
from smallcmms.store.store import Store
from tests import past
from tests.build import Story

Run = Callable[..., list[str]]
NOW = "2026-07-13T07:10"


@pytest.fixture
def say(shop: Path, store: Store, story: Story, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a word on a shop whose pump was fixed on Sunday, and gives its lines."""
    past.finished_work(store, story, title="Float cleaned", done_on=date(2026, 7, 12))
    store.close()

    def run(*words: str) -> list[str]:
        code = cli.main(["--shop", str(shop), "--now", NOW, *words])
        said = capsys.readouterr()
        return said.out.splitlines() if code == 0 else [f"{code} {said.err.strip()}"]

    return run


def test_the_rules_tell_the_fact_that_nobody_ticks(say: Run) -> None:
    known = "fixed_lately\tSame asset fixed in the last 14 days\tfixed in the last 14 days"
    assert known in say("rules", "list")
    assert "L2\tSame asset fixed in the last 14 days\tfixed_lately" in say("rules", "list")
    won = "L2\tSame asset fixed in the last 14 days\tfixed in the last 14 days"
    assert say("rules", "try", "--fact", "fixed_lately") == [won]
    call = ("request", "add", "--words", "It hums", "--caller", "priya")
    assert "There is no fact fixed_lately" in say(*call, "--fact", "fixed_lately")[0]


def test_a_call_about_what_was_fixed_yesterday_is_listed_with_the_repair(say: Run) -> None:
    call = ("request", "add", "--words", "It hums", "--caller", "priya", "--asset", "SP-A")
    assert say(*call) == ["R-1037"]
    [line] = say("list", "requests")
    told = line.split("\t")
    assert (told[1], told[5]) == ("2", "fixed in the last 14 days")
    assert told[-2:] == ["WO-2310", "2026-07-12"]
