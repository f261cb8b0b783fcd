"""Readings of meters from outside: what a sensor wrote down, looked at as those typed by hand.

A reading is known by its meter and its moment; one that tells only its day by its day and value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from smallcmms.domain import meters as rules
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.import_values import Spoken, read_moment
from smallcmms.domain.imports import Outcome
from smallcmms.domain.meters import ReadingKind, ReadingSource, Shown
from smallcmms.formats import Formats
from smallcmms.models import Asset, Meter, Reading
from smallcmms.services.imports.asset_index import telling
from smallcmms.services.imports.entries import Entry
from smallcmms.services.imports.known import alike
from smallcmms.services.imports.writes import Keys, Writes
from smallcmms.services.steps import pm_limits
from smallcmms.services.steps.shops import ShopFacts


@dataclass(slots=True)
class _Course:
    """What a meter showed so far, by day; those of one day in the order in which they came."""

    meter: Row[Any]
    shown: list[Shown] = field(default_factory=list)
    at_moments: dict[datetime, tuple[Decimal, int]] = field(default_factory=dict)
    on_days: dict[tuple[date, Decimal], int] = field(default_factory=dict)


class Readings:
    """Judges the rows of a list of readings, the oldest first."""

    def __init__(self, session: Session, writes: Writes, shop: ShopFacts, at: datetime) -> None:
        self._session, self._writes, self._shop, self._at = session, writes, shop, at
        self._formats = Formats(locale=shop.locale)
        self._assets: dict[str, set[int]] = defaultdict(set)
        self._numbers: dict[int, str] = {}
        query = select(Asset.id, Asset.number, Asset.own_tag, Asset.short_code, Asset.name)
        for row in session.execute(query.where(Asset.archived_on.is_(None))):
            self._numbers[row.id] = row.number
            for told in filter(None, map(telling, row[1:])):
                self._assets[told].add(row.id)
        self._meters: dict[int, list[Row[Any]]] = defaultdict(list)
        self._sensors: dict[str, list[Row[Any]]] = defaultdict(list)
        for meter in session.execute(_METERS):
            self._meters[meter.asset_id].append(meter)
            if meter.sensor:
                self._sensors[alike(meter.sensor)].append(meter)
        self._courses: dict[int, _Course] = {}
        self._found: dict[tuple[str, str], Row[Any] | RuleBroken] = {}
        self._beyond: list[tuple[int, Decimal, date]] = []

    def judge(self, entries: Sequence[Entry]) -> None:
        """Say of each row what becomes of it, and put on its way what is to be written."""
        timed = []
        for entry in entries:
            told = entry.values
            entry.title = " ".join(filter(None, (told.get("asset", ""), told.get("meter", ""))))
            if not entry.is_in:
                continue
            try:
                timed.append((*self._moment(entry), entry))
            except RuleBroken as error:
                entry.refuse(error.message, **error.values)
        for on, moment, entry in sorted(timed, key=self._order):
            try:
                self._judge(entry, on, moment)
            except RuleBroken as error:
                entry.refuse(error.message, **self._written(error))
        if self._beyond:
            self._writes.afterwards(partial(_notice, self._beyond))

    def _order(self, timed: tuple[date, datetime | None, Entry]) -> tuple[date, datetime, int]:
        on, moment, entry = timed
        return on, moment or datetime.combine(on, time(), self._shop.zone), entry.row

    def _written(self, error: RuleBroken) -> dict[str, object]:
        write = {Decimal: self._formats.quantity, date: self._formats.day_year}
        return {
            name: write[type(value)](value) if type(value) in write else value  # type: ignore[operator]
            for name, value in error.values.items()
        }

    def _moment(self, entry: Entry) -> tuple[date, datetime | None]:
        """Return the shop's day of a row, and its moment where it tells one."""
        told = entry.values.get("read_at")
        if told is None:
            raise RuleBroken("A reading needs its day.")
        if "time" in entry.values:
            told = self._with_time(told, entry.values["time"])
        if not isinstance(told, datetime):
            self._see_past(told)
            return told, None
        moment = told if told.tzinfo is not None else told.replace(tzinfo=self._shop.zone)
        self._see_past(self._shop.day(moment))
        return self._shop.day(moment), moment

    def _with_time(self, day: date, clock: str) -> date:
        spoken = Spoken("", "ymd", self._shop.locale, self._shop.currency, day)
        return read_moment(f"{day:%Y-%m-%d} {clock}", spoken)

    def _see_past(self, day: date) -> None:
        if day > self._shop.day(self._at):
            raise RuleBroken("{day} is still to come.", day=day.isoformat())

    def _judge(self, entry: Entry, on: date, moment: datetime | None) -> None:
        meter = self._meter(entry)
        value = entry.values.get("value")
        if value is None:
            raise RuleBroken("A reading needs its value.")
        _see_unit(meter, entry.values.get("unit", ""))
        entry.number = self._numbers[meter.asset_id]
        entry.title = f"{meter.name} {self._formats.quantity(value)} {meter.unit}".strip()
        course = self._course(meter)
        if self._is_there(entry, course, (on, moment, value)):
            return
        shown = Shown(on, value)
        place = bisect_right(course.shown, on, key=lambda each: each.on)
        rules.need_fit(
            shown,
            kind=meter.kind,
            rolls_over_at=meter.rolls_over_at,
            before=course.shown[place - 1] if place else None,
            after=course.shown[place] if place < len(course.shown) else None,
        )
        course.shown.insert(place, shown)
        self._write(meter, shown, moment)

    def _is_there(
        self, entry: Entry, course: _Course, told: tuple[date, datetime | None, Decimal]
    ) -> bool:
        """Tell whether a reading is known; a moment at which the meter showed else is refused.

        Remembers it for the rows to come: the file may say it twice.
        """
        on, moment, value = told
        if moment is not None:
            was, row = course.at_moments.setdefault(moment, (value, entry.row))
            if was != value:
                raise RuleBroken("It showed {was} at that moment.", was=was)
        else:
            row = course.on_days.setdefault((on, value), entry.row)
        if row == entry.row:
            return False
        if row:
            entry.double("It says the same as row {row}.", row=row)
        else:
            entry.outcome = Outcome.SAME
        return True

    def _meter(self, entry: Entry) -> Row[Any]:
        """Return the meter of a row, looked up once for all rows that name it alike."""
        key = entry.values.get("asset", ""), entry.values.get("meter", "")
        if key not in self._found:
            try:
                self._found[key] = self._meant(*key)
            except RuleBroken as error:
                self._found[key] = error
        found = self._found[key]
        if isinstance(found, RuleBroken):
            raise found
        return found

    def _meant(self, asset: str, name: str) -> Row[Any]:
        """Return the meter that a name means on an asset, or that a sensor's name means.

        Raises:
            RuleBroken: it is none, or may be several.
        """
        of_sensor = self._sensors.get(alike(name), []) if name else []
        if asset:
            own = self._meters[self._asset(asset)]
            named = [each for each in own if alike(each.name) == alike(name)] if name else own
            found = named or [each for each in of_sensor if each in own]
        else:
            found = of_sensor
        if not found and not asset:
            message = "No meter is read by a sensor {name}. Name the asset, or give a meter it."
            raise RuleBroken(message, name=name or "?")
        if not found:
            raise RuleBroken("{asset} has no meter {name}.", asset=asset, name=name)
        if len(found) > 1:
            names = ", ".join(each.name for each in found)
            raise RuleBroken("{text} may mean several: {names}.", text=name or asset, names=names)
        return found[0]

    def _asset(self, asset: str) -> int:
        found = self._assets.get(telling(asset), set())
        if not found:
            raise RuleBroken("There is no asset {name}.", name=asset)
        if len(found) > 1:
            raise RuleBroken("{count} assets are called {name}.", count=len(found), name=asset)
        return next(iter(found))

    def _course(self, meter: Row[Any]) -> _Course:
        if meter.id not in self._courses:
            course = self._courses[meter.id] = _Course(meter)
            for on, moment, value, kind in self._session.execute(_THERE, {"meter": meter.id}):
                course.shown.append(Shown(on, value, kind))
                if moment is not None:
                    course.at_moments[moment] = value, 0
                else:
                    course.on_days[on, value] = 0
        return self._courses[meter.id]

    def _write(self, meter: Row[Any], shown: Shown, moment: datetime | None) -> None:
        told = {"meter_id": meter.id, "read_on": shown.on, "read_at": moment, "value": shown.value}
        told |= {"kind": ReadingKind.NORMAL, "source": ReadingSource.IMPORT}
        self._writes.add("reading", {**told, "recorded_at": self._at})
        happened_at = moment or datetime.combine(shown.on, time(12), self._shop.zone)
        said = {"meter": meter.name, "unit": meter.unit, "on": shown.on.isoformat()}
        self._writes.note(
            "asset",
            meter.asset_id,
            "reading_logged",
            now=str(shown.value),
            values=said,
            happened_at=min(happened_at, self._at),
        )
        if rules.broken_limit(shown.value, meter.low, meter.high) is not None:
            self._beyond.append((meter.id, shown.value, shown.on))


def _see_unit(meter: Row[Any], unit: str) -> None:
    if unit and meter.unit and alike(unit) != alike(meter.unit):
        message = "The meter is read in {unit}, the row says {other}."
        raise RuleBroken(message, unit=meter.unit, other=unit)


def _notice(
    beyond: Sequence[tuple[int, Decimal, date]], session: Session, at: datetime, _keys: Keys
) -> None:
    """Make the work orders that readings beyond their limits call for, as by hand."""
    for meter_id, value, on in beyond:
        pm_limits.notice(session, at, session.get_one(Meter, meter_id), value, on)


_METERS: Any = select(
    Meter.id,
    Meter.asset_id,
    Meter.name,
    Meter.unit,
    Meter.sensor,
    Meter.kind,
    Meter.rolls_over_at,
    Meter.low,
    Meter.high,
).where(Meter.archived_on.is_(None))
_THERE = (
    select(Reading.read_on, Reading.read_at, Reading.value, Reading.kind)
    .where(Reading.meter_id == bindparam("meter"))
    .order_by(Reading.read_on, Reading.id)
)
