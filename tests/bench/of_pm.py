"""PM schedules: the next dates of many, and catching up with a year away."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from smallcmms.domain.recurrence import Interval, Unit, next_after
from smallcmms.services import pm, pm_schedules
from smallcmms.services.samples import story
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store
from tests.bench import floors, of_store
from tests.bench.rounds import ON_THE_WALL, Ratio, compare

TODAY = date(2026, 7, 14)
BEGUN = datetime(2026, 7, 14, 14, 24, tzinfo=UTC)
SCHEDULES, OCCURRENCES = 500, 3_000


def dates(schedules: int, rounds: int) -> Ratio:
    """Return how long the next dates of many monthly and yearly schedules take."""
    rules = [
        (Interval(1 + turn % 6, Unit.MONTHS), date(2015 + turn % 11, 1 + turn % 12, 1 + turn % 31))
        for turn in range(schedules)
        if turn % 31 < 28
    ]
    bare = [(interval.every, anchor) for interval, anchor in rules]

    def ours(_round: int) -> list[date]:
        return [next_after(interval, anchor, TODAY)[1] for interval, anchor in rules]

    def floor(_round: int) -> list[date]:
        return [floors.month_after(every, anchor, TODAY) for every, anchor in bare]

    assert ours(0) == floor(0)
    return compare(ours, floor, rounds)


class Away:
    """A shop that was away for a year, once for each round, and the statements that catch up."""

    def __init__(self, folder: Path, rounds: int) -> None:
        first = folder / "away.smallcmms"
        first.unlink(missing_ok=True)
        _schedules(first)
        self._files = [folder / f"away-{turn}.smallcmms" for turn in range(2 * rounds + 3)]
        for file in self._files:
            file.unlink(missing_ok=True)
            shutil.copy(first, file)
        store = _later(self._files[-1])
        pm.generate(store, is_sure=True)
        store.close()
        with closing(sqlite3.connect(self._files[-1])) as connection:
            query = "SELECT operations FROM undo_step ORDER BY id DESC LIMIT 1"
            (noted,) = connection.execute(query).fetchone()
            written = of_store._statements(connection, json.loads(noted))
            self.statements = [("PRAGMA defer_foreign_keys = 1", []), *written]

    def compare(self, rounds: int) -> Ratio:
        """Return how long it takes to catch up, beside writing the same rows."""
        stores = [_later(file) for file in self._files[: rounds + 1]]
        connections = [floors.connect(file) for file in self._files[rounds + 1 : -1]]

        def ours(number: int) -> None:
            made = pm.generate(stores[number], is_sure=True)
            assert (made.due, len(made.orders)) == (OCCURRENCES, SCHEDULES)

        def floor(number: int) -> None:
            floors.save(connections[number], self.statements)

        ratio = compare(ours, floor, rounds, clock=ON_THE_WALL)
        for store in stores:
            store.close()
        for connection in connections:
            connection.close()
        for file in self._files:
            file.unlink()
            shutil.rmtree(file.with_suffix(".files"), ignore_errors=True)
        return ratio


def _schedules(path: Path) -> None:
    store = create(path, now=lambda: BEGUN)
    story.set_up(store)
    ids = story.before(store)
    pm.generate(store)
    for turn in range(SCHEDULES):
        pm_schedules.add(
            store,
            name=f"Service {turn}",
            site_id=ids.site_id,
            asset_ids=[ids.asset_id],
            every=2,
            anchor_on=TODAY + timedelta(20 + turn % 30),
            lead_days=0,
        )
    store.close()


def _later(path: Path) -> Store:
    return open_shop(path, now=lambda: BEGUN + timedelta(days=365))
