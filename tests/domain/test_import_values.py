from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.import_values import (
    Spoken,
    guess_decimal,
    guess_order,
    read_day,
    read_moment,
    read_number,
    reader,
)
from smallcmms.domain.money import Currency

TODAY = date(2026, 7, 13)


def spoken(decimal: str = "", order: str = "") -> Spoken:
    return Spoken(decimal, order, "en_US", Currency("USD"), TODAY)


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1.234"], ""), (["1,234"], ""), (["12"], ""), ([], ""), (["12,5"], ","),
        (["1,234.5"], "."), (["1.234,5"], ","), (["1,234,567"], "."), (["0.123"], "."),
        (["1234.567"], "."), (["1.5", "1,5"], ""), (["1.234", "$ -0,50"], ","), (["x"], ""),
    ],
)  # fmt: skip
def test_numbers_tell_their_decimal_sign_or_do_not(texts: list[str], sign: str) -> None:
    assert guess_decimal(texts) == sign


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("12", "", "12"), ("1.234,50", ",", "1234.50"), ("1,234.50", ".", "1234.50"),
        ("1'234.50", ".", "1234.50"), ("1\u00a0234,5", ",", "1234.50"), (".5", ".", "0.50"),
        ("$1,234", ".", "1234"), ("12.50 USD", ".", "12.50"), ("(12.50)", ".", "-12.50"),
        ("12.50-", ".", "-12.50"), ("\u221212,5", ",", "-12.50"), ("+3", "", "3"),
        ("1.50000", ".", "1.5"),
    ],
)  # fmt: skip
def test_a_number_is_read_with_the_files_own_sign(text: str, sign: str, value: str) -> None:
    assert read_number(text, spoken(sign), places=2, is_signed=True) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "sign", "said"),
    [
        ("1.234", "", "in two ways"), ("1,5", ".", "in two ways"), ("12,34.5", ".", "in two ways"),
        ("NaN", ".", "not a number"), ("1e5", ".", "not a number"), ("٣", ".", "not a number"),
        ("€5", ".", "not a number"), ("-1-", ".", "not a number"), ("1.005", ".", "more than 2"),
        ("1" * 13, ".", "too large"), ("-1", ".", "less than 0"),
    ],
)  # fmt: skip
def test_a_number_that_is_in_doubt_is_refused(text: str, sign: str, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        read_number(text, spoken(sign), places=2)


@pytest.mark.parametrize(
    ("texts", "is_past", "order"),
    [
        (["01/02/26"], True, ""), (["13/02/2026"], True, "dmy"), (["02/13/2026"], True, "mdy"),
        (["31/01/26", "01/02/26"], True, "dmy"), (["31/01/26"], False, ""),
        (["13/02/2026", "02/13/2026"], True, ""), (["2026-02-13"], True, ""), ([], True, ""),
    ],
)  # fmt: skip
def test_days_tell_their_order_or_do_not(texts: list[str], is_past: bool, order: str) -> None:  # noqa: FBT001
    told = guess_order(texts, today=TODAY, is_past=is_past)
    assert told == order


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-02-03", "", date(2026, 2, 3)), ("2026-2-3", "dmy", date(2026, 2, 3)),
        ("20260203", "", date(2026, 2, 3)), ("2016-02-21T07:56:46", "", date(2016, 2, 21)),
        ("03/02/2026", "dmy", date(2026, 2, 3)), ("2/3/26 10:30 PM", "mdy", date(2026, 2, 3)),
        ("31/01/2026", "", date(2026, 1, 31)), ("5/5/2026", "", date(2026, 5, 5)),
        ("31/01/2026", "ymd", date(2026, 1, 31)), ("26-01-31", "ymd", date(2026, 1, 31)),
        ("3 Feb 2026", "", date(2026, 2, 3)), ("Feb 3, 2026", "", date(2026, 2, 3)),
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_files_own_order(text: str, order: str, day: date) -> None:
    assert read_day(text, spoken("", order)) == day


@pytest.mark.parametrize(
    ("text", "order", "said"),
    [
        ("01/02/26", "", "two different days"), ("31/01/2026", "mdy", "not a day"),
        ("2026-02-30", "", "not a day"), ("soon", "", "not a day"), ("Feb 3", "", "not a day"),
        ("1/1/1850", "dmy", "not a day"), ("13/13/2026", "", "not a day"),
    ],
)  # fmt: skip
def test_a_day_that_is_in_doubt_is_refused(text: str, order: str, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        read_day(text, spoken("", order))


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("text", Decimal(105), "105"), ("text", date(2026, 1, 2), "2026-01-02"),
        ("list", "HVAC; Gas/Oil", ["HVAC", "Gas", "Oil"]), ("whole", Decimal(12), 12),
        ("terms", "Net 30", 30), ("terms", "Due on receipt", 0), ("terms", "14 days", 14),
        ("money", Decimal("12.5"), Decimal("12.50")), ("price", "3,1234", Decimal("3.1234")),
        ("signed_money", "-3,5", Decimal("-3.50")), ("hours", Decimal("7.5"), Decimal("7.50")),
        ("date", date(2030, 1, 1), date(2030, 1, 1)),
        ("date", datetime(2030, 1, 1, 7, 30), date(2030, 1, 1)),  # noqa: DTZ001 - a cell has no zone
        ("past", "2020-01-01", date(2020, 1, 1)),
        ("level", "HIGH", "2"), ("status", "Out-of-Service", "down"), ("criticality", "1", "a"),
    ],
)  # fmt: skip
def test_cells_are_read_by_their_kind(kind: str, cell: Any, value: Any) -> None:
    assert reader(kind, spoken(","))(cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        ("whole", "12.5", "not a whole number"), ("terms", "soon", "not a number of days"),
        ("past", "2026-07-14", "still to come"), ("status", "green", "is none of"),
        ("money", Decimal("1.005"), "more than 2 decimals"),
    ],
)  # fmt: skip
def test_cells_that_cannot_be_read_are_refused(kind: str, cell: Any, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        reader(kind, spoken("."))(cell)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-07-13 07:10", "2026-07-13T07:10:00"),
        ("2026-07-13T07:10:05Z", "2026-07-13T07:10:05+00:00"),
        ("2026-07-13 7:10 PM", "2026-07-13T19:10:00"),
        ("2026-07-13 07:10-04:00", "2026-07-13T07:10:00-04:00"),
        ("2026-07-13 07:10+0530", "2026-07-13T07:10:00+05:30"),
    ],
)
def test_a_moment_is_read_with_its_clock_and_zone(text: str, moment: str) -> None:
    assert read_moment(text, spoken()).isoformat() == moment


@pytest.mark.parametrize("text", ["2026-07-13 25:10", "2026-07-13 13:10 PM"])
def test_a_clock_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        read_moment(text, spoken())
