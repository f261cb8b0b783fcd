from __future__ import annotations

from pathlib import Path

from smallcmms.store.opening import open_shop
from tests.trust import kills


def test_a_killed_program_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    outcome = kills.kills(25, 1, tmp_path)
    assert outcome.faults == []
    assert (outcome.kills, outcome.lost, outcome.damaged) == (25, 0, 0)
    assert outcome.acknowledged > 0


def test_a_lost_operation_would_be_noticed(tmp_path: Path) -> None:
    start, held = kills.prepare(tmp_path)
    states = kills.reference(kills._copy(start, tmp_path / "reference"), 1)
    outcome = kills.Outcome()
    kills.judge(start, states, 5, held, outcome)
    assert outcome.lost == 1
    open_shop(start).close()
