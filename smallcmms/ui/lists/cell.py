"""What a cell of a list says, and what stands above a group of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from smallcmms.ui import states
from smallcmms.ui.states import Pill


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: up to two lines, each with something at its right end.

    ``level`` paints a badge before them, ``icon`` an icon. ``tone`` and the like are tokens.
    The first of two lines is strong unless ``is_plain``; ``second_then`` goes on in the second.
    ``pill`` stands at the right end of the second line, or of the only one. ``button`` stands at
    the right end of the row: what Space and a click on it do. In a tree ``depth``
    is 0 and more; ``is_unfolded`` is None where nothing can be unfolded.
    """

    first: str = ""
    then: str = ""
    second: str = ""
    second_then: str = ""
    right: str = ""
    second_right: str = ""
    level: int = 0
    icon: str = ""
    icon_tone: str = "text2"
    pill: Pill | None = None
    tone: str = "text"
    second_tone: str = "text2"
    second_then_tone: str = "text2"
    right_tone: str = "text2"
    second_right_tone: str = "text2"
    is_bold: bool = False
    is_plain: bool = False
    is_right_bold: bool = False
    has_tick: bool | None = None
    depth: int = -1
    is_unfolded: bool | None = None
    button: str = ""

    @property
    def spoken(self) -> str:
        """Return what a screen reader says, and what a tooltip shows."""
        level = states.level_spoken(self.level) if self.level else ""
        state = self.pill.text if self.pill else ""
        second = f"{self.second}{self.second_then}"
        lines = (self.first, self.then, second, self.right, self.second_right)
        parts = (level, *lines, state, self.button)
        return ", ".join(filter(None, parts))


class Column(NamedTuple):
    """A heading and how to write its cell: text, or a Cell.

    ``width`` is the size at 100 %; 0 takes the room that is left. ``sort`` is the key that the
    service sorts by, empty where a click on the heading does nothing.
    """

    heading: str
    cell: Callable[[Any], str | Cell]
    width: int = 0
    is_right: bool = False
    sort: str = ""


class Group(NamedTuple):
    """Rows that stand together under a title."""

    title: str
    ids: Sequence[int]
    icon: str = ""
    tone: str = "text2"
