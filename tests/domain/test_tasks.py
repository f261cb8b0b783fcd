"""When a line of the checklist is answered."""

from __future__ import annotations

import pytest

from smallcmms.domain.sheets import Mark
from smallcmms.domain.tasks import TaskKind, is_filled

MARKED = {TaskKind.TICK, TaskKind.CHECK}


@pytest.mark.parametrize("kind", TaskKind)
def test_a_line_is_filled_by_a_mark_or_by_what_is_written(kind: TaskKind) -> None:
    assert kind.wants_value is (kind not in MARKED)
    assert is_filled(kind, Mark.OK, " ") is (kind in MARKED)
    assert is_filled(kind, None, "8.9") is (kind not in MARKED)
    assert is_filled(kind, Mark.OK, "8.9")
    assert not is_filled(kind, None, "")
