"""Strict readers of boxes that come as JSON; a refusal names the box."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar

from smallcmms.domain.errors import RuleBroken

Word = TypeVar("Word", bound=StrEnum)


def group(value: object, names: Collection[str], box: str) -> dict[str, object]:
    """Return the boxes of a group by name.

    Raises:
        RuleBroken: it is no group, or holds a box that there is not.
    """
    if not isinstance(value, Mapping):
        raise RuleBroken("{box}: names and values are wanted here.", box, box=box or "sheet")
    for name in value:
        if name not in names:
            unknown = _inside(box, str(name))
            raise RuleBroken("The sheet has no box {box}.", unknown, box=unknown)
    return dict(value)


def _inside(box: str, name: str) -> str:
    return f"{box}.{name}" if box else name


def items(value: object, box: str) -> list[tuple[object, str]]:
    """Return the entries of a list, each with the name of its box: marks.0.

    Raises:
        RuleBroken: it is no list.
    """
    if not isinstance(value, list | tuple):
        raise RuleBroken("{box}: a list is wanted here.", box, box=box)
    return [(entry, f"{box}.{place}") for place, entry in enumerate(value)]


def text(value: object, box: str) -> str:
    """Return a text; a whole number stands for its digits.

    Raises:
        RuleBroken: it is something else, such as 8.9, which a shop may write 8,9.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RuleBroken("{box}: a text in quotes is wanted here.", box, box=box)
    return str(value)


def flag(value: object, box: str) -> bool:
    """Return yes or no.

    Raises:
        RuleBroken: it is neither true nor false.
    """
    if not isinstance(value, bool):
        raise RuleBroken("{box}: true or false is wanted here.", box, box=box)
    return value


def whole(value: object, box: str, *, least: int, most: int) -> int | None:
    """Return a whole number within its limits, or None where nothing was said.

    Raises:
        RuleBroken: it is something else, or outside the limits.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        message = "{box}: a whole number from {least} to {most} is wanted here."
        raise RuleBroken(message, box, box=box, least=least, most=most)
    return value


def word(value: object, words: type[Word], box: str) -> Word | None:
    """Return one of the trade's words, or None where nothing was said.

    Raises:
        RuleBroken: it is not among the words.
    """
    if value is None:
        return None
    known = {each.value: each for each in words}
    if not isinstance(value, str) or value not in known:
        message = "{box}: one of these is wanted here: {words}."
        raise RuleBroken(message, box, box=box, words=", ".join(known))
    return known[value]
