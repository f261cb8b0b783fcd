"""Fields typed as NAME=VALUE, read as strictly as on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Hours, Level
from smallcmms.domain.typed_dates import FIRST_YEAR, LAST_YEAR

Read = Callable[[str], Any]
SHOP = ".smallcmms"
"""How the name of a shop's file ends."""
_Day = TypeVar("_Day", bound=date)
_MOST_DIGITS = 12
"""As many digits before the decimals as the window takes."""
_LEVELS = {str(int(each)): each for each in Level}


def read(typed: Sequence[str], kinds: Mapping[str, Read]) -> dict[str, Any]:
    """Return the fields typed as NAME=VALUE, each read by its kind.

    Raises:
        RuleBroken: a word is no NAME=VALUE, the name is unknown, or the value cannot be read.
    """
    fields: dict[str, Any] = {}
    for word in typed:
        name, sign, value = word.partition("=")
        if not sign:
            raise RuleBroken("{word} is no NAME=VALUE.", word=word)
        if name not in kinds:
            known = ", ".join(sorted(kinds))
            raise RuleBroken("There is no field {name}. Known: {known}.", name=name, known=known)
        fields[name] = kinds[name](value)
    return fields


def text(typed: str) -> str:
    """Read a text."""
    return typed


def number(typed: str) -> Decimal:
    """Read an amount or a quantity, written with a point whatever the shop's locale."""
    plain = typed.strip()
    whole, _, rest = plain.removeprefix("-").partition(".")
    if not whole.isascii() or not (whole + rest).isdigit() or not rest.isascii():
        raise RuleBroken("{text} cannot be read as a number. Try 1234.50.", text=plain)
    _see_size(whole, plain)
    return Decimal(plain)


def plain(value: Decimal | None) -> str:
    """Return a quantity as it can be typed again, without idle zeros; blank for none."""
    return "" if value is None else f"{value.normalize() + 0:f}"


def whole(typed: str) -> int:
    """Read a whole number."""
    if not (typed.isascii() and typed.isdigit()):
        raise RuleBroken("{text} is not a whole number. Try 12.", text=typed)
    _see_size(typed, typed)
    return int(typed)


def is_id(typed: str) -> bool:
    """Tell whether a text can be the id of a record."""
    return typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS


def level(typed: str) -> Level:
    """Read a level, 1 to 4."""
    if typed not in _LEVELS:
        raise RuleBroken("{text} is none of {known}.", text=typed, known=", ".join(_LEVELS))
    return _LEVELS[typed]


def _see_size(digits: str, typed: str) -> None:
    if len(digits.lstrip("0")) > _MOST_DIGITS:
        raise RuleBroken("{text} is too large.", text=typed)


def day(typed: str) -> date:
    """Read a day written as 2026-07-13."""
    try:
        return _within_reach(date.fromisoformat(typed))
    except ValueError:
        raise RuleBroken("{text} is no day. Try 2026-07-13.", text=typed) from None


def days(typed: str) -> list[date]:
    """Read days divided by semicolons."""
    return [day(entry) for entry in lines(typed)]


def hours(typed: str) -> Hours | None:
    """Read the hours of a day, written as 08:00-17:00; a closed day has none."""
    if typed == "closed":
        return None
    opens, _, closes = typed.partition("-")
    try:
        return Hours(time.fromisoformat(opens), time.fromisoformat(closes))
    except ValueError:
        raise RuleBroken("{text} are no hours. Try 08:00-17:00, or closed.", text=typed) from None


def moment(typed: str) -> datetime:
    """Read a moment written as 2026-07-13T07:10; it has a zone only where it names one."""
    try:
        return _within_reach(datetime.fromisoformat(typed))
    except ValueError:
        raise RuleBroken("{text} is no moment. Try 2026-07-13T07:10.", text=typed) from None


def _within_reach(read: _Day) -> _Day:
    """Return a day or a moment of a year that the window takes too."""
    if FIRST_YEAR <= read.year <= LAST_YEAR:
        return read
    message = "{year} is too far away. Years go from {first} to {last}."
    raise RuleBroken(message, year=read.year, first=FIRST_YEAR, last=LAST_YEAR)


def truth(typed: str) -> bool:
    """Read yes or no."""
    answers = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if typed.lower() not in answers:
        raise RuleBroken("{text} is neither yes nor no.", text=typed)
    return answers[typed.lower()]


def lines(typed: str) -> list[str]:
    """Read entries divided by semicolons."""
    return [entry.strip() for entry in typed.split(";") if entry.strip()]


def pairs(typed: str) -> dict[str, str]:
    """Read names with what belongs to them: Belt: A42; Filters: 4."""
    found = {}
    for entry in lines(typed):
        name, sign, value = entry.partition(":")
        if not sign:
            raise RuleBroken("{text} is no NAME: VALUE.", text=entry)
        found[name.strip()] = value.strip()
    return found


def paper(typed: str) -> Path:
    """Read where a paper goes, before anything is done that leads to it.

    Raises:
        RuleBroken: no file can be written there, or a shop's file would be lost by it.
    """
    path = Path(typed)
    if not path.parent.is_dir():
        raise RuleBroken("There is no folder {folder}.", folder=str(path.parent))
    if path.is_dir():
        raise RuleBroken("{name} is a folder.", name=typed)
    if path.suffix == SHOP:
        raise RuleBroken("{name} is a shop's file.", name=typed)
    return path


def kind(choices: Any) -> Read:
    """Return a reader of one of the values of an enumeration."""

    def one_of(typed: str) -> Any:
        try:
            return choices(typed)
        except ValueError:
            known = ", ".join(choice.value for choice in choices)
            raise RuleBroken("{text} is none of {known}.", text=typed, known=known) from None

    return one_of
