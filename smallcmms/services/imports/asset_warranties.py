"""The warranties that rows tell: by their last day, or by so many months from a first one."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.imports import Outcome
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.models import Warranty
from smallcmms.services.imports.entries import Entry
from smallcmms.services.imports.told import Change
from smallcmms.services.imports.writes import Writes

_MONTHS = 12


class Warranties:
    """Puts warranties on their way that an asset does not have yet."""

    def __init__(self, session: Session, writes: Writes) -> None:
        self._writes = writes
        self._there: dict[int, set[tuple[WarrantyKind, date]]] = defaultdict(set)
        query = select(Warranty.asset_id, Warranty.kind, Warranty.ends_on)
        for row in session.execute(query):
            self._there[row.asset_id].add((row.kind, row.ends_on))

    def put(self, entry: Entry, asset_id: int) -> None:
        """Put the warranties of a row on their way."""
        for told in _told(entry):
            if (told["kind"], told["ends_on"]) in self._there.get(asset_id, ()):
                continue
            until = told["ends_on"].isoformat()
            if asset_id > 0:
                entry.changes.append(Change("Warranty until", "", until))
                entry.outcome = Outcome.CHANGED
            self._writes.add("warranty", {"asset_id": asset_id, **told})
            self._writes.note("asset", asset_id, "warranty_added", values={"until": until})


def _told(entry: Entry) -> Iterator[dict[str, Any]]:
    values = entry.values
    yield from values.get("warranties", ())
    starts, until = values.get("installed_on"), values.get("warranty_until")
    months = values.get("warranty_months")
    if until is None and months:
        if starts is None:
            entry.remark("The months of the warranty are left out: nobody says when it began.")
            return
        until = after_months(starts, months)
    if until is not None:
        yield {
            "kind": WarrantyKind.FULL,
            "starts_on": starts if starts is not None and starts <= until else None,
            "ends_on": until,
            "guarantor": values.get("guarantor", ""),
        }


def after_months(day: date, months: int) -> date:
    """Return the day so many months later; the 31st becomes a shorter month's last day."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
