"""How much of a foreign file is read, looked at before it is unpacked into memory.

A few kilobytes of a spreadsheet can unpack into gigabytes, and two cells at the far corners of a
sheet make every reader lay out the billions of empty ones between them.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

from smallcmms.domain.errors import RuleBroken

BYTES = 64 * 1024 * 1024
UNPACKED = 256 * 1024 * 1024
ROWS, COLUMNS, CELLS = 200_000, 1_000, 6_000_000
_STEP = 1 << 20
_LOCAL_HEADER, _LENGTHS = 30, 26
_MEMBERS = 2_000
_REFERENCE = re.compile(rb'<(?:\w+:)?(?:c|row)\s[^<>]*?\br="([A-Z]{0,7})([0-9]{1,12})"')
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def see_size(data: bytes, name: str) -> None:
    """See that a file is not too large to be read.

    Raises:
        RuleBroken: it is.
    """
    if len(data) > BYTES:
        raise RuleBroken(
            "{name} is larger than {most} MB.", "file", name=name, most=BYTES // 1024**2
        )


def see_extent(height: int, width: int, name: str) -> None:
    """See that a sheet is not too large to be read.

    Raises:
        RuleBroken: it has too many rows, columns or cells.
    """
    if height > ROWS or width > COLUMNS or height * width > CELLS:
        message = "{name} has a sheet of {height} rows and {width} columns. Most are {rows} rows."
        raise RuleBroken(message, "file", name=name, height=height, width=width, rows=ROWS)


def format_of(data: bytes, name: str) -> str:
    """Return the format of a spreadsheet: xls, xlsx, ods.

    Raises:
        RuleBroken: it is none, or unpacks into too much.
    """
    if not data.startswith(b"PK"):
        return "xls"
    try:
        return _looked_through(data, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        ET.ParseError,
        NotImplementedError,  # packed as no program packs: a damaged byte says so
        ValueError,
        OSError,
    ) as error:
        message = "{name} cannot be read as a table. Save it as CSV or xlsx and try that."
        raise RuleBroken(message, "file", name=name) from error


def _looked_through(data: bytes, name: str) -> str:
    left, kind = UNPACKED, ""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        members = packed.infolist()
    if len(members) > _MEMBERS:
        raise ValueError(name)
    for member in members:
        content = b"".join(_unpacked(data, member, left, name))
        left -= len(content)
        if member.filename == "xl/workbook.xml":
            kind = "xlsx"
        elif member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
            _see_cells(content, name)
        elif member.filename == "content.xml":
            kind = "ods"
            _see_tables(content, name)
    if not kind:
        raise ValueError(name)
    return kind


def _unpacked(data: bytes, member: zipfile.ZipInfo, most: int, name: str) -> Iterator[bytes]:
    """Yield what is packed, by what is there and not by what the file says of itself."""
    at = member.header_offset
    lengths = struct.unpack_from("<HH", data, at + _LENGTHS)
    begins = at + _LOCAL_HEADER + sum(lengths)
    raw = data[begins : begins + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield raw
        return
    unpack, count = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while raw and not unpack.eof:
        part = unpack.decompress(raw, _STEP)
        raw, count = unpack.unconsumed_tail, count + len(part)
        if count > most:
            raise RuleBroken("{name} unpacks into more than can be read.", "file", name=name)
        yield part


def _see_cells(content: bytes, name: str) -> None:
    """See how far the cells of a sheet lie apart: reference C7 is row 7, column 3."""
    found = _REFERENCE.findall(content)
    height = max((int(row) for row in {row for _, row in found}), default=0)
    width = max(map(_column, {column for column, _ in found}), default=0)
    see_extent(height, width, name)


@cache
def _column(letters: bytes) -> int:
    """Return the place of a column: A is 1, AA is 27."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


def _see_tables(content: bytes, name: str) -> None:
    """See how many cells a document's sheets have, the repeated ones counted out."""
    cells = height = width = empty = 0
    for _, element in ET.iterparse(io.BytesIO(content)):  # noqa: S314, expat bounds what it expands
        if element.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            repeated = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
            cells += repeated
            width = cells if len(element) or len(element.attrib) > 1 else width
        elif element.tag == f"{_TABLE}table-row":
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            height, empty = (height + empty + repeated, 0) if width else (height, empty + repeated)
            see_extent(height, max(width, 1), name)
            cells = width = 0
            element.clear()
        elif element.tag == f"{_TABLE}table":
            height = empty = 0
