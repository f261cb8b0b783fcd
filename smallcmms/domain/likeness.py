"""Whether two customers in the register are likely one: by name, phone, e-mail and address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from smallcmms.domain import phone as phones

LIKE_NAMES = 88
"""Out of 100, by the words of a name in any order (rapidfuzz's token_sort_ratio; ours)."""
_LIKE_ADDRESSES = 92
_FEWEST_WORDS = 2
_TELLING_DIGITS = 7
_WORD = re.compile(r"[^\W_]+")
_FORMS = frozenset(
    ["llc", "inc", "ltd", "co", "corp", "corporation", "company", "gmbh", "plc", "the", "and", "of"]
)
"""Legal forms and little words that say nothing about who it is."""
_SHORT = {
    "street": "st", "avenue": "ave", "road": "rd", "drive": "dr", "lane": "ln", "court": "ct",
    "boulevard": "blvd", "parkway": "pkwy", "place": "pl", "north": "n", "south": "s", "east": "e",
    "west": "w", "saint": "st", "apartments": "apts", "apartment": "apts", "apt": "apts",
}  # fmt: skip


class Likeness(StrEnum):
    """Why two customers may be one."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer: the name, phone numbers, e-mails and addresses."""

    name: str
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


def known(
    name: str,
    *,
    phones_of: Iterable[str] = (),
    emails: Iterable[str] = (),
    addresses: Iterable[str] = (),
) -> Known:
    """Return what is known of a customer in the form that is compared."""
    digits = (phones.digits(each)[-10:] for each in phones_of)
    return Known(
        name=plain(name),
        phones=frozenset(each for each in digits if len(each) >= _TELLING_DIGITS),
        emails=frozenset(each.strip().casefold() for each in emails if "@" in each),
        addresses=frozenset(filter(None, map(plain, addresses))),
    )


def plain(text: str) -> str:
    """Return the telling words of a name or address, in small letters and their short forms."""
    words = [_SHORT.get(word, word) for word in _WORD.findall(text.casefold())]
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)


def reasons(one: Known, other: Known) -> tuple[Likeness, ...]:
    """Return why two customers may be one, the surest reason first; none: they are two."""
    found = {
        Likeness.PHONE: bool(one.phones & other.phones),
        Likeness.EMAIL: bool(one.emails & other.emails),
        Likeness.ADDRESS: _are_alike(one.addresses, other.addresses),
        Likeness.NAME: bool(one.name) and fuzz.token_sort_ratio(one.name, other.name) >= LIKE_NAMES,
    }
    return tuple(reason for reason, is_so in found.items() if is_so)


def street(address: str) -> str:
    """Return the first words of an address, by which others like it are looked for."""
    return " ".join(address.split()[:2])


def _are_alike(ones: frozenset[str], others: frozenset[str]) -> bool:
    return any(_is_one_place(one.split(), other.split()) for one in ones for other in others)


def _is_one_place(one: list[str], other: list[str]) -> bool:
    """Tell whether two addresses are one: like words, and of numbers one says no other."""
    first, second = _numbers(one), _numbers(other)
    if not (first <= second or second <= first) or min(len(one), len(other)) < _FEWEST_WORDS:
        return False
    return fuzz.token_set_ratio(" ".join(one), " ".join(other)) >= _LIKE_ADDRESSES


def _numbers(words: list[str]) -> set[str]:
    return {word for word in words if any(sign.isdigit() for sign in word)}
