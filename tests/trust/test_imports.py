from __future__ import annotations

from pathlib import Path
from random import Random

from smallcmms.domain.imports import Outcome
from tests.trust import imports


def test_an_import_does_what_its_preview_said(tmp_path: Path) -> None:
    outcomes = imports.Outcomes()
    imports.files(imports.prepare(tmp_path), tmp_path, 12, Random(1), outcomes)
    assert outcomes.faults == []
    assert all(outcomes.rows[outcome] for outcome in Outcome)


def test_a_killed_import_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    outcomes = imports.Outcomes()
    imports.kills(imports.prepare(tmp_path), tmp_path, 3, Random(1), outcomes)
    assert (outcomes.killed, outcomes.faults) == (3, [])


def test_nothing_that_can_be_read_in_two_ways_is_read_in_one() -> None:
    assert imports.silently_wrong(("en", "de", "fr_CH", "sv", "ar_EG", "en_IN", "ja")) == []
