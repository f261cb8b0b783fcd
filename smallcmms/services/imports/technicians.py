"""Technicians from outside, known by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from smallcmms.domain.imports import Outcome
from smallcmms.domain.stock import LocationKind
from smallcmms.models import StockLocation, Technician
from smallcmms.services.imports.entries import Entry, written
from smallcmms.services.imports.known import alike
from smallcmms.services.imports.told import Change
from smallcmms.services.imports.writes import Writes

_FIELDS = {
    "name": "Name", "initials": "Initials", "phone": "Phone", "email": "E-mail",
    "trades": "Trades", "cost_rate": "Cost rate", "bill_rate": "Bill rate",
    "sheet_language": "Sheet language",
}  # fmt: skip
_HOUR = 60


class Technicians:
    """Judges the rows of a list of technicians."""

    def __init__(self, session: Session, writes: Writes) -> None:
        self._writes = writes
        self._there: dict[str, list[Row[Any]]] = {}
        columns = [getattr(Technician, name) for name in _FIELDS]
        query = select(
            Technician.id, Technician.truck_id, Technician.weekly_minutes, Technician.archived_on,
            *columns,
        )  # fmt: skip
        for row in session.execute(query):
            self._there.setdefault(alike(row.name), []).append(row)
        trucks = session.execute(select(StockLocation.id, StockLocation.name)).all()
        self._trucks: dict[str, int] = {alike(row.name): row.id for row in trucks}
        self._truck_names = {row.id: row.name for row in trucks}

    def judge(self, entries: Sequence[Entry]) -> None:
        """Say of each row what becomes of it, and put on its way what is to be written."""
        seen: dict[str, Entry] = {}
        for entry in entries:
            name = entry.title = entry.values.get("name", "")
            if entry.is_in and not name:
                entry.refuse("A technician needs a name.")
            elif entry.is_in and alike(name) in seen:
                _see_double(entry, seen[alike(name)])
            elif entry.is_in:
                seen[alike(name)] = entry
                self._judge(entry)

    def _judge(self, entry: Entry) -> None:
        named = self._there.get(alike(entry.values["name"]), [])
        working = [row for row in named if row.archived_on is None]
        if len(working) > 1:
            entry.double("{count} technicians are called {name}.",
                         count=len(working), name=entry.title)  # fmt: skip
        elif working:
            self._change(entry, working[0])
        elif named:
            entry.refuse("{name} is in the archive. Restore them first.", name=entry.title)
        else:
            told = self._told(entry.values)
            words = entry.values["name"].split()
            told.setdefault("initials", "".join(word[0] for word in words).upper())
            made = self._writes.add("technician", told)
            self._writes.note("technician", made, "added")

    def _told(self, values: dict[str, Any]) -> dict[str, Any]:
        told = {name: values[name] for name in _FIELDS if name in values}
        if "weekly_hours" in values:
            told["weekly_minutes"] = int(values["weekly_hours"] * _HOUR)
        if "truck" in values:
            told["truck_id"] = self._truck(values["truck"])
        return told

    def _truck(self, name: str) -> int:
        if alike(name) not in self._trucks:
            told = {"name": name, "kind": LocationKind.TRUCK}
            made = self._writes.add_beside("stock_location", told)
            self._trucks[alike(name)] = made
            self._truck_names[made] = name
        return self._trucks[alike(name)]

    def _change(self, entry: Entry, row: Row[Any]) -> None:
        entry.record_id, entry.outcome = row.id, Outcome.SAME
        told = self._told(entry.values)
        told.pop("name")
        new = {name: now for name, now in told.items() if getattr(row, name) != now}
        for name, now in new.items():
            was = getattr(row, name)
            if name == "truck_id":
                was, now = self._truck_names.get(was, ""), entry.values["truck"]  # noqa: PLW2901
            label = {**_FIELDS, "truck_id": "Truck", "weekly_minutes": "Weekly minutes"}[name]
            entry.changes.append(Change(label, written(was), written(now)))
            self._writes.note("technician", row.id, "edited", was=written(was), now=written(now),
                              values={"field": name})  # fmt: skip
        if new:
            entry.outcome = Outcome.CHANGED
            self._writes.change("technician", row.id, new)


def _see_double(entry: Entry, first: Entry) -> None:
    if entry.says(first):
        entry.double("It says the same as row {row}.", row=first.row)
    else:
        entry.refuse("Row {row} says something else of {name}.", row=first.row, name=entry.title)
