"""What cameras write into pictures: found, read as far as it is needed, and blanked [EXIF 2.32]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

NAME = b"Exif\0\0"
_ORIENTATION, _EXIF, _PLACE, _XMP, _IPTC = 0x0112, 0x8769, 0x8825, 0x02BC, 0x83BB
_TRACES = frozenset(
    {0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x8298, _XMP, _IPTC, 0x8649}
)
"""Tags of a picture itself that tell of it: words, camera, program, time, artist, owner."""

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_MOST_ENTRIES, _MOST_TABLES, _MOST_BELOW, _MOST_STARTS = 200, 8, 4, 8
_INLINE = 4
_INSIDE = re.compile(rb"Exif\x00\x00(?=II\*\x00|MM\x00\*)")
_PACKET_BEGINS, _PACKET_ENDS = b"<x:xmpmeta", b"</x:xmpmeta>"
_Order = Literal["little", "big"]


class _Entry(NamedTuple):
    tag: int
    at: int
    value: int
    size: int
    number: int


def orientation(block: bytes) -> int:
    """Return how the picture lies, 1 to 8; 0 where the block does not say."""
    for entry in _entries(block, 0, _order(block), _first(block, 0)):
        if entry.tag == _ORIENTATION:
            number = int.from_bytes(block[entry.value : entry.value + 2], _order(block))
            return number if 1 <= number <= 8 else 0  # noqa: PLR2004
    return 0


def only_orientation(turned: int) -> bytes:
    """Return a block that tells nothing but how the picture lies."""
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\x03" + b"\0\0\0\x01" + turned.to_bytes(2, "big")
    return b"MM\0*\0\0\0\x08" + b"\0\x01" + entry + bytes(2) + bytes(4)


def blank(data: bytearray) -> None:
    """Blank what tells of a picture where it stands: in a TIFF, and inside any other file."""
    starts = [found.end() for found in islice(_INSIDE.finditer(data), _MOST_STARTS)]
    if data.startswith((b"II*\0", b"MM\0*")):
        starts.append(0)
    told = [place for start in starts for place in _traces(data, start)]
    done = 0
    for begin, size in sorted(told):
        begin, end = max(begin, done), min(begin + size, len(data))  # noqa: PLW2901
        if begin < end:
            data[begin:end] = bytes(end - begin)
            done = end
    _blank_packets(data)


def _blank_packets(data: bytearray) -> None:
    begin = data.find(_PACKET_BEGINS)
    while begin >= 0:
        end = data.find(_PACKET_ENDS, begin)
        if end < 0:
            return
        data[begin:end] = b" " * (end - begin)
        begin = data.find(_PACKET_BEGINS, end)


def _traces(data: bytearray, start: int) -> Iterator[tuple[int, int]]:
    """Yield where values stand that tell of a picture, and how long they are."""
    order = _order(data[start : start + 2])
    table, tables = _first(data, start), 0
    while table and tables < _MOST_TABLES:
        tables += 1
        entries = list(_entries(data, start, order, table))
        yield from ((each.value, each.size) for each in entries if each.tag in _TRACES)
        below = [each.number for each in entries if each.tag in (_EXIF, _PLACE)]
        for inner in below[:_MOST_BELOW]:
            for each in _entries(data, start, order, inner):
                yield each.value, each.size
        table = _next(data, start, order, table)


def _order(block: bytes | bytearray) -> _Order:
    return "little" if block[:2] == b"II" else "big"


def _first(block: bytes | bytearray, start: int) -> int:
    return int.from_bytes(block[start + 4 : start + 8], _order(block[start : start + 2]))


def _entries(block: bytes | bytearray, start: int, order: _Order, table: int) -> Iterator[_Entry]:
    at = start + table
    count = int.from_bytes(block[at : at + 2], order) if at + 2 <= len(block) else 0
    for place in range(at + 2, at + 2 + 12 * min(count, _MOST_ENTRIES), 12):
        if place + 12 > len(block):
            return
        tag = int.from_bytes(block[place : place + 2], order)
        kind = int.from_bytes(block[place + 2 : place + 4], order)
        many = int.from_bytes(block[place + 4 : place + 8], order)
        number = int.from_bytes(block[place + 8 : place + 12], order)
        size = _SIZES.get(kind, 1) * many
        value = place + 8 if size <= _INLINE else start + number
        yield _Entry(tag, place, value, size, number)


def _next(block: bytes | bytearray, start: int, order: _Order, table: int) -> int:
    at = start + table
    count = int.from_bytes(block[at : at + 2], order)
    end = at + 2 + 12 * count
    following = int.from_bytes(block[end : end + 4], order)
    return following if following > table else 0
