"""What a new shop starts with."""

from __future__ import annotations

import pytest

from smallcmms.domain import starters
from smallcmms.domain.work_orders import HoldReason, WorkType


@pytest.mark.parametrize("kind", starters.LISTS)
def test_codes_are_plain_words_and_nothing_stands_twice(kind: str) -> None:
    entries = starters.LISTS[kind]
    codes = [code for code, _ in entries]
    assert all(code.isidentifier() and code.islower() and code.isascii() for code in codes)
    assert len(set(codes)) == len({text for _, text in entries}) == len(entries)


@pytest.mark.parametrize(
    ("kind", "count"), [("problem", 21), ("cause", 14), ("remedy", 10), ("hold_reason", 7)]
)
def test_the_lists_are_as_long_as_the_trade_has_them(kind: str, count: int) -> None:
    assert len(starters.LISTS[kind]) == count


def test_every_hold_reason_and_work_type_has_a_text() -> None:
    assert [code for code, _ in starters.HOLD_REASONS] == list(HoldReason)
    assert [code for code, _ in starters.WORK_TYPES] == list(WorkType)
