"""Numbers of records: written, and read as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain import numbers
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.numbers import SERIES, Kind, Series

ALL = tuple(SERIES.values())


@pytest.mark.parametrize(
    ("kind", "number", "written"),
    [
        (Kind.WORK_ORDER, 2310, "WO-2310"),
        (Kind.REQUEST, 1037, "R-1037"),
        (Kind.ASSET, 133, "A-0133"),
        (Kind.ASSET, 12345, "A-12345"),
        (Kind.INVOICE, 1187, "INV-1187"),
        (Kind.CUSTOMER, 14, "C-014"),
    ],
)
def test_a_number_is_written_with_its_prefix(kind: Kind, number: int, written: str) -> None:
    assert numbers.write(SERIES[kind], number) == written
    assert numbers.tail(written) == number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2310", (Kind.WORK_ORDER, 2310)),
        ("#2310", (Kind.WORK_ORDER, 2310)),
        ("wo-2310", (Kind.WORK_ORDER, 2310)),
        ("WO2310", (Kind.WORK_ORDER, 2310)),
        (" wo 2310 ", (Kind.WORK_ORDER, 2310)),
        ("a 133", (Kind.ASSET, 133)),
        ("A-0133", (Kind.ASSET, 133)),
        ("inv1187", (Kind.INVOICE, 1187)),
        ("# r-1037", (Kind.REQUEST, 1037)),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, expected: tuple[Kind, int]) -> None:
    assert numbers.read(typed, ALL, kind=Kind.WORK_ORDER) == expected


@pytest.mark.parametrize("typed", ["", "WO-", "pump", "WO-23x", "٢٣١٠", "1" * 16, "X-12", "12 34"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        numbers.read(typed, ALL)
    assert refused.value.field == "number"


def test_a_bare_number_means_nothing_where_no_kind_is_expected() -> None:
    with pytest.raises(RuleBroken):
        numbers.read("2310", ALL)


@pytest.mark.parametrize("number", ["", "A-", "A-12b"])
def test_a_number_ends_in_digits(number: str) -> None:
    with pytest.raises(RuleBroken):
        numbers.tail(number)


@given(st.sampled_from(ALL), st.integers(1, 10**12), st.booleans())
def test_what_is_written_is_read_again(series: Series, number: int, is_small: bool) -> None:  # noqa: FBT001
    written = numbers.write(series, number)
    assert numbers.read(written.lower() if is_small else written, ALL) == (series.kind, number)
