from __future__ import annotations

from pathlib import Path

from tests.trust import refusals
from tests.trust.refusals import Case, Outcome


def test_damaged_foreign_and_newer_files_are_refused_in_words_and_keep_every_byte(
    tmp_path: Path,
) -> None:
    outcome = refusals.run(tmp_path, every=100)
    assert outcome.faults == []
    assert outcome.refused > 200
    assert outcome.by_command > 10


def test_a_file_that_is_opened_or_changed_would_be_noticed(tmp_path: Path) -> None:
    whole = refusals.worked(tmp_path)
    outcome = Outcome()
    case = Case("whole", lambda path: path.write_bytes(whole))
    refusals.judge(case, tmp_path / "case", outcome, by_command=False)
    assert outcome.faults == ["whole: it was opened"]
