"""The rows of a COBie sheet by their headers, and the texts and numbers in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from smallcmms.domain.imports import squeezed
from smallcmms.domain.tables import Cell, Sheet, shown

_LARGEST = Decimal(10) ** 9
Record = Mapping[str, Cell]
"""A row: its cells by their squeezed headers."""


@dataclass
class Left:
    """What could not be used, and where it stands."""

    remarks: list[tuple[str, str]] = field(default_factory=list)


def rows_of(sheet: Sheet) -> Iterator[tuple[int, Record]]:
    """Yield the rows of a sheet by their headers, with the number of each row."""
    if not sheet.rows:
        return
    headers = [squeezed(shown(cell)) for cell in sheet.rows[0]]
    for place, row in enumerate(sheet.rows[1:], 2):
        if row:
            yield place, dict(zip(headers, row, strict=False))


def told(record: Record, header: str) -> str:
    """Return the text below a header, "" for n/a."""
    text = shown(record.get(squeezed(header), "")).strip()
    return "" if text.casefold() in ("n/a", "#n/a") else " ".join(text.split())


def number(record: Record, header: str, left: Left, row: int) -> Decimal | None:
    """Return the number below a header; one that cannot be read is noted in ``left``."""
    text = told(record, header)
    if not text:
        return None
    try:
        value = Decimal(text) if re.fullmatch("[0-9]+([.][0-9]+)?", text) else None
    except InvalidOperation:
        value = None
    if value is None or value > _LARGEST:
        left.remarks.append((f"{header} {row}", text))
        return None
    return value
