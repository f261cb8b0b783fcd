from __future__ import annotations

from pathlib import Path

import pytest

from smallcmms import cli
from tests.build import Story


def said(capsys: pytest.CaptureFixture[str], file: Path, *words: str) -> list[str]:
    code = cli.main(["--shop", str(file), "--now", "2026-07-14T10:00", *words])
    told = capsys.readouterr()
    assert (code, told.err) == (0, "")
    return told.out.splitlines()


def test_a_talk_is_written_down_and_listed(
    shop: Path, story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    assert story.customer_id
    words = ("talk", "Harbor", "Yes, Friday", "--how", "we_called", "--with", "priya")
    said(capsys, shop, *words, "--at", "2026-07-13T16:00")
    assert said(capsys, shop, "talk", "C-014") == [
        "2026-07-13T16:00-04:00\twe_called\tPriya Natarajan\tYes, Friday"
    ]
    assert cli.main(["--shop", str(shop), "talk", "C-014", "x", "--with", "Nobody"]) == 2
    assert "no Nobody here" in capsys.readouterr().err


def test_two_records_of_one_customer_are_told_and_merged(
    shop: Path, story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    assert story.customer_id
    said(capsys, shop, "add", "customer", "name=Harbor View Apts")
    assert said(capsys, shop, "merge") == [
        "C-014\tHarbor View Apartments\tC-015\tHarbor View Apts\tname"
    ]
    said(capsys, shop, "merge", "C-015", "C-014")
    assert said(capsys, shop, "merge") == []
    assert cli.main(["--shop", str(shop), "merge", "C-014"]) == 2
    assert "into which customer" in capsys.readouterr().err
