"""Strict readers of what people type: numbers, and beside it days and times, in the shop's way.

What can be read in two ways is refused, never guessed; the refusal says what to type instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.numbers import get_currency_symbol, get_decimal_symbol, get_group_symbol

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.money import Currency
from smallcmms.domain.typed_dates import Clock, read_clock, read_date, read_minutes

__all__ = [
    "Cleaned",
    "Clock",
    "clean",
    "read_clock",
    "read_date",
    "read_minutes",
    "read_money",
    "read_number",
    "read_percent",
    "read_price",
    "read_quantity",
    "read_whole",
]

QUANTITY_PLACES = 3
PRICE_PLACES = 4
PERCENT_PLACES = 3
LARGEST_WHOLE = 2**63 - 1
LEFT_OUT = "Signs that cannot be kept were left out."
"""The notice of `clean`."""

_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"\s")
_MEANT = re.compile(r"-?(?:(0)[.,]([0-9]{1,9})|([1-9](?:[0-9 .,']*?[0-9])??)(?:[.,]([0-9]{1,2}))?)")
"""A number with a decimal point or comma, whatever groups its thousands."""
_WHOLE_DIGITS = 12
"""As many digits before the decimals as every kept number can hold."""


class Cleaned(NamedTuple):
    """A text that can be kept, and a notice (message id) where signs were left out."""

    text: str
    notice: str


def clean(text: str) -> Cleaned:
    """Return the text without what a file cannot keep: NUL, controls, lone surrogates.

    Tabs and line ends stay; every line end becomes a plain one.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _UNKEPT.sub("", lines)
    return Cleaned(kept, LEFT_OUT if kept != lines else "")


@dataclass(frozen=True, slots=True)
class _Signs:
    """How a locale writes numbers: its decimal sign, its group sign, and a pattern of both."""

    point: str
    group: str
    pattern: re.Pattern[str]

    def nearest(self, number: Decimal, places: int) -> str:
        """Return the nearest number with so many decimals, as it is typed without doubt."""
        step = Decimal(1).scaleb(-places)
        return f"{number.quantize(step, ROUND_HALF_UP):f}".replace(".", self.point)


@cache
def _signs(locale: str) -> _Signs:
    point = get_decimal_symbol(locale, numbering_system="latn")
    group = _one_spelling(get_group_symbol(locale, numbering_system="latn"))
    last, others = Locale.parse(locale).decimal_formats[None].grouping
    sign = re.escape(group)
    grouped = rf"[1-9][0-9]{{0,{others - 1}}}(?:{sign}[0-9]{{{others}}})*{sign}[0-9]{{{last}}}"
    pattern = rf"(-?)([0-9]+|{grouped}|(?={re.escape(point)}))(?:{re.escape(point)}([0-9]+))?"
    return _Signs(point, group, re.compile(pattern))


def _one_spelling(text: str) -> str:
    """Return the text with every space, minus and apostrophe of a number in one spelling."""
    return _SPACES.sub(" ", text).replace("\u2212", "-").replace("\u2019", "'")


def read_number(
    text: str, *, locale: str, places: int, field: str = "", is_signed: bool = False
) -> Decimal:
    """Return a number typed in the shop's locale with at most ``places`` decimals.

    A single dot before three digits is refused even where it groups thousands: on a number pad
    the dot is the decimal sign.

    Raises:
        RuleBroken: it is no number, can be read in two ways, is too fine or too large; the
            message says what to type instead.
    """
    signs = _signs(locale)
    plain = _one_spelling(text.strip())
    if not plain:
        raise RuleBroken("Type a number.", field)
    found = signs.pattern.fullmatch(plain)
    if found is None or (signs.group == "." and plain.count(".") == 1 and not found[3]):
        raise _not_read(text, signs, places, field)
    whole, decimals = found[2].replace(signs.group, "") or "0", found[3] or ""
    if len(whole) > _WHOLE_DIGITS:
        raise RuleBroken("{text} is too large.", field, text=text.strip())
    number = Decimal(f"{whole}.{decimals}" if decimals else whole)
    if len(decimals) > places:
        raise _too_fine(text, number, signs, places, field)
    if found[1] and not is_signed:
        raise RuleBroken("Type a number of 0 or more.", field)
    return -number if found[1] else number


def _not_read(text: str, signs: _Signs, places: int, field: str) -> RuleBroken:
    """Return the refusal of a text, with the number that was most likely meant."""
    meant = _MEANT.fullmatch(_one_spelling(text.strip()))
    whole = "" if meant is None else re.sub("[^0-9]", "", meant[1] or meant[3])
    number = Decimal("1234.5")
    if meant is not None and len(whole) <= _WHOLE_DIGITS:
        number = Decimal(f"{whole}.{meant[2] or meant[4] or 0}")
    message = "{text} cannot be read as a number without doubt. Try {example}."
    return RuleBroken(message, field, text=text.strip(), example=signs.nearest(number, places))


def _too_fine(text: str, number: Decimal, signs: _Signs, places: int, field: str) -> RuleBroken:
    """Return the refusal of a number that has too many decimals."""
    message = "{text} has more than {places} decimals. Try {example}."
    if not places:
        message = "{text} has decimals, and none are possible here. Try {example}."
    example = signs.nearest(number, places)
    return RuleBroken(message, field, text=text.strip(), places=places, example=example)


def _without_sign(text: str, locale: str, currency: Currency) -> str:
    """Return an amount without the currency's sign or code before or behind it."""
    bare = text.strip()
    for sign in (get_currency_symbol(currency.code, locale), currency.code):
        bare = bare.removeprefix(sign).removesuffix(sign).strip()
    return bare


def read_money(
    text: str, *, locale: str, currency: Currency, field: str = "", is_signed: bool = False
) -> Decimal:
    """Return an amount of money; it has no more decimals than the currency.

    Raises:
        RuleBroken: see `read_number`.
    """
    bare = _without_sign(text, locale, currency)
    places = currency.decimals
    return read_number(bare, locale=locale, places=places, field=field, is_signed=is_signed)


def read_price(text: str, *, locale: str, currency: Currency, field: str = "") -> Decimal:
    """Return a unit price or cost with at most four decimals.

    Raises:
        RuleBroken: see `read_number`.
    """
    bare = _without_sign(text, locale, currency)
    return read_number(bare, locale=locale, places=PRICE_PLACES, field=field)


def read_quantity(text: str, *, locale: str, field: str = "", is_signed: bool = False) -> Decimal:
    """Return a quantity or a reading with at most three decimals.

    Raises:
        RuleBroken: see `read_number`.
    """
    return read_number(
        text, locale=locale, places=QUANTITY_PLACES, field=field, is_signed=is_signed
    )


def read_percent(text: str, *, locale: str, field: str = "") -> Decimal:
    """Return a percentage (7.5 for 7.5 %) with at most three decimals.

    Raises:
        RuleBroken: see `read_number`.
    """
    bare = text.strip().removesuffix("%")
    return read_number(bare, locale=locale, places=PERCENT_PLACES, field=field)


def read_whole(text: str, *, field: str = "") -> int:
    """Return a whole number that the file can keep: digits and nothing else.

    Raises:
        RuleBroken: it holds something else, or is 2^63 or more.
    """
    plain = text.strip()
    if not re.fullmatch("[0-9]{1,19}", plain) or int(plain) > LARGEST_WHOLE:
        raise RuleBroken("{text} is not a whole number. Try 12.", field, text=plain)
    return int(plain)
