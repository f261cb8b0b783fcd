"""Tables that other programs wrote: CSV with any delimiter and encoding, xlsx, xls, ods."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.tables import DELIMITERS, Book, Cell, Row, Sheet
from smallcmms.domain.typed import clean
from smallcmms.exchange import bounds

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 100
_OFTEN = 4
_HALF_A_SECOND = timedelta(milliseconds=500)


def read(data: bytes, name: str, *, encoding: str = "", delimiter: str = "") -> Book:
    """Return the sheets of a file; how a text file is written is found out where nobody says.

    Raises:
        RuleBroken: it is no table, is damaged, or is larger than what is read.
    """
    name = clean(name).text
    bounds.see_size(data, name)
    if data.startswith((_ZIP, _OLE)):
        return spreadsheet(data, name)
    text, found = _text(data, name, encoding)
    return _csv(text, name, found, delimiter)


def spreadsheet(data: bytes, name: str, *, only: frozenset[str] | None = None) -> Book:
    """Return the sheets of a spreadsheet, or only those of some names.

    Raises:
        RuleBroken: it is none, is damaged, or is larger than what is read.
    """
    kind = bounds.format_of(data, name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        wanted = [each for each in workbook.sheet_names if only is None or each in only]
        sheets = tuple(_sheet(workbook, each, name) for each in wanted)
    except RuleBroken:
        raise
    except (CalamineError, ValueError, OSError) as error:
        raise _unreadable(name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # what the reader ends in where it is lost
            raise _unreadable(name) from error
        raise
    if not any(sheet.rows for sheet in sheets):
        raise _empty(name)
    return Book(name, kind, sheets)


def _sheet(workbook: CalamineWorkbook, sheet_name: str, name: str) -> Sheet:
    try:
        sheet = workbook.get_sheet_by_name(sheet_name)
    except CalamineError as error:
        if "Worksheet" in str(error) or "not found" in str(error).lower():
            return Sheet(sheet_name, ())  # a chart or a macro has no cells
        raise
    bounds.see_extent(sheet.total_height, sheet.total_width, name)
    rows = sheet.to_python(skip_empty_area=False)
    told = tuple(_row([_cell(each) for each in row]) for row in rows)
    return Sheet(clean(sheet_name).text, _with_midnights(told))


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value if value.isprintable() else clean(value).text
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        number = Decimal(f"{value:.15g}")
        return Decimal(f"{number.normalize():f}") if number.is_finite() else str(value)
    if isinstance(value, datetime):
        moment = (value + _HALF_A_SECOND).replace(microsecond=0)
        return moment if moment.time() != time() else moment.date()
    return value if isinstance(value, date) else str(value)


def _with_midnights(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows with moments where a column has some: midnight among them is no bare day."""
    timed = {at for row in rows for at, cell in enumerate(row) if isinstance(cell, datetime)}
    return tuple(_timed(row, timed) for row in rows) if timed else rows


def _timed(row: Row, places: Collection[int]) -> Row:
    return tuple(
        datetime.combine(cell, time()) if at in places and type(cell) is date else cell
        for at, cell in enumerate(row)
    )


def _row(cells: list[Cell]) -> Row:
    """Return the cells of a row, without the blanks around texts and the empty ones at its end."""
    told = [each.strip() if isinstance(each, str) else each for each in cells]
    while told and told[-1] == "":
        told.pop()
    return tuple(told)


def _text(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    for mark, marked in _MARKS:
        if data.startswith(mark) and not encoding:
            encoding, data = marked, data[len(mark) :]
    for tried in (encoding,) if encoding else _likely(data):
        try:
            text = data.decode(tried).removeprefix("\ufeff")
        except (UnicodeError, LookupError):
            continue
        if "\0" in text:
            break
        return text, tried.removesuffix("-le").removesuffix("-be")
    raise _unreadable(name)


def _likely(data: bytes) -> tuple[str, ...]:
    start = data[:4000]
    if start.count(0) * _OFTEN > len(start):
        return ("utf-16-le",) if start[1::2].count(0) > start[::2].count(0) else ("utf-16-be",)
    return ("utf-8", "cp1252")


def _csv(text: str, name: str, encoding: str, delimiter: str) -> Book:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        delimiter, text = delimiter or first[-1], f"\n{rest}"
    delimiter = delimiter or _delimiter(text)
    if len(delimiter) > 1 or delimiter in '"\n':
        raise RuleBroken("A delimiter is one sign, such as ; or a tab.", "delimiter")
    rows = _rows(text, name, delimiter)
    if not any(rows):
        raise _empty(name)
    return Book(name, "csv", (Sheet(PurePath(name).stem, rows),), encoding, delimiter)


def _rows(text: str, name: str, delimiter: str) -> tuple[Row, ...]:
    is_plain = text.replace("\n", "").replace("\t", "").isprintable()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    widest = 0
    try:
        for told in reader:
            cells: list[Cell] = list(told if is_plain else [clean(each).text for each in told])
            rows.append(_row(cells))
            widest = max(widest, len(told))
            if len(rows) > bounds.ROWS or widest > bounds.COLUMNS:
                bounds.see_extent(len(rows), widest, name)
    except csv.Error as error:
        message = "{name}, line {line}: a quote is opened there and never closed, or stands alone."
        raise RuleBroken(message, "file", name=name, line=reader.line_num) from error
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _delimiter(text: str) -> str:
    """Return what parts the first rows most evenly into cells."""
    start = "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])

    def evenness(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
        try:
            widths = [len(row) for row in reader if row]
        except csv.Error:
            return (0, 0)
        width, times = Counter(widths).most_common(1)[0] if widths else (1, 0)
        return (times / len(widths) if width > 1 else 0, width)

    return max(DELIMITERS, key=evenness)


def _unreadable(name: str) -> RuleBroken:
    message = "{name} cannot be read as a table. Save it as CSV or xlsx and try that."
    return RuleBroken(message, "file", name=name)


def _empty(name: str) -> RuleBroken:
    return RuleBroken("There is nothing in {name}.", "file", name=name)
