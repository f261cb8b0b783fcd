"""The faces of the papers, and which of them has a letter.

Inter carries the texts. A letter that Inter lacks (Hebrew, Arabic, a tick box) is taken from
DejaVu Sans; one that neither has is printed as an empty square and told to whoever asked for the
paper.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from smallcmms import paths
from smallcmms.domain.wrapping import POINT

FILES = {
    "regular": "SmallCMMSInter-Regular",
    "semibold": "SmallCMMSInter-SemiBold",
    "bold": "SmallCMMSInter-Bold",
    "extrabold": "SmallCMMSInter-ExtraBold",
}
SPARE = {"regular": "DejaVuSans", "semibold": "DejaVuSans-Bold"}
SPARE |= {"bold": "DejaVuSans-Bold", "extrabold": "DejaVuSans-Bold"}
MISSING = "\N{WHITE SQUARE}"
TEXTS = 20_000
"""So many texts are remembered: most words of a sheet stand on the next one too."""
_RIGHT_TO_LEFT = {"R", "AL"}
_WEAK_INSIDE = {"NSM", "WS", "CS", "ON", "ES"}


@dataclass(frozen=True, slots=True)
class SetText:
    """A text ready to print: its runs by font, its width in em, the letters no font has."""

    runs: tuple[tuple[str, str], ...]
    width: float
    missing: str


@cache
def font(name: str) -> TTFont:
    """Return a font by the name of its file; it is read once."""
    found = TTFont(name, paths.resources() / "fonts" / f"{name}.ttf")
    pdfmetrics.registerFont(found)
    return found


@cache
def _letters(name: str) -> frozenset[int]:
    return frozenset(font(name).face.charToGlyph)


@lru_cache(maxsize=TEXTS)
def ems(text: str, name: str) -> float:
    """Return how wide a text is in one font, in em."""
    return font(name).stringWidth(text, 1)


@lru_cache(maxsize=TEXTS)
def set_text(text: str, face: str) -> SetText:
    """Return a text as it is printed in a face, each letter in the first font that has it."""
    plain = _visual(_printable(text))
    name = FILES[face]
    if _letters(name).issuperset(map(ord, plain)):
        return SetText(((name, plain),) if plain else (), ems(plain, name), "")
    missing = []
    letters = []
    for letter in plain:
        owner = name if ord(letter) in _letters(name) else SPARE[face]
        if ord(letter) not in _letters(owner):
            missing.append(letter)
            letter = MISSING  # noqa: PLW2901
        letters.append((owner, letter))
    runs = tuple(
        (owner, "".join(letter for _, letter in group))
        for owner, group in groupby(letters, key=lambda pair: pair[0])
    )
    width = sum(ems(run, owner) for owner, run in runs)
    return SetText(runs, width, "".join(missing))


@lru_cache(maxsize=TEXTS)
def measure(text: str, face: str, size: float) -> float:
    """Return how wide a text is printed, in millimetres; the size is in points."""
    return set_text(text, face).width * size * POINT


def _printable(text: str) -> str:
    """Return a text without control signs, which have no shape; white space becomes a space."""
    if text.isascii() and text.isprintable():
        return text
    spaced = (" " if letter.isspace() else letter for letter in text)
    return "".join(each for each in spaced if unicodedata.category(each) not in {"Cc", "Cf"})


def _visual(text: str) -> str:
    """Return a text in the order in which it is seen: right-to-left words are turned round."""
    if text.isascii():
        return text
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    if not _RIGHT_TO_LEFT.intersection(kinds):
        return text
    seen = list(text)
    place = 0
    while place < len(text):
        if kinds[place] not in _RIGHT_TO_LEFT:
            place += 1
            continue
        end = _end_of_run(kinds, place)
        seen[place:end] = _turned(text[place:end], kinds[place:end])
        place = end
    return "".join(seen)


def _end_of_run(kinds: list[str], start: int) -> int:
    """Return where a right-to-left run ends: after its last letter of that kind."""
    end = start
    for place in range(start, len(kinds)):
        if kinds[place] in _RIGHT_TO_LEFT:
            end = place + 1
        elif kinds[place] not in _WEAK_INSIDE:
            break
    while end < len(kinds) and kinds[end] == "NSM":
        end += 1
    return end


def _turned(text: str, kinds: list[str]) -> list[str]:
    """Return a run from its end to its start, each accent after its own letter."""
    clusters: list[str] = []
    for letter, kind in zip(text, kinds, strict=True):
        if kind == "NSM" and clusters:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return list("".join(reversed(clusters)))
