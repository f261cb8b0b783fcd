"""Parts from outside, known by their numbers; what lies where comes in as a count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from smallcmms.domain.imports import Outcome
from smallcmms.domain.stock import LocationKind, MoveKind
from smallcmms.models import Part, StockLocation, StockMove, Supplier
from smallcmms.services.imports.entries import Entry, written
from smallcmms.services.imports.known import alike
from smallcmms.services.imports.told import Change
from smallcmms.services.imports.writes import Keys, Writes
from smallcmms.services.steps import part_holds
from smallcmms.services.steps.shops import ShopFacts

_FIELDS = {
    "name": "Name", "unit": "Unit", "purchase_unit": "Bought as", "purchase_factor": "Units in it",
    "barcode": "Barcode", "supplier_number": "Supplier’s number", "cost": "Cost", "price": "Price",
    "markup": "Markup, %", "keep": "Keep", "order_up_to": "Order up to",
    "safety_stock": "Safety stock", "lead_days": "Days to come", "bin": "Shelf", "notes": "Notes",
}  # fmt: skip
_NOTHING = Decimal(0)
_OF_STOCK = frozenset({"on_hand", "place"})


class Parts:
    """Judges the rows of a list of parts."""

    def __init__(self, session: Session, writes: Writes, shop: ShopFacts, at: datetime) -> None:
        self._writes, self._at, self._today = writes, at, shop.day(at)
        self._there: dict[str, Row[Any]] = {}
        columns = [getattr(Part, name) for name in _FIELDS]
        query = select(Part.id, Part.number, Part.supplier_id, Part.archived_on, *columns)
        for row in session.execute(query):
            self._there[alike(row.number)] = row
        suppliers = session.execute(select(Supplier.id, Supplier.name)).all()
        self._suppliers: dict[str, int] = {alike(row.name): row.id for row in suppliers}
        self._supplier_names: dict[int, str] = {row.id: row.name for row in suppliers}
        places = select(StockLocation).order_by(
            StockLocation.kind != LocationKind.SHOP, StockLocation.id
        )
        self._places = {alike(each.name): each.id for each in session.scalars(places)}
        sums = select(StockMove.part_id, StockMove.location_id, func.sum(StockMove.quantity))
        found = session.execute(sums.group_by(StockMove.part_id, StockMove.location_id))
        self._lying: dict[tuple[int, int], Decimal] = {(row[0], row[1]): row[2] for row in found}

    def judge(self, entries: Sequence[Entry]) -> None:
        """Say of each row what becomes of it, and put on its way what is to be written."""
        seen: dict[str, tuple[Entry, int, set[int]]] = {}
        moved: set[int] = set()
        for entry in entries:
            number = entry.number = entry.values.get("number", "")
            entry.title = entry.values.get("name", "")
            if entry.is_in and not number:
                entry.refuse("A part needs a number.")
            elif entry.is_in and alike(number) in seen:
                self._again(entry, *seen[alike(number)])
            elif entry.is_in and (part_id := self._part(entry)) is not None:
                places = {self._lies(entry, part_id)} if "on_hand" in entry.values else set()
                seen[alike(number)] = entry, part_id, places
            if entry.outcome is Outcome.CHANGED and entry.record_id is not None:
                moved.add(entry.record_id)
        if moved:
            self._writes.afterwards(_settle(moved))

    def _part(self, entry: Entry) -> int | None:
        """Return the part of a row, a new one where there is none; None where it is left out."""
        row = self._there.get(alike(entry.number))
        if row is None:
            return self._add(entry)
        if row.archived_on is not None:
            entry.refuse("{name} is in the archive. Restore them first.", name=row.number)
            return None
        self._change(entry, row)
        return int(row.id)

    def _add(self, entry: Entry) -> int | None:
        if not entry.title:
            entry.refuse("A part needs a name.")
            return None
        if "cost" not in entry.values:
            entry.remark("Nobody says what it costs.")
        told = {"cost": _NOTHING, **self._told(entry.values), "number": entry.number}
        made = self._writes.add("part", told)
        self._writes.note("part", made, "added")
        return made

    def _told(self, values: dict[str, Any]) -> dict[str, Any]:
        told = {name: values[name] for name in _FIELDS if name in values}
        if "supplier" in values:
            told["supplier_id"] = self._supplier(values["supplier"])
        return told

    def _supplier(self, name: str) -> int:
        if alike(name) not in self._suppliers:
            event = {"record": "supplier", "kind": "added"}
            made = self._writes.add_beside("supplier", {"name": name}, event)
            self._suppliers[alike(name)], self._supplier_names[made] = made, name
        return self._suppliers[alike(name)]

    def _change(self, entry: Entry, row: Row[Any]) -> None:
        entry.record_id, entry.outcome = row.id, Outcome.SAME
        told = self._told(entry.values)
        new = {name: now for name, now in told.items() if getattr(row, name) != now}
        for name, now in new.items():
            was, is_now = written(getattr(row, name)), written(now)
            if name == "supplier_id":
                was, is_now = (
                    self._supplier_names.get(row.supplier_id, ""),
                    self._supplier_names[now],
                )
            entry.changes.append(Change(_FIELDS.get(name, "Supplier"), was, is_now))
            self._writes.note("part", row.id, "edited", was=was, now=is_now,
                              values={"field": name})  # fmt: skip
        if new:
            entry.outcome = Outcome.CHANGED
            self._writes.change("part", row.id, new)

    def _name_of(self, supplier_id: int) -> str:
        return self._supplier_names[supplier_id]

    def _lies(self, entry: Entry, part_id: int) -> int:
        """Count what a row says lies in a place, and return the place."""
        place_id, counted = self._place(entry.values.get("place", "")), entry.values["on_hand"]
        there = self._lying.get((part_id, place_id), _NOTHING)
        if counted != there:
            if entry.record_id is not None:
                entry.outcome = Outcome.CHANGED
                entry.changes.append(Change("On hand", written(there), written(counted)))
            self._move(part_id, place_id, counted - there, entry.values.get("cost"))
        return place_id

    def _move(self, part_id: int, place_id: int, by: Decimal, cost: Decimal | None) -> None:
        known = next((row.cost for row in self._there.values() if row.id == part_id), _NOTHING)
        told = {
            "part_id": part_id, "location_id": place_id, "kind": MoveKind.COUNT, "quantity": by,
            "unit_cost": known if cost is None else cost, "moved_on": self._today,
            "recorded_at": self._at,
        }  # fmt: skip
        self._writes.add("stock_move", told)

    def _place(self, name: str) -> int:
        """Return a place by its name, the shop's own shelf for none; a new one is a truck."""
        if not name:
            return next(iter(self._places.values()))
        if alike(name) not in self._places:
            told = {"name": name, "kind": LocationKind.TRUCK}
            self._places[alike(name)] = self._writes.add_beside("stock_location", told)
        return self._places[alike(name)]

    def _again(self, entry: Entry, first: Entry, part_id: int, places: set[int]) -> None:
        """Judge a row of a part that stood there before: it may only lie in another place."""
        same = {name for name in (*entry.values, *first.values) if name not in _OF_STOCK}
        if any(entry.values.get(name) != first.values.get(name) for name in same):
            entry.refuse("Row {row} says something else of {name}.", row=first.row,
                         name=entry.number)  # fmt: skip
        elif "on_hand" not in entry.values or self._place(entry.values.get("place", "")) in places:
            entry.double("It says the same as row {row}.", row=first.row)
        else:
            entry.record_id = first.record_id
            entry.outcome = Outcome.NEW if first.record_id is None else Outcome.SAME
            places.add(self._lies(entry, part_id))


def _settle(part_ids: set[int]) -> Any:
    """Return what gives parts that were counted to the work that waits for them."""

    def settle(session: Session, at: datetime, _keys: Keys) -> None:
        part_holds.settle(session, at, sorted(part_ids))

    return settle
