"""How a text is broken into lines on paper, so that no letter of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Measure = Callable[[str, str, float], float]
"""The width in millimetres of a text in a face ("regular", "bold" …) and a size in points."""

POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Type:
    """A face, its size in points and the distance of its lines in millimetres."""

    face: str
    size: float
    lead: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; `tail` goes on in another type, `end` as the line began."""

    text: str
    type: Type
    tail: str = ""
    tail_type: Type | None = None
    end: str = ""

    @property
    def pieces(self) -> tuple[tuple[str, Type], ...]:
        """Return the parts of the line that are not blank, each with its type."""
        if not self.tail and not self.end:  # as most lines are
            return ((self.text, self.type),) if self.text else ()
        tail = self.tail_type or self.type
        pieces = ((self.text, self.type), (self.tail, tail), (self.end, self.type))
        return tuple(piece for piece in pieces if piece[0])

    def width(self, measure: Measure) -> float:
        """Return how wide the line is, in millimetres."""
        return sum(measure(text, kind.face, kind.size) for text, kind in self.pieces)


def wrap(text: str, kind: Type, width: float, measure: Measure) -> list[str]:
    """Return the text in lines no wider than `width` millimetres, broken at spaces if possible."""
    lines: list[str] = []
    for paragraph in text.strip().splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if measure(longer, kind.face, kind.size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = _pieces(word, kind, width, measure)
            lines.extend(whole)
        lines.append(line)
    return lines


def _pieces(word: str, kind: Type, width: float, measure: Measure) -> list[str]:
    """Break a word that may be wider than the line."""
    pieces = []
    while len(word) > 1 and measure(word, kind.face, kind.size) > width:
        room = _letters_that_fit(word, kind, width, measure)
        pieces.append(word[:room])
        word = word[room:]
    return [*pieces, word]


def _letters_that_fit(word: str, kind: Type, width: float, measure: Measure) -> int:
    """Return how many letters of the word fit; at least one, so that breaking always ends."""
    low, high = 1, len(word) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if measure(word[:middle], kind.face, kind.size) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def wrap_line(line: Line, width: float, measure: Measure) -> list[Line]:
    """Return a line broken to the width; what follows in another face may take its own lines."""
    if line.tail and line.width(measure) <= width:
        return [line]
    return [
        Line(text, kind)
        for words, kind in line.pieces
        for text in wrap(words, kind, width, measure)
    ]


def fit(
    lines: tuple[Line, ...], width: float, measure: Measure, *, most: int, goes_on: str
) -> tuple[tuple[Line, ...], bool]:
    """Return at most `most` printed lines, and whether the text had to stop before its end.

    A text that stops says so in its last line with the words of `goes_on`.
    """
    printed = [piece for line in lines for piece in wrap_line(line, width, measure)]
    if len(printed) <= most:
        return tuple(printed), False
    last = printed[most - 1]
    return (*printed[: most - 1], Line(goes_on, last.type)), True


def height(lines: tuple[Line, ...]) -> float:
    """Return how high the lines stand together, in millimetres."""
    return sum(line.type.lead for line in lines)
