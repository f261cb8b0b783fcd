"""One change of a record's fields, with an event for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed import clean
from smallcmms.models import Base
from smallcmms.services.steps import events

MOST_DAYS = 3650
"""As far as a number of days leads."""

SECRET = frozenset({"access_code"})
"""Fields whose content stays out of the events."""


def change(
    session: Session,
    at: datetime,
    row: Base,
    fields: Mapping[str, object],
    *,
    allowed: Collection[str],
    about: tuple[str, int],
) -> None:
    """Set the fields that differ and write an event for each at the record ``about`` names.

    Raises:
        TypeError: a field may not be edited.
    """
    for name, value in fields.items():
        if name not in allowed:
            raise TypeError(f"{name} cannot be edited")
        was = getattr(row, name)
        if was == value:
            continue
        setattr(row, name, value)
        told = {} if name in SECRET else {"was": _said(was), "now": _said(value)}
        events.note(session, at, *about, "edited", **told, field=name)  # type: ignore[arg-type]


def need(value: object, message: str, field: str) -> None:
    """See that a text was given.

    Raises:
        RuleBroken: it is blank.
    """
    if not clean(str(value or "")).text.strip():
        raise RuleBroken(message, field)


def see_days(days: object, field: str) -> None:
    """See that a number of days leads to a day that a calendar has.

    Raises:
        RuleBroken: it is below none, or more than ten years.
    """
    if isinstance(days, int) and not 0 <= days <= MOST_DAYS:
        raise RuleBroken("Type 0 to {most} days.", field, most=MOST_DAYS)


def _said(value: object) -> str:
    if value is None:
        return ""
    return str(value.value if isinstance(value, Enum) else value)
