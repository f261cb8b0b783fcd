"""The values of foreign columns: numbers, days and choices, as strictly as what people type.

What the values of a column leave open is not guessed: it is refused until a person says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache, partial
from typing import Any

from babel.numbers import get_currency_symbol

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.import_words import NOTHING, VALUES
from smallcmms.domain.money import Currency
from smallcmms.domain.tables import Cell, shown
from smallcmms.domain.typed import PRICE_PLACES
from smallcmms.domain.typed_dates import FIRST_YEAR, LAST_YEAR, read_date

NUMBERS = frozenset({"money", "signed_money", "price", "hours", "measure", "quantity"})
PAST = frozenset({"past", "moment"})
DAYS = frozenset({"date", *PAST})
_ORDERS = ("ymd", "dmy", "mdy")
_LARGEST_WHOLE = 999_999
_DIGITS = 12
_LATER = timedelta(days=366 * 60)
_YEAR_DIGITS = 4
_WHOLE = re.compile("[0-9]+")
_SPACE = re.compile(r"\s")
_NO_DIGIT = re.compile("[^0-9]")
_ISO = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2}|[0-9](?=\2))\2([0-9]{1,2})(?:[T ][0-9:.Z+ ]*)?")
_SHORT = re.compile(
    r"([0-9]{1,2})([-/.]) ?([0-9]{1,2})\2 ?([0-9]{4}|[0-9]{2})"
    r"(?:[T ,]+[0-9:. ]+(?:[AaPp]\.?[Mm]\.?)?)?"
)
_SIGNED = re.compile(r"([-+]?)(.*?)([-+]?)")
_BRACKETS = re.compile(r"\((.*)\)")
_NUMBER = {
    point: re.compile(
        rf"([0-9]+|[0-9]{{1,3}}(?:([ '{group}])[0-9]{{3}})(?:\2[0-9]{{3}})*|(?=\{point}))"
        rf"(?:\{point}([0-9]+))?"
    )
    for point, group in ((".", ","), (",", "."))
}
_CLOCK = re.compile(
    r"(?<=[0-9])[T ,]+([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|[+-][0-9]{2}:?[0-9]{2}))?"
)
_NOON = 12
_TERMS = re.compile(r"(?:net ?)?([0-9]{1,3})(?: ?days?)?")


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a file's values are written: decimal sign, order of days; and the shop they come to."""

    decimal: str
    date_order: str
    locale: str
    currency: Currency
    today: date


def guess_decimal(texts: Iterable[str]) -> str:
    """Return the decimal sign that the numbers of a file have, "" where they do not tell.

    12,5 tells the comma and 1,234.5 the dot; 1.234 tells nothing, for it may be grouped.
    """
    told = {_tells(_bare(text)[1]) for text in texts} - {""}
    return told.pop() if len(told) == 1 else ""


def _tells(text: str) -> str:
    dot, comma = text.count("."), text.count(",")
    if dot and comma:
        return "." if text.rfind(".") > text.rfind(",") else ","
    sign, count = (".", dot) if dot else (",", comma)
    if not count:
        return ""
    other = "," if sign == "." else "."
    if count > 1:
        return other
    before, _, after = text.partition(sign)
    is_group = len(after) == 3 and 1 <= len(before) <= 3 and before.strip("0")  # noqa: PLR2004
    return "" if is_group else sign


def guess_order(texts: Iterable[str], *, today: date, is_past: bool) -> str:
    """Return the order in which the days of a file are written, "" where they do not tell.

    Days with their year in front are no question. A day that has passed is not in the future.
    """
    latest = today if is_past else today + _LATER
    left = set(_ORDERS)
    asked = False
    for text in set(texts):
        found = _SHORT.fullmatch(text)
        if found is None:
            continue
        asked = True
        left &= {order for order, day in _readings(found, today) if day <= latest}
    return left.pop() if asked and len(left) == 1 else ""


def _readings(found: re.Match[str], today: date) -> Iterable[tuple[str, date]]:
    """Yield the days that three numbers can be, each with its order."""
    numbers = [int(found[1]), int(found[3]), int(found[4])]
    for order in _ORDERS:
        if order == "ymd" and len(found[4]) == _YEAR_DIGITS:
            continue
        named = dict(zip(order, numbers, strict=True))
        year = named["y"]
        if year < 100:  # noqa: PLR2004
            latest = today.year + 20
            year = latest - (latest - year) % 100
        day = _day(year, named["m"], named["d"])
        if day is not None:
            yield order, day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def read_day(text: str, spoken: Spoken) -> date:
    """Return a day in the file's order; one that can be two days is refused.

    Raises:
        RuleBroken: it is no day, or nobody said in which order it is written.
    """
    plain = " ".join(text.split())
    found = _ISO.fullmatch(plain)
    if found is not None:
        day = _day(int(found[1]), int(found[3]), int(found[4]))
        if day is not None:
            return day
    short = _SHORT.fullmatch(plain)
    if short is not None:
        return _of_numbers(plain, short, spoken)
    if re.search("[^0-9][0-9]{4}|[0-9]{4}[^0-9]", plain) and re.search(r"[^\W\d_]", plain):
        return read_date(plain, today=spoken.today, locale=spoken.locale)
    raise RuleBroken("{text} is not a day.", text=text)


def _of_numbers(text: str, found: re.Match[str], spoken: Spoken) -> date:
    days = dict(_readings(found, spoken.today))
    if not spoken.date_order:
        if len(set(days.values())) == 1:
            return next(iter(days.values()))
    elif spoken.date_order in days:
        return days[spoken.date_order]
    elif (
        len(found[4]) == _YEAR_DIGITS
        and spoken.date_order == "ymd"
        and len(set(days.values())) == 1
    ):
        return next(iter(days.values()))
    if not days or spoken.date_order:
        raise RuleBroken("{text} is not a day.", text=text)
    raise RuleBroken("{text} can be two different days. Say the order of its days.", text=text)


def read_number(text: str, spoken: Spoken, *, places: int, is_signed: bool = False) -> Decimal:
    """Return a number with the file's decimal sign.

    Raises:
        RuleBroken: it is none, can be read in two ways, is too fine or too large.
    """
    is_minus, bare = _bare(text, spoken)
    found = _WHOLE.fullmatch(bare) or (
        _NUMBER[spoken.decimal].fullmatch(bare) if spoken.decimal else None
    )
    if found is None:
        raise _no_number(text, bare)
    decimals = (found[3] or "") if found.re.groups else ""
    whole = _NO_DIGIT.sub("", bare[: len(bare) - len(decimals)]) or "0"
    if len(whole.lstrip("0")) > _DIGITS:
        raise RuleBroken("{text} is too large.", text=text)
    if len(decimals.rstrip("0")) > places:
        raise RuleBroken("{text} has more than {places} decimals.", text=text, places=places)
    number = Decimal(f"{whole}.{decimals.rstrip('0') or '0'}").quantize(Decimal(1).scaleb(-places))
    if is_minus and number and not is_signed:
        raise RuleBroken("{text} is less than 0.", text=text)
    return -number if is_minus else number


def _no_number(text: str, bare: str) -> RuleBroken:
    if re.fullmatch("[0-9., ']+", bare) and any(map(str.isdigit, bare)):
        return RuleBroken("{text} can be read in two ways. Say its decimal sign.", text=text)
    return RuleBroken("{text} is not a number.", text=text)


def _bare(text: str, spoken: Spoken | None = None) -> tuple[bool, str]:
    """Return whether an amount is below zero, and its digits without currency and sign."""
    if text.isascii() and text.replace(".", "").replace(",", "").isdigit():
        return False, text
    plain = _SPACE.sub(" ", text).strip().replace("\u2212", "-").replace("\u2019", "'")
    for sign in () if spoken is None else _signs(spoken.currency.code, spoken.locale):
        if sign in plain:
            plain = plain.replace(sign, "", 1).strip()
            break
    brackets = _BRACKETS.fullmatch(plain)
    if brackets is not None and not brackets[1].startswith("-"):
        return True, brackets[1].strip()
    signed = _SIGNED.fullmatch(plain)
    if signed is None or (signed[1] and signed[3]):
        return False, plain
    return "-" in (signed[1], signed[3]), signed[2].strip()


@cache
def _signs(code: str, locale: str) -> tuple[str, ...]:
    """Return what may stand beside an amount of the shop's currency, the longest first."""
    told = {code, get_currency_symbol(code, locale), get_currency_symbol(code, "en")}
    return tuple(sorted(told | ({"$"} if code.endswith("D") else set()), key=len, reverse=True))


def _of_cell(cell: Decimal, spoken: Spoken, places: int, *, is_signed: bool) -> Decimal:
    """Return a spreadsheet's own number, which has no decimal sign of a locale."""
    said = Spoken(".", spoken.date_order, spoken.locale, spoken.currency, spoken.today)
    return read_number(f"{cell:f}", said, places=places, is_signed=is_signed)


def _number(cell: Cell, spoken: Spoken, *, places: int, is_signed: bool = False) -> Decimal:
    if isinstance(cell, Decimal):
        return _of_cell(cell, spoken, places, is_signed=is_signed)
    return read_number(shown(cell), spoken, places=places, is_signed=is_signed)


def _date(cell: Cell, spoken: Spoken) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else read_day(shown(cell), spoken)


def _past(cell: Cell, spoken: Spoken) -> date:
    day = _date(cell, spoken)
    if day > spoken.today:
        raise RuleBroken("{day} is still to come.", day=day.isoformat())
    return day


def read_moment(text: str, spoken: Spoken) -> date | datetime:
    """Return a day, or a moment where a clock time stands behind it, with the zone if it has one.

    Raises:
        RuleBroken: it is neither, or nobody said in which order its day is written.
    """
    plain = " ".join(text.split())
    for found in _CLOCK.finditer(plain):
        if found.end() == len(plain):
            day = read_day(plain[: found.start()], spoken)
            return datetime.combine(day, _clock(plain, found), _zone(found[5]))
    return read_day(plain, spoken)


def _clock(text: str, found: re.Match[str]) -> time:
    hour, half = int(found[1]), (found[4] or "").casefold()
    if half and not 1 <= hour <= _NOON:
        raise RuleBroken("{text} is no moment.", text=text)
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return time(hour, int(found[2]), int(found[3] or 0))
    except ValueError:
        raise RuleBroken("{text} is no moment.", text=text) from None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _moment(cell: Cell, spoken: Spoken) -> date | datetime:
    return cell if isinstance(cell, date) else read_moment(shown(cell), spoken)


def _clock_of(cell: Cell) -> str:
    """Return a clock time as a text; a cell that holds a moment tells its time."""
    return f"{cell:%H:%M:%S}" if isinstance(cell, datetime) else shown(cell)


def _whole(cell: Cell) -> int:
    text = shown(cell)
    if not re.fullmatch("[0-9]{1,6}", text) or int(text) > _LARGEST_WHOLE:
        raise RuleBroken("{text} is not a whole number. Try 12.", text=text)
    return int(text)


def _terms(cell: Cell) -> int:
    text = " ".join(shown(cell).casefold().split())
    found = _TERMS.fullmatch(text)
    if text in ("due on receipt", "on receipt", "cash", "cod"):
        return 0
    if found is None:
        raise RuleBroken("{text} is not a number of days. Try 30.", text=text)
    return int(found[1])


def choice(text: str, named: str) -> str | None:
    """Return the value of a choice that people write in many ways, None for an unknown word."""
    word = " ".join(re.sub(r"[-_/]", " ", text.casefold()).split())
    return VALUES[named].get(word)


def _choice(cell: Cell, named: str) -> str:
    found = choice(shown(cell), named)
    if found is None:
        known = ", ".join(sorted(VALUES[named]))
        raise RuleBroken("{text} is none of {known}.", text=shown(cell), known=known)
    return found


def _list(cell: Cell) -> list[str]:
    return [word for part in re.split("[;,/|]", shown(cell)) if (word := part.strip())]


def reader(value: str, spoken: Spoken) -> Callable[[Cell], Any]:
    """Return what reads the cells of a kind of value; it raises ``RuleBroken``."""
    money = spoken.currency.decimals
    readers: dict[str, Callable[[Cell], Any]] = {
        "text": shown,
        "list": _list,
        "whole": _whole,
        "terms": _terms,
        "money": partial(_number, spoken=spoken, places=money),
        "signed_money": partial(_number, spoken=spoken, places=money, is_signed=True),
        "price": partial(_number, spoken=spoken, places=PRICE_PLACES),
        "hours": partial(_number, spoken=spoken, places=2),
        "quantity": partial(_number, spoken=spoken, places=3),
        "measure": partial(_number, spoken=spoken, places=3, is_signed=True),
        "date": partial(_date, spoken=spoken),
        "moment": partial(_moment, spoken=spoken),
        "past": partial(_past, spoken=spoken),
        "clock": _clock_of,
    }
    return readers[value] if value in readers else partial(_choice, named=value)


def is_nothing(text: str) -> bool:
    """Tell whether a text stands for an empty cell: n/a."""
    return text.casefold() in NOTHING
