"""Pictures as telephones make them: with the place where they were taken, and how they lie."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

MAKER, OWNER = "Nosy Cameras Inc", "Velda Canary"
LATITUDE = (39.0, 45.0, 31.1234)
NORTH, WEST = "N", "W"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """Return a picture of one kind with everything a camera tells: 6 is turned to the left."""
    drawn = Image.new("RGB", size, (200, 30, 40))
    drawn.paste((10, 60, 220), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x013B] = MAKER, 6, OWNER
    exif.get_ifd(0x8825).update({1: NORTH, 2: LATITUDE, 3: WEST, 4: (84.0, 11.0, 30.5678)})
    exif.get_ifd(0x8769).update({0x9003: "2026:07:14 08:05:00", 0xA431: "SERIAL-4711"})
    held = BytesIO()
    drawn.save(held, kind, exif=exif.tobytes(), **options)
    return held.getvalue()


def told(data: bytes) -> list[str]:
    """Return what a picture still tells of where, when and by whom it was taken."""
    with Image.open(BytesIO(data)) as opened:
        exif = opened.getexif()
        place, more = dict(exif.get_ifd(0x8825)), dict(exif.get_ifd(0x8769))
    traces = [place.get(1), place.get(2), more.get(0x9003), more.get(0xA431), exif.get(0x010F)]
    found = [str(each) for each in traces if each and _says(each)]
    words = (MAKER, OWNER, "SERIAL-4711", "2026:07:14")
    return found + [word for word in words if word.encode() in data]


def _says(value: object) -> bool:
    if isinstance(value, str | bytes):
        return bool(str(value).strip("\0 "))
    return any(each == each and each != 0 for each in value)  # type: ignore[attr-defined]  # noqa: PLR0124


def points(data: bytes) -> bytes:
    """Return the points of a picture as they lie in the file."""
    with Image.open(BytesIO(data)) as opened:
        return opened.convert("RGB").tobytes()
