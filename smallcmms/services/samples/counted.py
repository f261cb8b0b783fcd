"""What the trucks of a sample shop should carry, and the counts of its stock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from smallcmms.services import lookups, parts, stock_counts
from smallcmms.store.store import Store

Told = Mapping[str, Any]
Step = tuple[datetime, Callable[[], object]]


def set_pars(store: Store, told: Told, part_ids: Mapping[str, int]) -> None:
    """Say how much of each part a truck should carry."""
    for place, pars in told.get("pars", {}).items():
        place_id = lookups.place(store, place)
        for number, count in pars.items():
            parts.set_par(store, part_ids[number], location_id=place_id, quantity=Decimal(count))


def steps(store: Store, told: Told, part_ids: Mapping[str, int]) -> Iterator[Step]:
    """Yield when each count was begun and what was written in, and when it was booked."""
    for count in told.get("counts", ()):
        yield count["at"], partial(_count, store, count, part_ids)


def _count(store: Store, told: Told, part_ids: Mapping[str, int]) -> None:
    """Count some shelves: a figure, or how far it is from what the moves say."""
    count_id = stock_counts.begin(
        store,
        location_id=lookups.place(store, told["place"]),
        part_ids=[part_ids[number] for number in told["parts"]],
        counted_by=told["by"],
    )
    off = {part_ids[number]: Decimal(by) for number, by in told.get("off", {}).items()}
    blank = {part_ids[number] for number in told.get("blank", ())}
    figures = {
        line.id: line.expected + off.get(line.part_id, Decimal(0))
        for line in stock_counts.get(store, count_id).lines
        if line.part_id not in blank
    }
    if told.get("is_booked", False):
        stock_counts.enter(store, count_id, figures)
    else:
        stock_counts.note(store, count_id, figures)
