"""attach, files and audit on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallcmms.cli import main
from smallcmms.services import assets
from smallcmms.store.opening import open_shop
from tests.build import Story
from tests.exchange import cameras

pytestmark = pytest.mark.usefixtures("filled")


def say(capsys: pytest.CaptureFixture[str], shop: Path, *words: str, code: int = 0) -> str:
    told = main(["--shop", str(shop), "--now", "2026-07-13T07:10", *words])
    said = capsys.readouterr()
    assert told == code, said.err
    return (said.err if code else said.out).strip()


def test_files_go_in_are_listed_and_come_out_without_their_place(
    shop: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "leak.jpg").write_bytes(cameras.picture())
    (tmp_path / "HR manual.pdf").write_bytes(b"%PDF-1.7")
    names = [str(tmp_path / name) for name in ("leak.jpg", "HR manual.pdf")]
    first, second = say(capsys, shop, "attach", "A-133", *names).split()
    listed = say(capsys, shop, "files", "A-133").splitlines()
    assert [line.split("\t")[1] for line in listed] == ["photo", "manual"]
    out = tmp_path / "out"
    out.mkdir()
    saved = Path(say(capsys, shop, "files", "A-133", "--save", first, "-o", str(out)))
    assert saved == out / "leak.jpg"
    assert cameras.told(saved.read_bytes()) == []
    say(capsys, shop, "files", "A-133", "--rename", second, "Manual.pdf")
    assert "Manual.pdf" in say(capsys, shop, "files", "A-133", "--json")
    say(capsys, shop, "files", "A-133", "--archive", second)
    assert len(say(capsys, shop, "files", "A-133").splitlines()) == 1
    assert "no such file" in say(capsys, shop, "files", "A-133", "--save", "99", code=2)


def test_an_audit_is_walked_by_words(
    shop: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, story: Story
) -> None:
    store = open_shop(shop)
    fan = assets.add(store, site_id=story.site_id, name="Fan", place="Roof")
    pump = assets.get(store, story.asset_id).row
    fan_number, site = assets.get(store, fan).row.number, pump.site
    store.close()
    assert say(capsys, shop, "audit", "begin", site, "--by", "Marco") == "AU-001"
    sheet = tmp_path / "sheet.pdf"
    assert say(capsys, shop, "audit", "print", "AU-001", "-o", str(sheet)).startswith("SC")
    assert sheet.read_bytes().startswith(b"%PDF")
    seen = say(capsys, shop, "audit", "scan", "au-1", pump.number, "--place", "Shed")
    assert seen.startswith("moved\t")
    say(capsys, shop, "audit", "new", "AU-1", "name=Grey box", "place=Shed")
    assert say(capsys, shop, "audit", "rest", "AU-1", "missing") == "1"
    shown = say(capsys, shop, "audit", "show", "AU-1").splitlines()
    assert sorted(line.split("\t")[0] for line in shown) == ["missing", "moved", "new"]
    say(capsys, shop, "audit", "mark", "AU-1", fan_number, "found", "--note", "dusty")
    applied = say(capsys, shop, "audit", "apply", "AU-1", "--on", "2026-07-12")
    assert applied.splitlines() == ["found\t1", "moved\t1", "new\t1"]
    assert "is over" in say(capsys, shop, "audit", "drop", "AU-1", code=2)
    assert "no place" in say(capsys, shop, "audit", "begin", site, "--place", "Moon", code=2)
    assert say(capsys, shop, "check") == "All is well."
    say(capsys, shop, "undo")
    say(capsys, shop, "audit", "drop", "AU-1")
