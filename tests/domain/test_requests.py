"""The life of a request."""

from __future__ import annotations

from itertools import product

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.requests import RequestStatus, move

NEW, WAITING, ACCEPTED, ESTIMATE, DECLINED, DUPLICATE, CANCELLED = RequestStatus
OUTCOMES = [ACCEPTED, ESTIMATE, DECLINED, DUPLICATE, CANCELLED]
STEPS = [*product([NEW, WAITING], OUTCOMES), (NEW, WAITING), (WAITING, NEW)]


@pytest.mark.parametrize(("status", "to"), list(product(RequestStatus, repeat=2)))
def test_a_request_waits_or_finds_its_outcome_once(
    status: RequestStatus, to: RequestStatus
) -> None:
    if (status, to) in STEPS:
        assert move(status, to, reason="too far", duplicate_of=3) is to
    else:
        with pytest.raises(RuleBroken, match=f"{status.value} cannot become {to.value}"):
            move(status, to, reason="too far", duplicate_of=3)


@pytest.mark.parametrize(
    ("to", "field"),
    [(DECLINED, "reason"), (CANCELLED, "reason"), (DUPLICATE, "duplicate_of")],
)
def test_no_and_the_same_again_need_a_word(to: RequestStatus, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        move(NEW, to, reason="  ")
    assert refused.value.field == field
