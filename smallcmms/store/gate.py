"""The one gate for text: whatever is written, no sign gets into the file that it cannot keep.

SQLite ends a text at a NUL and cannot take half of a surrogate pair, so a save would be cut or
fail. Such signs, and other controls that nobody can see, are left out, and the change says so.
A number that has no room is refused with words.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable
from itertools import chain
from typing import Any

import sqlalchemy as sa

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed import clean

_here = threading.local()


def guard(engine: sa.Engine) -> None:
    """Let everything that is handed to an engine's connections pass the gate."""
    sa.event.listen(engine, "begin", lambda _connection: _forget())
    sa.event.listen(engine, "before_cursor_execute", _handed_on, retval=True)
    sa.event.listen(engine, "handle_error", _refuse)


def has_left_out() -> bool:
    """Tell whether this thread's transaction was handed signs that the file does not keep."""
    return bool(getattr(_here, "has_left_out", False))


def to_json(value: object) -> str:
    """Return a value as the file keeps it: JSON would spell out what the gate looks for.

    Where JSON spells out no sign that may be left out, the value passes at once.
    """
    text = json.dumps(value)
    return json.dumps(kept(value)) if _SPELLED.search(text) else text


_SPELLED = re.compile(r"\\(?:[bfr]|u(?:00[0189]|007f|d[89a-f]))")
"""How JSON spells controls and halves of surrogate pairs."""


def _forget() -> None:
    _here.has_left_out = False


def _handed_on(
    _connection: object, _cursor: object, statement: str, parameters: Any, *_more: object
) -> tuple[str, Any]:
    if not isinstance(parameters, list):
        return statement, _row(parameters)
    if _is_plain(chain.from_iterable(map(_values, parameters))):
        return statement, parameters
    return statement, [_row(each) for each in parameters]


def _refuse(context: sa.ExceptionContext) -> None:
    """Say what is wrong with a number that has no room in the file.

    Raises:
        RuleBroken: that is why the statement failed.
    """
    fault = context.original_exception
    if isinstance(fault, RuleBroken):
        raise fault
    if isinstance(fault, OverflowError):
        raise RuleBroken("A number is too large to be kept.") from fault


def _row(values: Any) -> Any:
    """Return the values of one row; most rows have nothing to leave out."""
    return values if _is_plain(_values(values)) else kept(values)


def _values(row: Any) -> Iterable[Any]:
    return row.values() if isinstance(row, dict) else row


def _is_plain(values: Iterable[Any]) -> bool:
    """Tell whether there is nothing to leave out, looking through all texts at once."""
    return "".join([each for each in values if isinstance(each, str)]).isprintable()


def kept(value: Any) -> Any:
    """Return a value without what cannot be kept, however deep it stands."""
    if isinstance(value, str):
        text, notice = clean(value)
        _here.has_left_out = has_left_out() or bool(notice)
        return text if notice else value
    if isinstance(value, dict):
        return {kept(key): kept(each) for key, each in value.items()}
    if isinstance(value, list):
        return [kept(each) for each in value]
    if isinstance(value, tuple):
        return tuple(kept(each) for each in value)
    return value
