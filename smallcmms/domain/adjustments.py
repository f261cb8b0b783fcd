"""Discounts and surcharges on a whole invoice, shared out among its tax rates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from smallcmms.domain.money import Adjustment, Currency, TaxKey, from_minor, to_minor


def shared_out(
    amount: Decimal, nets: Mapping[TaxKey, Decimal], currency: Currency
) -> tuple[Adjustment, ...]:
    """Share one amount out among tax rates, in proportion to what each rate's lines come to.

    The shares add up to the amount to the minor unit: what rounding leaves goes, one unit each, to
    the largest fractions. The shares of a negated invoice are the negated shares, so that a credit
    note negates exactly. Ours: people type one discount, taxes want it per rate [domain.md, Money].

    Raises:
        RuleBroken: the amount is finer than the currency's minor unit.
    """
    minor = to_minor(amount, currency)
    whole = sum(nets.values())
    if not minor:
        return ()
    if not whole:
        return (Adjustment(amount),)
    exact = {key: Fraction(minor) * Fraction(net) / Fraction(whole) for key, net in nets.items()}
    shares = {key: int(share) for key, share in exact.items()}
    left = minor - sum(shares.values())
    step = 1 if left > 0 else -1
    by_fraction = sorted(exact, key=lambda key: -step * (exact[key] - shares[key]))
    for key in by_fraction[: abs(left)]:
        shares[key] += step
    return tuple(Adjustment(from_minor(share, currency), key) for key, share in shares.items())
