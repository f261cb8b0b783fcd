"""How values are written for people: one way for the screen, the list and the paper.

Everything goes through the shop's locale, currency and zone. Money stays ``Decimal`` all the way
and is never rounded twice: what has more decimals than the currency is rounded half-up once, here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as time_of_day
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_time_format
from babel.numbers import NumberPattern, parse_pattern

from smallcmms import texts
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.money import Currency

MINUS = "\u2212"
_PRICE_DECIMALS = 4
_QUANTITY_DECIMALS = 3
_DAYS_OF_A_WEEK = 7
_TODAY = 0
_TOMORROW = 1
_YESTERDAY = -1


@cache
def _pattern(locale: Locale, kind: str, fewest: int, most: int) -> NumberPattern:
    """Return how a locale writes numbers of a kind, with this many decimals."""
    formats = {
        "money": locale.currency_formats["standard"],
        "number": locale.decimal_formats[None],
        "percent": locale.percent_formats[None],
    }
    pattern = parse_pattern(formats[kind].pattern)
    pattern.frac_prec = (fewest, most)
    pattern.scale = 0  # 7.5 is 7.5 percent
    return pattern


@dataclass(frozen=True)
class Formats:
    """How one shop writes money, quantities, days and times.

    Raises:
        RuleBroken: There is no such locale, currency or time zone.
    """

    locale: str = "en_US"
    currency: str = "USD"
    zone: str = "America/New_York"

    def __post_init__(self) -> None:
        Currency(self.currency)
        try:
            Locale.parse(self.locale)
        except (UnknownLocaleError, ValueError) as unknown:
            raise RuleBroken("{locale} is no locale.", "locale", locale=self.locale) from unknown
        try:
            ZoneInfo(self.zone)
        except (KeyError, OSError, ValueError) as unknown:
            raise RuleBroken("{zone} is no time zone.", "zone", zone=self.zone) from unknown

    def money(self, value: Decimal) -> str:
        """Write an amount of money with its sign: $335.89."""
        decimals = Currency(self.currency).decimals
        return self._number(value, "money", decimals, decimals)

    def whole_money(self, value: Decimal) -> str:
        """Write an amount rounded to whole units with its sign, for figures: $3,186."""
        return self._number(value, "money", 0, 0)

    def amount(self, value: Decimal) -> str:
        """Write an amount of money without the currency's sign, for columns: 335.89."""
        decimals = Currency(self.currency).decimals
        return self._number(value, "number", decimals, decimals)

    def price(self, value: Decimal) -> str:
        """Write a unit price with its sign and as many decimals as it has, up to four: $0.0275."""
        decimals = Currency(self.currency).decimals
        return self._number(value, "money", decimals, _PRICE_DECIMALS)

    def quantity(self, value: Decimal) -> str:
        """Write a quantity, to the thousandth, without idle zeros: 1.75."""
        return self._number(value, "number", 0, _QUANTITY_DECIMALS)

    def number(self, value: Decimal, decimals: int) -> str:
        """Write a number with so many decimals, as the marks of a scale are: 2.0."""
        return self._number(value, "number", decimals, decimals)

    def percent(self, value: Decimal) -> str:
        """Write a rate in percent: 7.5 %."""
        text = self._number(value, "percent", 0, _QUANTITY_DECIMALS).replace("\u00a0", " ")
        number = text.removesuffix("%")
        return text if number == text else f"{number.rstrip()} %"

    def hours(self, minutes: int) -> str:
        """Write minutes as hours, to the hundredth: 1.75 h."""
        return f"{self._number(Decimal(minutes) / 60, 'number', 0, 2)} h"

    def day(self, value: date) -> str:
        """Write a day of this year: Jul 14."""
        return self._date(value, "MMMd")

    def day_year(self, value: date) -> str:
        """Write a day with its year: Jul 14, 2026."""
        return format_skeleton("yMMMd", value, locale=self.locale)

    def month(self, value: date) -> str:
        """Write the month of a day: Jul."""
        return self._date(value, "MMM")

    def month_name(self, value: date) -> str:
        """Write the month of a day in full: July."""
        return _plain(format_date(value, "LLLL", locale=self.locale))

    def month_year(self, value: date) -> str:
        """Write the month of a day with its year: Jul 2026."""
        return self._date(value, "yMMM")

    def weekday(self, value: date) -> str:
        """Write a day with its weekday: Tue Jul 14."""
        return self._date(value, "MMMEd")

    def day_name(self, value: date) -> str:
        """Write the short name of a day: Tue."""
        return self._date(value, "E")

    def weekday_name(self, value: date) -> str:
        """Write the name of a day in full: Tuesday."""
        return _plain(format_date(value, "EEEE", locale=self.locale))

    def long_day(self, value: date) -> str:
        """Write a day in full, without its year: Tuesday, July 14."""
        words = texts.in_language(self.locale)
        weekday = _plain(format_date(value, "EEEE", locale=self.locale))
        day = _plain(format_skeleton("MMMMd", value, locale=self.locale))
        return words._("{weekday}, {day}", weekday=weekday, day=day)

    def hour(self, value: datetime, *, is_short: bool = False) -> str:
        """Write a full hour as a scale names it: 8 AM; 9 where it is short; 14 by 24 hours."""
        local = self.local(value)
        pattern = str(get_time_format("short", locale=self.locale))
        if "a" not in pattern:
            return str(local.hour)
        if is_short:
            return str(local.hour % 12 or 12)
        return _plain(format_time(local, "h a", locale=self.locale))

    def time(self, value: datetime) -> str:
        """Write a time of day as the shop's clock shows it: 7:10 AM."""
        return _plain(format_time(self.local(value), "short", locale=self.locale))

    def clock(self, value: time_of_day) -> str:
        """Write a time of day that belongs to no day: 8:00 AM."""
        return _plain(format_time(value, "short", locale=self.locale))

    def span(self, start: datetime, end: datetime) -> str:
        """Write from when to when: 8:00-10:00 AM, 11:00 AM-1:30 PM, with an en dash."""
        first, last = self.time(start), self.time(end)
        if first == last:
            return first
        _, space, period = last.rpartition(" ")
        return f"{first.removesuffix(space + period)}\u2013{last}"

    def moment(self, value: datetime, today: date) -> str:
        """Write when something happened, the shorter the nearer: 7:10 AM, Mon 4:55 PM, Jul 10."""
        day = self.local(value).date()
        if day == today:
            return self.time(value)
        if abs((day - today).days) < _DAYS_OF_A_WEEK:
            return f"{self.day_name(day)} {self.time(value)}"
        return self._near_day(day, today)

    def relative_day(self, value: date, today: date) -> str:
        """Write a day as seen from today: today, tomorrow, Wed Jul 15, Jul 28."""
        words = texts.in_language(self.locale)
        days = (value - today).days
        if days == _TODAY:
            return words._("today")
        if days == _TOMORROW:
            return words._("tomorrow")
        if days == _YESTERDAY:
            return words._("yesterday")
        if abs(days) < _DAYS_OF_A_WEEK:
            return self.weekday(value)
        return self._near_day(value, today)

    def local(self, value: datetime) -> datetime:
        """Return a moment on the shop's clock.

        Raises:
            ValueError: The moment does not say its zone.
        """
        if value.tzinfo is None:
            raise ValueError("A moment needs its zone.")
        return value.astimezone(ZoneInfo(self.zone))

    def today(self, now: datetime) -> date:
        """Return the day that the shop's calendar shows at a moment."""
        return self.local(now).date()

    def _near_day(self, value: date, today: date) -> str:
        """Write a day, with its year only where it is another one."""
        return self.day(value) if value.year == today.year else self.day_year(value)

    def _date(self, value: date, skeleton: str) -> str:
        """Write a date by its parts, in the locale's order and without the comma in between."""
        return _plain(format_skeleton(skeleton, value, locale=self.locale)).replace(", ", " ")

    def _number(self, value: Decimal, kind: str, fewest: int, most: int) -> str:
        """Write a number with so many decimals, rounded half-up, its minus as a true minus."""
        rounded = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
        pattern = _pattern(Locale.parse(self.locale), kind, fewest, most)
        text: str = pattern.apply(
            rounded or abs(rounded),  # no minus zero
            Locale.parse(self.locale),
            currency=self.currency,
            currency_digits=False,
        )
        return text.replace("\u202f", "\u00a0").replace("-", MINUS)


def _plain(text: str) -> str:
    """Return a date or time with common spaces in it."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")
