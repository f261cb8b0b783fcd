"""Numbers that people name records by: WO-2310, R-1037, A-0133, INV-1187, C-014."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from smallcmms.domain.errors import RuleBroken


class Kind(StrEnum):
    """The kinds of record that have a number."""

    ASSET = "asset"
    WORK_ORDER = "work_order"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    CUSTOMER = "customer"
    PART = "part"
    REQUEST = "request"
    AUDIT = "asset_audit"
    PM_SCHEDULE = "pm_schedule"
    PURCHASE_ORDER = "purchase_order"
    STOCK_COUNT = "stock_count"


@dataclass(frozen=True, slots=True)
class Series:
    """How the numbers of one kind are written: a prefix, and digits with zeros in front."""

    kind: Kind
    prefix: str
    digits: int = 1


SERIES: Mapping[Kind, Series] = MappingProxyType(
    {
        series.kind: series
        for series in (
            Series(Kind.ASSET, "A-", 4),
            Series(Kind.WORK_ORDER, "WO-"),
            Series(Kind.INVOICE, "INV-"),
            Series(Kind.CREDIT_NOTE, "CN-"),
            Series(Kind.CUSTOMER, "C-", 3),
            Series(Kind.PART, "P-", 4),
            Series(Kind.REQUEST, "R-"),
            Series(Kind.AUDIT, "AU-", 3),
            Series(Kind.PM_SCHEDULE, "PM-", 3),
            Series(Kind.PURCHASE_ORDER, "PO-", 4),
            Series(Kind.STOCK_COUNT, "ST-", 3),
        )
    }
)
"""The starter series; the shop edits prefix and digits."""

_TYPED = re.compile(r"(.*?)([0-9]{1,15})", re.DOTALL)


def write(series: Series, number: int) -> str:
    """Return a number as people read it: 133 of the assets is A-0133."""
    return f"{series.prefix}{number:0{series.digits}d}"


def tail(number: str) -> int:
    """Return the count at the end of a written number: 133 of A-0133.

    Raises:
        RuleBroken: it does not end in digits.
    """
    found = _TYPED.fullmatch(number.strip())
    if found is None:
        raise RuleBroken("{number} is not a number.", "number", number=number)
    return int(found[2])


def read(text: str, series: Sequence[Series], *, kind: Kind | None = None) -> tuple[Kind, int]:
    """Return the kind and the count that a person typed: 2310, wo-2310, WO2310, a 133, #2310.

    ``kind`` is what a number without letters means here.

    Raises:
        RuleBroken: it is no number, or its letters name no kind of record.
    """
    found = _TYPED.fullmatch(text.strip().lstrip("#").strip())
    if found is None:
        raise RuleBroken("{number} is not a number. Try 2310 or WO-2310.", "number", number=text)
    letters = _letters(found[1])
    kinds = [each.kind for each in series if letters and _letters(each.prefix) == letters]
    if not letters and kind is not None:
        kinds = [kind]
    if not kinds:
        raise RuleBroken("No number begins with {letters}.", "number", letters=found[1].strip())
    return kinds[0], int(found[2])


def _letters(prefix: str) -> str:
    return "".join(letter for letter in prefix.upper() if letter.isalnum())
