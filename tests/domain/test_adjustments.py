from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.adjustments import shared_out
from smallcmms.domain.money import Adjustment, Currency

USD = Currency("USD")
THIRDS = {"a": "3.34", "b": "3.33", None: "3.33"}
NEGATED = {key: f"-{share}" for key, share in THIRDS.items()}
amounts = st.decimals(-1_000_000, 1_000_000, places=2)


@pytest.mark.parametrize(
    ("amount", "nets", "shares"),
    [
        ("10.00", {"a": "100.00"}, {"a": "10.00"}),
        ("10.00", {"a": "75.00", "b": "25.00"}, {"a": "7.50", "b": "2.50"}),
        ("0.01", {"a": "50.00", "b": "50.00"}, {"a": "0.01", "b": "0.00"}),
        ("10.00", {"a": "1.00", "b": "1.00", None: "1.00"}, THIRDS),
        ("-10.00", {"a": "1.00", "b": "1.00", None: "1.00"}, NEGATED),
        ("5.00", {"a": "-10.00", "b": "30.00"}, {"a": "-2.50", "b": "7.50"}),
        ("5.00", {"a": "10.00", "b": "-10.00"}, {None: "5.00"}),
        ("5.00", {}, {None: "5.00"}),
        ("0.00", {"a": "10.00"}, {}),
    ],
)  # fmt: skip
def test_a_discount_is_shared_out_by_what_each_rate_comes_to(
    amount: str, nets: dict[str | None, str], shares: dict[str | None, str]
) -> None:
    got = shared_out(Decimal(amount), {key: Decimal(net) for key, net in nets.items()}, USD)
    assert got == tuple(Adjustment(Decimal(share), key) for key, share in shares.items())


@given(amounts, st.lists(amounts, max_size=6))
def test_the_shares_add_up_and_are_negated_exactly(amount: Decimal, nets: list[Decimal]) -> None:
    by_key: dict[int | str | None, Decimal] = dict(enumerate(nets))
    shares = shared_out(amount, by_key, USD)
    assert sum((share.amount for share in shares), Decimal(0)) == amount
    mirrored = shared_out(amount, {key: -net for key, net in by_key.items()}, USD)
    assert mirrored == shares
    negated = shared_out(-amount, {key: -net for key, net in by_key.items()}, USD)
    assert [-share.amount for share in negated] == [share.amount for share in shares]
