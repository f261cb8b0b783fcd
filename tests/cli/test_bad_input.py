"""What cannot be kept, read or written is refused in one line, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smallcmms import cli
from tests.build import Story

Say = Callable[..., tuple[int, list[str], list[str]]]
NOW = "2026-07-13T07:12"
HUGE = "9" * 23


@pytest.fixture
def say(shop: Path, story: Story, capsys: pytest.CaptureFixture[str]) -> Say:
    """Return what runs a word and gives its exit code, its lines and its complaints."""
    assert story

    def run(*words: object, now: str = NOW) -> tuple[int, list[str], list[str]]:
        code = cli.main(["--shop", str(shop), "--now", now, *map(str, words)])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    return run


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["edit", "FS-10", f"keep={HUGE}"], "is too large"),
        (["edit", "FS-10", "cost=0.0000001"], "has more than 4 decimals"),
        (["edit", "shop", f"terms_days={HUGE}"], "is too large"),
        (["edit", "technician:²", "name=X"], ""),
        (["edit", f"technician:{HUGE}", "name=X"], ""),
        (["show", "draft:²"], ""),
        (["archive", "meter:²"], ""),
        (["add", "work-order", "title=X", "level=0"], "0 is none of 1, 2, 3, 4"),
        (["add", "customer", "name=\udced\udca0"], "needs a name"),
        (["edit", "A-0133", "name=Pump", "place=Roof"], "a step of its own"),
        (["away", "Marco", "9999-12-31"], "9999 is too far away"),
        (["pm", "compliance", "--from", "x", "--until", "2026-07-01"], "x is no day"),
        (["edit", "shop", "paper=foolscap"], "foolscap is none of letter, a4"),
        (["edit", "shop", "name= "], "The shop needs a name"),
        (["edit", "C-014", "terms_days=999999999"], "Type 0 to 3650 days."),
        (["edit", "FS-10", "lead_days=999999999"], "Type 0 to 3650 days."),
        (
            [
                "pm",
                "add",
                "name=X",
                "assets=A-0133",
                "lead_days=4000",
                "every=1",
                "unit=years",
                "anchor_on=2026-08-01",
            ],
            "Type 0 to 3650 days.",
        ),
        (["rules", "promise", "--level", "3", "--workdays", "999999"], "a year at most"),
        (["rules", "try", "--fact", "storm"], "There is no fact storm"),
        (["files", "A-0133", "--rename", "x", "y"], "not a whole number"),
        (["print", "tags", "--all", "-o", "/nowhere/tags.pdf"], "There is no folder"),
        (["print", "tags", "--all", "-o", "/"], "/ is a folder"),
        (["print", "tags", "--all", "-o", "oak.smallcmms"], "is a shop's file"),
    ],
)
def test_it_is_one_line_and_changes_nothing(say: Say, words: list[str], complaint: str) -> None:
    before = say("dump", "--all")
    code, out, err = say(*words)
    assert (code, out, len(err)) == (2, [], 1)
    assert complaint in err[0]
    assert say("dump", "--all") == before


@pytest.mark.parametrize("now", ["0001-01-01", "9999-12-31T23:59"])
def test_a_clock_that_is_far_away_is_refused(say: Say, now: str) -> None:
    code, _out, err = say("today", now=now)
    assert (code, len(err)) == (2, 1)
    assert "is too far away" in err[0]


@pytest.mark.parametrize("sign", [";;", '"', "semicolon"])
def test_a_delimiter_is_one_sign(say: Say, tmp_path: Path, sign: str) -> None:
    list_of = tmp_path / "list.csv"
    list_of.write_text("Name;City\nOak;Dayton\n")
    code, _out, err = say("import", "customers", list_of, "--delimiter", sign)
    assert (code, err) == (2, ["smallcmms: A delimiter is one sign, such as ; or a tab."])


def test_a_stub_and_its_place_are_one_step(say: Say) -> None:
    before = say("dump")
    assert say("add", "stub", "site=1200", "place=Roof › Shed", "name=Fan")[0] == 0
    assert say("undo")[0] == 0
    assert say("dump") == before


def test_a_schedule_is_given_to_a_technician_by_the_beginning_of_a_name(say: Say) -> None:
    told = ("name=Pumps", "assets=A-0133", "every=3", "unit=months", "anchor_on=2026-08-01")
    assert say("pm", "add", *told, "technician=marco")[:2] == (0, ["PM-001"])


def test_what_was_said_and_what_happened_stand_on_the_clock_of_the_shop(say: Say) -> None:
    say("talk", "Harbor View", "Rings back", "--at", "2026-07-13T07:00")
    assert say("talk", "Harbor View")[1][0].startswith("2026-07-13T07:00-04:00")
    say("request", "add", "--caller", "priya", "--asset", "SP-A", "--words", "It hums")
    board = ("--technician", "Marco", "--from", "2026-07-13T08:00", "--to", "2026-07-13T10:00")
    say("triage", "R-1037", *board)
    assert "Put on Marco, 2026-07-13 08:00" in "\n".join(say("timeline", "WO-2310")[1])
