"""Codes as a scanner types them: it presses the keys of an American keyboard.

A computer that believes another keyboard is plugged in, or whose Caps Lock is on, makes other
signs of those keys. The check character tells when a code was found again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from smallcmms.domain.tags import LONGEST, TagKind, check_character

_CODE = re.compile(rf"SC[0-9A-Z]{{4}}:[{''.join(TagKind)}][0-9]+(?:\.[1-9][0-9]*)?:[0-9A-Z]")
_LIKE = re.compile(r"SC[0-9A-Z]{4}:[0-9A-Z.:]+")
_DIGITS = "1234567890"
_SWAPPED = {"y": "z", "z": "y"}
_AZERTY = {"a": "q", "q": "a", "z": "w", "w": "z", ",": "m", "?": "m", "m": ":", ":": "."}
_RUSSIAN = "фисвуапршолдьтщзйкыегмцчня"

LAYOUTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "American, British, Polish": {},
        "German, Austrian, Swiss": _SWAPPED | dict.fromkeys("öé", ":"),
        "Nordic, Spanish, Italian, Portuguese": dict.fromkeys("öøæñçò", ":"),
        "Turkish": {"ş": ":", "ç": "."},
        "French": _AZERTY | dict(zip("&é\"'(-è_çà", _DIGITS, strict=True)),
        "Belgian": _AZERTY | dict(zip("&é\"'(§è!çà", _DIGITS, strict=True)),
        "Czech": _SWAPPED | dict(zip("+ěščřžýáíé", _DIGITS, strict=True)) | {"ů": ":", '"': ":"},
        "Russian": dict(zip(_RUSSIAN, "abcdefghijklmnopqrstuvwxyz", strict=True))
        | {"ж": ":", "ю": "."},
    }
)
"""What each keyboard shows, in small letters, for what an American one would show."""

_BEGINNINGS = frozenset({"sc", "ыс"})


def may_begin(text: str) -> bool:
    """Return whether keys may be the first of a code, on any of the keyboards."""
    typed = text.lower()
    return any(begin.startswith(typed[: len(begin)]) for begin in _BEGINNINGS) and (
        len(text) <= LONGEST
    )


def read(text: str) -> str:
    """Return the code that a scanner meant, as it is printed, or nothing where it meant none."""
    for layout in LAYOUTS.values():
        meant = "".join(layout.get(sign.lower(), sign) for sign in text).upper()
        is_code = len(meant) == len(text) <= LONGEST and _CODE.fullmatch(meant) is not None
        if is_code and check_character(meant[:-1]) == meant[-1]:
            return meant
    return ""


def looks_like(text: str) -> bool:
    """Return whether a text was meant as a code, be its check character right or wrong."""
    return _LIKE.fullmatch(text.upper()) is not None
