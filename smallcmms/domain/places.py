"""Places on a printed sheet: millimetres from the top left corner of the page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from smallcmms.domain.papers import PaperSize
from smallcmms.domain.wrapping import Line

SIZES = {PaperSize.LETTER: (215.9, 279.4), PaperSize.A4: (210.0, 297.0)}
MARGIN = 11.0
TICK = 5.0
MARK_CENTRE = 7.8
MARK_SIZE = 4.9
CODE_SIZE = 16.0
CODE_MARGIN = 15.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, rounded to a hundredth of a millimetre."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        keep = object.__setattr__
        keep(self, "x", round(self.x, 2))
        keep(self, "y", round(self.y, 2))
        keep(self, "width", round(self.width, 2))
        keep(self, "height", round(self.height, 2))

    @property
    def right(self) -> float:
        """Return the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.y + self.height

    def to_json(self) -> list[float]:
        """Return x, y, width and height."""
        return [self.x, self.y, self.width, self.height]


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the page and the lines that are printed in it."""

    rect: Rect
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One side of the sheet: front, back, or more; with its marks, code, ticks and fields."""

    side: str
    width: float
    height: float
    marks: tuple[tuple[float, float], ...]
    code: Rect
    ticks: dict[str, Rect]
    fields: dict[str, Rect]
    areas: dict[str, Area]

    def to_json(self) -> dict[str, object]:
        """Return the places as plain lists, without the texts."""
        return {
            "side": self.side,
            "marks": [list(mark) for mark in self.marks],
            "code": self.code.to_json(),
            "ticks": {name: rect.to_json() for name, rect in self.ticks.items()},
            "fields": {name: rect.to_json() for name, rect in self.fields.items()},
            "areas": {name: area.rect.to_json() for name, area in self.areas.items()},
        }


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands on the pages of one printed copy."""

    paper_size: PaperSize
    pages: tuple[Page, ...]

    def to_json(self) -> str:
        """Return the table of places that is stored with the copy; lengths are millimetres."""
        width, height = SIZES[self.paper_size]
        table = {
            "paper_size": self.paper_size.value,
            "width": width,
            "height": height,
            "mark_size": MARK_SIZE,
            "pages": [page.to_json() for page in self.pages],
        }
        return json.dumps(table, separators=(",", ":"))


@dataclass(slots=True)
class Board:
    """A page while it is being laid out, from `y` downwards."""

    side: str
    paper_size: PaperSize
    y: float = 0.0
    ticks: dict[str, Rect] = field(default_factory=dict)
    fields: dict[str, Rect] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """Return the width of the page."""
        return SIZES[self.paper_size][0]

    @property
    def height(self) -> float:
        """Return the height of the page."""
        return SIZES[self.paper_size][1]

    @property
    def right(self) -> float:
        """Return the right margin."""
        return self.width - MARGIN

    @property
    def bottom(self) -> float:
        """Return the lower margin."""
        return self.height - MARGIN

    @property
    def room(self) -> float:
        """Return how much of the page is left."""
        return self.bottom - self.y

    def tick(self, name: str, x: float, centre: float) -> None:
        """Place a tick box with its left edge at `x`, centred on a height."""
        self.ticks[name] = Rect(x, centre - TICK / 2, TICK, TICK)

    def field(self, name: str, rect: Rect) -> None:
        """Place a field to write in."""
        self.fields[name] = rect

    def area(self, name: str, rect: Rect, lines: tuple[Line, ...] = ()) -> None:
        """Place a part of the page."""
        self.areas[name] = Area(rect, lines)

    def finish(self) -> Page:
        """Return the page with its seven marks and its code."""
        code = Rect(self.width - CODE_MARGIN - CODE_SIZE, CODE_MARGIN, CODE_SIZE, CODE_SIZE)
        marks = marks_of(self.width, self.height)
        return Page(
            self.side, self.width, self.height, marks, code, self.ticks, self.fields, self.areas
        )


def marks_of(width: float, height: float) -> tuple[tuple[float, float], ...]:
    """Return the centres of the seven marks: corners, middle of the sides, middle of the top."""
    near, right, low = MARK_CENTRE, round(width - MARK_CENTRE, 2), round(height - MARK_CENTRE, 2)
    middle = round(height / 2, 2)
    corners = ((near, near), (right, near), (near, low), (right, low))
    return (*corners, (near, middle), (right, middle), (round(width / 2, 2), near))
