"""Tables from outside as they were read: a book of sheets, rows of cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Cell = str | Decimal | date
"""A text file has texts alone; a spreadsheet says which cells are numbers, days and moments.

A moment is a datetime without a zone: the clock of whoever wrote it.
"""
Row = tuple[Cell, ...]

ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso8859-2", "cp1251", "mac_roman")
"""How a text file may be written, as a person can choose."""
DELIMITERS = (",", ";", "\t", "|")
"""What may stand between the cells of a text file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet: row 1 of the file comes first, an empty row has no cells."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A file of tables: its name, its format (csv, xlsx, xls, ods) and how its text was read."""

    name: str
    format: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""


def shown(cell: Cell) -> str:
    """Return a cell as a text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return cell.isoformat()
