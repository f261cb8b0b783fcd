from __future__ import annotations

from pathlib import Path

import pytest

from smallcmms.domain.tag_messages import SecondCode
from tests.trust import tags


def test_every_tag_is_read_by_both_readers_at_every_fineness(tmp_path: Path) -> None:
    outcome = tags.run(tmp_path / "shop.smallcmms", count=30)
    assert outcome.tags == 30
    assert outcome.is_whole, str(outcome)


@pytest.mark.parametrize("key", ["22806", "L7160"])
def test_both_codes_of_a_tag_are_read(tmp_path: Path, key: str) -> None:
    outcome = tags.run(tmp_path / "shop.smallcmms", count=6, key=key, second=SecondCode.EMAIL)
    assert outcome.is_whole, str(outcome)


def test_a_code_that_lost_a_third_would_be_missed(tmp_path: Path) -> None:
    outcome = tags.run(tmp_path / "shop.smallcmms", count=6, is_blotted=True)
    assert sum(outcome.read.values()) == 0, str(outcome)
