from __future__ import annotations

import pytest

from smallcmms.domain import keyed_codes, tags
from smallcmms.domain.tags import TagKind

CODES = [
    tags.code(shop, kind, str(number), copy)
    for shop in ("7KQ2", "AZ9M", "WY0I", "1234")
    for kind in TagKind
    for number, copy in ((133, None), (2310, 1), (70916, 12))
]


def keyed(code: str, layout: str, *, is_locked: bool = False) -> str:
    """Return what a keyboard shows when a scanner types a code on it."""
    shown = {meant: sign for sign, meant in keyed_codes.LAYOUTS[layout].items()}
    signs = []
    for sign in code:
        small = shown.get(sign.lower(), sign.lower())
        signs.append(small.upper() if sign.isalpha() and small.lower().isalpha() else small)
    text = "".join(signs)
    return text.swapcase() if is_locked else text


@pytest.mark.parametrize("layout", keyed_codes.LAYOUTS)
@pytest.mark.parametrize("is_locked", [False, True])
def test_a_code_is_found_again_on_every_keyboard(layout: str, *, is_locked: bool) -> None:
    for code in CODES:
        typed = keyed(code, layout, is_locked=is_locked)
        assert keyed_codes.read(typed) == code
        assert all(keyed_codes.may_begin(typed[:length]) for length in range(1, len(typed)))


@pytest.mark.parametrize(
    "text", ["", "SC", "school", "SC7KQ2:W2311.1:S", "SC7KQ2:X1:S", "xSC7KQ2:W2310.1:S", "ß" * 16]
)
def test_what_is_no_code_is_nothing(text: str) -> None:
    assert keyed_codes.read(text) == ""


def test_only_a_burst_that_begins_as_codes_do_is_held_back() -> None:
    assert [keyed_codes.may_begin(text) for text in ("s", "Sc", "x", "sx")] == [1, 1, 0, 0]
    assert not keyed_codes.may_begin("SC" + "1" * 19)


def test_a_misread_code_is_known_as_one() -> None:
    assert keyed_codes.looks_like("sc7kq2:w2311.1:s")
    assert not keyed_codes.looks_like("SCHOOL: shut")
