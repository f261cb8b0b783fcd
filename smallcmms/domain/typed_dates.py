"""Strict readers of the days and clock times that people type, in the shop's way."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_skeleton, get_month_names

from smallcmms.domain.errors import RuleBroken

DAY_MINUTES = 24 * 60
FIRST_YEAR, LAST_YEAR = 1900, 2199
_HOUR = 60
_MONTHS = 12
_NUMBERS = re.compile(r"([0-9]{1,4})([./-]) ?([0-9]{1,2})(?:\2 ?([0-9]{1,4})?)?")
_WORDS = re.compile(r"(?:([0-9]{1,2})\.? )?([^\W\d_]{3,})\.?(?: ([0-9]{1,2}))?(?:,? ([0-9]{4}))?")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?(?:([ap])\.?m?\.?)?", re.IGNORECASE)
_MINUTES = re.compile(r"([0-9]{1,4})(?: ?min)?")
_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as it is written: minutes after midnight.

    ``is_exact`` is false for 8:05, which may be morning or evening; 20:05 and 8:05p are exact.
    """

    minutes: int
    is_exact: bool

    def __str__(self) -> str:
        return f"{self.minutes // _HOUR}:{self.minutes % _HOUR:02d}"


def read_clock(text: str, *, field: str = "") -> Clock:
    """Return a clock time: 8, 805, 8.05, 8:05, 8:05p, 8:05 PM, 20:05.

    Raises:
        RuleBroken: it is no time of the day.
    """
    plain = " ".join(text.split())
    found = _CLOCK.fullmatch(plain)
    if found is None:
        raise RuleBroken("{text} is not a time. Try 8:05 or 8:05p.", field, text=plain)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if minute >= _HOUR:
        raise RuleBroken("An hour has 60 minutes. Try {hour}:59.", field, hour=hour)
    last_hour = 12 if half else 23
    if hour > last_hour or (half and hour == 0):
        raise RuleBroken(
            "There is no hour {hour}. Try 8:05p or 20:05.", field, hour=found[1] + half
        )
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    is_exact = bool(half) or hour > 12 or hour == 0  # noqa: PLR2004
    return Clock(hour * _HOUR + minute, is_exact)


def read_minutes(text: str, *, field: str = "") -> int:
    """Return a length in minutes: 30, 30 min, 1:15.

    Raises:
        RuleBroken: it is no length, or longer than a day.
    """
    plain = text.strip()
    in_minutes, in_hours = _MINUTES.fullmatch(plain), _HOURS.fullmatch(plain)
    if in_minutes is not None:
        minutes = int(in_minutes[1])
    elif in_hours is not None and int(in_hours[2]) < _HOUR:
        minutes = int(in_hours[1]) * _HOUR + int(in_hours[2])
    else:
        raise RuleBroken("{text} is not a length in minutes. Try 30 or 1:15.", field, text=plain)
    if minutes > DAY_MINUTES:
        raise RuleBroken("{text} is longer than a day.", field, text=plain)
    return minutes


def read_date(text: str, *, today: date, locale: str, field: str = "") -> date:
    """Return a day: 7/13, 7/13/2026, Jul 13, 13 Jul, July 13, 2026, 2026-07-13.

    Day and month stand in the locale's order. Without a year it is the one nearest to ``today``.

    Raises:
        RuleBroken: it is no date, or can be two days, as 01/02/26 can in every locale.
    """
    plain = " ".join(text.split())
    here = _Here(today, locale, field)
    numbers, words = _NUMBERS.fullmatch(plain), _WORDS.fullmatch(plain)
    if numbers is not None:
        parts = [part for part in numbers.group(1, 3, 4) if part is not None]
        return _of_numbers(plain, parts, here)
    if words is None or (words[1] is None) == (words[3] is None):
        raise _no_date(plain, here)
    month = _months(locale).get(words[2].casefold())
    if month is None:
        raise _no_date(plain, here)
    day = int(words[1] or words[3])
    year = int(words[4]) if words[4] else _nearest_year(month, day, today)
    return _checked(year, month, day, here)


@dataclass(frozen=True, slots=True)
class _Here:
    """Where and when a day is typed: the order, the names and the year that go without saying."""

    today: date
    locale: str
    field: str

    def year(self, typed: int) -> int:
        """Return a year of two digits as one from 79 years ago to 20 years from now."""
        if typed > 99:  # noqa: PLR2004
            return typed
        latest = self.today.year + 20
        return latest - (latest - typed) % 100


def _of_numbers(text: str, parts: list[str], here: _Here) -> date:
    """Return the day that two or three numbers name."""
    whole, short = _order(here.locale)
    lengths = [len(part) for part in parts]
    if 3 in lengths or (len(parts) == 2 and 4 in lengths):  # noqa: PLR2004
        raise _no_date(text, here)
    if len(parts) == 2:  # noqa: PLR2004
        named = dict(zip(short, map(int, parts), strict=True))
        year = _nearest_year(named["m"], named["d"], here.today)
        return _checked(year, named["m"], named["d"], here)
    is_usual = lengths[0] == 4 or (lengths[2] == 4 and whole[0] != "y")  # noqa: PLR2004
    if lengths[0] == 4:  # noqa: PLR2004
        whole = "ymd"
    elif lengths[2] == 4:  # noqa: PLR2004
        whole = short + "y"
    named = dict(zip(whole, map(int, parts), strict=True))
    year = named["y"] if 4 in lengths else here.year(named["y"])  # noqa: PLR2004
    meant = _checked(year, named["m"], named["d"], here)
    return meant if is_usual else _undoubted(text, parts, meant, here)


def _undoubted(text: str, parts: list[str], meant: date, here: _Here) -> date:
    """Return the day of 7/13/26; 1/2/26 is read one way here and another way elsewhere."""
    first, second, third = (int(part) for part in parts)
    for month, day in ((first, second), (second, first)):
        if _real(here.year(third), month, day) not in (None, meant):
            message = "{text} can be two different days. Try {example}."
            example = _written(meant, here.locale)
            raise RuleBroken(message, here.field, text=text, example=example)
    return meant


def _real(year: int, month: int, day: int) -> date | None:
    """Return the day if the calendar has it."""
    has_day = 1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]
    return date(year, month, day) if has_day else None


def _checked(year: int, month: int, day: int, here: _Here) -> date:
    """Return the day, or say what the calendar has instead."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = "{year} is too far away. Years go from {first} to {last}."
        raise RuleBroken(message, here.field, year=year, first=FIRST_YEAR, last=LAST_YEAR)
    if not 1 <= month <= _MONTHS:
        message = "There is no month {month}. Try {example}."
        swapped = _real(year, day, month) or date(year, 1, min(max(day, 1), 31))
        example = _written(swapped, here.locale, has_year=False)
        raise RuleBroken(message, here.field, month=month, example=example)
    found = _real(year, month, day)
    if found is None:
        raise _no_such_day(year, month, here)
    return found


def _no_such_day(year: int, month: int, here: _Here) -> RuleBroken:
    """Return the refusal of a day that the month does not have: July has 31 days."""
    days = monthrange(year, month)[1]
    return RuleBroken(
        "{month} has {days} days. Try {example}.",
        here.field,
        month=get_month_names("wide", locale=here.locale)[month],
        days=days,
        example=_written(date(year, month, days), here.locale, has_year=False),
    )


def _no_date(text: str, here: _Here) -> RuleBroken:
    if not text:
        return RuleBroken("Type a day.", here.field)
    message = "{text} is not a day. Try {example}."
    example = _written(here.today, here.locale, has_year=False)
    return RuleBroken(message, here.field, text=text, example=example)


def _nearest_year(month: int, day: int, today: date) -> int:
    """Return the year in which a month and day lie nearest to today; it may not have that day."""
    month, day = min(max(month, 1), _MONTHS), min(max(day, 1), 28)
    years = range(max(today.year - 1, FIRST_YEAR), min(today.year + 1, LAST_YEAR) + 1)
    return min(years, key=lambda year: abs(date(year, month, day) - today))


@cache
def _order(locale: str) -> tuple[str, str]:
    """Return the locale's order of a date (mdy, dmy, ymd) and of one without a year (md, dm)."""
    spoken = Locale.parse(locale)
    whole = spoken.date_formats["short"].pattern.lower()
    short = spoken.datetime_skeletons["Md"].pattern.lower()
    return "".join(sorted("ymd", key=whole.index)), "".join(sorted("md", key=short.index))


@cache
def _months(locale: str) -> dict[str, int]:
    """Return the months by every beginning of their names that belongs to one month alone."""
    names: dict[str, int] = {}
    doubtful: set[str] = set()
    for spoken in ("en", locale):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=spoken).items():
                whole = name.casefold().rstrip(".")
                for length in range(3, len(whole) + 1):
                    start = whole[:length]
                    if names.setdefault(start, number) != number and start != whole:
                        doubtful.add(start)
    return {name: number for name, number in names.items() if name not in doubtful}


def _written(day: date, locale: str, *, has_year: bool = True) -> str:
    """Return a day as it can be typed: in the locale's words where those can be read back."""
    text = format_skeleton("yMMMd" if has_year else "MMMd", day, locale=locale)
    return text.rstrip(".") if _WORDS.fullmatch(text) else day.isoformat()
