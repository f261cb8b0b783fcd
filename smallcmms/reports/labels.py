"""The label sheets that tags are printed on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from smallcmms import paths
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.papers import PaperSize
from smallcmms.domain.places import Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFormat:
    """A sheet of labels, in millimetres; `is_checked` is false where sources disagree."""

    name: str
    paper: PaperSize
    width: float
    height: float
    pitch_x: float
    pitch_y: float
    left: float
    top: float
    columns: int
    rows: int
    is_checked: bool

    @property
    def count(self) -> int:
        """Return how many labels a sheet has."""
        return self.columns * self.rows

    def place(self, number: int) -> Rect:
        """Return where a label of a sheet lies; the first is 0, then to the right and down."""
        row, column = divmod(number, self.columns)
        x, y = self.left + column * self.pitch_x, self.top + row * self.pitch_y
        return Rect(x, y, self.width, self.height)


@cache
def formats() -> Mapping[str, LabelFormat]:
    """Return the known label sheets by their key, for example 5160."""
    text = (paths.resources() / "labels.json").read_text("utf-8")
    return {
        key: LabelFormat(**{**facts, "paper": PaperSize(facts["paper"])})
        for key, facts in json.loads(text)["labels"].items()
    }


def label_format(key: str) -> LabelFormat:
    """Return a label sheet.

    Raises:
        RuleBroken: Nobody has told the measures of this sheet.
    """
    found = formats().get(key)
    if found is None:
        raise RuleBroken("The label sheet {name} is not known.", "label_format", name=key)
    return found
