"""Where tags are printed: which label sheet, from which label on, moved by how much."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import tag_printing
from smallcmms.services.tag_printing import Habits
from smallcmms.store.store import Store
from smallcmms.texts import _


def arguments(parser: ArgumentParser) -> None:
    """Say what tags of every kind take; what is left out is as it was the last time."""
    parser.add_argument("-o", "--output", type=fields.paper, required=True)
    parser.add_argument("--sheet", default="", help=_("5160; all: list label-sheets"))
    parser.add_argument("--start", type=fields.whole, help=_("the first free label"))
    parser.add_argument("--nudge", type=nudge, metavar="X,Y", help=_("right and down, in mm"))


def nudge(typed: str) -> tuple[Decimal, Decimal]:
    """Read a nudge, for example 0.5,-0.3, in steps of a tenth of a millimetre."""
    x, comma, y = typed.partition(",")
    if not comma:
        raise RuleBroken("{text} is no nudge. Try 0.5,-0.3.", text=typed)
    tenth = Decimal("0.1")
    return fields.number(x).quantize(tenth), fields.number(y).quantize(tenth)


def habits(store: Store, options: Namespace) -> Habits:
    """Return how the label sheet is printed, as told or as it was the last time."""
    told = tag_printing.habits(store, options.sheet)
    if options.start is not None:
        told = replace(told, start_at=options.start)
    if options.nudge is not None:
        told = replace(told, nudge_x_mm=options.nudge[0], nudge_y_mm=options.nudge[1])
    return told


def count_on(
    desk: Desk, store: Store, ids: Sequence[int], told: Habits, *, record: str = "asset"
) -> None:
    """Write down that these have their tags, and tell which label is free next."""
    after = tag_printing.printed(store, ids, told, record=record)
    desk.say(_("{count} tags; the next free label is {number}.",
               count=len(ids), number=after.start_at))  # fmt: skip
