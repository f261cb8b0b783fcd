"""The text of a QR code: which shop, which record, which copy, and a check character."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.numbers import tail

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS = len(_ALPHABET)
LONGEST = 20
"""What a QR code of version 2, level H holds in its compact capital set."""
_CENTURY = 2000
_SHOP = re.compile(r"[0-9A-Z]{4}")
_CODE = re.compile(r"SC([0-9A-Z]{4}):([AWIECPOUSL])([0-9]+)(?:\.([1-9][0-9]*))?:([0-9A-Z])")
_DIGITS = re.compile(r"[0-9]+\Z")


class TagKind(StrEnum):
    """The letter of a code: the kind of record that it leads to."""

    ASSET = "A"
    WORK_ORDER = "W"
    INVOICE = "I"
    ESTIMATE = "E"
    CUSTOMER = "C"
    PART = "P"
    PURCHASE_ORDER = "O"
    AUDIT = "U"
    STOCK_COUNT = "S"
    LOAD_LIST = "L"


@dataclass(frozen=True, slots=True)
class Tag:
    """What a code says: the kind of record, its count (133 of A-0133), the copy of a sheet.

    Of a load list ``number`` is its day (260714) and ``copy`` the technician's place in the
    register.
    """

    kind: TagKind
    number: int
    copy: int | None = None


def check_character(text: str) -> str:
    """Return the check character of a text's letters and digits [ISO 7064, MOD 37,36]."""
    product = _MODULUS
    for character in text:
        if character in _ALPHABET:
            total = (product + _ALPHABET.index(character)) % _MODULUS or _MODULUS
            product = total * 2 % (_MODULUS + 1)
    return _ALPHABET[(1 - product) % _MODULUS]


def part_code(shop: str, part_id: int) -> str:
    """Return the text of a part's code, for example SC7KQ2:P0012:S.

    People type the numbers of parts, and their ends are not their own (SK-100, CPL-100, R410A): a
    part's code says its place in the register.
    """
    return code(shop, TagKind.PART, f"{part_id:04d}")


def load_code(shop: str, technician_id: int, on: date) -> str:
    """Return the text of a load list's code, for example SC7KQ2:L260714.2:P for July 14, 2026."""
    return code(shop, TagKind.LOAD_LIST, f"{on:%y%m%d}", technician_id)


def load_day(tag: Tag) -> date:
    """Return the day of a load list's code.

    Raises:
        RuleBroken: it names no day.
    """
    month, day = divmod(tag.number, 100)
    year, month = divmod(month, 100)
    try:
        return date(_CENTURY + year, month, day)
    except ValueError:
        raise RuleBroken("This code names no day.", "code") from None


def code(shop: str, kind: TagKind, number: str, copy: int | None = None) -> str:
    """Return the text of a code, for example SC7KQ2:W2310.1:S.

    ``shop`` is the shop's four letters; ``number`` is the record's as people read it: the digits
    at its end are kept with their zeros (A-0133 gives A0133).

    Raises:
        RuleBroken: the shop's letters are not four, or the code grows past 20 characters.
    """
    if not _SHOP.fullmatch(shop):
        raise RuleBroken("The shop code is four capital letters or digits.", "shop_code")
    tail(number)
    digits = _DIGITS.findall(number.strip())[0]
    body = f"SC{shop}:{kind.value}{digits}" + ("" if copy is None else f".{copy}")
    whole = f"{body}:{check_character(body)}"
    if len(whole) > LONGEST:
        raise RuleBroken("{number} is too long for a code.", "number", number=number)
    return whole


def read(text: str, *, shop: str) -> Tag:
    """Return what a scanned or typed code says; small letters count as capitals.

    Raises:
        RuleBroken: it is no code, a character is wrong, or another shop printed it.
    """
    capitals = text.strip().upper()
    found = _CODE.fullmatch(capitals)
    if found is None or len(capitals) > LONGEST or not text.isascii():
        raise RuleBroken("This is not a code of this program: {text}", "code", text=text.strip())
    owner, kind, digits, copy, check = found.groups()
    if check_character(capitals[:-1]) != check:
        raise RuleBroken("A character of this code is wrong. Scan it again.", "code")
    if owner != shop.upper():
        raise RuleBroken("Another shop printed this code ({owner}).", "code", owner=owner)
    return Tag(TagKind(kind), int(digits), None if copy is None else int(copy))
