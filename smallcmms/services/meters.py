"""Meters of an asset and their dated readings; a reading beyond a limit is said at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from smallcmms.domain import meters as rules
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.meters import Limit, MeterKind, ReadingKind, ReadingSource, Shown
from smallcmms.models import Asset, Meter, Reading, WorkOrder
from smallcmms.services.steps import edits, events, shops
from smallcmms.services.steps import meters as steps
from smallcmms.store.store import Store, about

EDITABLE = frozenset({"name", "unit", "sensor", "kind", "rolls_over_at", "low", "high"})
CORRECTABLE = frozenset({"value", "read_on", "kind"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterRow:
    """A meter and what it showed last; limits and values are in its unit.

    ``sensor`` is what the export of a sensor calls it; ``limit`` is the one that the last reading
    is beyond.
    """

    id: int
    asset_id: int
    asset_number: str
    name: str
    unit: str
    sensor: str
    kind: MeterKind
    rolls_over_at: Decimal | None
    low: Decimal | None
    high: Decimal | None
    archived_on: date | None
    readings: int
    last_on: date | None
    last_value: Decimal | None

    @property
    def limit(self) -> Limit | None:
        """Return the limit that the last reading is beyond."""
        if self.last_value is None:
            return None
        return rules.broken_limit(self.last_value, self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """What a meter showed on a day; ``number`` is that of the work order whose sheet said so."""

    id: int
    meter_id: int
    read_on: date
    value: Decimal
    kind: ReadingKind
    source: ReadingSource
    work_order_id: int | None
    number: str
    recorded_at: datetime

    @property
    def shown(self) -> Shown:
        """Return it as the rules read it."""
        return Shown(self.read_on, self.value, self.kind)


@dataclass(frozen=True, slots=True)
class Logged:
    """A reading that was written down, and the limit that it is beyond, with what that is."""

    id: int
    limit: Limit | None
    bound: Decimal | None


_LAST = (
    select(Reading.id)
    .where(Reading.meter_id == Meter.id)
    .order_by(Reading.read_on.desc(), Reading.id.desc())
    .limit(1)
    .correlate(Meter)
    .scalar_subquery()
)
_COUNT = (
    select(func.count(Reading.id))
    .where(Reading.meter_id == Meter.id)
    .correlate(Meter)
    .scalar_subquery()
)
_ROWS = (
    select(Meter, Asset.number, _COUNT, Reading.read_on, Reading.value)
    .join(Asset, Asset.id == Meter.asset_id)
    .outerjoin(Reading, Reading.id == _LAST)
)
_OF_ASSET = _ROWS.where(Meter.asset_id == bindparam("asset")).order_by(
    Meter.archived_on.is_not(None), Meter.id
)
_READINGS = (
    select(Reading, func.coalesce(WorkOrder.number, ""))
    .outerjoin(WorkOrder, WorkOrder.id == Reading.work_order_id)
    .where(Reading.meter_id == bindparam("meter"))
    .order_by(Reading.read_on, Reading.id)
)


def of_asset(store: Store, asset_id: int, *, is_archived: bool = False) -> list[MeterRow]:
    """Return the meters of an asset, with ``is_archived`` those too that were put away."""
    with store.read() as session:
        found = [_row(row) for row in session.execute(_OF_ASSET, {"asset": asset_id})]
    return [meter for meter in found if is_archived or meter.archived_on is None]


def get(store: Store, meter_id: int) -> MeterRow:
    """Return one meter.

    Raises:
        NotFound: there is no such meter.
    """
    with store.read() as session:
        found = session.execute(_ROWS.where(Meter.id == meter_id)).one_or_none()
        if found is None:
            raise NotFound("There is no such meter.")
        return _row(found)


def everywhere(store: Store) -> list[MeterRow]:
    """Return every meter in use, asset by asset."""
    query = _ROWS.where(Meter.archived_on.is_(None)).order_by(Asset.number, Meter.id)
    with store.read() as session:
        return [_row(row) for row in session.execute(query)]


def readings(store: Store, meter_id: int) -> list[ReadingRow]:
    """Return what a meter showed, the oldest first."""
    with store.read() as session:
        return [
            _reading(reading, number)
            for reading, number in session.execute(_READINGS, {"meter": meter_id})
        ]


def ran(meter: MeterRow, shown: Iterable[ReadingRow]) -> Decimal:
    """Return what a counting meter counted over its readings, in its unit."""
    return rules.ran((each.shown for each in shown), rolls_over_at=meter.rolls_over_at)


def _row(found: Row[Any]) -> MeterRow:
    meter, number, count, last_on, last_value = tuple(found)
    return MeterRow(
        id=meter.id,
        asset_id=meter.asset_id,
        asset_number=number,
        name=meter.name,
        unit=meter.unit,
        sensor=meter.sensor,
        kind=meter.kind,
        rolls_over_at=meter.rolls_over_at,
        low=meter.low,
        high=meter.high,
        archived_on=meter.archived_on,
        readings=count,
        last_on=last_on,
        last_value=last_value,
    )


def _reading(reading: Reading, number: str) -> ReadingRow:
    return ReadingRow(
        id=reading.id,
        meter_id=reading.meter_id,
        read_on=reading.read_on,
        value=reading.value,
        kind=reading.kind,
        source=reading.source,
        work_order_id=reading.work_order_id,
        number=number,
        recorded_at=reading.recorded_at,
    )


def add(
    store: Store,
    asset_id: int,
    *,
    name: str,
    unit: str = "",
    sensor: str = "",
    kind: MeterKind = MeterKind.GAUGE,
    rolls_over_at: Decimal | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> int:
    """Put a meter on an asset and return its id; limits are in its unit.

    Raises:
        RuleBroken: the name is blank or taken, or the numbers contradict each other.
    """
    at = store.now()
    with store.change("Add a meter to {number}") as session:
        asset = session.get_one(Asset, asset_id)
        meter = Meter(
            asset_id=asset_id,
            name=name.strip(),
            unit=unit.strip(),
            sensor=sensor.strip(),
            kind=kind,
            rolls_over_at=rolls_over_at,
            low=low,
            high=high,
        )
        _need_sound(session, meter)
        session.add(meter)
        session.flush()
        events.note(session, at, "asset", asset_id, "meter_added", name=meter.name)
        about(session, "asset", asset_id, number=asset.number)
        return meter.id


def edit(store: Store, meter_id: int, **fields: object) -> None:
    """Change fields of a meter; its readings stay as they are.

    Raises:
        RuleBroken: see `add`.
    """
    at = store.now()
    with store.change("Edit {number}") as session:
        meter, asset = _with_asset(session, meter_id)
        told = {name: _tidy(value) for name, value in fields.items()}
        edits.change(session, at, meter, told, allowed=EDITABLE, about=("asset", asset.id))
        _need_sound(session, meter)
        about(session, "asset", asset.id, number=asset.number)


def archive(store: Store, meter_id: int) -> None:
    """Put a meter away; what it showed is kept."""
    at = store.now()
    with store.change("Put a meter of {number} away") as session:
        meter, asset = _with_asset(session, meter_id)
        meter.archived_on = shops.current(session).day(at)
        events.note(session, at, "asset", asset.id, "meter_archived", name=meter.name)
        about(session, "asset", asset.id, number=asset.number)


def bring_back(store: Store, meter_id: int) -> None:
    """Take a meter out of the archive."""
    at = store.now()
    with store.change("Bring a meter of {number} back") as session:
        meter, asset = _with_asset(session, meter_id)
        meter.archived_on = None
        _need_sound(session, meter)
        events.note(session, at, "asset", asset.id, "meter_restored", name=meter.name)
        about(session, "asset", asset.id, number=asset.number)


def log(
    store: Store,
    meter_id: int,
    *,
    value: Decimal,
    read_on: date | None = None,
    kind: ReadingKind = ReadingKind.NORMAL,
    source: ReadingSource = ReadingSource.HAND,
) -> Logged:
    """Write down what a meter shows, in its unit, today or on a day before.

    Raises:
        RuleBroken: the day is still to come, or the reading does not fit between its neighbours.
    """
    at = store.now()
    with store.change("Log a reading of {number}") as session:
        meter, asset = _with_asset(session, meter_id)
        on = read_on or shops.current(session).day(at)
        reading = steps.keep(session, at, meter, Shown(on, value, kind), source=source)
        about(session, "asset", asset.id, number=asset.number)
        beyond = steps.over(meter, value)
        return Logged(reading.id, *(beyond or (None, None)))


def correct(store: Store, reading_id: int, **fields: object) -> None:
    """Change what a reading says: its value, its day or its kind.

    Raises:
        RuleBroken: it would not fit between its neighbours.
    """
    at = store.now()
    with store.change("Correct a reading of {number}") as session:
        reading = session.get_one(Reading, reading_id)
        meter, asset = _with_asset(session, reading.meter_id)
        edits.change(session, at, reading, fields, allowed=CORRECTABLE, about=("asset", asset.id))
        shown = Shown(reading.read_on, reading.value, reading.kind)
        steps.need_fit(session, at, meter, shown, own_id=reading.id)
        about(session, "asset", asset.id, number=asset.number)


def remove(store: Store, reading_id: int) -> None:
    """Take a reading out that never was; undo brings it back."""
    at = store.now()
    with store.change("Take out a reading of {number}") as session:
        reading = session.get_one(Reading, reading_id)
        meter, asset = _with_asset(session, reading.meter_id)
        told: dict[str, Any] = {"meter": meter.name, "on": reading.read_on.isoformat()}
        was = str(reading.value)
        session.delete(reading)
        events.note(session, at, "asset", asset.id, "reading_removed", was=was, **told)
        about(session, "asset", asset.id, number=asset.number)


def _with_asset(session: Session, meter_id: int) -> tuple[Meter, Asset]:
    meter = session.get_one(Meter, meter_id)
    return meter, session.get_one(Asset, meter.asset_id)


def _tidy(value: object) -> object:
    return value.strip() if isinstance(value, str) and not isinstance(value, MeterKind) else value


def _need_sound(session: Session, meter: Meter) -> None:
    edits.need(meter.name, "A meter needs a name.", "name")
    rules.need_limits(meter.low, meter.high)
    rules.need_rollover(meter.kind, meter.rolls_over_at)
    same = select(Meter.id).where(
        Meter.asset_id == meter.asset_id,
        Meter.archived_on.is_(None),
        func.lower(Meter.name) == meter.name.lower(),
    )
    with session.no_autoflush:
        taken: Sequence[int] = session.scalars(same).all()
    if any(meter_id != meter.id for meter_id in taken):
        raise RuleBroken("{name} is there already.", "name", name=meter.name)
