"""Meters: what a reading must be, whether it is within its limits, and what ran between two.

A cumulative meter only counts up; it starts anew where it was reset, rolled over or replaced, and
that is written down as the kind of the reading. A gauge goes up and down [domain.md, Words, Asset].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smallcmms.domain import matching
from smallcmms.domain.errors import RuleBroken

_NOTHING = Decimal(0)


class MeterKind(StrEnum):
    """Whether what a meter shows adds up, or goes up and down."""

    CUMULATIVE = "cumulative"
    GAUGE = "gauge"


class ReadingKind(StrEnum):
    """What happened to the meter when it was read."""

    NORMAL = "normal"
    RESET = "reset"
    ROLLOVER = "rollover"
    REPLACED = "replaced"


class ReadingSource(StrEnum):
    """Where a reading comes from."""

    HAND = "hand"
    SHEET = "sheet"
    IMPORT = "import"


class Limit(StrEnum):
    """Which limit a reading broke."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a meter showed on a day, in its unit."""

    on: date
    value: Decimal
    kind: ReadingKind = ReadingKind.NORMAL


@dataclass(frozen=True, slots=True)
class Named:
    """A meter as a line of a checklist may mean it."""

    id: int
    name: str
    unit: str


def need_limits(low: Decimal | None, high: Decimal | None) -> None:
    """See that the limits of a meter leave room between them.

    Raises:
        RuleBroken: the low one is above the high one.
    """
    if low is not None and high is not None and low > high:
        raise RuleBroken("The low limit is above the high one.", "low")


def need_rollover(kind: MeterKind, rolls_over_at: Decimal | None) -> None:
    """See that only a meter that counts up rolls over, and above zero.

    Raises:
        RuleBroken: a gauge rolls over, or the meter would roll over at nothing.
    """
    if rolls_over_at is None:
        return
    if kind is MeterKind.GAUGE:
        raise RuleBroken("Only a meter that counts up rolls over.", "rolls_over_at")
    if rolls_over_at <= _NOTHING:
        raise RuleBroken("Write a number above 0, for example 99999.", "rolls_over_at")


def broken_limit(value: Decimal, low: Decimal | None, high: Decimal | None) -> Limit | None:
    """Return the limit that a reading is beyond, in the meter's unit; a limit itself still fits."""
    if high is not None and value > high:
        return Limit.HIGH
    if low is not None and value < low:
        return Limit.LOW
    return None


def need_fit(
    new: Shown,
    *,
    kind: MeterKind,
    rolls_over_at: Decimal | None,
    before: Shown | None,
    after: Shown | None,
) -> None:
    """See that a reading fits between its neighbours by date; a gauge fits anywhere (ours).

    Raises:
        RuleBroken: a counting meter would count down, or show more than it can.
    """
    if kind is MeterKind.GAUGE:
        if new.kind is ReadingKind.ROLLOVER:
            raise RuleBroken("Only a meter that counts up rolls over.", "kind")
        return
    if new.value < _NOTHING:
        raise RuleBroken("A meter that counts up shows 0 or more.", "value")
    if rolls_over_at is not None and new.value >= rolls_over_at:
        message = "The meter rolls over at {at}. Type what it shows."
        raise RuleBroken(message, "value", at=rolls_over_at)
    if new.kind is ReadingKind.ROLLOVER and rolls_over_at is None:
        raise RuleBroken("Say first where this meter rolls over.", "kind")
    is_counting = new.kind is ReadingKind.NORMAL
    if is_counting and before is not None and new.value < before.value:
        message = (
            "It showed {was} on {on}. Say whether the meter was reset, rolled over or replaced."
        )
        raise RuleBroken(message, "value", was=before.value, on=before.on)
    if after is not None and after.kind is ReadingKind.NORMAL and new.value > after.value:
        message = "It showed {was} on {on}, which is later. Type less, or another day."
        raise RuleBroken(message, "value", was=after.value, on=after.on)


def ran(readings: Iterable[Shown], *, rolls_over_at: Decimal | None = None) -> Decimal:
    """Return what a counting meter counted over its readings, oldest first, in its unit.

    Over a rollover the rest of the old round counts; what ran before a reset or a replacement
    and was not read is not known, and counts as nothing (ours).
    """
    total, before = _NOTHING, None
    for shown in readings:
        if before is not None:
            total += _step(before, shown, rolls_over_at)
        before = shown
    return total


def _step(before: Shown, shown: Shown, rolls_over_at: Decimal | None) -> Decimal:
    if shown.kind is ReadingKind.NORMAL:
        return shown.value - before.value
    if shown.kind is ReadingKind.ROLLOVER and rolls_over_at is not None:
        return rolls_over_at - before.value + shown.value
    return _NOTHING


def meant(text: str, unit: str, meters: Sequence[Named], *, is_reading: bool) -> Named | None:
    """Return the meter that a line of a checklist asks for, if it asks for one (ours).

    It is the meter of the line's unit whose name the line's words hold, the longest name first; a
    line that is a meter reading by its kind also means the only meter of its unit.
    """
    same = [meter for meter in meters if meter.unit.casefold() == unit.strip().casefold()]
    said = matching.words(text)
    named = [
        (len(words), meter)
        for meter in same
        if (words := matching.words(meter.name)) and words <= said
    ]
    if named:
        return max(named, key=lambda each: each[0])[1]
    return same[0] if is_reading and len(same) == 1 else None
