"""Phone numbers: found by their digits, however they are written."""

from __future__ import annotations

_TELLING = 7
"""As many last digits as tell two numbers apart, with or without the area or country in front."""
_AMERICAN = 10


def digits(text: str) -> str:
    """Return the digits of a phone number, for finding and comparing it."""
    return "".join(character for character in text if character in "0123456789")


def telling(text: str) -> str:
    """Return the last digits of a number, by which those are looked up that may be the same."""
    return digits(text)[-_TELLING:]


def is_same(one: str, other: str) -> bool:
    """Return whether two numbers are the same line; either may lack the area or country.

    A number of fewer than seven digits is an extension and equals only itself.
    """
    first, second = sorted((digits(one), digits(other)), key=len)
    if len(first) < _TELLING:
        return bool(first) and first == second
    return second.endswith(first.lstrip("0"))


def written(text: str) -> str:
    """Return a number as it is shown: ten digits as (937) 555-0117, others as they were typed."""
    plain = digits(text)
    is_american = plain[:1] == "1" and len(plain) == _AMERICAN + 1
    number = plain[1:] if is_american else plain
    has_only_digits = not set(text) - set("0123456789 ()-.+")
    if (
        len(number) != _AMERICAN
        or not has_only_digits
        or (text.strip()[:1] == "+" and not is_american)
    ):
        return text.strip()
    return f"({number[:3]}) {number[3:6]}-{number[6:]}"
