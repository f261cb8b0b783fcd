"""Readings of meters within a change: whether they fit, and those that a returned sheet brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain import meters as rules
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.meters import Limit, Named, ReadingKind, ReadingSource, Shown
from smallcmms.domain.quantity import to_thousandths
from smallcmms.domain.tasks import TaskKind
from smallcmms.formats import Formats
from smallcmms.models import Meter, Reading, Task, WorkOrder
from smallcmms.services.steps import events, pm_limits, shops

_NUMBERS = frozenset({TaskKind.NUMBER, TaskKind.READING})


def keep(
    session: Session,
    at: datetime,
    meter: Meter,
    shown: Shown,
    *,
    source: ReadingSource = ReadingSource.HAND,
    work_order_id: int | None = None,
) -> Reading:
    """Write a reading down where it belongs among those of its meter.

    Raises:
        RuleBroken: it is of a day to come, or does not fit between its neighbours.
    """
    need_fit(session, at, meter, shown)
    reading = Reading(
        meter_id=meter.id,
        read_on=shown.on,
        value=shown.value,
        kind=shown.kind,
        source=source,
        work_order_id=work_order_id,
        recorded_at=at,
    )
    session.add(reading)
    session.flush()
    told: dict[str, Any] = {"meter": meter.name, "unit": meter.unit, "on": shown.on.isoformat()}
    told |= {"happened_at": _read_at(session, at, shown.on), "now": str(shown.value)}
    events.note(session, at, "asset", meter.asset_id, "reading_logged", **told)
    pm_limits.notice(session, at, meter, shown.value, shown.on)
    return reading


def _read_at(session: Session, at: datetime, on: date) -> datetime:
    """Return when a meter was read: now, or about noon of an earlier day."""
    shop = shops.current(session)
    return at if on == shop.day(at) else datetime.combine(on, time(12), shop.zone)


def need_fit(
    session: Session, at: datetime, meter: Meter, shown: Shown, *, own_id: int | None = None
) -> None:
    """See that a reading fits; ``own_id`` is the reading that is corrected.

    Raises:
        RuleBroken: it does not, in words that name its neighbour.
    """
    shop = shops.current(session)
    if shown.on > shop.day(at):
        raise RuleBroken("That day is still to come.", "read_on")
    to_thousandths(shown.value)
    before, after = _neighbours(session, meter.id, shown.on, own_id)
    try:
        rules.need_fit(
            shown, kind=meter.kind, rolls_over_at=meter.rolls_over_at, before=before, after=after
        )
    except RuleBroken as error:
        formats = Formats(locale=shop.locale)
        told = {name: _written(formats, value) for name, value in error.values.items()}
        raise RuleBroken(error.message, error.field, **told) from None


def _written(formats: Formats, value: object) -> object:
    if isinstance(value, Decimal):
        return formats.quantity(value)
    return formats.day_year(value) if isinstance(value, date) else value


def _neighbours(
    session: Session, meter_id: int, on: date, own_id: int | None
) -> tuple[Shown | None, Shown | None]:
    """Return what the meter showed before a reading and after it, among those of other days too."""
    others = select(Reading).where(Reading.meter_id == meter_id)
    is_before, is_after = Reading.read_on <= on, Reading.read_on > on
    if own_id is not None:
        others = others.where(Reading.id != own_id)
        is_before = or_(Reading.read_on < on, and_(Reading.read_on == on, Reading.id < own_id))
        is_after = or_(Reading.read_on > on, and_(Reading.read_on == on, Reading.id > own_id))
    last_first = (Reading.read_on.desc(), Reading.id.desc())
    before = session.scalars(others.where(is_before).order_by(*last_first).limit(1)).first()
    after = session.scalars(
        others.where(is_after).order_by(Reading.read_on, Reading.id).limit(1)
    ).first()
    return _shown(before), _shown(after)


def _shown(reading: Reading | None) -> Shown | None:
    if reading is None:
        return None
    return Shown(reading.read_on, reading.value, reading.kind)


def over(meter: Meter, value: Decimal) -> tuple[Limit, Decimal] | None:
    """Return the limit that a value is beyond, and what it is."""
    limit = rules.broken_limit(value, meter.low, meter.high)
    bound = meter.high if limit is Limit.HIGH else meter.low
    return None if limit is None or bound is None else (limit, bound)


Answer = tuple[Task, str]
"""A line of a checklist, and the number that was written in it, as it is kept."""


def warnings(
    session: Session, at: datetime, order: WorkOrder, answers: Sequence[Answer], on: date
) -> Iterator[tuple[int, RuleBroken]]:
    """Yield what is to be said of readings on a sheet: its place in ``answers``, and the words.

    A reading over its meter's limit is said unless its line has limits of its own; one that does
    not fit its meter stays on the sheet and is no reading.
    """
    formats = Formats(locale=shops.current(session).locale)
    for place, meter, value in _asked(session, order, answers):
        task = answers[place][0]
        beyond = None if task.low is not None or task.high is not None else over(meter, value)
        if beyond is not None:
            message = "{value} {unit} is beyond the limit of {limit} {unit}."
            told = {"value": formats.quantity(value), "limit": formats.quantity(beyond[1])}
            yield place, RuleBroken(message, "", unit=meter.unit, **told)
        try:
            need_fit(session, at, meter, Shown(on, value))
        except RuleBroken as error:
            yield place, error


def land(
    session: Session, at: datetime, order: WorkOrder, answers: Sequence[Answer], on: date
) -> None:
    """Keep the readings of an entered sheet with their meters; one that does not fit is told of.

    A sheet that is entered again for its day corrects what it brought before.
    """
    for _place, meter, value in _asked(session, order, answers):
        shown, earlier = Shown(on, value), _of_sheet(session, order, meter, on)
        try:
            if earlier is not None:
                need_fit(session, at, meter, shown, own_id=earlier.id)
                earlier.value, earlier.recorded_at = value, at
            else:
                keep(session, at, meter, shown, source=ReadingSource.SHEET, work_order_id=order.id)
        except RuleBroken as error:
            why: dict[str, Any] = {"meter": meter.name, "value": str(value), "why": str(error)}
            events.note(session, at, "asset", meter.asset_id, "reading_left_out", **why)


def _of_sheet(session: Session, order: WorkOrder, meter: Meter, on: date) -> Reading | None:
    query = select(Reading).where(
        Reading.meter_id == meter.id, Reading.work_order_id == order.id, Reading.read_on == on
    )
    return session.scalars(query.where(Reading.kind == ReadingKind.NORMAL).limit(1)).first()


def _asked(
    session: Session, order: WorkOrder, answers: Sequence[Answer]
) -> Iterator[tuple[int, Meter, Decimal]]:
    """Yield the answers that are readings: their place, the meter and the number."""
    written = [
        (place, task, Decimal(value))
        for place, (task, value) in enumerate(answers)
        if value and task.kind in _NUMBERS
    ]
    if not written:
        return
    for asset_id in {task.asset_id or order.asset_id for _, task, _ in written} - {None}:
        own = {meter.id: meter for meter in _meters(session, asset_id)}
        named = [Named(meter.id, meter.name, meter.unit) for meter in own.values()]
        for place, task, value in written:
            if (task.asset_id or order.asset_id) != asset_id:
                continue
            is_reading = task.kind is TaskKind.READING
            found = rules.meant(task.text, task.unit, named, is_reading=is_reading)
            if found is not None:
                yield place, own[found.id], value


def _meters(session: Session, asset_id: int | None) -> Iterable[Meter]:
    query = select(Meter).where(Meter.asset_id == asset_id, Meter.archived_on.is_(None))
    return session.scalars(query.order_by(Meter.id)).all()
