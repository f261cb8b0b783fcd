from __future__ import annotations

from pathlib import Path

from tests.trust import gate_codes


def test_a_gate_code_stands_only_where_it_was_asked_for_and_showing_it_is_recorded(
    tmp_path: Path,
) -> None:
    outcome = gate_codes.run(tmp_path / "shop.smallcmms", count=20, seed=1187)
    assert outcome.found == ""
    assert (outcome.copies, outcome.on_paper) == (20, 2), "a code that is asked for is printed"
    assert (outcome.shown, outcome.recorded) == (3, 3)
