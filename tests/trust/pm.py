"""PM schedules lead any life: their dates stay right, and one date makes one work order.

    python -m tests.trust.pm --schedules 10000 --steps 2000 --times 1000

Compared are the dates of random rules with those of dateutil (its rrule, clamped to the month's
end where it would skip a short month); then a shop lives through random days: it makes what is
due, does, cancels and opens work again, skips, pauses, is undone, is away for weeks. After each
step the invariants hold, and making what is due again makes nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from dateutil import rrule
from dateutil.relativedelta import relativedelta
from sqlalchemy import func, select

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.meters import MeterKind
from smallcmms.domain.pm import Landing, Missed, Timing
from smallcmms.domain.recurrence import Interval, MonthDay, Unit, due, next_after
from smallcmms.domain.work_orders import NotOnSheet, Origin, WorkOrderStatus
from smallcmms.models import PmOccurrence, PmSchedule, WorkOrder
from smallcmms.services import (
    meters,
    pm,
    pm_schedules,
    work_order_lines,
    work_orders,
    working_hours,
)
from smallcmms.services.check import problems
from smallcmms.services.samples import story
from smallcmms.store.opening import create
from smallcmms.store.store import Store

FIRST = datetime(2026, 7, 14, 14, 24, tzinfo=UTC)
_FREQUENCIES: dict[Unit, Any] = {Unit.DAYS: rrule.DAILY, Unit.WEEKS: rrule.WEEKLY}
_DATES = 12
_OPEN = (WorkOrderStatus.APPROVED, WorkOrderStatus.IN_PROGRESS)
_SEASONS = ((), (), (4, 5, 6, 7, 8, 9, 10), (11, 12, 1, 2))


@dataclass(frozen=True)
class Told:
    """What was tried and what came out wrong."""

    tried: int
    wrong: tuple[str, ...]


def oracle(interval: Interval, anchor: date, most: int) -> list[date]:
    """Return the first dates of a rule by dateutil."""
    months = interval.every * (12 if interval.unit is Unit.YEARS else 1)
    is_monthly = interval.unit in (Unit.MONTHS, Unit.YEARS)
    if is_monthly and interval.month_day is MonthDay.SAME:
        return [anchor + relativedelta(months=months * k) for k in range(most)]
    more: dict[str, Any] = {}
    if interval.weekdays:
        more["byweekday"] = interval.weekdays
    if is_monthly and interval.month_day is MonthDay.LAST:
        more["bymonthday"] = -1
    if is_monthly and interval.month_day is MonthDay.NTH:
        more["byweekday"] = rrule.weekday(interval.weekday, interval.nth)
    frequency = _FREQUENCIES.get(interval.unit, rrule.MONTHLY)
    every = months if is_monthly else interval.every
    found = rrule.rrule(frequency, interval=every, dtstart=anchor, count=most, **more)
    return [each.date() for each in found]


def any_interval(dice: random.Random) -> Interval:
    """Return a rule of any supported kind."""
    unit = dice.choice(list(Unit))
    weekdays: tuple[int, ...] = ()
    if unit is Unit.WEEKS and dice.random() < 0.5:
        weekdays = tuple(sorted(dice.sample(range(7), dice.randint(1, 5))))
    month_day = MonthDay.SAME
    if unit in (Unit.MONTHS, Unit.YEARS):
        month_day = dice.choice(list(MonthDay))
    nth, weekday = dice.choice((1, 2, 3, 4, -1)), dice.randrange(7)
    return Interval(dice.randint(1, 18), unit, weekdays, month_day, nth, weekday)


def dates(schedules: int, seed: int) -> Told:
    """Compare the first dates of random rules, and the next one after a random day."""
    dice, wrong = random.Random(seed), []
    for _turn in range(schedules):
        interval = any_interval(dice)
        anchor = date(2015, 1, 1) + timedelta(dice.randrange(8000))
        expected = oracle(interval, anchor, _DATES)
        if [due(interval, anchor, k) for k in range(_DATES)] != expected:
            wrong.append(f"{interval} from {anchor}")
        after = dice.choice(expected[:-1]) - timedelta(dice.randrange(2))
        following = next((k, day) for k, day in enumerate(expected) if day > after)
        if next_after(interval, anchor, after) != following:
            wrong.append(f"{interval} from {anchor} after {after}")
    return Told(schedules, tuple(wrong))


class Life:
    """A shop with a few schedules that lives through random days."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.dice, self.moment = random.Random(seed), FIRST
        self.store: Store = create(folder / "life.smallcmms", now=lambda: self.moment)
        story.set_up(self.store)
        self.ids = story.before(self.store)
        self.meter_id = meters.add(
            self.store, self.ids.asset_id, name="Run hours", unit="h", kind=MeterKind.CUMULATIVE
        )
        self.counter = Decimal(1000)
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []
        while self._is_short_of_schedules():
            with suppress(RuleBroken):
                self._begin()

    def live(self, steps: int) -> Told:
        """Take so many steps, and look after each."""
        for turn in range(steps):
            step = self.dice.choice(_STEPS)
            try:
                step(self)
                self.done[step.__name__] += 1
            except RuleBroken:
                self.done[f"{step.__name__} refused"] += 1
            self._look(turn, step.__name__)
        return Told(steps, tuple(self.wrong))

    def generate(self) -> None:
        pm.generate(self.store)
        before = self._count()
        pm.generate(self.store)
        if self._count() != before:
            self.wrong.append("Making what is due twice made more")

    def wait(self) -> None:
        self.moment += timedelta(days=self.dice.choice((1, 3, 9, 30, 59)))
        pm.generate(self.store, is_sure=True)

    def do(self) -> None:
        order_id = self._any_order(*_OPEN)
        on = self.moment.date() - timedelta(self.dice.randrange(6))
        work_order_lines.add_time(
            self.store, order_id, technician_id=self.ids.technician_id, worked_on=on, minutes=30
        )
        work_orders.complete(self.store, order_id, done_on=on, not_on_sheet=set(NotOnSheet))

    def cancel(self) -> None:
        work_orders.cancel(self.store, self._any_order(*_OPEN), reason="Not wanted")

    def reopen(self) -> None:
        work_orders.reopen(self.store, self._any_order(WorkOrderStatus.COMPLETED), reason="Again")

    def undo(self) -> None:
        self.store.undo()

    def skip(self) -> None:
        pm.skip(self.store, self._any(select(PmOccurrence.id)), reason="Holiday")

    def pause(self) -> None:
        pm_schedules.pause(self.store, self._any(select(PmSchedule.id)))

    def resume(self) -> None:
        pm_schedules.resume(self.store, self._any(select(PmSchedule.id)))

    def change(self) -> None:
        schedule_id = self._any(select(PmSchedule.id))
        changes: tuple[dict[str, Any], ...] = (
            {"every": self.dice.randint(1, 5)},
            {"timing": self.dice.choice(list(Timing))},
            {"landing": self.dice.choice(list(Landing))},
            {"season": self.dice.choice(_SEASONS)},
            {"lead_days": self.dice.choice((0, 7, 30))},
            {"anchor_on": self.moment.date() + timedelta(self.dice.randrange(40))},
            {"ends_on": self.moment.date() + timedelta(self.dice.randrange(400))},
        )
        pm_schedules.edit(self.store, schedule_id, **self.dice.choice(changes))

    def read(self) -> None:
        self.counter += self.dice.randrange(400)
        meters.log(self.store, self.meter_id, value=self.counter)

    def close(self) -> None:
        today = self.moment.date()
        days = [today + timedelta(self.dice.randrange(90)) for _ in range(5)]
        working_hours.set_holidays(self.store, days)

    def _begin(self) -> None:
        today = self.moment.date()
        pm_schedules.add(
            self.store,
            name=f"Service {self.dice.randrange(1000)}",
            site_id=self.ids.site_id,
            asset_ids=[self.ids.asset_id],
            covers=self._smaller(),
            **self._how_often(today + timedelta(self.dice.randrange(40))),
            season=self.dice.choice(_SEASONS),
            landing=self.dice.choice(list(Landing)),
            missed=self.dice.choice(list(Missed)),
            lead_days=self.dice.choice((0, 7, 30)),
        )

    def _how_often(self, anchor_on: date) -> dict[str, Any]:
        """Return a rule by the calendar, by the meter, or by whichever comes first."""
        by_calendar = {
            "every": self.dice.randint(1, 4),
            "unit": self.dice.choice((Unit.WEEKS, Unit.MONTHS)),
            "timing": self.dice.choice(list(Timing)),
            "anchor_on": anchor_on,
        }
        by_meter = {"meter_id": self.meter_id, "meter_every": Decimal(self.dice.randint(50, 900))}
        alone = {"every": None, "anchor_on": None, **by_meter}
        return self.dice.choice((by_calendar, by_calendar, by_calendar | by_meter, alone))

    def _is_short_of_schedules(self) -> bool:
        with self.store.read() as session:
            return session.scalars(select(func.count(PmSchedule.id))).one() < 6

    def _smaller(self) -> list[int]:
        with self.store.read() as session:
            there = list(session.scalars(select(PmSchedule.id)))
        return self.dice.sample(there, 1) if there and self.dice.random() < 0.4 else []

    def _any_order(self, *states: WorkOrderStatus) -> int:
        query = select(WorkOrder.id).where(
            WorkOrder.origin == Origin.PM, WorkOrder.status.in_(states)
        )
        return self._any(query)

    def _any(self, query: Any) -> int:
        with self.store.read() as session:
            found = list(session.scalars(query))
        if not found:
            raise RuleBroken("There is none.")
        return int(self.dice.choice(found))

    def _count(self) -> int:
        with self.store.read() as session:
            return session.scalars(select(func.count(WorkOrder.id))).one()

    def _look(self, turn: int, step: str) -> None:
        self.wrong += [f"{turn} {step}: {each}" for each in problems(self.store)]


_STEPS: tuple[Callable[[Life], None], ...] = (
    Life.generate, Life.wait, Life.wait, Life.do, Life.do, Life.do, Life.cancel, Life.reopen,
    Life.undo, Life.skip, Life.pause, Life.resume, Life.resume, Life.change, Life.close,
    Life.read, Life.read,
)  # fmt: skip


def life(steps: int, seed: int) -> tuple[Told, Counter[str]]:
    """Let a shop live through random days."""
    with tempfile.TemporaryDirectory() as folder:
        shop = Life(Path(folder), seed)
        told = shop.live(steps)
        shop.store.close()
    return told, shop.done


def times(count: int, seed: int) -> Told:
    """Make what is due so many times, after a year off too."""
    with tempfile.TemporaryDirectory() as folder:
        shop, wrong = Life(Path(folder), seed), []
        for away in (0, 365):
            shop.moment += timedelta(days=away)
            pm.generate(shop.store, is_sure=True)
            before = shop._count()
            for _turn in range(count):
                pm.generate(shop.store)
            if shop._count() != before:
                wrong.append(f"{shop._count() - before} more after {away} days")
        shop.store.close()
    return Told(2 * count, tuple(wrong))


def main() -> int:
    """Try as much as is asked, and say what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=2_000)
    parser.add_argument("--times", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lived, done = life(options.steps, options.seed)
    found = {
        "rules, whose dates differ": dates(options.schedules, options.seed),
        f"steps of a life {dict(done)}, faults": lived,
        "times made, more than once": times(options.times, options.seed),
    }
    for what, told in found.items():
        sys.stdout.write(f"{told.tried} {what}: {len(told.wrong)}\n")
        for each in told.wrong[:10]:
            sys.stdout.write(f"  {each}\n")
    return int(any(told.wrong for told in found.values()))


if __name__ == "__main__":
    sys.exit(main())
