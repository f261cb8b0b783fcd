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
    """One printed line; `tail` goes on in another face of the same size, `end` as it began."""

    text: str
    type: Type
    tail: str = ""
    tail_face: str = "bold"
    end: str = ""

    def width(self, measure: Measure) -> float:
        """Return how wide the line is, in millimetres."""
        size = self.type.size
        tail = measure(self.tail, self.tail_face, size) if self.tail else 0.0
        return measure(self.text, self.type.face, size) + tail + measure(
            self.end, self.type.face, size
        )


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
    kind = line.type
    tail = Type(line.tail_face, kind.size, kind.lead)
    pieces = ((line.text, kind), (line.tail, tail), (line.end, kind))
    return [
        Line(text, face) for words, face in pieces for text in wrap(words, face, width, measure)
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
