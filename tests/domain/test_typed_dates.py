"""Days and clock times as people type them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed import Clock, read_clock, read_date, read_minutes

TODAY = date(2026, 7, 14)
JUL_13 = date(2026, 7, 13)
LOCALES = ["en_US", "en_GB", "en_CA", "de_DE", "fr_FR", "es_ES", "sv_SE", "pl_PL", "pt_BR", "ja_JP"]


def read(text: str, locale: str = "en_US", today: date = TODAY) -> date:
    return read_date(text, today=today, locale=locale, field="date")


@pytest.mark.parametrize(
    "text",
    [
        "7/13",
        "07/13",
        "7-13",
        "7.13",
        "7/13/26",
        "7/13/2026",
        "2026-07-13",
        "2026/7/13",
        "Jul 13",
        "jul. 13",
        "13 Jul",
        "July 13",
        "July 13, 2026",
        "13 july 2026",
        " Jul  13 ",
    ],
)
def test_a_day_is_read_in_every_way_the_desk_types_it(text: str) -> None:
    assert read(text) == JUL_13


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("13/7", "en_GB"),
        ("13.7.", "de_DE"),
        ("13. Juli", "de_DE"),
        ("13.07.2026", "de_DE"),
        ("13 juil. 2026", "fr_FR"),
        ("7/13", "ja_JP"),
        ("13/7", "sv_SE"),
        ("Jul 13", "de_DE"),
    ],
)
def test_the_locale_decides_the_order_and_the_months(text: str, locale: str) -> None:
    assert read(text, locale) == JUL_13


@pytest.mark.parametrize("locale", LOCALES)
def test_three_short_numbers_are_refused_in_every_locale(locale: str) -> None:
    with pytest.raises(RuleBroken, match="two different days") as refused:
        read("01/02/26", locale)
    read(str(refused.value.values["example"]), locale)


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("12/30", date(2026, 1, 3), date(2025, 12, 30)),
        ("1/3", date(2025, 12, 30), date(2026, 1, 3)),
        ("2/29", date(2028, 3, 1), date(2028, 2, 29)),
        ("1/1/26", TODAY, date(2026, 1, 1)),
        ("12/31", date(2199, 1, 1), date(2198, 12, 31)),
        ("6/30/99", TODAY, date(1999, 6, 30)),
        ("6/30/46", TODAY, date(2046, 6, 30)),
        ("6/30/47", TODAY, date(1947, 6, 30)),
    ],
)
def test_without_a_year_the_nearest_one_is_meant(text: str, today: date, expected: date) -> None:
    assert read(text, today=today) == expected


@pytest.mark.parametrize(
    ("text", "locale", "words"),
    [
        ("Jul 32", "en_US", "July has 31 days. Try Jul 31."),
        ("2/29", "en_US", "February has 28 days. Try Feb 28."),
        ("29/2", "de_DE", "Februar has 28 days. Try 28. Feb."),
        ("13/7", "en_US", "There is no month 13. Try Jul 13."),
        ("7/13", "en_GB", "There is no month 13. Try 13 Jul."),
        ("40/40", "en_US", "There is no month 40. Try Jan 31."),
        ("13/7", "ja_JP", "There is no month 13. Try 2026-07-13."),
        ("1/2/2026", "sv_SE", "two different days. Try 1 feb. 2026."),
        ("26/7/13", "sv_SE", "two different days"),
        ("", "en_US", "Type a day."),
        ("13", "en_US", "13 is not a day. Try Jul 14."),
        ("7/2026", "en_US", "is not a day"),
        ("7/13/026", "en_US", "is not a day"),
        ("Ju 3", "en_US", "is not a day"),
        ("Juju 3", "en_US", "is not a day"),
        ("Jul", "en_US", "is not a day"),
        ("13 Jul 14", "en_US", "is not a day"),
        ("\u0667/\u0661\u0663", "en_US", "is not a day"),
        ("1/2/1026", "en_US", "too far away"),
        ("2200-01-01", "en_US", "too far away"),
        ("0000-00-00", "en_US", "too far away"),
    ],
)
def test_a_day_that_is_none_is_refused_with_a_repair(text: str, locale: str, words: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read(text, locale)
    assert words in str(refused.value)
    assert refused.value.field == "date"


DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@given(DAYS, st.sampled_from(LOCALES), st.sampled_from(["short", "medium", "long"]))
def test_a_day_as_the_locale_writes_it_is_read_or_refused_but_never_another(
    day: date, locale: str, width: str
) -> None:
    with suppress(RuleBroken):
        assert read(format_date(day, width, locale=locale), locale, day) == day


@given(DAYS, st.sampled_from(LOCALES))
def test_the_long_way_is_read_everywhere(day: date, locale: str) -> None:
    assert read(day.isoformat(), locale) == day


@given(st.text(), st.sampled_from(LOCALES), DAYS)
def test_any_text_is_a_day_or_refused(text: str, locale: str, today: date) -> None:
    with suppress(RuleBroken):
        assert abs(read(text, locale, today) - today) < timedelta(days=400_000)


@given(st.text("0123456789/.-", max_size=10), st.sampled_from(LOCALES))
def test_any_numbers_are_a_day_or_refused(text: str, locale: str) -> None:
    with suppress(RuleBroken):
        assert 1900 <= read(text, locale).year < 2200


@pytest.mark.parametrize(
    ("text", "minutes", "is_exact"),
    [
        ("8", 480, False),
        ("805", 485, False),
        ("8.05", 485, False),
        ("8:05", 485, False),
        ("08:05", 485, False),
        ("8:05p", 1205, True),
        ("8:05 PM", 1205, True),
        ("8:05 a.m.", 485, True),
        ("8p", 1200, True),
        ("20:05", 1205, True),
        ("2005", 1205, True),
        ("0:10", 10, True),
        ("12", 720, False),
        ("12a", 0, True),
        ("12 pm", 720, True),
        ("1015", 615, False),
    ],
)
def test_clock_times_are_read_as_they_are_written(
    text: str,
    minutes: int,
    is_exact: bool,  # noqa: FBT001
) -> None:
    assert read_clock(text) == Clock(minutes, is_exact)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24:00", "There is no hour 24"),
        ("13p", "There is no hour 13p"),
        ("0p", "There is no hour 0p"),
        ("8:60", "Try 8:59"),
        ("8:5", "not a time"),
        ("", "not a time"),
        ("+", "not a time"),
        ("noon", "not a time"),
        ("\u0668:\u0660\u0665", "not a time"),
        ("-8", "not a time"),
    ],
)
def test_what_is_no_clock_time_is_refused(text: str, words: str) -> None:
    with pytest.raises(RuleBroken, match=words) as refused:
        read_clock(text, field="arrived")
    assert refused.value.field == "arrived"


@given(st.integers(0, 1439))
def test_a_clock_time_is_written_as_it_is_read(minutes: int) -> None:
    assert read_clock(str(Clock(minutes, is_exact=True))).minutes == minutes


@pytest.mark.parametrize(
    ("text", "minutes"), [("30", 30), ("0", 0), ("30 min", 30), ("1:15", 75), ("1440", 1440)]
)
def test_a_break_is_read_in_minutes(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "x", "-5", "1:60", "1441", "24:01", "1.5", "٣٠"])
def test_a_break_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_minutes(text, field="break_minutes")
    assert refused.value.field == "break_minutes"
