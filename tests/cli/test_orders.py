"""Purchase orders from the command line: what to order, place, print, take in, cancel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smallcmms import cli
from tests.build import Story

Run = Callable[..., list[str]]
NOW = "2026-07-14T07:10"


@pytest.fixture
def say(filled: tuple[Path, Story], shop: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    assert filled

    def run(*words: object) -> list[str]:
        code = cli.main(["--shop", str(shop), "--now", NOW, *map(str, words)])
        said = capsys.readouterr()
        return said.out.splitlines() if code == 0 else [f"{code} {said.err.strip()}"]

    return run


@pytest.fixture
def part(say: Run) -> str:
    words = ("number=CTR-40", "name=Contactor", "cost=19.80", "supplier=Miami Valley Supply")
    return say("add", "part", *words, "keep=2")[0]


def test_what_runs_low_is_drafted_placed_and_taken_in(say: Run, part: str) -> None:
    assert say("order", "suggest") == [
        "Miami Valley Supply\t$39.60",
        f"\t{part}\tContactor\t2\t$39.60\t0 free",
    ]
    assert say("order", "make") == ["PO-0001\tMiami Valley Supply\t$39.60"]
    assert say("order", "suggest") == []
    assert say("order", "place", "PO-0001", "--promised", "2026-07-16") == [
        "PO-0001\tordered\t2026-07-16"
    ]
    assert say("order", "receive", "po1", "CTR-40*1@20.00") == ["po1\tpart_received"]
    assert say("order", "receive", "PO-0001") == ["PO-0001\treceived"]
    assert "row.status: received" in say("order", "show", "PO-0001")
    assert say("check") == ["All is well."]
    [listed] = say("order", "list")
    assert listed.split("\t")[:3] == ["PO-0001", "Miami Valley Supply", "received"]
    assert say("list", "purchase-orders") != []


def test_a_job_goes_on_when_its_part_is_in(say: Run, part: str) -> None:
    say("order", "make", f"{part}*1")
    [number] = say("add", "work-order", "title=Boiler")
    assert "does not wait" in say("order", "part-is-in", number)[0]


def test_an_order_is_printed_and_written_for_the_supplier_s_program(
    say: Run, part: str, tmp_path: Path
) -> None:
    say("order", "make", f"{part}*3", "FS-10")
    assert "Say from which supplier" in say("order", "make", "FS-10")[0]
    assert say("order", "list") == []
    say("order", "make", f"{part}*3")
    pdf, rows = tmp_path / "po.pdf", tmp_path / "po.csv"
    assert say("print", "purchase-order", "PO-0001", "-o", pdf) == []
    assert say("print", "purchase-order", "PO-0001", "-o", rows) == []
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "CTR-40,Contactor,3" in rows.read_text("utf-8-sig")


def test_a_cancelled_order_says_why(say: Run, part: str) -> None:
    say("order", "make", f"{part}*3")
    say("order", "place", "PO-0001")
    assert "why" in say("order", "cancel", "PO-0001")[0]
    assert say("order", "cancel", "PO-0001", "--reason", "Too dear") == []
    assert say("order", "list", "open") == []
    assert "is not on the order" in say("order", "receive", "PO-0001", "X*1")[0]
    assert "no PART*QUANTITY" in say("order", "receive", "PO-0001", "X")[0]


def test_suppliers_are_added_changed_and_listed(say: Run, part: str) -> None:
    assert part
    assert say("add", "supplier", "name=Airworks Direct", "account=RM-7") == ["2"]
    assert say("edit", "supplier:2", "phone=555-0100") == []
    airworks, miami = say("list", "suppliers")
    assert airworks.startswith("Airworks Direct\t555-0100")
    assert miami.startswith("Miami Valley Supply")
