"""Pictures that want to hurt do not; the command in pictures.py tries them at their full size."""

from __future__ import annotations

import pytest

from tests.trust import pictures

SOON = (
    "50,000 x 50,000 JPEG",
    "values without end",
    "0xFF after the start",
    "blocks without end",
)


@pytest.mark.parametrize("name", SOON)
def test_a_picture_takes_little_time_and_little_memory(name: str) -> None:
    result = pictures.try_one(name, 3)
    assert result.is_good, result


def test_the_control_a_process_that_holds_much_is_seen() -> None:
    hungry = pictures.Result("hungry", 1.0, 501.0, "", 0)
    slow = pictures.Result("slow", 5.1, 1.0, "", 0)
    assert not hungry.is_good
    assert not slow.is_good
