"""Papers and pictures that belong to a record: their kinds, and what may become of a copy."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed import clean

MOST_BYTES = 250_000_000
"""The largest file that is kept; every backup copies it."""

HEAD = 4096
"""How many bytes of a file tell what it is."""


class AttachmentKind(StrEnum):
    """What the file is."""

    PHOTO = "photo"
    MANUAL = "manual"
    SDS = "sds"
    LOCK_OUT = "lock_out"
    SCAN = "scan"
    RECEIPT = "receipt"
    OTHER = "other"


PICTURES = frozenset({".jpg", ".png", ".gif", ".webp", ".bmp", ".tif", ".heic"})
"""The endings of pictures; a copy that leaves the program loses what its camera wrote into it."""

_SIGNATURES = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"%PDF-", ".pdf"),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"avif"})
_TEXTS = frozenset({".txt", ".log", ".md"})
_WORDS = (
    (AttachmentKind.SDS, re.compile(r"\b(m?sds|safety data)\b")),
    (AttachmentKind.LOCK_OUT, re.compile(r"\b(loto|lock ?outs?)\b")),
    (AttachmentKind.MANUAL, re.compile(r"\b(manual|instructions?|iom|datasheet)\b")),
    (AttachmentKind.RECEIPT, re.compile(r"\b(receipt|invoice|bill)\b")),
    (AttachmentKind.SCAN, re.compile(r"\bscan")),
)
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = frozenset('<>:"/\\|?*')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LONGEST = 120
_LONGEST_ENDING = 12
_EDGES = " .\u00a0"


def ending(head: bytes, name: str = "") -> str:
    """Return the ending that fits what a file holds (".jpg"), blank where that is not harmless.

    The first bytes decide, never the name: a program called photo.jpg is no picture. Only plain
    text is believed by its name, and only if it holds no sign that texts do not have.
    """
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ".webp"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return ".bmp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return ".heic"
    return ".txt" if _suffix(name) in _TEXTS and _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    if head.startswith((b"#!", b"MZ", b"\x7fELF", b"[")):
        return False
    text = head.decode("utf-8", "ignore" if len(head) >= HEAD else "replace")
    return "\ufffd" not in text and all(
        letter in "\t\r\n\f" or unicodedata.category(letter) != "Cc" for letter in text
    )


def guess(name: str, head: bytes) -> AttachmentKind:
    """Return what a file probably is, by its name and its first bytes."""
    words = re.sub(r"[\W_]+", " ", name.casefold())
    for kind, pattern in _WORDS:
        if pattern.search(words):
            return kind
    return AttachmentKind.PHOTO if ending(head, name) in PICTURES else AttachmentKind.OTHER


def shown_name(path: str) -> str:
    """Return the name that a record shows for a file: the last part of its path, and cleaned.

    Raises:
        RuleBroken: nothing is left of it.
    """
    name = re.split(r"[/\\]", clean(path).text)[-1]
    plain = " ".join("".join(" " if _is_unseen(each) else each for each in name).split())
    if not plain.strip(". "):
        raise RuleBroken("A file needs a name.", "name")
    return plain


def safe_name(name: str, fits: str = "") -> str:
    r"""Return a name under which a copy may leave, on any system: no path, no device, not long.

    ``fits`` is the ending that its content has; where the name ends otherwise it is put behind,
    so that nothing is opened as what it is not.
    """
    plain = "".join("_" if each in _FORBIDDEN else each for each in name if not _is_unseen(each))
    plain = " ".join(plain.split()).strip(_EDGES).lstrip("-~")
    stem, dot, last = plain.rpartition(".")
    if not dot or len(last) > _LONGEST_ENDING:
        stem, last = plain, ""
    if _RESERVED.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    if fits and f".{last}".casefold() not in _spellings(fits):
        stem, last = f"{stem}.{last}" if last else stem, fits[1:]
    short = _cut(stem, _LONGEST).strip(_EDGES) or "file"
    return f"{short}.{last}" if last else short


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _spellings(fits: str) -> frozenset[str]:
    """Return the endings that mean the same."""
    same = {".jpg": {".jpeg", ".jpe", ".jfif"}, ".tif": {".tiff"}, ".heic": {".heif", ".avif"}}
    return frozenset({fits, *same.get(fits, ()), *(_TEXTS if fits == ".txt" else ())})


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN


def _suffix(name: str) -> str:
    _stem, dot, last = name.rpartition(".")
    return f".{last.casefold()}" if dot else ""
