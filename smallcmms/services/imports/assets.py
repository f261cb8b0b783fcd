"""Assets from outside: which of them are there already, where they stand, what they are part of.

An asset is known by its tag, else by its serial number, else by its site, place and name.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from smallcmms.domain.assets import AssetStatus
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.import_words import NO_NAME
from smallcmms.domain.imports import Outcome, Plan
from smallcmms.domain.money import Currency, from_minor, to_minor
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.models import Asset, AssetClass, Warranty
from smallcmms.services.imports.entries import Entry, written
from smallcmms.services.imports.known import Known, alike
from smallcmms.services.imports.told import Change
from smallcmms.services.imports.writes import Writes
from smallcmms.services.steps import places

_TEXTS = {
    "name": "Name", "short_code": "Short code", "make": "Make", "model": "Model",
    "serial": "Serial number", "nameplate": "Nameplate", "criticality": "Criticality",
    "status": "Status", "installed_on": "Installed", "expected_life_years": "Expected life, years",
    "notes": "Notes",
}  # fmt: skip
"""The fields that are kept as they are told, and what they are called."""
_COLUMNS = (
    Asset.id, Asset.number, Asset.own_tag, Asset.site_id, Asset.location_id, Asset.parent_id,
    Asset.asset_class_id, Asset.replacement_cost, Asset.custom_values, Asset.archived_on,
    *(getattr(Asset, name) for name in _TEXTS),
)  # fmt: skip
_MONTHS = 12


def telling(text: str) -> str:
    """Return the part of a tag or serial number that tells; unknown, none and - tell nothing."""
    key = "".join(text.casefold().split())
    return "" if key in NO_NAME else key


@dataclass(slots=True)
class _Where:
    """Where a row says its asset stands, as far as it says it."""

    site_id: int | None = None
    location_id: int | None = None
    is_told: bool = False


class Assets:
    """Judges the rows of a list of assets."""

    def __init__(self, session: Session, writes: Writes, known: Known, currency: Currency) -> None:
        self._session, self._writes, self._known = session, writes, known
        self._currency = currency
        self._by_tag: dict[str, list[Row[Any]]] = defaultdict(list)
        self._by_serial: dict[str, list[Row[Any]]] = defaultdict(list)
        self._by_place: dict[tuple[Any, ...], list[Row[Any]]] = defaultdict(list)
        self._there: dict[int, Row[Any]] = {}
        self._where: dict[Entry, _Where] = {}
        self._parents: dict[Entry, Entry | int] = {}
        self._ids: dict[Entry, int] = {}
        self._taken: dict[int, Entry] = {}
        self._custom: dict[int, list[str]] = {}
        self._load()

    def _load(self) -> None:
        for row in self._session.execute(select(*_COLUMNS)):
            self._there[row.id] = row
            for tag in {telling(row.own_tag), telling(row.number)} - {""}:
                self._by_tag[tag].append(row)
            if telling(row.serial):
                self._by_serial[telling(row.serial)].append(row)
            self._by_place[row.site_id, row.location_id, alike(row.name)].append(row)

    def judge(self, entries: Sequence[Entry], plan: Plan) -> None:
        """Say of each row what becomes of it, and put on its way what is to be written."""
        for entry in entries:
            if entry.is_in:
                self._place(entry, plan)
        self._see_doubles([entry for entry in entries if entry.is_in])
        for entry in entries:
            if entry.is_in:
                self._match(entry)
        self._find_parents([entry for entry in entries if entry.is_in])
        for entry in entries:
            if entry.is_in:
                self._put(entry)
        for entry in entries:
            if entry.is_in:
                self._put_parent(entry)

    def _place(self, entry: Entry, plan: Plan) -> None:
        """Find out where the asset stands, and what it is called."""
        values = entry.values
        if "name" not in values:
            named = (values.get("make"), values.get("model"))
            values["name"] = " ".join(filter(None, named)) or values.get("class", "")
        entry.title = f"{values.get('short_code', '')} {values['name']}".strip()
        if not values["name"]:
            entry.refuse("An asset needs a name.")
            return
        try:
            self._where[entry] = self._found_where(values, plan)
        except RuleBroken as error:
            entry.refuse(error.message, **error.values)

    def _found_where(self, values: dict[str, Any], plan: Plan) -> _Where:
        site, address = values.get("site", ""), values.get("address", "")
        customer = values.get("customer") or plan.customer
        names = _place_names(values)
        if not site and not address:
            if not values.get("customer") and not plan.site and self._tagged(values):
                return _Where(is_told=False)
            if not plan.site:
                return self._at_only_site(customer, names)
            site = plan.site
        site_id = self._known.site(site, address, customer=customer)
        return _Where(site_id, self._known.place(site_id, names), is_told=bool(names))

    def _at_only_site(self, customer: str, names: Sequence[str]) -> _Where:
        if not customer:
            raise RuleBroken("Say at which site it stands.")
        site_id = self._known.only_site(customer)
        return _Where(site_id, self._known.place(site_id, names), is_told=bool(names))

    def _tagged(self, values: dict[str, Any]) -> list[Row[Any]]:
        return self._by_tag.get(telling(values.get("tag", "")), [])

    def _key(self, entry: Entry) -> tuple[Any, ...]:
        values, where = entry.values, self._where[entry]
        if tag := telling(values.get("tag", "")):
            return ("tag", tag)
        if serial := telling(values.get("serial", "")):
            return ("serial", serial, alike(values.get("make", "")))
        return ("place", where.site_id, where.location_id, alike(values["name"]))

    def _see_doubles(self, entries: Sequence[Entry]) -> None:
        """Leave out rows that say the same, and those that say different things of one asset."""
        groups: dict[tuple[Any, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            groups[self._key(entry)].append(entry)
        for key, group in groups.items():
            first, *others = group
            if all(first.says(other) for other in others):
                for other in others:
                    other.double("It says the same as row {row}.", row=first.row)
            else:
                _see_differing(key, group)

    def _match(self, entry: Entry) -> None:
        """Find the asset that is there already."""
        found = self._candidates(entry)
        if len(found) > 1:
            numbers = ", ".join(row.number for row in found[:3])
            entry.double("It may be one of {count} assets: {numbers}.",
                         count=len(found), numbers=numbers)  # fmt: skip
        elif found and entry.is_in:
            self._take(entry, found[0])

    def _candidates(self, entry: Entry) -> list[Row[Any]]:
        values = entry.values
        tag, serial = telling(values.get("tag", "")), telling(values.get("serial", ""))
        if tag and (tagged := self._by_tag.get(tag)):
            return tagged
        if serial and (found := list(self._same_serial(serial, values.get("make", "")))):
            other = next((row for row in found if tag and telling(row.own_tag)), None)
            if other is None:
                return found
            entry.double("{number} has this serial number and the tag {tag}.",
                         number=other.number, tag=other.own_tag)  # fmt: skip
            return []
        if tag:
            return []
        where = self._where[entry]
        at = self._by_place.get((where.site_id, where.location_id, alike(values["name"])), [])
        return [row for row in at if not (serial and telling(row.serial))]

    def _same_serial(self, serial: str, make: str) -> Iterator[Row[Any]]:
        for row in self._by_serial.get(serial, []):
            if not make or not row.make or alike(make) == alike(row.make):
                yield row

    def _take(self, entry: Entry, row: Row[Any]) -> None:
        if row.archived_on is not None:
            entry.refuse("{number} is in the archive. Restore it first.", number=row.number)
        elif row.id in self._taken:
            other = self._taken[row.id].row
            entry.double("Row {row} is about {number} too.", row=other, number=row.number)
        else:
            self._taken[row.id] = entry
            self._ids[entry] = entry.record_id = row.id
            entry.number = row.number

    def _find_parents(self, entries: Sequence[Entry]) -> None:
        """Find what each asset is part of; parents may follow their children in the file."""
        waiting = [entry for entry in entries if entry.values.get("parent")]
        is_settled = not waiting
        while not is_settled:
            index = self._index([entry for entry in entries if entry.is_in])
            is_settled = True
            for entry in waiting:
                if entry.is_in and not self._find_parent(entry, index):
                    is_settled = False
        for entry in waiting:
            if entry.is_in and self._goes_round(entry):
                entry.refuse("It would be part of itself.")

    def _index(self, entries: Sequence[Entry]) -> dict[Any, list[Entry]]:
        index: dict[Any, list[Entry]] = defaultdict(list)
        for entry in entries:
            if tag := telling(entry.values.get("tag", "")):
                index[tag].append(entry)
            index[self._site_of(entry), alike(entry.values["name"])].append(entry)
        return index

    def _site_of(self, entry: Entry) -> int | None:
        row = self._there.get(entry.record_id or 0)
        return self._where[entry].site_id or (row.site_id if row else None)

    def _find_parent(self, entry: Entry, index: dict[Any, list[Entry]]) -> bool:
        name, site_id = entry.values["parent"], self._site_of(entry)
        for key in (telling(name), (site_id, alike(name))):
            if found := index.get(key):
                if len(found) > 1:
                    entry.refuse("{count} assets are called {name}.", count=len(found), name=name)
                    return False
                self._parents[entry] = found[0]
                return True
        there = self._by_tag.get(telling(name)) or [
            row for row in self._there.values()
            if row.site_id == site_id and alike(row.name) == alike(name)
        ]  # fmt: skip
        if len(there) != 1:
            message = "{count} assets are called {name}." if there else "There is no asset {name}."
            entry.refuse(message, count=len(there), name=name)
            return False
        self._parents[entry] = there[0].id
        return True

    def _goes_round(self, entry: Entry) -> bool:
        seen: set[object] = set()
        step: Entry | int | None = entry
        while step is not None and step not in seen:
            seen.add(step)
            if isinstance(step, Entry):
                step = self._parents.get(step) or getattr(
                    self._there.get(step.record_id or 0), "parent_id", None
                )
            else:
                step = self._taken.get(step) or self._there[step].parent_id
        return step is not None

    def _put(self, entry: Entry) -> None:
        told = self._told(entry)
        row = self._there.get(entry.record_id or 0)
        if row is None:
            where = self._where[entry]
            told |= {"site_id": where.site_id, "location_id": where.location_id}
            if entry.custom:
                told["custom_values"] = dict(entry.custom)
            self._ids[entry] = self._writes.add("asset", told)
            self._writes.note("asset", self._ids[entry], "added", values={"name": told["name"]})
            self._see_custom(entry, told.get("asset_class_id"))
        else:
            self._change(entry, row, told)
        self._put_warranties(entry, row)

    def _told(self, entry: Entry) -> dict[str, Any]:
        values = entry.values
        told = {name: values[name] for name in _TEXTS if name in values}
        if "tag" in values:
            told["own_tag"] = values["tag"]
        if "class" in values:
            told["asset_class_id"] = self._known.class_of(values["class"], values.get("class_told"))
        if "replacement_cost" in values:
            told["replacement_cost"] = to_minor(values["replacement_cost"], self._currency)
        return told

    def _change(self, entry: Entry, row: Row[Any], told: dict[str, Any]) -> None:
        """Put on its way what differs from the asset that is there."""
        if telling(row.number) == telling(told.get("own_tag", "")):
            told.pop("own_tag")
        new: dict[str, Any] = {}
        for name, value in told.items():
            was = getattr(row, name)
            if was != value:
                new[name] = value
                self._note_change(entry, row, name, was, value)
        new |= self._moved(entry, row)
        custom = {**row.custom_values, **entry.custom}
        if custom != row.custom_values:
            new["custom_values"] = custom
            self._note_custom(entry, row)
        if new:
            entry.outcome = Outcome.CHANGED
            self._writes.change("asset", row.id, new)
            return
        entry.outcome = Outcome.SAME

    def _note_change(self, entry: Entry, row: Row[Any], name: str, was: Any, now: Any) -> None:
        said = self._shown(name, was), self._shown(name, now, entry)
        label = _TEXTS.get(name) or _LABELS[name]
        entry.changes.append(Change(label, *said))
        self._writes.note("asset", row.id, "edited", was=said[0], now=said[1],
                          values={"field": name})  # fmt: skip

    def _note_custom(self, entry: Entry, row: Row[Any]) -> None:
        for name, value in entry.custom.items():
            was = str(row.custom_values.get(name, ""))
            if was != value:
                entry.changes.append(Change(name, was, value))
                self._writes.note("asset", row.id, "edited", was=was, now=value,
                                  values={"field": name})  # fmt: skip
        self._see_custom(entry, row.asset_class_id)

    def _shown(self, name: str, value: Any, entry: Entry | None = None) -> str:
        if name == "replacement_cost":
            return "" if value is None else str(from_minor(value, self._currency))
        if name == "asset_class_id":
            if entry is not None:
                return str(entry.values["class"])
            model = None if value is None else self._session.get(AssetClass, value)
            return "" if model is None else model.name
        return written(value)

    def _moved(self, entry: Entry, row: Row[Any]) -> dict[str, Any]:
        """Return the site and place where they differ; a row may tell the site alone."""
        where = self._where[entry]
        if where.site_id is None:
            return {}
        location_id = where.location_id
        if where.site_id == row.site_id and (location_id == row.location_id or not where.is_told):
            return {}
        now = " › ".join(
            filter(None, (self._known.site_names[where.site_id], *_place_names(entry.values)))
        )
        entry.changes.append(Change("Place", self._known.site_names.get(row.site_id, ""), now))
        self._writes.note("asset", row.id, "moved", now=now)
        return {"site_id": where.site_id, "location_id": location_id}

    def _see_custom(self, entry: Entry, class_id: int | None) -> None:
        """Let the asset's class know the fields of its own that the file brings."""
        if class_id is None or not entry.custom:
            return
        if class_id not in self._custom:
            model = self._session.get(AssetClass, class_id) if class_id > 0 else None
            self._custom[class_id] = list(model.custom_fields) if model else []
        fields = self._custom[class_id]
        new = [name for name in entry.custom if name not in fields]
        if new:
            fields += new
            self._writes.change("asset_class", class_id, {"custom_fields": list(fields)})

    def _put_warranties(self, entry: Entry, row: Row[Any] | None) -> None:
        for told in _warranties(entry):
            if row is not None:
                query = select(Warranty.id).where(
                    Warranty.asset_id == row.id,
                    Warranty.kind == told["kind"],
                    Warranty.ends_on == told["ends_on"],
                )
                if self._session.scalars(query).first() is not None:
                    continue
                until = told["ends_on"].isoformat()
                entry.changes.append(Change("Warranty until", "", until))
                entry.outcome = Outcome.CHANGED
            asset_id = self._ids[entry]
            self._writes.add("warranty", {"asset_id": asset_id, **told})
            self._writes.note("asset", asset_id, "warranty_added",
                              values={"until": told["ends_on"].isoformat()})  # fmt: skip

    def _put_parent(self, entry: Entry) -> None:
        parent = self._parents.get(entry)
        if parent is None:
            return
        parent_id = self._ids[parent] if isinstance(parent, Entry) else parent
        row = self._there.get(entry.record_id or 0)
        if row is None:
            self._writes.change("asset", self._ids[entry], {"parent_id": parent_id})
        elif row.parent_id != parent_id:
            entry.outcome = Outcome.CHANGED
            was = self._there.get(row.parent_id or 0)
            self._writes.change("asset", row.id, {"parent_id": parent_id})
            self._note_change(entry, row, "parent_id", was.name if was else "",
                              entry.values["parent"])  # fmt: skip


_LABELS = {
    "own_tag": "Tag",
    "asset_class_id": "Class",
    "replacement_cost": "Replacement cost",
    "parent_id": "Part of",
}


def _see_differing(key: tuple[Any, ...], group: Sequence[Entry]) -> None:
    rows = ", ".join(str(entry.row) for entry in group[:5])
    for entry in group:
        if key[0] == "tag":
            entry.double("The tag {tag} stands in rows {rows}.", tag=entry.values["tag"], rows=rows)
        elif key[0] == "serial":
            serial = entry.values["serial"]
            entry.double("The serial number {serial} stands in rows {rows}.",
                         serial=serial, rows=rows)  # fmt: skip
        else:
            entry.double("Rows {rows} have the same site, place and name.", rows=rows)


def _place_names(values: dict[str, Any]) -> tuple[str, ...]:
    if "path" in values:
        return tuple(values["path"])
    told = (values.get("building", ""), values.get("floor", ""))
    return (*filter(None, told), *places.names(values.get("place", "")))


def _warranties(entry: Entry) -> Iterator[dict[str, Any]]:
    """Yield the warranties that a row tells: by their last day, or by months from a first one."""
    values = entry.values
    for told in values.get("warranties", ()):
        yield told
    starts, until = values.get("installed_on"), values.get("warranty_until")
    months = values.get("warranty_months")
    if until is None and months and starts is None:
        entry.remark("The months of the warranty are left out: nobody says when it began.")
    if until is None and months and starts is not None:
        until = after_months(starts, months)
    if until is not None:
        begins = starts if starts is not None and starts <= until else None
        guarantor = values.get("guarantor", "")
        yield {"kind": WarrantyKind.FULL, "starts_on": begins, "ends_on": until,
               "guarantor": guarantor}  # fmt: skip


def after_months(day: date, months: int) -> date:
    """Return the day so many months later; the 31st becomes a shorter month's last day."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def default_status() -> AssetStatus:
    """Return how an asset stands of which nobody says it."""
    return AssetStatus.IN_SERVICE
