"""The words of a tag: number, name, place, phone or shelf, in the room that the code leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smallcmms.domain import papers
from smallcmms.domain.places import Rect
from smallcmms.domain.wrapping import POINT, Line, Type, height, wrap
from smallcmms.reports.style import measure

NUMBER = Type("extrabold", 17, 19 * POINT)
NAME = Type("bold", 9.5, 11.5 * POINT)
NAME_SMALL = Type("bold", 8.5, 10.5 * POINT)
PLACE = Type("regular", 7.5, 9.5 * POINT)
PHONE = Type("semibold", 9, 12 * POINT)
SHELF = Type("bold", 11, 14 * POINT)
_STEP = 0.06
_LEAST, _LEAST_WHOLE = 0.58, 0.75
"""As small as letters get (4.4 points for the place), and as small as they get to stay whole."""
_LEAST_NARROW, _LEAST_LEAD, _JUST = 0.4, 0.6, 0.999
_LEAVE_OUT = (
    (),
    ("place",),
    ("place", "phone"),
    ("place", "phone", "name"),
    ("place", "phone", "name", "shelf"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a tag says beside or below its code, and the room for it."""

    tag: papers.Tag
    room: Rect
    trouble: str = ""

    def lines(self, scale: float) -> list[Line]:
        """Return the lines that fit in the room, as large as they fit, at most in a scale.

        A long name takes two lines, and so does a long place if there is room; what is longer ends
        in dots. Where there is little room the place is left out, then the phone, then the name,
        and the shelf of a part last.
        """
        whole = self._largest(scale, _LEAST_WHOLE, (), wants_whole=True)
        if whole:
            return whole
        for left_out in _LEAVE_OUT:
            found = self._largest(scale, _LEAST, left_out)
            if found:
                return found
        return []

    def _largest(
        self, scale: float, least: float, left_out: Sequence[str], *, wants_whole: bool = False
    ) -> list[Line]:
        """Return the lines in the largest letters that fit in the height, or none."""
        while scale >= least:
            found = self._set(scale, left_out)
            is_whole = not any(line.text.endswith("…") for line in found)
            if height(tuple(found)) <= self.room.height and (is_whole or not wants_whole):
                return found
            scale -= _STEP
        return []

    def _set(self, scale: float, left_out: Sequence[str]) -> list[Line]:
        """Return the lines in letters of a scale, whatever height they take."""
        tag, width = self.tag, self.room.width
        found = [_number(tag.number, scale, width)]
        last = [] if "phone" in left_out else _phone(tag.phone, scale, width, self.trouble)
        if tag.shelf and "shelf" not in left_out:
            last += _elided(tag.shelf, _narrowed(tag.shelf, _scaled(SHELF, scale), width), width, 1)
        if "name" not in left_out:
            is_short = measure(tag.name, NAME.face, NAME.size * scale) <= width
            found += _elided(tag.name, _scaled(NAME if is_short else NAME_SMALL, scale), width, 2)
        if "place" not in left_out:
            kind = _scaled(PLACE, scale)
            taken = height((*found, *last))
            most = 2 if taken + 2 * kind.lead <= self.room.height else 1
            found += _elided(tag.place, kind, width, most)
        return [*found, *last]


def _number(number: str, scale: float, width: float) -> Line:
    kind = _narrowed(number, _scaled(NUMBER, scale), width)
    return Line(number, kind)


def _phone(phone: str, scale: float, width: float, trouble: str) -> list[Line]:
    """Return the line with the phone; half a phone number would be of no use."""
    if not phone:
        return []
    kind, quiet = _scaled(PHONE, scale), _scaled(PLACE, scale)
    asked = Line(f"{trouble} ", Type(quiet.face, kind.size, kind.lead), phone, kind)
    if trouble and asked.width(measure) <= width:
        return [asked]
    return _elided(phone, _narrowed(phone, kind, width), width, 1)


def _narrowed(text: str, kind: Type, width: float) -> Type:
    """Return letters that are small enough for a width."""
    whole = measure(text, kind.face, kind.size)
    if whole <= width:
        return kind
    narrow = max(width / whole, _LEAST_NARROW) * _JUST
    return Type(kind.face, kind.size * narrow, kind.lead * max(narrow, _LEAST_LEAD))


def _scaled(kind: Type, scale: float) -> Type:
    return Type(kind.face, kind.size * scale, kind.lead * scale)


def _elided(text: str, kind: Type, width: float, most: int) -> list[Line]:
    if not text or width <= 0:
        return []
    found = wrap(text, kind, width, measure)
    if len(found) > most:
        last = found[most - 1]
        while last and measure(f"{last}…", kind.face, kind.size) > width:
            last = last[:-1]
        found = [*found[: most - 1], f"{last.rstrip()}…"]
    return [Line(line, kind) for line in found]
