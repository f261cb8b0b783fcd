"""Pictures that want to hurt: each is added, shown and given out by a process of its own.

    python -m tests.trust.pictures [--megabytes 200]

Each may take 5 seconds of work, with all that its process loads, and 500 MB; what cannot be
shown or cleaned is refused in words.
"""

from __future__ import annotations

import argparse
import os
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import exif, pictures
from smallcmms.services import attachments
from smallcmms.services.samples import story
from smallcmms.store.opening import create
from tests.exchange import cameras

SECONDS, MEGABYTES = 5.0, 500
_PATIENCE = 180.0
Made = Callable[[int], bytes]


@dataclass(frozen=True)
class Result:
    """What one picture did: how long it took, how much memory, and the words it was met with."""

    name: str
    seconds: float
    megabytes: float
    words: str
    code: int

    @property
    def is_good(self) -> bool:
        return self.code == 0 and self.seconds < SECONDS and self.megabytes < MEGABYTES


def png(width: int, height: int, *, depth: int = 8, colour: int = 2, points: int = 0) -> bytes:
    """Return a PNG that promises this size and holds so many bytes of points, packed."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(10_000_000)) for _ in range(-(-points // 10_000_000)))
    chunks = ((b"IHDR", head), (b"IDAT", packed + packer.flush()), (b"IEND", b""))
    body = b"".join(
        len(inside).to_bytes(4, "big")
        + name
        + inside
        + zlib.crc32(name + inside).to_bytes(4, "big")
        for name, inside in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg(width: int, height: int, **options: object) -> bytes:
    held = BytesIO()
    Image.new("RGB", (width, height), "red").save(held, "JPEG", **options)
    return held.getvalue()


def jpeg_that_promises(width: int, height: int) -> bytes:
    data = bytearray(jpeg(64, 64))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def gif(width: int, height: int) -> bytes:
    return (
        b"GIF89a"
        + struct.pack("<HH", width, height)
        + b"\xf0\0\0"
        + bytes(6)
        + b",\0\0\0\0"
        + (struct.pack("<HH", width, height) + b"\0\x02\x02L\x01\0;")
    )


def loops() -> bytes:
    """Return a TIFF whose tables lead to themselves and to each other."""
    table = struct.pack(">H", 3) + b"".join(
        struct.pack(">HHII", tag, 4, 1, 8) for tag in (0x8769, 0x8825, 0x0112)
    )
    return b"MM\0*" + struct.pack(">I", 8) + table + struct.pack(">I", 8) + bytes(400)


def greedy() -> bytes:
    """Return a TIFF whose every value claims the whole file, and gives it again and again."""
    entries = b"".join(struct.pack(">HHII", 0x8825, 1, 0xFFFFFFF0, 8) for _ in range(1000))
    return b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 1000) + entries + bytes(2_000_000)


def filled(start: bytes, piece: bytes, size: int) -> bytes:
    return start + piece * ((size - len(start)) // len(piece))


PICTURES: dict[str, Made] = {
    "a sound one": lambda _: cameras.picture(size=(4000, 3000)),
    "50,000 x 50,000 PNG": lambda _: png(50_000, 50_000, points=100_000_000),
    "50,000 x 50,000 JPEG": lambda _: jpeg_that_promises(50_000, 50_000),
    "65,535 x 3,800 JPEG": lambda _: jpeg_that_promises(65_535, 3_800),
    "24 megapixels of PNG": lambda _: png(6000, 4000, points=72_010_000),
    "24 megapixels, 16 bits": lambda _: png(6000, 4000, depth=16, colour=6, points=192_010_000),
    "progressive JPEG": lambda _: jpeg(6000, 4000, progressive=True),
    "progressive, too large": lambda _: jpeg(6100, 4000, progressive=True),
    "a plain JPEG of 108": lambda _: jpeg(12_000, 9000),
    "GIF of 65,535 x 65,535": lambda _: gif(65_535, 65_535),
    "GIF of 4,900 x 4,800": lambda _: gif(4900, 4800),
    "a long text in a PNG": lambda size: (
        png(9, 9)[:33]
        + _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(size * 500_000), 9))
        + png(9, 9, points=10_000_000)[33:]
    ),
    "broken EXIF": lambda _: cameras.picture().replace(b"II*\0", b"II*\xff"),
    "EXIF that points outside": lambda _: cameras.picture().replace(b"\x25\x88", b"\x69\x87"),
    "tables in a circle": lambda _: loops(),
    "tables in a circle, in HEIC": lambda _: b"\0\0\0\x18ftypheic" + exif.NAME + loops(),
    "values without end": lambda _: greedy(),
    "many starts of EXIF": lambda size: filled(
        b"\0\0\0\x18ftypheic", exif.NAME + b"MM\0*\0\0\0\x08\0\xff", size * 1_000_000
    ),
    "many starts of XMP": lambda size: filled(b"II*\0", b"<x:xmpmeta", size * 1_000_000),
    "0xFF after the start": lambda size: filled(cameras.picture()[:-40], b"\xff", size * 1_000_000),
    "nothing but 0xFF": lambda size: filled(b"\xff\xd8\xff", b"\xff", size * 1_000_000),
    "segments without end": lambda size: filled(b"\xff\xd8", b"\xff\xe1\0\2", size * 1_000_000),
    "chunks without end": lambda size: filled(
        b"\x89PNG\r\n\x1a\n", b"\0\0\0\0tEXt\0\0\0\0", size * 1_000_000
    ),
    "blocks without end": lambda size: filled(gif(60, 60)[:19], b"!\xfe\0", size * 1_000_000),
    "parts without end": lambda size: filled(
        b"RIFF\xff\xff\xff\xffWEBP", b"EXIF\0\0\0\0", size * 1_000_000
    ),
    "a JPEG with much behind it": lambda size: filled(cameras.picture(), b"GPS", size * 1_000_000),
    "a large TIFF": lambda size: filled(loops(), b"\0" * 1000, size * 1_000_000),
    "noise called JPEG": lambda size: b"\xff\xd8\xff" + os.urandom(size * 1_000_000),
}


def _chunk(name: bytes, inside: bytes) -> bytes:
    checked = name + inside
    return len(inside).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")


def look_at(path: Path, folder: Path) -> str:
    """Add a picture to an asset, show it small and large, give a copy out; return what was said."""
    store = create(folder / "shop.smallcmms", now=story.Clock())
    story.set_up(store)
    start = story.before(store)
    (kept,) = attachments.add_files(store, "asset", start.asset_id, [path])
    said = []
    try:
        for most in (64, 480):
            try:
                seen = pictures.small(attachments.content(store, kept), most=most)
                said.append(f"{seen.width} x {seen.height}")
            except RuleBroken as refused:
                said.append(str(refused))
        try:
            attachments.save_copy(store, kept, folder / "copy", clean=pictures.without_traces)
        except RuleBroken as refused:
            said.append(str(refused))
        else:
            left = (folder / "copy").stat().st_size
            said.append(f"copy of {left / 1e6:.1f} MB")
    finally:
        store.close()
    return "; ".join(said)


def try_one(name: str, megabytes: int) -> Result:
    """Hand one picture to a process of its own, which has nothing else to do."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture"
        path.write_bytes(PICTURES[name](megabytes))
        command = [sys.executable, "-m", "tests.trust.pictures", "--look", str(path)]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=_PATIENCE
            )
        except subprocess.TimeoutExpired:
            return Result(name, _PATIENCE, 0, "no end", 1)
    last = done.stdout.strip().splitlines()[-1:] or ["0\t0\t" + done.stderr[-300:]]
    seconds, used, words = last[0].split("\t", 2)
    return Result(name, float(seconds), float(used), words, done.returncode)


def _most_memory() -> float:
    """Return the most megabytes that this process held; what its parent held does not count."""
    told = Path("/proc/self/status").read_text("utf-8")
    return int(told.split("VmHWM:")[1].split()[0]) / 1000


def main() -> int:
    """Try every picture; return 1 if one hurt."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--look", type=Path)
    told = parser.parse_args()
    if told.look is not None:
        with tempfile.TemporaryDirectory() as folder:
            said = look_at(told.look, Path(folder))
        seconds, used = time.process_time(), _most_memory()
        sys.stdout.write(f"{seconds:.2f}\t{used:.0f}\t{said}\n")
        return 0
    results = []
    for name in PICTURES:
        each = try_one(name, told.megabytes)
        mark = "ok " if each.is_good else "BAD"
        sys.stdout.write(
            f"{mark} {each.seconds:5.2f} s {each.megabytes:4.0f} MB  {each.name}: {each.words}\n"
        )
        sys.stdout.flush()
        results.append(each)
    return int(not all(each.is_good for each in results))


if __name__ == "__main__":
    sys.exit(main())
