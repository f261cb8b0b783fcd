"""Pictures from outside: small ones to show, and copies that tell no place."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, features

from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import exif, pictures
from tests.exchange import cameras

KINDS = ["JPEG", "PNG", "TIFF", *(["WEBP"] if features.check("webp") else [])]


def cleaned(data: bytes) -> bytes:
    return b"".join(pictures.without_traces(data))


@pytest.mark.parametrize("kind", KINDS)
def test_the_control_a_picture_from_a_telephone_tells_where_it_was_taken(kind: str) -> None:
    assert len(cameras.told(cameras.picture(kind))) >= 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_tells_no_place_no_time_and_no_owner(kind: str) -> None:
    assert cameras.told(cleaned(cameras.picture(kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_has_every_point_of_the_picture(kind: str) -> None:
    data = cameras.picture(kind)
    assert cameras.points(cleaned(data)) == cameras.points(data)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "TIFF"])
def test_a_copy_stays_upright(kind: str) -> None:
    data = cleaned(cameras.picture(kind))
    assert pictures.orientation(data) == 6
    with Image.open(BytesIO(data)) as opened:
        assert opened.getexif().get(0x0112) == 6


def test_a_progressive_picture_and_its_colours_come_through() -> None:
    profile = b"profile" * 40
    data = cameras.picture(progressive=True, icc_profile=profile)
    copy = cleaned(data)
    with Image.open(BytesIO(copy)) as opened:
        assert opened.info["icc_profile"] == profile
    assert cameras.points(copy) == cameras.points(data)


def test_what_follows_the_end_of_a_picture_stays_behind() -> None:
    data = cameras.picture()
    second = cameras.picture(size=(8, 8))
    assert cameras.told(cleaned(data + second)) == []
    assert len(cleaned(data + second)) == len(cleaned(data))


def test_a_picture_inside_another_container_tells_no_place() -> None:
    """HEIC keeps the same block as JPEG; it is blanked where it stands."""
    block = exif.NAME + Image.open(BytesIO(cameras.picture())).info["exif"][6:]
    xmp = b"<x:xmpmeta>GPS 39.75</x:xmpmeta>"
    data = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + block + xmp + b"mdat" * 9
    copy = cleaned(data)
    assert len(copy) == len(data)
    assert not [word for word in (cameras.MAKER, "SERIAL-4711", "39.75") if word.encode() in copy]
    assert struct.pack(">II", 311234, 10000) not in copy


def test_a_torn_picture_keeps_what_there_is_of_it() -> None:
    data = cameras.picture(size=(400, 300))
    copy = cleaned(data[:-700])
    assert copy.endswith(data[-900:-700])
    assert b"GPS" not in copy


def test_what_is_no_picture_comes_as_it_is() -> None:
    assert cleaned(b"%PDF-1.7 of something") == b"%PDF-1.7 of something"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_small_picture_stands_upright_and_fits(kind: str) -> None:
    seen = pictures.small(cameras.picture(kind, (600, 400)), most=90)
    assert (seen.width, seen.height) == (60, 90)
    assert seen.whole == (400, 600)
    assert len(seen.points) == 60 * 90 * 3
    red, blue = seen.points[0], seen.points[59 * 3 + 2]
    assert min(red, blue) > 150, "what lay left stands on top"


def test_a_clear_ground_is_shown_white() -> None:
    held = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(held, "PNG")
    assert pictures.small(held.getvalue(), most=10).points == b"\xff" * 300


def _sum(checked: bytes) -> bytes:
    return zlib.crc32(checked).to_bytes(4, "big")


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that promises points without end in a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    body = b"".join(
        len(inside).to_bytes(4, "big")
        + name
        + inside
        + zlib.crc32(name + inside).to_bytes(4, "big")
        for name, inside in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(50_000, 50_000), (1, 2_000_000_000), (10_000, 2_401)])
def test_a_picture_without_end_is_not_even_begun(size: tuple[int, int]) -> None:
    with pytest.raises(RuleBroken, match="too large to be shown"):
        pictures.small(bomb(*size), most=100)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"GIF89a", b"<svg/>", b"BM" + bytes(60)])
def test_what_cannot_be_read_is_said_in_words(data: bytes) -> None:
    with pytest.raises(RuleBroken, match="cannot be shown"):
        pictures.small(data, most=100)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 2**31), st.integers(1, 40))
def test_a_spoiled_picture_is_shown_or_refused_and_never_a_fault(
    kind: str, seed: int, spoiled: int
) -> None:
    data = bytearray(cameras.picture(kind))
    for step in range(spoiled):
        data[(seed * 31 + step * 7919) % len(data)] = (seed >> step % 24) & 255
    for act in (lambda: pictures.small(bytes(data), most=50), lambda: cleaned(bytes(data))):
        try:
            act()
        except RuleBroken as refused:
            assert "picture" in str(refused)  # noqa: PT017
