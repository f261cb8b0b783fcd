"""What a returned sheet says in its boxes 1 to 6, as typed; kept and handed in as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from smallcmms.domain import boxes
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheet_times import SheetTimes, TypedTimes, read_times
from smallcmms.domain.work_orders import NotOnSheet

__all__ = [
    "LineMark",
    "Mark",
    "NotOnSheet",
    "OtherPart",
    "Result",
    "SheetEntry",
    "SheetTimes",
    "TypedTimes",
    "read_times",
]


Read = TypeVar("Read")

_LARGEST = 2**63 - 1


class Mark(StrEnum):
    """What a line of the checklist is marked with in box 2."""

    OK = "ok"
    FIXED = "fixed"
    BAD = "bad"


class Result(StrEnum):
    """What box 5 of the sheet says came of the visit."""

    FIXED = "fixed"
    HOLDING = "holding"
    GO_BACK_PART = "go_back_part"
    GO_BACK_ACCESS = "go_back_access"
    GO_BACK_TIME = "go_back_time"


@dataclass(frozen=True, slots=True)
class LineMark:
    """The mark of one line of the checklist, and its reading as it was typed."""

    mark: Mark | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class OtherPart:
    """A part in box 3 that was not planned: its number or words, how many, from which truck.

    The ids are known once the words have been found in the shop's lists.
    """

    text: str
    quantity: str = "1"
    location: str = ""
    part_id: int | None = None
    location_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """What boxes 1 to 6 say, as typed; kept with every key.

    ``times`` has a row per technician, ``marks`` one per line of the checklist, ``used`` a typed
    quantity per planned part, each in the order of the paper. Problem, cause and remedies are
    codes of the shop's lists.
    """

    times: tuple[TypedTimes, ...] = ()
    marks: tuple[LineMark, ...] = ()
    used: tuple[str, ...] = ()
    others: tuple[OtherPart, ...] = ()
    found_and_did: str = ""
    problem: str = ""
    cause: str = ""
    remedies: tuple[str, ...] = ()
    result: Result | None = None
    reason: str = ""
    quote: str = ""
    is_nobody_there: bool = False
    is_not_happy: bool = False
    customer_name: str = ""
    rating: int | None = None
    is_lock_out_keyed: bool = False
    not_on_sheet: frozenset[NotOnSheet] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """Return the entry as JSON holds it: the boxes in which something stands."""
        return {
            each.name: _plain(value)
            for each in fields(self)
            if (value := getattr(self, each.name)) != each.default
        }

    @classmethod
    def from_json(cls, data: object) -> SheetEntry:
        """Return the entry that JSON holds; boxes that are not there are blank.

        A mark may be a word alone ("ok") or with its reading ({"mark": "ok", "value": "8.9"}).

        Raises:
            RuleBroken: a box is not on the sheet or holds the wrong thing; ``field`` names it.
        """
        given = boxes.group(data, [each.name for each in fields(cls)], "")
        read = {name: _READERS[name](value, name) for name, value in given.items()}
        return cls(**read)


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, TypedTimes | LineMark | OtherPart):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value.value if isinstance(value, StrEnum) else value


def _row(value: object, box: str) -> TypedTimes:
    given = boxes.group(value, [each.name for each in fields(TypedTimes)], box)
    return TypedTimes(**{name: boxes.text(typed, f"{box}.{name}") for name, typed in given.items()})


def _line_mark(value: object, box: str) -> LineMark:
    if value is None or isinstance(value, str):
        return LineMark(boxes.word(value, Mark, box))
    given = boxes.group(value, ["mark", "value"], box)
    mark = boxes.word(given.get("mark"), Mark, f"{box}.mark")
    return LineMark(mark, boxes.text(given.get("value", ""), f"{box}.value"))


def _other(value: object, box: str) -> OtherPart:
    given = boxes.group(value, [each.name for each in fields(OtherPart)], box)
    return OtherPart(
        boxes.text(given.get("text"), f"{box}.text"),
        boxes.text(given.get("quantity", "1"), f"{box}.quantity"),
        boxes.text(given.get("location", ""), f"{box}.location"),
        boxes.whole(given.get("part_id"), f"{box}.part_id", least=1, most=_LARGEST),
        boxes.whole(given.get("location_id"), f"{box}.location_id", least=1, most=_LARGEST),
    )


def _each(read: Callable[[object, str], Read]) -> Callable[[object, str], tuple[Read, ...]]:
    """Return a reader of a list whose entries are read alike."""
    return lambda value, box: tuple(read(*entry) for entry in boxes.items(value, box))


def _answer(value: object, box: str) -> NotOnSheet:
    found = boxes.word(value, NotOnSheet, box)
    if found is None:
        raise RuleBroken("{box}: nothing stands here.", box, box=box)
    return found


def _answers(value: object, box: str) -> frozenset[NotOnSheet]:
    return frozenset(_each(_answer)(value, box))


_READERS: Mapping[str, Callable[[object, str], Any]] = MappingProxyType(
    dict.fromkeys((each.name for each in fields(SheetEntry)), boxes.text)
    | {
        "times": _each(_row),
        "marks": _each(_line_mark),
        "used": _each(boxes.text),
        "others": _each(_other),
        "remedies": _each(boxes.text),
        "result": lambda value, box: boxes.word(value, Result, box),
        "is_nobody_there": boxes.flag,
        "is_not_happy": boxes.flag,
        "rating": lambda value, box: boxes.whole(value, box, least=1, most=5),
        "is_lock_out_keyed": boxes.flag,
        "not_on_sheet": _answers,
    }
)
