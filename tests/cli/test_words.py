from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from smallcmms import cli
from tests.build import Story

Run = Callable[..., list[str]]
SHEET = {
    "times": [
        {
            "date": "Jul 13",
            "left_shop": "7:40",
            "arrived": "8:05",
            "finished": "9:50",
            "back": "10:15",
        }
    ],
    "marks": ["ok", "fixed", "fixed", {"mark": "ok", "value": "8.9"}, "ok"],
    "used": ["1", "0"],
    "others": [{"text": "hose clamp", "quantity": "1", "location": "Truck 1"}],
    "found_and_did": "Float stuck on its cord. Cleaned pit, new float switch.",
    "cause": "blocked",
    "remedies": ["cleaned", "replaced"],
    "result": "fixed",
    "quote": "pipe hanger, 10 ft pipe",
    "customer_name": "W. Hensley",
    "rating": 5,
}
CHECKLIST = (
    "Lock out, see front; Clear inlet and pit; Test float, pump starts and stops; "
    "Motor current|A|9.8; Alarm sounds and clears"
)


@pytest.fixture
def file(shop: Path, story: Story) -> Path:
    """Return the file with the shop of the story."""
    assert story.asset_id
    return shop


@pytest.fixture
def say(file: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a word on the file at a moment and gives its lines."""

    def run(now: str, *words: object) -> list[str]:
        code = cli.main(["--shop", str(file), "--now", now, *map(str, words)])
        said = capsys.readouterr()
        assert (code, said.err) == (0, "")
        return said.out.splitlines()

    return run


def type_it(say: Run, file: Path) -> None:
    """Type the shop of the story from nothing."""
    at = "2026-07-13T07:00"
    say(
        at, "new", file, "--name", "Ridgeline Mechanical LLC", "--code", "7KQ2",
        "--labour", 125, "--call-out", 65, "--tax", "Sales tax", "7.5", "part",
        "--first", "asset=133", "request=1037", "work_order=2310", "invoice=1187", "customer=14",
    )  # fmt: skip
    assert say(at, "add", "customer", "name=Harbor View Apartments", "terms_days=30") == ["C-014"]
    harbor = "customer=Harbor View"
    say(at, "add", "contact", harbor, "name=Priya Natarajan", "phone=(937) 555-0117")
    say(at, "add", "site", harbor, "address=1200 Riverside Dr", "city=Dayton, OH 45405")
    asset = ("site=1200 Riverside Dr", "place=Building A › Basement", "short_code=SP-A")
    assert say(at, "add", "asset", *asset, "name=Sump pump") == ["A-0133"]
    say(at, "add", "technician", "name=Marco Reyes", "truck=Truck 1")
    for number, name, cost, price, quantity in (
        ("FS-10", "Float switch, tether", "18.20", "42.00", 2),
        ("HC-2", "Hose clamp 2 in", "1.10", "6.50", 6),
        ("CV-15", "Check valve 1½ in", "12.40", "31.00", 1),
    ):
        say(at, "add", "part", f"number={number}", f"name={name}", f"cost={cost}", f"price={price}")
        say(at, "add", "count", f"part={number}", "place=Truck 1", f"quantity={quantity}")
    template = (f"lines={CHECKLIST}", "parts=FS-10; CV-15", "planned_minutes=120")
    say(at, "add", "template", "name=Sump pump", *template)


def call(say: Run) -> list[str]:
    words = "Sump pump alarm is on, water is high"
    fact = "water_or_gas_escaping"
    return say(
        "2026-07-13T07:10", "request", "add", "--caller", "priya", "--asset", "SP-A",
        "--words", words, "--fact", fact, "--seconds", 15,
    )  # fmt: skip


def board(say: Run) -> list[str]:
    return say(
        "2026-07-13T07:14", "triage", "R-1037", "--technician", "Marco",
        "--from", "2026-07-13T08:00", "--to", "2026-07-13T10:00", "--template", "Sump pump",
    )  # fmt: skip


def test_the_story_by_words_comes_out_to_the_cent(say: Run, tmp_path: Path, file: Path) -> None:
    file.unlink()
    type_it(say, file)
    assert call(say) == ["R-1037"]
    [code] = [
        line for line in say("2026-07-13T07:11", "show", "A-0133") if line.startswith("code:")
    ]
    assert say("2026-07-13T07:11", "scan", code.split(": ")[1]) == ["asset A-0133"]
    assert board(say) == ["WO-2310"]
    order, bill, tag = (tmp_path / name for name in ("order.pdf", "bill.pdf", "tag.pdf"))
    [code] = say("2026-07-13T07:20", "print", "work-order", "WO-2310", "-o", order)
    assert say("2026-07-13T07:21", "scan", code) == ["work_order WO-2310, copy 1, to enter"]
    say("2026-07-13T07:21", "print", "tags", "A-0133", "--start", 4, "-o", tag)
    sheet = tmp_path / "sheet.json"
    sheet.write_text(json.dumps(SHEET), encoding="utf-8")
    [draft] = say("2026-07-14T10:32", "enter", "2310", "--sheet", sheet)
    assert draft.startswith("draft:")
    assert say("2026-07-14T10:32", "invoice", "discount", draft, "35.89") == [draft]
    assert say("2026-07-14T10:32", "undo")
    assert say("2026-07-14T10:33", "invoice", "issue", "WO-2310", "-o", bill) == ["INV-1187"]
    for pdf in (order, bill, tag):
        assert pdf.read_bytes().startswith(b"%PDF")
    page = json.loads("\n".join(say("2026-07-14T10:34", "show", "INV-1187", "--json")))
    assert (page["total"], page["due_on"]) == ("335.89", "2026-08-13")
    again = tmp_path / "again.pdf"
    say("2026-07-14T10:35", "print", "invoice", "INV-1187", "-o", again)
    assert again.read_bytes() == bill.read_bytes()
    assert say("2026-07-14T10:36", "invoice", "pay", "INV-1187", "100.00") == ["INV-1187"]
    assert say("2026-07-14T10:36", "check", file) == ["All is well."]


def test_each_step_goes_back_to_what_was_before(say: Run, tmp_path: Path) -> None:
    at = "2026-07-14T10:40"
    sheet = tmp_path / "sheet.json"
    sheet.write_text(json.dumps(SHEET), encoding="utf-8")
    steps: list[Callable[[], object]] = [
        lambda: call(say),
        lambda: board(say),
        lambda: say("2026-07-13T07:20", "print", "work-order", "2310", "-o", tmp_path / "o.pdf"),
        lambda: say("2026-07-14T10:32", "enter", "2310", "--sheet", sheet),
    ]
    before = []
    for step in steps:
        before.append(say(at, "dump"))
        step()
    after = say(at, "dump")
    for dump in reversed(before):
        [undone] = say(at, "undo")
        assert undone.startswith("Undone: ")
        assert say(at, "dump") == dump
    for _step in steps:
        say(at, "redo")
    assert say(at, "dump") == after


def test_who_can_go_is_told_with_what_is_free_in_time(say: Run) -> None:
    call(say)
    at = "2026-07-13T07:14"
    [whole] = say(at, "triage", "R-1037", "--offers")
    [short] = say(at, "triage", "R-1037", "--offers", "--minutes", 600)
    assert whole.split("\t")[:4] == ["Marco Reyes", "2026-07-13T08:00-04:00", "in time", "-"]
    assert short.split("\t")[2:4] == ["in time", "540 of 600 min free"]


def test_who_is_away_is_off_the_board_and_what_they_were_to_do_is_named(say: Run) -> None:
    call(say)
    board(say)
    at = "2026-07-13T07:20"
    assert say(at, "away", "Marco", "2026-07-13") == ["WO-2310\toff the board"]
    assert any("Off the board: " in line for line in say(at, "follow-ups", "list"))
    assert say(at, "away", "Marco", "2026-07-13", "--back") == []


def test_a_copy_that_did_not_print_is_taken_back_and_the_next_is_copy_two(
    say: Run, tmp_path: Path
) -> None:
    at = "2026-07-13T07:20"
    call(say)
    board(say)
    say(at, "print", "work-order", "2310", "-o", tmp_path / "o.pdf")
    assert say(at, "print", "work-order", "2310", "--failed") == ["Copy 1 is taken back."]
    say(at, "edit", "WO-2310", "wrong=Water over the step")
    [code] = say(at, "print", "work-order", "2310", "-o", tmp_path / "o.pdf")
    assert ":W2310.2:" in code


def test_lists_show_what_is_there(say: Run) -> None:
    at = "2026-07-13T07:12"
    call(say)
    assert len(say(at, "list", "customers")) == 1
    assert "Sump pump" in say(at, "list", "assets")[0]
    [request] = json.loads("\n".join(say(at, "list", "requests", "--json")))
    assert (request["number"], request["level"]) == ("R-1037", 2)
    assert [row.split("\t")[0] for row in say(at, "list", "technicians")] == ["Marco Reyes"]
    assert say(at, "timeline", "R-1037")[0].endswith("Priya Natarajan called, R-1037")


def test_records_are_edited_by_number_and_by_id(say: Run) -> None:
    at = "2026-07-13T07:12"
    say(at, "edit", "A-0133", "serial=S-77", "criticality=a")
    assert "row.serial: S-77" in say(at, "show", "A-0133")
    say(at, "edit", "technician:1", "truck=Truck 2")
    say(at, "edit", "shop", "terms_days=14")
    say(at, "edit", "hours", "sat=09:00-12:00", "fri=closed")
    say(at, "edit", "holidays", "days=2026-12-25; 2027-01-01")
    assert "2026-12-25" in "".join(say(at, "dump"))
    say(at, "edit", "FS-10", "price=45.00")
    assert "row.price: 45.0000" in say(at, "show", "FS-10")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["dance"], "There is no word dance"),
        (["edit", "hours", "sat=nine to five"], "are no hours. Try 08:00-17:00"),
        (["add", "asset"], "the following arguments|Say site"),
        (["add", "customer", "colour=red"], "There is no field colour"),
        (["add", "customer", "name"], "is no NAME=VALUE"),
        (["add", "part", "number=X", "name=X", "cost=1e5"], "cannot be read as a number"),
        (["add", "customer", "name=X", "terms_days=many"], "not a whole number"),
        (["add", "customer", "name=X", "kind=odd"], "is none of"),
        (["add", "customer", "name=X", "is_po_required=perhaps"], "neither yes nor no"),
        (["add", "count", "part=FS-10", "place=Truck 1", "quantity=1", "day=x"], "is no day"),
        (["show", "WO-99"], "WO-99 is not in this file"),
        (["show", "R-1"], "not in this file"),
        (["request", "add", "--words", ""], "what is wrong"),
        (["request", "add", "--words", "x", "--fact", "storm"], "There is no fact storm"),
        (["request", "decline"], "Say which request"),
        (["triage", "R-1037"], "not in this file"),
        (["enter", "2310", "--sheet", "nowhere.json"], "nowhere.json"),
        (["scan", "SC7KQ2:A0133:9"], ""),
        (["print", "work-order", "2310"], ""),
        (["invoice", "issue", "2310"], ""),
        (["edit", "R-1037", "words=x"], ""),
        (["list", "dragons"], "invalid choice"),
        (["undo", "--twice"], "unrecognized"),
    ],
)
def test_bad_input_is_one_line_and_exit_two(
    say: Run,
    file: Path,
    words: list[str],
    complaint: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = say("2026-07-13T07:12", "dump")
    code = cli.main(["--shop", str(file), "--now", "2026-07-13T07:12", *words])
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert any(part in said.err for part in complaint.split("|"))
    assert say("2026-07-13T07:12", "dump") == before


def test_no_file_and_a_wrong_moment_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["undo"]) == 2
    assert "Say which file" in capsys.readouterr().err
    assert cli.main(["--now", "yesterday", "--shop", "x", "undo"]) == 2
    assert "yesterday is no moment" in capsys.readouterr().err
    assert cli.main(["check", str(tmp_path / "none")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_without_a_word_the_words_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in cli.WORDS)


def test_a_fault_is_told_in_one_line_and_logged_without_words(
    say: Run,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("smallcmms.paths.logs", lambda: tmp_path)
    monkeypatch.setattr("smallcmms.cli.scan.scans.read", lambda _store, _code: 1 / 0)
    assert cli.main(["--shop", str(file), "scan", "secret words"]) == cli.FAULT
    assert len(capsys.readouterr().err.splitlines()) == 1
    logged = (tmp_path / "smallcmms.log").read_text()
    assert "ZeroDivisionError" in logged
    assert "secret" not in logged
    assert say("2026-07-13T07:12", "check", file) == ["All is well."]


def test_a_backup_is_restored_over_a_file_that_went_on(
    say: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dump = say("2026-07-13T07:10", "dump", file)
    backup = tmp_path / "backup.smallcmms"
    say("2026-07-13T07:10", "backup", file, backup)
    call(say)
    assert cli.main(["restore", str(backup), str(file)]) == 0
    assert "The file of before is" in capsys.readouterr().out
    assert say("2026-07-13T07:12", "dump", file) == dump
    assert call(say) == ["R-1038"]


def test_the_played_story_prints_its_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = tmp_path / "papers"
    assert cli.main(["story", str(tmp_path / "s.smallcmms"), "--papers", str(papers)]) == 0
    assert "INV-1187: 335.89" in capsys.readouterr().out
    assert {path.name for path in papers.iterdir()} == {
        "tag-A-0133.pdf",
        "work-order-2310.pdf",
        "invoice-INV-1187.pdf",
    }


def test_stress_acknowledges_each_operation_and_goes_on_where_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "stress.smallcmms"
    for seed in ("1", "2"):
        assert cli.main(["stress", str(file), "--ops", "25", "--seed", seed]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line.split()[1] for line in lines] == [str(number) for number in range(26)]
    assert cli.main(["check", str(file)]) == 0
