"""Box 3, right side: which part and which truck a scribbled line means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SHORT = {"trk": "truck", "tr": "truck", "t": "truck", "whse": "warehouse"}
_LEAST = Fraction(1, 2)
"""Of the words written and the words of the part, at least half are the same (ours)."""
_NAMED_BY_NUMBER = Fraction(2)


@dataclass(frozen=True, slots=True)
class Named:
    """A part or a place by its names; ``number`` is a part's."""

    id: int
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a line means; None where it names no part, no place, or more than one."""

    part_id: int | None
    location_id: int | None


def words(text: str) -> tuple[str, ...]:
    """Return the words of a line in small letters, digits apart: "Trk1" is trk, 1."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def read(text: str, *, parts: Sequence[Named], places: Sequence[Named], place: str = "") -> Meant:
    """Return what a line such as "hose clamp 2 in Trk 1" means.

    ``place`` is where it says so in a box of its own. The place is looked for from the end of the
    line; what is left names the part. A part's number alone is enough.
    """
    written = words(text)
    location_id, rest = _place(written, places)
    if place.strip():
        location_id, _ = _place(words(place), places)
    return Meant(_part(rest, parts), location_id)


def _place(written: tuple[str, ...], places: Sequence[Named]) -> tuple[int | None, tuple[str, ...]]:
    """Return the place that is named last, and the words without it."""
    best: tuple[int, int, int] | None = None
    for place in places:
        named = words(place.name)
        for start in range(len(written) - len(named), -1, -1):
            spelled = tuple(_SHORT.get(word, word) for word in written[start : start + len(named)])
            if named and spelled == named:
                best = max(best or (-1, 0, 0), (start, len(named), place.id))
                break
    if best is None:
        return None, written
    start, length, place_id = best
    return place_id, written[:start] + written[start + length :]


def _part(written: tuple[str, ...], parts: Sequence[Named]) -> int | None:
    """Return the part that the words are most like, if one is before all others."""
    asked = set(written)
    if not asked:
        return None
    ranked = sorted(((_likeness(asked, part), part.id) for part in parts), reverse=True)
    if not ranked or ranked[0][0] < _LEAST:
        return None
    is_alone = len(ranked) == 1 or ranked[1][0] < ranked[0][0]
    return ranked[0][1] if is_alone else None


def _likeness(asked: set[str], part: Named) -> Fraction:
    number = set(words(part.number))
    if number and asked == number:
        return _NAMED_BY_NUMBER
    named = set(words(part.name))
    without = asked - number if number and number <= asked else asked
    return Fraction(len(without & named), len(without | named)) if without else Fraction(0)
