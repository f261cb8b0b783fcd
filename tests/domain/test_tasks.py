from __future__ import annotations

import pytest

from smallcmms.domain.sheets import Mark
from smallcmms.domain.tasks import TaskKind, is_filled


@pytest.mark.parametrize(
    ("kind", "mark", "value", "expected"),
    [
        (TaskKind.TICK, Mark.OK, "", True),
        (TaskKind.CHECK, Mark.BAD, "", True),
        (TaskKind.CHECK, None, "", False),
        (TaskKind.CHECK, None, "looks good", False),
        (TaskKind.NUMBER, Mark.OK, "8.9", True),
        (TaskKind.NUMBER, None, "8.9", True),
        (TaskKind.NUMBER, Mark.OK, " ", False),
        (TaskKind.READING, None, "", False),
        (TaskKind.TEXT, None, "R-410A", True),
        (TaskKind.CHOICE, Mark.OK, "", False),
    ],
)
def test_a_line_is_filled_when_it_has_what_its_kind_wants(
    kind: TaskKind, mark: Mark | None, value: str, *, expected: bool
) -> None:
    assert is_filled(kind, mark, value) is expected
