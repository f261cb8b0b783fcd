"""The demo shop for tests: Ridgeline Mechanical on Tuesday, July 14, 2026, 10:24 AM."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from smallcmms.services.samples import ridgeline
from smallcmms.store.opening import create
from smallcmms.store.store import Store
from tests.bills import rendered
from tests.conftest import Clock
from tests.jobs import draw


def make(path: Path, *, later: timedelta = timedelta(0)) -> Store:
    """Return the demo shop in a new file, open; its papers are plain words."""
    clock = Clock()
    store = create(path, now=clock)
    play(store, clock, later=later)
    return store


def fill(store: Store) -> dict[str, int]:
    """Fill an empty file that was opened with a Clock; return the ids of the customers."""
    clock = store._clock
    assert isinstance(clock, Clock)
    return play(store, clock).ids.customers


def play(store: Store, clock: Clock, *, later: timedelta = timedelta(0)) -> ridgeline.Ridgeline:
    """Play the days of the demo shop; the clock stands at their end."""

    def at(moment: datetime) -> None:
        clock.moment = moment

    return ridgeline.play(store, at, render_sheet=draw, render_invoice=rendered, later=later)
