"""Quantities: kept in thousandths, and hours out of minutes."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from smallcmms.domain.errors import RuleBroken

PLACES = 3
_THOUSAND = 10**PLACES
_LARGEST = 2**63 - 1
_HUNDREDTH = Decimal("0.01")


def to_thousandths(quantity: Decimal) -> int:
    """Return a quantity in whole thousandths, as the file keeps it.

    Raises:
        RuleBroken: it has more than three decimals, or is too large to keep.
    """
    if not quantity.is_finite():
        raise RuleBroken("{quantity} is not a quantity.", "quantity", quantity=quantity)
    numerator, denominator = quantity.as_integer_ratio()
    thousandths, rest = divmod(numerator * _THOUSAND, denominator)
    if rest:
        raise RuleBroken("{quantity} has more than three decimals.", "quantity", quantity=quantity)
    if abs(thousandths) > _LARGEST:
        raise RuleBroken("{quantity} is too large.", "quantity", quantity=quantity)
    return int(thousandths)


def from_thousandths(thousandths: int) -> Decimal:
    """Return the quantity that the file keeps as whole thousandths."""
    return Decimal(thousandths).scaleb(-PLACES)


def hours(minutes: int) -> Decimal:
    """Return minutes as hours, rounded half-up to 0.01 h [domain.md, the sheet's boxes]."""
    return (Decimal(minutes) / 60).quantize(_HUNDREDTH, ROUND_HALF_UP)
