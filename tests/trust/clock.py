"""The clock of the computer is wrong: no work order is made twice, and none in mass unasked.

    python -m tests.trust.clock --lives 200

A shop with daily, weekly and monthly schedules is opened again and again while the clock stands
in 1970 or in 2099, falls back or leaps ahead with summer time, or the computer is moved to another
zone; some files were never looked through before. The check runs at each opening. Where the date
is odd it must ask; when the clock is right again, every date has one work order.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import Missed
from smallcmms.domain.recurrence import Unit
from smallcmms.models import PmOccurrence, WorkOrder
from smallcmms.services import pm, pm_schedules
from smallcmms.services.check import problems
from smallcmms.services.samples import story
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store

DAYTON = ZoneInfo("America/New_York")
WRONG = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, 23, tzinfo=UTC))
SWITCHES = (datetime(2026, 11, 1, tzinfo=DAYTON), datetime(2027, 3, 14, tzinfo=DAYTON))
"""The days on which the shop's clocks go back, and ahead."""
ZONES = ("Pacific/Kiritimati", "Pacific/Honolulu", "Asia/Kathmandu", "America/New_York")


@dataclass(slots=True)
class Told:
    """How often the check ran and asked, and what came out wrong."""

    checks: int
    asked: int
    wrong: list[str]


class Shop:
    """A shop whose computer tells whatever time it is told."""

    def __init__(self, folder: Path, begun: datetime, *, is_checked: bool) -> None:
        self.moment, self.told = begun, Told(0, 0, [])
        self._path = folder / "clock.smallcmms"
        store = create(self._path, now=lambda: self.moment)
        story.set_up(store)
        ids = story.before(store)
        for unit, missed in (
            (Unit.DAYS, Missed.EACH), (Unit.WEEKS, Missed.COALESCE), (Unit.MONTHS, Missed.EACH),
        ):  # fmt: skip
            pm_schedules.add(
                store, name=f"Every {unit.value}", site_id=ids.site_id, asset_ids=[ids.asset_id],
                every=1, unit=unit, missed=missed, lead_days=0,
                anchor_on=begun.astimezone(DAYTON).date() + timedelta(1),
            )  # fmt: skip
        store.close()
        if is_checked:
            self.check()

    def check(self) -> None:
        """Open the file, make what is due as the program does, and look at what is there."""
        store = open_shop(self._path, now=lambda: self.moment)
        before = self._orders(store)
        self.told.checks += 1
        try:
            pm.generate(store)
        except RuleBroken as error:
            self.told.asked += 1
            if error.field != "is_sure" or self._orders(store) != before:
                self.told.wrong.append(f"{self.moment}: {error}")
        self._look(store)
        store.close()

    def orders(self) -> int:
        """Return how many work orders there are."""
        store = open_shop(self._path, now=lambda: self.moment)
        found = self._orders(store)
        store.close()
        return found

    def days(self) -> list[date]:
        """Return the days of the daily schedule whose work orders are made."""
        store = open_shop(self._path, now=lambda: self.moment)
        query = select(PmOccurrence.due_on).where(
            PmOccurrence.pm_schedule_id == 1, PmOccurrence.work_order_id.is_not(None)
        )
        with store.read() as session:
            found = [day for day in session.scalars(query) if day is not None]
        store.close()
        return sorted(found)

    @staticmethod
    def _orders(store: Store) -> int:
        with store.read() as session:
            return len(session.scalars(select(WorkOrder.id)).all())

    def _look(self, store: Store) -> None:
        query = select(PmOccurrence.pm_schedule_id, PmOccurrence.asset_id, PmOccurrence.due_on)
        with store.read() as session:
            dates = Counter(map(tuple, session.execute(query)))
        twice = [each for each, number in dates.items() if number > 1]
        self.told.wrong += [f"{self.moment}: {each} twice" for each in twice]
        self.told.wrong += [f"{self.moment}: {each}" for each in problems(store)]


@contextmanager
def computer_in(zone: str) -> Iterator[None]:
    """Let the computer stand in a zone."""
    was = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if was is not None:
            os.environ["TZ"] = was
        time.tzset()


def wrong_year(folder: Path, wrong: datetime, *, is_checked: bool) -> Told:
    """Let the clock stand in another year for a few starts, and be right again."""
    shop = Shop(folder, datetime(2026, 7, 14, 14, tzinfo=UTC), is_checked=is_checked)
    before, right = shop.orders(), shop.moment
    for minutes in (0, 5, 60):
        shop.moment = wrong + timedelta(minutes=minutes)
        shop.check()
    if shop.orders() != before:
        shop.told.wrong.append(f"{shop.orders() - before} made in {wrong.year} without asking")
    if shop.told.asked != shop.told.checks - is_checked:
        shop.told.wrong.append(f"asked {shop.told.asked} times of {shop.told.checks}")
    asked = shop.told.asked
    for day in range(1, 4):
        shop.moment = right + timedelta(days=day)
        shop.check()
    if shop.told.asked != asked:
        shop.told.wrong.append("asked although the clock is right")
    _see_daily(shop, date(2026, 7, 15), 3)
    return shop.told


def summer_time(folder: Path, switch: datetime) -> Told:
    """Let the clock go back or ahead by an hour while the check runs again and again."""
    begun = (switch - timedelta(days=1)).astimezone(UTC)
    shop = Shop(folder, begun, is_checked=True)
    for hours in range(1, 69, 4):
        shop.moment = begun + timedelta(hours=hours)
        shop.check()
    if shop.told.asked:
        shop.told.wrong.append(f"asked {shop.told.asked} times")
    _see_daily(shop, switch.date(), 2)
    return shop.told


def other_zone(folder: Path, dice: random.Random) -> Told:
    """Move the computer to other zones; the shop stays where it is."""
    shop = Shop(folder, datetime(2026, 7, 14, 3, 30, tzinfo=UTC), is_checked=True)
    for hours in range(1, 48, 6):
        zone = dice.choice(ZONES)
        with computer_in(zone):
            moment = datetime(2026, 7, 14, 3, 30, tzinfo=UTC) + timedelta(hours=hours)
            shop.moment = moment.astimezone(ZoneInfo(zone))
            shop.check()
    if shop.told.asked:
        shop.told.wrong.append(f"asked {shop.told.asked} times")
    _see_daily(shop, date(2026, 7, 14), 2)
    return shop.told


def _see_daily(shop: Shop, first: date, count: int) -> None:
    expected = [first + timedelta(days) for days in range(count)]
    if shop.days() != expected:
        shop.told.wrong.append(f"made for {len(shop.days())} days and not for {expected}")


def clocks(lives: int, seed: int) -> Told:
    """Let so many shops have wrong clocks of every kind."""
    dice, told = random.Random(seed), Told(0, 0, [])
    for turn in range(lives):
        with tempfile.TemporaryDirectory() as name:
            folder, kind = Path(name), turn % 7
            if kind < 4:
                found = wrong_year(folder, WRONG[kind % 2], is_checked=kind < 2)
            elif kind < 6:
                found = summer_time(folder, SWITCHES[kind % 2])
            else:
                found = other_zone(folder, dice)
        told.checks += found.checks
        told.asked += found.asked
        told.wrong += found.wrong
    return told


def main() -> int:
    """Try as many as asked for, and say what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lives", type=int, default=70)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    told = clocks(options.lives, options.seed)
    sys.stdout.write(f"{told.checks} checks, {told.asked} asked, wrong: {len(told.wrong)}\n")
    for each in told.wrong[:10]:
        sys.stdout.write(f"  {each}\n")
    return int(bool(told.wrong))


if __name__ == "__main__":
    sys.exit(main())
