"""Sheets and rolls of labels: how large each label is and where it lies, in millimetres."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from smallcmms.domain.errors import RuleBroken

SLACK = 0.2
LEAST_LABEL, LARGEST_PAGE = 8.0, 450.0
MOST_IN_A_ROW = 60
LEAST_LENGTH, LARGEST_LENGTH = 10.0, 300.0
ROLL_MARGIN = 1.5
_TALL, _HAND_WIDE = 1.2, 75.0
LENGTHS = (
    ("page_width", LEAST_LABEL, LARGEST_PAGE),
    ("page_height", LEAST_LABEL, LARGEST_PAGE),
    ("width", LEAST_LABEL, LARGEST_PAGE),
    ("height", LEAST_LABEL, LARGEST_PAGE),
    ("pitch_x", LEAST_LABEL, LARGEST_PAGE),
    ("pitch_y", LEAST_LABEL, LARGEST_PAGE),
    ("left", 0.0, LARGEST_PAGE),
    ("top", 0.0, LARGEST_PAGE),
)
"""The lengths of a sheet in millimetres, with the least and the most that is sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """A sheet or a roll of labels; lengths are millimetres.

    On a roll each label is a page of its own. A tape is a roll without an end: ``height`` is the
    length that is cut. ``is_checked`` is false where the sources disagree. ``also`` names sheets
    of the same measures, ``source`` who tells the measures.
    """

    key: str
    name: str
    page_width: float
    page_height: float
    width: float
    height: float
    pitch_x: float
    pitch_y: float
    left: float = 0.0
    top: float = 0.0
    columns: int = 1
    rows: int = 1
    is_checked: bool = True
    is_round: bool = False
    is_roll: bool = False
    is_tape: bool = False
    also: str = ""
    source: str = ""

    @property
    def count(self) -> int:
        """Return how many labels a sheet has; a roll has one a page."""
        return self.columns * self.rows

    @property
    def is_turned(self) -> bool:
        """Return whether a label is read along its roll, so that the print is turned."""
        is_tall = self.height > _TALL * self.width
        return self.is_roll and is_tall and self.width < _HAND_WIDE

    @property
    def margin(self) -> float:
        """Return how near to a label's edge its printer prints."""
        return ROLL_MARGIN if self.is_roll else 0.0

    @property
    def upright(self) -> LabelSheet:
        """Return the label as it is read, for looking at it before it is printed."""
        if not self.is_turned:
            return self
        high, wide = self.width, self.height
        return replace(
            self, page_width=wide, page_height=high, width=wide, height=high,
            pitch_x=wide, pitch_y=high,
        )  # fmt: skip

    def corner(self, number: int) -> tuple[float, float]:
        """Return the top left corner of a label; the first is 0, then to the right and down."""
        row, column = divmod(number, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


def roll(key: str, name: str, width: float, height: float, **told: Any) -> LabelSheet:
    """Return a roll whose every label is a page."""
    return LabelSheet(
        key=key, name=name, page_width=width, page_height=height, width=width, height=height,
        pitch_x=width, pitch_y=height, is_roll=True, **told,
    )  # fmt: skip


def own(key: str, name: str, lengths: Mapping[str, Decimal | None], **told: Any) -> LabelSheet:
    """Return a sheet of the shop's own from its lengths as they were typed, in millimetres."""
    measured: dict[str, Any] = {field: float(lengths[field] or 0) for field, *_ in LENGTHS}
    return LabelSheet(key=key, name=name, **measured, **told)


def cut(sheet: LabelSheet, told: Decimal | float) -> LabelSheet:
    """Return a tape cut to labels of a length in millimetres; other sheets stay as they are.

    Raises:
        RuleBroken: the length is no sense.
    """
    if not sheet.is_tape:
        return sheet
    length = float(told)
    if not (math.isfinite(length) and LEAST_LENGTH <= length <= LARGEST_LENGTH):
        raise RuleBroken(
            "A label is {least} to {most} mm long.", "length_mm",
            least=int(LEAST_LENGTH), most=int(LARGEST_LENGTH),
        )  # fmt: skip
    return replace(sheet, page_height=length, height=length, pitch_y=length)


def check(sheet: LabelSheet) -> None:
    """See that the labels lie on the page and not on each other.

    Raises:
        RuleBroken: a measure is no sense, labels overlap, or one reaches over the page's edge.
    """
    if not sheet.name.strip():
        raise RuleBroken("A label sheet needs a name.", "name")
    for field, least, most in LENGTHS:
        length = getattr(sheet, field)
        if not (math.isfinite(length) and least <= length <= most):
            raise RuleBroken("Between {least} and {most} mm.", field, least=least, most=most)
    for field in ("columns", "rows"):
        if not 1 <= getattr(sheet, field) <= MOST_IN_A_ROW:
            raise RuleBroken("Between 1 and {most}.", field, most=MOST_IN_A_ROW)
    if sheet.columns > 1 and sheet.pitch_x < sheet.width - SLACK / 2:
        raise RuleBroken("The labels would lie on each other across.", "pitch_x")
    if sheet.rows > 1 and sheet.pitch_y < sheet.height - SLACK / 2:
        raise RuleBroken("The labels would lie on each other downwards.", "pitch_y")
    x, y = sheet.corner(sheet.count - 1)
    if x + sheet.width > sheet.page_width + SLACK:
        raise RuleBroken("The last column ends beyond the page's right edge.", "columns")
    if y + sheet.height > sheet.page_height + SLACK:
        raise RuleBroken("The last row ends beyond the page's lower edge.", "rows")


def table(told: Mapping[str, Any]) -> dict[str, LabelSheet]:
    """Return the known sheets and rolls by key, from the facts of the table that comes along."""
    pages: Mapping[str, list[float]] = told["pages"]
    found = [_sheet(facts, pages) for facts in told["sheets"]]
    found += [_roll(facts) for facts in told["rolls"]]
    return {sheet.key: sheet for sheet in found}


def _sheet(facts: Mapping[str, Any], pages: Mapping[str, list[float]]) -> LabelSheet:
    page, label, pitch = pages[facts["page"]], facts["label"], facts["pitch"]
    return LabelSheet(
        key=facts["key"], name=facts["name"], page_width=page[0], page_height=page[1],
        width=label[0], height=label[1], pitch_x=pitch[0], pitch_y=pitch[1],
        left=facts["corner"][0], top=facts["corner"][1],
        columns=facts["grid"][0], rows=facts["grid"][1],
        is_checked=facts.get("is_checked", True), is_round=facts.get("is_round", False),
        also=facts.get("also", ""), source=facts["source"],
    )  # fmt: skip


def _roll(facts: Mapping[str, Any]) -> LabelSheet:
    width, height = facts["label"]
    return roll(
        facts["key"], facts["name"], width, height, also=facts.get("also", ""),
        is_checked=facts.get("is_checked", True), is_round=facts.get("is_round", False),
        is_tape=facts.get("is_tape", False), source=facts["source"],
    )  # fmt: skip
