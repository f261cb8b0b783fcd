"""Pictures from outside: small ones to show, and copies without what the camera wrote into them.

A picture is never trusted: its size is read before its points are, and only kinds that Pillow
reads without outside programs are opened. A copy that leaves keeps every point as it was; only what
stands beside them goes: place, time, camera, owner, thumbnails, what follows the end.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from types import MappingProxyType

from PIL import Image, ImageOps

from smallcmms.domain.attachments import HEAD, ending
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import exif

MOST_POINTS = 24_000_000
MOST_POINTS_OF_WEBP, MOST_POINTS_OF_JPEG = 16_000_000, 250_000_000
"""A plain JPEG is read small at once; others take four bytes a point, a WebP three times that."""

_KINDS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
_FAULTS = (OSError, ValueError, SyntaxError, struct.error, zlib.error, KeyError, IndexError)
_OTHER_FAULTS = (TypeError, AttributeError, OverflowError, ZeroDivisionError, EOFError)
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])", re.DOTALL)
_SCAN, _END, _AT_ONCE = 0xDA, 0xD9, (0xC0, 0xC1)
_MOST_PARTS, _MOST_BEFORE = 100_000, 2000
_FILLING = b"\xff" * 1024
"""Points are never written so, and whoever reads them waits for their end again and again."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_DROPPED = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xE2, 0xEE}
_PNG_DROPPED = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_PNG_HEAD, _ORIENTED = 8, 1
_WEBP_FLAGS = 0x0C
"""The bits of a WebP that promise EXIF and XMP."""


@dataclass(frozen=True, slots=True)
class Small:
    """A picture made small: its points as RGB, three bytes each, and how large the whole is."""

    width: int
    height: int
    points: bytes
    whole: tuple[int, int]


def small(data: bytes, *, most: int) -> Small:
    """Return a picture no wider and no higher than ``most`` points, the right way up.

    Raises:
        RuleBroken: it is too large to be shown, or is no sound picture.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _small(data, most)
        except RuleBroken:
            raise
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except (*_FAULTS, *_OTHER_FAULTS, MemoryError) as error:
            raise RuleBroken(
                "This picture cannot be shown: it is damaged or of another kind."
            ) from error


def _begins_soon(data: bytes) -> bool:
    """Tell whether the points begin after few parts: Pillow walks to them one part at a time."""
    kind = ending(data[:HEAD])
    if kind == ".jpg":
        return _has_points(data)
    if kind == ".png":
        return b"IDAT" in (name for name, _body, _whole in islice(_chunks(data), _MOST_BEFORE))
    return kind != ".gif" or _gif_begins(data)


def _has_points(data: bytes) -> bool:
    """Tell whether a JPEG comes to its points soon, and whether they are written as points are."""
    before = islice(_segments(data), _MOST_BEFORE)
    begins = next((end for code, _body, end in before if code == _SCAN), 0)
    fills = data.find(_FILLING, begins)
    return begins > 0 and (fills < 0 or data.find(b"\xff\xd9", begins, fills + 2) >= 0)


def _gif_begins(data: bytes) -> bool:
    """Tell whether a GIF comes to its first picture after few blocks."""
    flags = data[10] if len(data) > 13 else 0  # noqa: PLR2004
    at = 13 + (3 << (flags % 8 + 1) if flags & 0x80 else 0)
    for _block in range(_MOST_BEFORE):
        if data[at : at + 1] == b",":
            return True
        if data[at : at + 1] != b"!":
            return False
        at += 2
        for _part in range(_MOST_BEFORE):
            length = data[at] if at < len(data) else 0
            at += length + 1
            if not length:
                break
    return False


def _small(data: bytes, most: int) -> Small:
    if not _begins_soon(data):
        raise OSError
    with Image.open(BytesIO(data), formats=_KINDS) as picture:
        whole = picture.size
        if whole[0] * whole[1] > _most_points(picture.format, data):
            raise _too_large()
        turned = orientation(data)
        picture.draft("RGB", (most, most))
        picture.thumbnail((most, most), reducing_gap=2.0)
        upright = _turned(picture.convert("RGBA"), turned)
        ground = Image.new("RGB", upright.size, "white")
        ground.paste(upright, mask=upright.getchannel("A"))
        whole = whole if turned <= 4 else whole[::-1]  # noqa: PLR2004
        return Small(*ground.size, ground.tobytes(), whole)


def _most_points(kind: str | None, data: bytes) -> int:
    """Return how many points may be read: only a JPEG in one go is never held whole."""
    if kind == "WEBP":
        return MOST_POINTS_OF_WEBP
    colours = 0
    for code, body, _end in _segments(data) if kind == "JPEG" else ():
        if code in _AT_ONCE and len(body) > 5:  # noqa: PLR2004
            colours = body[5]
        if code == _SCAN and body and body[0] == colours:
            return MOST_POINTS_OF_JPEG
    return MOST_POINTS


def _turned(picture: Image.Image, turned: int) -> Image.Image:
    exif_of_ours = Image.Exif()
    exif_of_ours[0x0112] = turned
    picture.info["exif"] = exif_of_ours.tobytes()
    return ImageOps.exif_transpose(picture)


def _too_large() -> RuleBroken:
    most = MOST_POINTS // 1_000_000
    return RuleBroken(
        "This picture is too large to be shown: more than {most} megapixels.", most=most
    )


def orientation(data: bytes) -> int:
    """Return how a JPEG, PNG or WebP lies, 1 to 8 as EXIF counts; 1 is upright."""
    kind = ending(data[:HEAD])
    blocks: Iterator[bytes] = iter(())
    if kind == ".jpg":
        blocks = (bytes(body) for code, body, _end in _segments(data) if code == 0xE1)  # noqa: PLR2004
    elif kind == ".png":
        blocks = (bytes(body) for name, body, _whole in _chunks(data) if name == b"eXIf")
    elif kind == ".webp":
        blocks = (bytes(body) for name, body in _riff(data) if name == b"EXIF")
    for block in blocks:
        if turned := exif.orientation(block.removeprefix(exif.NAME)):
            return turned
    return 1


def without_traces(data: bytes) -> Iterator[bytes | memoryview]:
    """Yield a picture's bytes without what tells where, when and by whom it was taken.

    The points stay as they are, and the picture stays upright. What is no picture comes as it is.
    """
    cleaners: MappingProxyType[str, Callable[[bytes], Iterator[bytes | memoryview]]]
    cleaners = MappingProxyType(
        {".jpg": _jpeg, ".png": _png, ".webp": _webp, ".tif": _in_place, ".heic": _in_place}
    )
    yield from cleaners.get(ending(data[:HEAD]), _as_it_is)(data)


def _counted(parts: int) -> int:
    if parts >= _MOST_PARTS:
        raise _spoiled()
    return parts + 1


def _spoiled() -> RuleBroken:
    return RuleBroken("This picture is damaged: where it was taken cannot be taken out of it.")


def _as_it_is(data: bytes) -> Iterator[bytes | memoryview]:
    yield data


def _in_place(data: bytes) -> Iterator[bytes | memoryview]:
    blank = bytearray(data)
    exif.blank(blank)
    yield memoryview(blank)


def _segments(data: bytes) -> Iterator[tuple[int, memoryview, int]]:
    """Yield the segments of a JPEG up to its first scan: its kind, its body, where it ends."""
    view, at, parts = memoryview(data), 2, 0
    while at + 4 <= len(data) and data[at] == 0xFF and parts < _MOST_PARTS:  # noqa: PLR2004
        parts += 1
        code = data[at + 1]
        if code == 0xFF:  # noqa: PLR2004
            at += 1
            continue
        if code in _ALONE:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if code == _END or length < 2 or at + 2 + length > len(data):  # noqa: PLR2004
            return
        yield code, view[at + 4 : at + 2 + length], at + 2 + length
        if code == _SCAN:
            return
        at += 2 + length


def _jpeg(data: bytes) -> Iterator[bytes | memoryview]:
    """Yield a JPEG without the segments that tell of it, and without what follows its end."""
    if not _has_points(data):
        raise _spoiled()
    view, turned = memoryview(data), orientation(data)
    yield view[:2]
    if turned != _ORIENTED:
        body = exif.NAME + exif.only_orientation(turned)
        yield b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    at, parts = 2, 0
    while at + 4 <= len(data):
        parts = _counted(parts)
        found = _MARKER.search(data, at)
        if found is None:
            yield view[at:]
            return
        yield view[at : found.start()]  # points of a scan, or nothing
        at, code = found.end(), found[1][0]
        if code == _END:
            yield b"\xff\xd9"
            return
        if code in _ALONE:
            yield b"\xff" + found[1]
            continue
        end = at + max(int.from_bytes(data[at : at + 2], "big"), 2)
        if not _is_dropped(code, view[at + 2 : at + 14]):
            yield b"\xff" + found[1]
            yield view[at:end]
        at = end


def _is_dropped(code: int, head: memoryview) -> bool:
    """Tell whether a segment of a JPEG goes; a colour profile and Adobe's colours stay."""
    if code == 0xE2:  # noqa: PLR2004
        return bytes(head) != b"ICC_PROFILE\0"
    return code in _DROPPED


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview, memoryview]]:
    """Yield the chunks of a PNG: name, body, and the whole of it."""
    view, at, parts = memoryview(data), _PNG_HEAD, 0
    while at + 12 <= len(data):
        parts = _counted(parts)
        length = int.from_bytes(data[at : at + 4], "big")
        name, end = data[at + 4 : at + 8], at + 12 + length
        yield name, view[at + 8 : end - 4], view[at:end]
        if name == b"IEND":
            return
        at = end


def _png(data: bytes) -> Iterator[bytes | memoryview]:
    turned = orientation(data)
    yield memoryview(data)[:_PNG_HEAD]
    for name, _body, whole in _chunks(data):
        if name not in _PNG_DROPPED:
            yield whole
        if name == b"IHDR" and turned != _ORIENTED:
            body = b"eXIf" + exif.only_orientation(turned)
            yield (len(body) - 4).to_bytes(4, "big") + body
            yield zlib.crc32(body).to_bytes(4, "big")


def _riff(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    view, at, parts = memoryview(data), 12, 0
    while at + 8 <= len(data):
        parts = _counted(parts)
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], view[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _webp(data: bytes) -> Iterator[bytes | memoryview]:
    turned = orientation(data)
    parts = [(name, bytes(body)) for name, body in _riff(data) if name not in (b"EXIF", b"XMP ")]
    is_turned = turned != _ORIENTED and parts and parts[0][0] == b"VP8X"
    if parts and parts[0][0] == b"VP8X" and parts[0][1]:
        flags = parts[0][1][0] & ~_WEBP_FLAGS | (8 if is_turned else 0)
        parts[0] = (b"VP8X", bytes([flags]) + parts[0][1][1:])
    if is_turned:
        parts.append((b"EXIF", exif.only_orientation(turned)))
    body = b"".join(
        name + len(each).to_bytes(4, "little") + each + bytes(len(each) % 2) for name, each in parts
    )
    yield b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP"
    yield body
