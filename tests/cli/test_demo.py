from __future__ import annotations

from pathlib import Path

import pytest

from smallcmms import cli


def test_the_demo_shop_is_made_in_the_week_it_is_asked_for_with_its_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "demo.smallcmms", tmp_path / "papers"
    words = ["--now", "2026-10-08T09:00", "demo", str(file), "--papers", str(folder)]
    assert cli.main(words) == 0
    *papers, last = capsys.readouterr().out.splitlines()
    names = [Path(line).name for line in papers]
    assert names == ["work-order-WO-2307.pdf", "invoice-INV-1186.pdf", "tags.pdf"]
    assert all(Path(line).read_bytes().startswith(b"%PDF") for line in papers)
    assert last == f"It is 2026-10-06T10:24 in {file}."
    assert cli.main(["--now", "2026-10-06T10:24", "check", str(file)]) == 0
    assert cli.main(["demo", str(file)]) == 2
