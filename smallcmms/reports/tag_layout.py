"""How a tag is laid out on labels of any size: its code first, as large as scans, then its words.

All lengths are millimetres from the top left corner of one label, the way it is read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.domain.places import Rect
from smallcmms.reports.codes import MODULES

QUIET = 4
CELLS = MODULES + 2 * QUIET
EDGE = 0.5
TEXT_EDGE = 2.0
NARROW, SMALL = 40.0, 14.0
LEAST_MODULE = 0.28
"""What two readers still read from paper at 203 dots an inch."""
LARGEST_MODULE = 1.5
WIDE = 1.35
CODE_SHARE, LINKED_SHARE, LINK_SHARE = 0.38, 0.3, 0.3
TALL_SHARE, TALL_LINKED = 0.57, 0.5
CAPTION = 3.0
USUAL_SIDE = 41.2
_ROUND_CODE, _ROUND_HIGH = 0.42, 0.40
_ONLY_CODE, _ONLY_CODE_SHARE = 18.0, 0.64
_ROUND_TEXT, _ROUND_TEXT_TOP, _ROUND_TEXT_HIGH = 0.66, 0.665, 0.2


@dataclass(frozen=True, slots=True)
class TagLayout:
    """Where the code, the second code and the words stand on one label.

    ``scale`` makes the letters larger on large labels; ``align`` is how lines stand in their box.
    """

    code: Rect
    text: Rect | None
    align: str
    scale: float
    link: Rect | None = None
    caption: Rect | None = None

    @property
    def module(self) -> float:
        """Return the side of one module of the code."""
        return self.code.width / MODULES


def size(sheet: LabelSheet) -> tuple[float, float]:
    """Return how wide and how high a label is, the way it is read."""
    wide, high = sheet.width, sheet.height
    return (high, wide) if sheet.is_turned else (wide, high)


@lru_cache(maxsize=64)
def lay_out(sheet: LabelSheet, link_modules: int = 0) -> TagLayout:
    """Return the layout of a tag on a sheet's labels, with a second code of so many modules or 0.

    Raises:
        RuleBroken: the code, or the second one, would be too small to scan.
    """
    wide, high = size(sheet)
    edge = max(EDGE, sheet.margin)
    if sheet.is_round:
        made = _round(wide, link_modules)
    elif wide >= WIDE * high:
        made = _wide(wide, high, edge, link_modules)
    else:
        made = _tall(wide, high, edge, link_modules)
    least = min(made.module, made.link.width / link_modules if made.link else made.module)
    if link_modules and (made.link is None or least < LEAST_MODULE):
        raise RuleBroken("A label of {name} has no room for a second code.", name=sheet.name)
    if least < LEAST_MODULE:
        raise RuleBroken("A label of {name} is too small for a code that scans.", name=sheet.name)
    return made


def _module(room: float, edge: float) -> float:
    """Return the side of a module where so much room is across; white at the edge is quiet."""
    spare = EDGE if room >= SMALL else 0.0
    return min((room - 2 * spare) / CELLS, (room - 2 * edge) / MODULES, LARGEST_MODULE)


def _scale(wide: float, high: float) -> float:
    return max(1.0, math.sqrt(wide * high) / USUAL_SIDE)


def _wide(wide: float, high: float, edge: float, link: int) -> TagLayout:
    """Put the code at the left, the words at its right, the second code at the right edge."""
    share = LINKED_SHARE if link else CODE_SHARE
    module = min(_module(high, edge), share * wide / CELLS)
    side, quiet = module * MODULES, module * QUIET
    code = Rect(max(edge, min(quiet + EDGE, quiet + edge)), (high - side) / 2, side, side)
    x = code.right + quiet
    right = wide - max(TEXT_EDGE if wide >= NARROW else 1.0, edge)
    second = caption = None
    if link:
        cells = link + 2 * QUIET
        dot = min((high - 2 * edge - CAPTION) / (link + QUIET), LINK_SHARE * wide / cells, module)
        across = dot * link
        second = Rect(wide - edge - dot * QUIET - across, edge + dot * QUIET / 2, across, across)
        caption = Rect(second.x, second.bottom + dot, across, CAPTION)
        right = second.x - dot * QUIET
    text = Rect(x, edge, max(right - x, 0), high - 2 * edge)
    return TagLayout(code, text, "left", _scale(wide, high), second, caption)


def _tall(wide: float, high: float, edge: float, link: int) -> TagLayout:
    """Put the code on top, beside it the second one, and the words below."""
    across = wide / 2 if link else wide
    share = TALL_LINKED if link else TALL_SHARE
    module = min(_module(across, edge), share * high / CELLS)
    side, quiet = module * MODULES, module * QUIET
    y = max(edge, quiet + (EDGE if high >= SMALL else 0.0))
    code = Rect((across - side) / 2, y, side, side)
    second = caption = None
    top = code.bottom + quiet * 0.6
    if link:
        dot = min(side / link, (across - 2 * edge) / (link + 2 * QUIET))
        second = Rect(across + (across - dot * link) / 2, y, dot * link, dot * link)
        caption = Rect(second.x, second.bottom + dot, second.width, CAPTION)
        top = max(top, caption.bottom)
    inset = max(TEXT_EDGE if wide >= NARROW else 1.0, edge)
    text = Rect(inset, top, wide - 2 * inset, max(high - edge - top, 0))
    return TagLayout(code, text, "centre", _scale(wide, high), second, caption)


def _round(across: float, link: int) -> TagLayout:
    """Put the code above the middle of the disc and the words below; a small one has no words."""
    if across < _ONLY_CODE:
        side = _ONLY_CODE_SHARE * across
        code = Rect((across - side) / 2, (across - side) / 2, side, side)
        return TagLayout(code, None, "centre", 1.0)
    side = min(_ROUND_CODE * across, LARGEST_MODULE * MODULES)
    code = Rect((across - side) / 2, _ROUND_HIGH * across - side / 2, side, side)
    text_wide = _ROUND_TEXT * across
    text = Rect(
        (across - text_wide) / 2, _ROUND_TEXT_TOP * across, text_wide, _ROUND_TEXT_HIGH * across
    )
    scale = max(1.0, across / USUAL_SIDE) if not link else 1.0
    return TagLayout(code, text, "centre", scale)
