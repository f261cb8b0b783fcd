"""The text of a QR code and its check character."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smallcmms.domain import tags
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.tags import Tag, TagKind

SHOP = "7KQ2"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CAPITALS = set(ALPHABET + " $%*+-./:")


def test_the_code_of_the_trades_own_example() -> None:
    assert tags.code(SHOP, TagKind.WORK_ORDER, "WO-2318", 2) == "SC7KQ2:W2318.2:S"
    assert tags.read("SC7KQ2:W2318.2:S", shop=SHOP) == Tag(TagKind.WORK_ORDER, 2318, 2)


@pytest.mark.parametrize(("text", "check"), [("A12425GABC1234002", "M"), ("", "1")])
def test_check_characters_are_those_of_iso_7064(text: str, check: str) -> None:
    """The first is the standard's own kind of example, the global release identifier."""
    assert tags.check_character(text) == check


def test_an_asset_keeps_the_zeros_of_its_number() -> None:
    code = tags.code(SHOP, TagKind.ASSET, "A-0133")
    assert code.startswith("SC7KQ2:A0133:")
    assert tags.read(f" {code.lower()}\n", shop=SHOP.lower()) == Tag(TagKind.ASSET, 133)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SC7KQ2:W2318.2",
        "SC7KQ2:X2318.2:S",
        "SC7KQ2:W.2:S",
        "XX7KQ2:W2318.2:S",
        "SC7KQ2:W٢٣:S",
        "SC7KQ2:W2318.2:S:S",
        "https://example.org",
        "SC7KQ2:W00000000002318.2:S",
        "\u017fC7KQ2:W2318.2:S",
        "SC7KQ2:W2318.02:S",
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="not a code of this program"):
        tags.read(text, shop=SHOP)


def test_another_shops_code_is_refused_by_name() -> None:
    code = tags.code("ABCD", TagKind.ASSET, "A-1")
    with pytest.raises(RuleBroken, match=r"Another shop printed this code \(ABCD\)"):
        tags.read(code, shop=SHOP)


@pytest.mark.parametrize("shop", ["", "7kq2", "7KQ", "7KQ2X", "7K-2"])
def test_a_shop_code_is_four_capitals_or_digits(shop: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        tags.code(shop, TagKind.ASSET, "A-1")
    assert refused.value.field == "shop_code"


def test_a_number_that_is_too_long_or_none_is_refused() -> None:
    assert len(tags.code(SHOP, TagKind.ASSET, "1" * 10)) == 20
    with pytest.raises(RuleBroken, match="too long"):
        tags.code(SHOP, TagKind.ASSET, "1" * 11)
    with pytest.raises(RuleBroken):
        tags.code(SHOP, TagKind.ASSET, "pump")


def test_the_code_of_a_load_list_says_its_day_and_who_loads() -> None:
    code = tags.load_code(SHOP, 2, date(2026, 7, 4))
    tag = tags.read(code, shop=SHOP)
    assert (code[:-1], tag.kind, tag.copy) == ("SC7KQ2:L260704.2:", TagKind.LOAD_LIST, 2)
    assert tags.load_day(tag) == date(2026, 7, 4)
    with pytest.raises(RuleBroken, match="names no day"):
        tags.load_day(Tag(TagKind.LOAD_LIST, 261341, 2))


CODES = st.builds(
    tags.code,
    st.text(ALPHABET, min_size=4, max_size=4),
    st.sampled_from(TagKind),
    st.integers(1, 999_999).map(str),
    st.none() | st.integers(1, 99),
)


@given(CODES)
def test_every_code_is_short_and_of_the_compact_set_and_reads_back(code: str) -> None:
    found = tags.read(code, shop=code[2:6])
    assert len(code) <= tags.LONGEST
    assert set(code) <= CAPITALS
    assert tags.code(code[2:6], found.kind, str(found.number), found.copy) == code


@given(CODES, st.data())
def test_one_wrong_character_is_noticed(code: str, data: st.DataObject) -> None:
    places = [place for place in range(2, len(code)) if code[place] in ALPHABET]
    place = data.draw(st.sampled_from(places))
    wrong = code[:place] + data.draw(st.sampled_from(ALPHABET)) + code[place + 1 :]
    assume(wrong != code)
    with pytest.raises(RuleBroken):
        tags.read(wrong, shop=wrong[2:6])


def test_nearly_all_swapped_neighbours_are_noticed() -> None:
    """The standard's MOD 37,36 promises every single error, and all but a few swaps."""
    unnoticed = [
        (one, other)
        for one, other in permutations(ALPHABET, 2)
        if tags.check_character(f"SC7K{one}{other}A133")
        == tags.check_character(f"SC7K{other}{one}A133")
    ]
    assert unnoticed == [("W", "X"), ("X", "W")]
