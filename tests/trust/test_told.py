"""The command line tells what it did not keep and what it could not print, on standard error."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallcmms.cli import main
from smallcmms.store.store import Store


@pytest.fixture
def file(store: Store) -> Path:
    store.close()
    return store.path


def test_signs_that_are_not_kept_are_told(
    file: Path, capsys: pytest.CaptureFixture[str], story: object
) -> None:
    assert story is not None
    words = ["--shop", str(file), "edit", "C-014", "name=Har\ud800bor"]
    assert main(words) == 0
    assert capsys.readouterr().err == "Signs that cannot be kept were left out.\n"


def test_letters_that_no_font_has_are_told_with_every_paper(
    file: Path, capsys: pytest.CaptureFixture[str], story: object
) -> None:
    assert story is not None
    begin = ["--shop", str(file)]
    assert main([*begin, "edit", "A-0133", "name=Pump \u6c34"]) == 0
    paper = file.with_name("tags.pdf")
    assert main([*begin, "print", "tags", "A-0133", "-o", str(paper)]) == 0
    assert capsys.readouterr().err == "No letters to print: \u6c34\n"
