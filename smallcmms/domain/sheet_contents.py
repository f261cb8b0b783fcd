"""What the places of a work order sheet must hold: final texts, in the order of the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from smallcmms.domain.papers import Choice, PaperSize
from smallcmms.domain.wrapping import POINT, Line, Measure, Type, fit


def _type(face: str, size: float, lead: float) -> Type:
    return Type(face, size, lead * POINT)


LABEL = _type("semibold", 9, 12)
SMALL = _type("regular", 9, 12)
PLAIN = _type("regular", 10, 13)
PLAIN_BOLD = _type("bold", 10, 13)
BODY = _type("regular", 11, 13)
BODY_BOLD = _type("bold", 11, 13)
PICK_UP = _type("extrabold", 11, 13)
ACCESS = _type("regular", 11.5, 15)
WRONG = _type("semibold", 13, 17)
NAME = _type("regular", 13, 17)
NAME_BOLD = _type("bold", 13, 17)
BIG = _type("regular", 16, 20)
BIG_BOLD = _type("bold", 16, 20)
LEVEL = _type("extrabold", 16, 20)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part to load; its number follows the name in smaller letters."""

    quantity: str
    name: str
    number: str
    where: str
    is_pickup: bool


@dataclass(frozen=True, slots=True)
class PastRow:
    """A line of what was done before."""

    on: str
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A line of the checklist, its unit, and the heading above it if a new one begins."""

    text: str
    unit: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The printed words whose length moves a box, and the words for texts that go on."""

    when: str = ""
    go_to: str = ""
    ask_for: str = ""
    access: str = ""
    note: str = ""
    wrong: str = ""
    asset: str = ""
    steps: str = ""
    load: str = ""
    history: str = ""
    tasks: str = ""
    cause: str = ""
    remedy: str = ""
    quote: str = ""
    goes_on: str = "…"


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that needs a place on the sheet; `times` names the rows of box 1.

    `second_times` names those for a second visit. `results` are the names of the first ticks of
    box 5, each with its word.
    """

    paper_size: PaperSize
    level: Line
    when: Line
    who: Line
    go_to: tuple[Line, ...] = ()
    ask_for: tuple[Line, ...] = ()
    access: tuple[Line, ...] = ()
    note: tuple[Line, ...] = ()
    wrong: tuple[Line, ...] = ()
    asset: tuple[Line, ...] = ()
    energies: str = ""
    steps: tuple[str, ...] = ()
    no_steps: tuple[Line, ...] = ()
    parts: tuple[PartRow, ...] = ()
    history: tuple[PastRow, ...] = ()
    times: tuple[str, ...] = ()
    second_times: tuple[str, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    results: tuple[tuple[str, Line], ...] = ()
    causes: tuple[Choice, ...] = ()
    remedies: tuple[Choice, ...] = ()
    words: Words = field(default_factory=Words)


@dataclass(slots=True)
class Rest:
    """What found no room on the front and the back: it goes on, in this order, on more pages.

    Rows carry the number they have on the sheet, so that their places keep their names.
    """

    texts: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    steps: list[tuple[int, str]] = field(default_factory=list)
    parts: list[tuple[int, PartRow]] = field(default_factory=list)
    history: list[tuple[int, PastRow]] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    tasks: list[tuple[int, TaskRow]] = field(default_factory=list)
    used: list[tuple[int, PartRow]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Return whether the sheet has no more than two sides.

        What was done before is not worth a page of its own: it goes on where there is one.
        """
        rows = (self.steps, self.parts, self.times, self.tasks, self.used)
        return not (self.texts or any(rows))


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets texts into widths, and remembers in `rest` what had to stop before its end."""

    measure: Measure
    goes_on: str
    rest: Rest

    def set(
        self, label: str, lines: tuple[Line, ...], width: float, *, most: int
    ) -> tuple[Line, ...]:
        """Return at most `most` printed lines; a longer text stands whole on another page."""
        printed, is_cut = fit(lines, width, self.measure, most=most, goes_on=self.goes_on)
        if is_cut:
            self.rest.texts[label] = lines
        return printed

    def width(self, line: Line) -> float:
        """Return the printed width of a line, in millimetres."""
        return line.width(self.measure)
