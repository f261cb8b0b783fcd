"""Numbers as people type them: read in the shop's way, or refused with a repair."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain import typed
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.money import Currency

USD, EUR, JPY = Currency("USD"), Currency("EUR"), Currency("JPY")
LOCALES = ["en_US", "en_GB", "en_IN", "de_DE", "de_CH", "fr_FR", "es_ES", "sv_SE", "pl_PL", "ja_JP"]


@pytest.mark.parametrize(
    ("text", "locale", "amount"),
    [
        ("125", "en_US", "125"),
        ("1,234.50", "en_US", "1234.50"),
        ("1234.5", "en_US", "1234.5"),
        ("12,345", "en_US", "12345"),
        (" $125.00 ", "en_US", "125.00"),
        ("125 USD", "en_US", "125"),
        (".5", "en_US", "0.5"),
        ("12,34,567", "en_IN", "1234567"),
        ("1.234,50", "de_DE", "1234.50"),
        ("1.234.567", "de_DE", "1234567"),
        ("0,07", "de_DE", "0.07"),
        ("1 234,50", "fr_FR", "1234.50"),
        ("1\u202f234,50", "fr_FR", "1234.50"),
        ("1'234.50", "de_CH", "1234.50"),
        ("1\u2019234.50", "de_CH", "1234.50"),
    ],
)
def test_amounts_are_read_in_the_shops_way(text: str, locale: str, amount: str) -> None:
    assert typed.read_money(text, locale=locale, currency=USD) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "locale", "example"),
    [
        ("1.234,50", "en_US", "1234.50"),
        ("1234,50", "en_US", "1234.50"),
        ("1 234.50", "en_US", "1234.50"),
        ("1234,567", "en_US", "1234567.00"),
        ("12,3456", "en_US", "123456.00"),
        ("1,234,56", "en_US", "1234.56"),
        ("123,45,678", "en_IN", "12345678.00"),
        ("1,2,3", "en_US", "12.30"),
        ("NaN", "en_US", "1234.50"),
        ("Infinity", "en_US", "1234.50"),
        ("1e5", "en_US", "1234.50"),
        ("1_000", "en_US", "1234.50"),
        ("١٢", "en_US", "1234.50"),
        ("١٢", "ar_EG", "1234.50"),
        ("(5)", "en_US", "1234.50"),
        ("+5", "en_US", "1234.50"),
        ("5.", "en_US", "1234.50"),
        ("--5", "en_US", "1234.50"),
        ("1½", "en_US", "1234.50"),
        ("1,234.50", "de_DE", "1234,50"),
        ("1234.50", "de_DE", "1234,50"),
        ("12.345", "de_DE", "12345,00"),
        ("1.5", "de_DE", "1,50"),
        ("12.5", "fr_FR", "12,50"),
        ("1'234.50", "en_US", "1234.50"),
        ("9" * 40 + ",5", "en_US", "1234.50"),
        ("0,123", "en_US", "0.12"),
        ("0,07", "en_US", "0.07"),
        (".5", "de_DE", "1234,50"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_a_repair(
    text: str, locale: str, example: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        typed.read_money(text, locale=locale, currency=USD, field="price")
    assert (refused.value.field, refused.value.values["example"]) == ("price", example)
    assert f"Try {example}." in str(refused.value)


@pytest.mark.parametrize(
    ("text", "currency", "words"),
    [
        ("12.345", USD, "more than 2 decimals. Try 12.35."),
        ("12.340", USD, "more than 2 decimals. Try 12.34."),
        ("1.5", JPY, "none are possible here. Try 2."),
        ("", USD, "Type a number."),
        ("$", USD, "Type a number."),
        ("-5", USD, "0 or more"),
        ("1234567890123", USD, "too large"),
    ],
)
def test_an_amount_that_cannot_be_is_refused(text: str, currency: Currency, words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        typed.read_money(text, locale="en_US", currency=currency)


@pytest.mark.parametrize("text", ["-5.25", "\u22125.25"])
def test_a_negative_amount_is_read_where_one_is_possible(text: str) -> None:
    found = typed.read_money(text, locale="en_US", currency=USD, is_signed=True)
    assert found == Decimal("-5.25")


def test_prices_quantities_and_percentages_have_their_own_decimals() -> None:
    assert typed.read_price("$0.1212", locale="en_US", currency=USD) == Decimal("0.1212")
    assert typed.read_quantity("1.125", locale="en_US") == Decimal("1.125")
    assert typed.read_quantity("-1,5", locale="de_DE", is_signed=True) == Decimal("-1.5")
    assert typed.read_percent("7.5 %", locale="en_US") == Decimal("7.5")


def test_a_number_that_is_too_fine_is_refused_beside_its_box() -> None:
    with pytest.raises(RuleBroken, match="more than 4 decimals") as refused:
        typed.read_price("0.12345", locale="en_US", currency=USD, field="price")
    assert refused.value.field == "price"
    with pytest.raises(RuleBroken, match="more than 3 decimals") as refused:
        typed.read_quantity("1.1234", locale="en_US", field="quantity")
    assert refused.value.field == "quantity"
    with pytest.raises(RuleBroken, match="more than 3 decimals") as refused:
        typed.read_percent("7.1234%", locale="en_US", field="percent")
    assert refused.value.field == "percent"


@pytest.mark.parametrize(("text", "number"), [("0", 0), (" 12 ", 12), (str(2**63 - 1), 2**63 - 1)])
def test_whole_numbers_are_digits(text: str, number: int) -> None:
    assert typed.read_whole(text) == number


@pytest.mark.parametrize(
    "text", ["", "1.0", "-1", "1,000", "1e3", "٣", str(2**63), "9" * 40, "0x1"]
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        typed.read_whole(text, field="copies")
    assert refused.value.field == "copies"


@given(st.text(), st.sampled_from(LOCALES), st.sampled_from([USD, EUR, JPY]))
def test_any_text_is_read_or_refused(text: str, locale: str, currency: Currency) -> None:
    with suppress(RuleBroken):
        amount = typed.read_money(text, locale=locale, currency=currency)
        assert amount.is_finite()
        assert amount >= 0


@given(st.text("0123456789.,' -", max_size=9), st.sampled_from(LOCALES), st.sampled_from(LOCALES))
def test_two_shops_read_one_text_alike_or_one_of_them_groups_it(
    text: str, one: str, other: str
) -> None:
    """No decimals are read as thousands: what differs was grouped as that locale groups."""
    found = []
    for locale in (one, other):
        try:
            found.append(typed.read_money(text, locale=locale, currency=USD))
        except RuleBroken:
            return
    assert found[0] == found[1]


@given(st.decimals(0, 10**9, places=2), st.sampled_from(LOCALES))
def test_a_repair_is_itself_read(amount: Decimal, locale: str) -> None:
    for text in (f"{amount:,f}", f"{amount:f}", f"{amount:f}".replace(".", ",")):
        try:
            found = typed.read_money(text, locale=locale, currency=USD)
        except RuleBroken as refused:
            repair = str(refused.values["example"])
            found = typed.read_money(repair, locale=locale, currency=USD)
        assert found == amount


@pytest.mark.parametrize(
    ("text", "kept", "has_notice"),
    [
        ("Smith & Sons <Ltd>", "Smith & Sons <Ltd>", False),
        ("a\tb\r\nc\rd\n", "a\tb\nc\nd\n", False),
        ("a\x00b\x1fc\x7f\x85", "abc", True),
        ("\ud800x\udfff", "x", True),
        ("Łukasz 😀 \u202e ½", "Łukasz 😀 \u202e ½", False),
    ],
)
def test_what_cannot_be_kept_is_left_out_with_a_notice(
    text: str,
    kept: str,
    has_notice: bool,  # noqa: FBT001
) -> None:
    found = typed.clean(text)
    assert found.text == kept
    assert bool(found.notice) is has_notice


@given(st.text(st.characters(codec=None)))
def test_a_cleaned_text_is_clean_and_can_be_written(text: str) -> None:
    found = typed.clean(text)
    assert typed.clean(found.text) == (found.text, "")
    assert found.text.encode("utf-8").decode("utf-8") == found.text
    assert "\x00" not in found.text
