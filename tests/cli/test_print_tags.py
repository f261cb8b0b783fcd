from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smallcmms import cli
from smallcmms.cli.tag_sheets import nudge
from smallcmms.domain.errors import RuleBroken
from tests.build import Story
from tests.reports import readers

Run = Callable[..., str]


@pytest.fixture
def say(shop: Path, story: Story, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a word on the file of the story and gives what it says."""
    assert story

    def run(*words: object, fails: bool = False) -> str:
        code = cli.main(["--shop", str(shop), *map(str, words)])
        said = capsys.readouterr()
        assert bool(code) == fails, said.err
        return said.err if fails else said.out.strip()

    return run


def test_tags_count_the_labels_of_their_sheet_on(say: Run, tmp_path: Path) -> None:
    pdf = tmp_path / "tags.pdf"
    for number in range(2):
        say("add", "asset", "site=1200 Riverside Dr", f"name=Fan {number}")
    said = say("print", "tags", "--untagged", "--sheet", "22806", "--start", 11, "-o", pdf)
    assert said == "3 tags; the next free label is 2."
    assert len(readers.pages(pdf.read_bytes())) == 2
    assert "There is no asset" in say("print", "tags", "--untagged", "-o", pdf, fails=True)
    assert say("print", "tags", "A-0133", "-o", pdf) == "1 tags; the next free label is 3."
    assert "starts at label" not in readers.words(pdf.read_bytes())


def test_a_site_and_a_place_in_it_can_be_named(say: Run, tmp_path: Path) -> None:
    pdf = tmp_path / "tags.pdf"
    site = ("--site", "1200 Riverside Dr")
    assert say("print", "tags", *site, "-o", pdf).startswith("1 tags")
    assert say("print", "tags", *site, "--place", "basement", "-o", pdf).startswith("1 tags")
    assert "no place Roof" in say("print", "tags", *site, "--place", "Roof", "-o", pdf, fails=True)
    assert "--site SITE" in say("print", "tags", "--all", "--place", "Roof", "-o", pdf, fails=True)
    assert "Say whose tags" in say("print", "tags", "-o", pdf, fails=True)


def test_a_test_page_counts_nothing(say: Run, tmp_path: Path) -> None:
    pdf = tmp_path / "test.pdf"
    words = ("print", "tags", "--test-page", "--sheet", "L4736", "--nudge", "0.5,-0.3", "-o", pdf)
    assert say(*words) == ""
    text = readers.words(pdf.read_bytes())
    for each in ("Test page: Avery Zweckform L4736", "100 %", "Moved 0.5 mm right, −0.3 mm down"):
        assert each in text


def test_a_second_code_writes_to_the_shop(say: Run, tmp_path: Path) -> None:
    pdf = tmp_path / "tags.pdf"
    say("print", "tags", "A-0133", "--second-code", "text", "--sheet", "22806", "-o", pdf)
    read = readers.by_zxing(readers.picture(pdf.read_bytes(), 0, 300))
    assert sorted(text.partition(":")[0] for text in read) == ["SC7KQ2", "sms"]


def test_a_tape_is_cut_to_a_length(say: Run, tmp_path: Path) -> None:
    pdf = tmp_path / "tags.pdf"
    say("print", "tags", "A-0133", "--sheet", "brother-tape-29", "--length", 60, "-o", pdf)
    assert readers.picture(pdf.read_bytes(), 0, 254).size == (290, 600)


def test_every_sheet_is_listed(say: Run) -> None:
    said = say("list", "label-sheets")
    for name in ("Avery 5160", "Avery Zweckform L4736", "DYMO 30332 square", "Zebra 4 × 6 in"):
        assert name in said


@pytest.mark.parametrize("typed", ["0.5", "a,b", "", "1;2"])
def test_a_nudge_that_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken):
        nudge(typed)
