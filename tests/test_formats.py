from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.errors import RuleBroken
from smallcmms.formats import Formats

US = Formats()
TODAY = date(2026, 7, 14)


def at(hour: int, minute: int = 0, *, day: int = 14, month: int = 7) -> datetime:
    """Return a moment by the clock of Dayton, which is four hours behind UTC in July."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) + timedelta(hours=4)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("335.89", "$335.89"),
        ("0", "$0.00"),
        ("1234567.5", "$1,234,567.50"),
        ("-335.89", "\u2212$335.89"),
        ("2.675", "$2.68"),
        ("0.125", "$0.13"),
        ("2.6749", "$2.67"),
        ("-0.004", "$0.00"),
        ("-0.005", "\u2212$0.01"),
        ("92233720368547758.07", "$92,233,720,368,547,758.07"),
    ],
)
def test_money_is_written_half_up_once_with_a_true_minus(value: str, written: str) -> None:
    assert US.money(Decimal(value)) == written


@pytest.mark.parametrize(
    ("locale", "currency", "written"),
    [
        ("de_DE", "EUR", "\u22121.234,50\u00a0€"),
        ("en_GB", "GBP", "\u2212£1,234.50"),
        ("fr_FR", "EUR", "\u22121\u00a0234,50\u00a0€"),
        ("sv_SE", "SEK", "\u22121\u00a0234,50\u00a0kr"),
        ("ja_JP", "JPY", "\u2212￥1,235"),
        ("en_US", "BHD", "\u2212BHD1,234.500"),
        ("hu_HU", "HUF", "\u22121\u00a0234,50\u00a0Ft"),
    ],
)
def test_money_has_the_decimals_of_its_currency(locale: str, currency: str, written: str) -> None:
    assert Formats(locale, currency).money(Decimal("-1234.5")) == written


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
def test_what_is_written_is_the_amount_rounded_half_up(value: Decimal) -> None:
    read_back = Decimal(US.amount(value).replace(",", "").replace("\u2212", "-"))
    assert read_back == value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_a_column_has_the_amount_without_the_currency() -> None:
    assert US.amount(Decimal("-1335.89")) == "\u22121,335.89"


@pytest.mark.parametrize(
    ("value", "written"),
    [("125", "$125.00"), ("0.0275", "$0.0275"), ("1.125", "$1.125"), ("1.00005", "$1.0001")],
)
def test_a_unit_price_has_two_to_four_decimals(value: str, written: str) -> None:
    assert US.price(Decimal(value)) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [("1.750", "1.75"), ("1", "1"), ("1000", "1,000"), ("0.3335", "0.334"), ("-2.5", "\u22122.5")],
)
def test_a_quantity_has_no_idle_zeros(value: str, written: str) -> None:
    assert US.quantity(Decimal(value)) == written


@pytest.mark.parametrize(
    ("locale", "written"),
    [("en_US", "7.5 %"), ("de_DE", "7,5 %"), ("tr_TR", "%7,5"), ("ar_BH", "7.5 %")],
)
def test_a_rate_is_written_in_percent(locale: str, written: str) -> None:
    assert Formats(locale).percent(Decimal("7.500")) == written


@pytest.mark.parametrize(
    ("minutes", "written"), [(105, "1.75 h"), (50, "0.83 h"), (120, "2 h"), (0, "0 h")]
)
def test_hours_are_written_to_the_hundredth(minutes: int, written: str) -> None:
    assert US.hours(minutes) == written


def test_days_are_written_short() -> None:
    assert US.day(TODAY) == "Jul 14"
    assert US.day_year(TODAY) == "Jul 14, 2026"
    assert US.weekday(TODAY) == "Tue Jul 14"


def test_days_follow_the_locale() -> None:
    german = Formats("de_DE", "EUR", "Europe/Berlin")
    assert german.day(TODAY) == "14. Juli"
    assert german.day_year(TODAY) == "14. Juli 2026"
    assert german.weekday(TODAY) == "Di. 14. Juli"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 7, 14), "today"),
        (date(2026, 7, 15), "tomorrow"),
        (date(2026, 7, 13), "yesterday"),
        (date(2026, 7, 16), "Thu Jul 16"),
        (date(2026, 7, 20), "Mon Jul 20"),
        (date(2026, 7, 21), "Jul 21"),
        (date(2026, 7, 9), "Thu Jul 9"),
        (date(2026, 7, 7), "Jul 7"),
        (date(2027, 1, 4), "Jan 4, 2027"),
    ],
)
def test_a_day_is_named_as_seen_from_today(value: date, written: str) -> None:
    assert US.relative_day(value, TODAY) == written


def test_a_time_is_the_shops_time() -> None:
    moment = datetime(2026, 7, 14, 11, 10, tzinfo=UTC)
    assert US.time(moment) == "7:10 AM"
    assert Formats("de_DE", "EUR", "Europe/Berlin").time(moment) == "13:10"


def test_a_day_begins_at_the_shops_midnight() -> None:
    assert US.today(datetime(2026, 7, 15, 3, 59, tzinfo=UTC)) == TODAY
    assert US.today(datetime(2026, 7, 15, 4, 0, tzinfo=UTC)) == date(2026, 7, 15)


def test_the_clock_change_moves_the_shops_time() -> None:
    before = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert US.time(before) == US.time(before + timedelta(hours=1)) == "1:30 AM"
    assert US.local(before).utcoffset() != US.local(before + timedelta(hours=1)).utcoffset()


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (at(8), at(10), "8:00\u201310:00 AM"),
        (at(11), at(13, 30), "11:00 AM\u20131:30 PM"),
        (at(22), at(1, day=15), "10:00 PM\u20131:00 AM"),
        (at(8), at(8), "8:00 AM"),
    ],
)
def test_a_span_names_the_half_of_the_day_once(
    start: datetime, end: datetime, written: str
) -> None:
    assert US.span(start, end) == written


def test_a_span_by_a_24_hour_clock_is_plain() -> None:
    assert Formats("en_GB", "GBP").span(at(8), at(13, 30)) == "08:00\u201313:30"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (at(7, 10), "7:10 AM"),
        (at(16, 55, day=13), "Mon 4:55 PM"),
        (at(16, 55, day=8), "Wed 4:55 PM"),
        (at(16, 55, day=7), "Jul 7"),
        (datetime(2025, 7, 14, 12, tzinfo=UTC), "Jul 14, 2025"),
    ],
)
def test_a_moment_is_the_shorter_the_nearer(moment: datetime, written: str) -> None:
    assert US.moment(moment, TODAY) == written


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        US.local(datetime(2026, 7, 14))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("formats", "message"),
    [
        ({"locale": "never"}, "never is no locale."),
        ({"locale": ""}, " is no locale."),
        ({"currency": "XXY"}, "XXY is no currency code."),
        ({"zone": "Never/Never"}, "Never/Never is no time zone."),
        ({"zone": "../../etc/passwd"}, "is no time zone."),
    ],
)
def test_a_shop_without_a_real_locale_currency_or_zone_is_refused(
    formats: dict[str, str], message: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        Formats(**formats)
    assert str(refused.value).endswith(message)
    assert refused.value.field in formats
