"""count, restock, load and the papers of the stock on the command line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from smallcmms.cli import main
from smallcmms.domain.tags import load_code
from smallcmms.services import lookups, parts
from smallcmms.services.papers.part_labels import part_labels
from smallcmms.services.tag_printing import Habits
from smallcmms.store.opening import open_shop
from smallcmms.store.store import Store
from tests import jobs
from tests.build import Story
from tests.conftest import Clock
from tests.jobs import MONDAY

pytestmark = pytest.mark.usefixtures("filled")


def say(capsys: pytest.CaptureFixture[str], shop: Path, *words: str, code: int = 0) -> str:
    told = main(["--shop", str(shop), "--now", "2026-07-13T07:30", *words])
    said = capsys.readouterr()
    assert told == code, said.err
    return (said.err if code else said.out).strip()


@pytest.fixture
def stocked(shop: Path, story: Story, clock: Clock) -> Path:
    """Return the shop of the story with three check valves on a shelf, and one on the truck."""
    store = open_shop(shop, now=clock)
    place = parts.locations(store)[0].id
    parts.edit(store, story.check_valve_id, bin="B-2")
    parts.receive(
        store, story.check_valve_id, location_id=place, quantity=Decimal(3), moved_on=MONDAY
    )
    parts.set_par(store, story.check_valve_id, location_id=story.truck_id, quantity=Decimal(3))
    store.close()
    return shop


def test_a_place_is_counted_by_words(
    stocked: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert say(capsys, stocked, "count", "begin", "Shop", "--by", "Dana") == "ST-001"
    sheet = tmp_path / "sheet.pdf"
    assert say(capsys, stocked, "count", "print", "ST-001", "-o", str(sheet)).startswith("SC")
    assert sheet.read_bytes().startswith(b"%PDF")
    shown = say(capsys, stocked, "count", "enter", "st-1", "CV-15=2")
    assert shown.splitlines() == [
        "B-2\tCV-15\tCheck valve 1½ in\t3\t2\t-1\t-12.40",
        "1 of 1 differ, \N{MINUS SIGN}$12.40 at cost",
    ]
    early = say(capsys, stocked, "count", "enter", "ST-001", "--at", "2026-07-12T16:30")
    assert early.splitlines()[0].split("\t")[3:6] == ["0", "2", "2"]
    say(capsys, stocked, "count", "again", "ST-001", "CV-15")
    again = ("count", "print", "ST-001", "--again", "-o", str(sheet))
    assert say(capsys, stocked, *again).startswith("SC")
    at = ("--at", "2026-07-13T07:20")
    say(capsys, stocked, "count", "enter", "ST-001", "CV-15=4", "--book", *at)
    assert say(capsys, stocked, "count", "list") == "ST-001\tentered\tShop\t1/1\tDana"
    assert "is over" in say(capsys, stocked, "count", "cancel", "ST-001", code=2)
    assert say(capsys, stocked, "check") == "All is well."
    say(capsys, stocked, "undo")
    assert say(capsys, stocked, "count", "show", "1") == "B-2\tCV-15\tCheck valve 1½ in\t3"
    say(capsys, stocked, "count", "cancel", "ST-001")


def test_figures_that_cannot_be_read_are_refused(
    stocked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, stocked, "count", "begin", "Shop", "CV-15")
    for typed, words in (("CV-15", "PART=FIGURE"), ("FS-10=1", "not on the sheet")):
        assert words in say(capsys, stocked, "count", "enter", "1", typed, code=2)
    assert "cannot be read" in say(capsys, stocked, "count", "enter", "1", "CV-15=1e5", code=2)


def test_a_truck_is_brought_to_its_par_by_words(
    stocked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proposed = "B-2\tCV-15\tCheck valve 1½ in\t3\t1\t2\t0"
    assert say(capsys, stocked, "restock", "Truck 1") == proposed
    assert "--do" in say(capsys, stocked, "restock", "Truck 1", "CV-15=1", code=2)
    assert say(capsys, stocked, "restock", "Truck 1", "CV-15=1", "--do") == "1 part brought"
    assert say(capsys, stocked, "restock", "Truck 1", "--do") == "1 part brought"
    assert say(capsys, stocked, "restock", "Truck 1") == ""
    assert "nothing to bring" in say(capsys, stocked, "restock", "Truck 1", "--do", code=2)


def test_a_load_list_is_printed_and_loaded(
    stocked: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, clock: Clock, story: Story
) -> None:
    store: Store = open_shop(stocked, now=clock)
    jobs.scheduled(store, clock, story)
    store.close()
    paper = tmp_path / "load.pdf"
    say(capsys, stocked, "print", "load-list", "Marco", "-o", str(paper))
    assert paper.read_bytes().startswith(b"%PDF")
    code = load_code("7KQ2", 1, MONDAY)
    assert say(capsys, stocked, "scan", code) == "load_list Truck 1, 2026-07-13"
    assert say(capsys, stocked, "load", "Marco") == "1 part brought"
    assert "nothing to bring" in say(capsys, stocked, "load", "Marco", "--no-restock", code=2)


def test_shelf_tags_are_printed_once_and_their_codes_lead_to_the_part(
    stocked: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = str(tmp_path / "tags.pdf")
    words = ("print", "part-labels", "-o", out)
    assert say(capsys, stocked, *words, "CV-15", "--start", "4") == (
        "1 tags; the next free label is 5."
    )
    left = say(capsys, stocked, *words, "--untagged", "--place", "Truck 1")
    assert left == "2 tags; the next free label is 7."
    assert "no part" in say(capsys, stocked, *words, "--untagged", code=2)
    assert "whose tags" in say(capsys, stocked, *words, code=2)
    store = open_shop(stocked)
    part = lookups.part(store, "CV-15")
    code = part_labels(store, [part], told=Habits()).tags[0].code
    store.close()
    assert say(capsys, stocked, "scan", code).split()[:2] == ["part", "CV-15"]
