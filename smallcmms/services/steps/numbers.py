"""The next number of a series."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import numbers
from smallcmms.models import NumberSeries


def next_number(session: Session, kind: str) -> str:
    """Return the next number of ``kind`` ("WO-2310") and count on; no number is given twice."""
    return next_numbers(session, kind, 1)[0]


def next_numbers(session: Session, kind: str, count: int) -> list[str]:
    """Return the next so many numbers of ``kind`` and count on."""
    series = session.scalars(select(NumberSeries).where(NumberSeries.kind == kind)).one()
    first, series.next = series.next, series.next + count
    written = numbers.Series(numbers.Kind(kind), series.prefix, series.digits)
    return [numbers.write(written, first + place) for place in range(count)]


def coming(session: Session, kind: str) -> str:
    """Return the number that the next record of ``kind`` gets, without giving it."""
    series = session.scalars(select(NumberSeries).where(NumberSeries.kind == kind)).one()
    written = numbers.Series(numbers.Kind(kind), series.prefix, series.digits)
    return numbers.write(written, series.next)
