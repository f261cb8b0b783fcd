"""Assets from outside: which of them are there already, where they stand, what they are part of.

An asset is known by its tag, else by its serial number, else by its site, place and name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import Outcome, Plan
from smallcmms.domain.money import Currency, to_minor
from smallcmms.models import AssetClass
from smallcmms.services.imports import asset_parents
from smallcmms.services.imports.asset_differences import Differences
from smallcmms.services.imports.asset_index import TEXTS, Index, telling
from smallcmms.services.imports.asset_warranties import Warranties
from smallcmms.services.imports.entries import Entry
from smallcmms.services.imports.known import Known
from smallcmms.services.imports.writes import Writes
from smallcmms.services.steps import places
from smallcmms.texts import later

_NAMED = 3
_WHERE = ("customer", "site", "address", "building", "floor", "place", "path")


class Where(NamedTuple):
    """Where a row says its asset stands, as far as it says it; ``names`` are those of the place."""

    site_id: int | None = None
    location_id: int | None = None
    names: tuple[str, ...] = ()


class Assets:
    """Judges the rows of a list of assets."""

    def __init__(self, session: Session, writes: Writes, known: Known, currency: Currency) -> None:
        self._session, self._writes, self._known = session, writes, known
        self._currency = currency
        self._index = Index(session)
        self._differences = Differences(session, writes, currency)
        self._warranties = Warranties(session, writes)
        self._where: dict[Entry, Where] = {}
        self._found: dict[tuple[Any, ...], Where] = {}
        self._ids: dict[Entry, int] = {}
        self._taken: dict[int, Entry] = {}
        self._custom: dict[int, list[str]] = {}
        self._doubtful: dict[int, int] = {}

    def judge(self, entries: Sequence[Entry], plan: Plan) -> None:
        """Say of each row what becomes of it, and put on its way what is to be written."""
        self._known.meet_sites([entry.values for entry in entries if entry.is_in], plan.customer)
        for entry in entries:
            if entry.is_in:
                self._place(entry, plan)
        _see_doubles([entry for entry in entries if entry.is_in], self._where)
        for entry in entries:
            if entry.is_in:
                self._match(entry)
        parents = asset_parents.find(entries, self._index, self._site_of)
        for entry in entries:
            if entry.is_in:
                self._put(entry)
        for entry, parent in parents.items():
            if entry.is_in:
                self._put_parent(entry, self._ids[parent] if isinstance(parent, Entry) else parent)

    def _place(self, entry: Entry, plan: Plan) -> None:
        """Find out where the asset stands, and what it is called."""
        values = entry.values
        if "name" not in values:
            named = (values.get("make"), values.get("model"))
            values["name"] = " ".join(filter(None, named)) or values.get("class", "")
        entry.title = f"{values.get('short_code', '')} {values['name']}".strip()
        try:
            if not values["name"]:
                raise RuleBroken("An asset needs a name.")  # noqa: TRY301, said as the others are
            self._where[entry] = self._found_where(values, plan)
        except RuleBroken as error:
            entry.refuse(error.message, **error.values)

    def _found_where(self, values: dict[str, Any], plan: Plan) -> Where:
        told = tuple(map(values.get, _WHERE))
        if told not in self._found:
            where = self._look_where(values, plan)
            if where.site_id is None:
                return where
            self._found[told] = where
        return self._found[told]

    def _look_where(self, values: dict[str, Any], plan: Plan) -> Where:
        site, address = values.get("site", ""), values.get("address", "")
        customer = values.get("customer") or plan.customer
        names = _place_names(values)
        if not site and not address:
            if plan.site:
                site = plan.site
            elif not values.get("customer") and self._index.tagged(values.get("tag", "")):
                return Where()
        if site or address:
            site_id = self._known.site(site, address, customer=customer)
        elif customer:
            site_id = self._known.only_site(customer)
        else:
            raise RuleBroken("Say at which site it stands.")
        return Where(site_id, self._known.place(site_id, names), names)

    def _site_of(self, entry: Entry) -> int | None:
        row = self._index.get(entry.record_id)
        return self._where[entry].site_id or (None if row is None else row.site_id)

    def _match(self, entry: Entry) -> None:
        """Find the asset that is there already."""
        found = self._candidates(entry)
        if len(found) > 1:
            numbers = ", ".join(row.number for row in found[:_NAMED])
            message = "It may be one of {count} assets: {numbers}."
            entry.double(message, count=len(found), numbers=numbers)
            self._doubtful.update((row.id, entry.row) for row in found)
        elif found and entry.is_in:
            self._take(entry, found[0])

    def _candidates(self, entry: Entry) -> list[Row[Any]]:
        values = entry.values
        tag, serial = telling(values.get("tag", "")), telling(values.get("serial", ""))
        if tag and (tagged := self._index.tagged(tag)):
            return tagged
        found = list(self._index.same_serial(serial, values.get("make", ""))) if serial else []
        other = next((row for row in found if tag and telling(row.own_tag)), None)
        if other is not None:
            message = "{number} has this serial number and the tag {tag}."
            entry.double(message, number=other.number, tag=other.own_tag)
            return []
        if found or tag:
            return found
        where = self._where[entry]
        at = self._index.at(where.site_id, where.location_id, values["name"])
        return [row for row in at if not (serial and telling(row.serial))]

    def _take(self, entry: Entry, row: Row[Any]) -> None:
        if row.archived_on is not None:
            entry.refuse("{number} is in the archive. Restore it first.", number=row.number)
        elif self._where[entry].site_id not in (None, row.site_id) and self._index.is_joined(row):
            message = "{number} has parts or is one: take it to another site on its own page."
            entry.refuse(message, number=row.number)
        elif row.id in self._taken:
            first = self._taken[row.id]
            entry.double("Row {row} is about {number} too.", row=first.row, number=row.number)
            if first.is_in:
                first.double("Row {row} is about {number} too.", row=entry.row, number=row.number)
        else:
            self._taken[row.id] = entry
            self._ids[entry] = entry.record_id = row.id
            entry.number = row.number

    def _put(self, entry: Entry) -> None:
        told = self._told(entry)
        row = self._index.get(entry.record_id)
        if row is None:
            self._make(entry, told)
        elif row.id in self._doubtful and self._is_known_otherwise(entry, row, told):
            other = self._doubtful[row.id]
            entry.double("Row {row} may be about {number} too.", row=other, number=row.number)
            return
        else:
            self._change(entry, row, told)
        self._warranties.put(entry, self._ids[entry])

    def _is_known_otherwise(self, entry: Entry, row: Row[Any], told: dict[str, Any]) -> bool:
        """Tell whether the asset would be known by something else after the import."""
        where = self._where[entry]
        has_moved = where.site_id not in (None, row.site_id) or (
            bool(where.names) and where.location_id != row.location_id
        )
        return has_moved or any(
            told.get(name, getattr(row, name)) != getattr(row, name)
            for name in ("name", "serial", "own_tag")
        )

    def _told(self, entry: Entry) -> dict[str, Any]:
        values = entry.values
        told = {name: values[name] for name in TEXTS if name in values}
        if not telling(told.get("serial", "")):
            told.pop("serial", None)
        if telling(values.get("tag", "")):
            told["own_tag"] = values["tag"]
        if "class" in values:
            told["asset_class_id"] = self._known.class_of(values["class"], values.get("class_told"))
        if "replacement_cost" in values:
            told["replacement_cost"] = to_minor(values["replacement_cost"], self._currency)
        return told

    def _make(self, entry: Entry, told: dict[str, Any]) -> None:
        where = self._where[entry]
        told |= {"site_id": where.site_id, "location_id": where.location_id}
        if entry.custom:
            told["custom_values"] = entry.custom
            self._tell_class(entry, told.get("asset_class_id"))
        self._ids[entry] = self._writes.add("asset", told)
        self._writes.note("asset", self._ids[entry], "added", values={"name": told["name"]})

    def _change(self, entry: Entry, row: Row[Any], told: dict[str, Any]) -> None:
        """Put on its way what differs from the asset that is there."""
        new = self._differences.fields(entry, row, told) | self._moved(entry, row)
        custom = self._differences.custom(entry, row)
        if custom:
            self._tell_class(entry, row.asset_class_id)
        entry.outcome = Outcome.CHANGED if new or custom else Outcome.SAME
        if new or custom:
            self._writes.change("asset", row.id, new | custom)

    def _moved(self, entry: Entry, row: Row[Any]) -> dict[str, Any]:
        """Return the site and place where they differ; a row may tell the site alone."""
        site_id, location_id, names = self._where[entry]
        if site_id is None:
            return {}
        if site_id == row.site_id and (location_id == row.location_id or not names):
            return {}
        now = places.BETWEEN.join((self._known.site_names[site_id], *names))
        self._differences.moved(entry, row, self._known.where(row.site_id, row.location_id), now)
        return {"site_id": site_id, "location_id": location_id}

    def _tell_class(self, entry: Entry, class_id: int | None) -> None:
        """Let the asset's class know the fields of its own that the file brings."""
        if class_id is None:
            return
        if class_id not in self._custom:
            model = self._session.get(AssetClass, class_id)
            self._custom[class_id] = [] if model is None else list(model.custom_fields)
        fields = self._custom[class_id]
        new = [name for name in entry.custom if name not in fields]
        if new:
            fields += new
            self._writes.change("asset_class", class_id, {"custom_fields": list(fields)})

    def _put_parent(self, entry: Entry, parent_id: int) -> None:
        row = self._index.get(entry.record_id)
        if row is None:
            self._writes.change("asset", self._ids[entry], {"parent_id": parent_id})
        elif row.parent_id != parent_id:
            entry.outcome = Outcome.CHANGED
            self._writes.change("asset", row.id, {"parent_id": parent_id})
            was = self._index.get(row.parent_id)
            before = "" if was is None else was.name
            self._differences.note(entry, row.id, "parent_id", before, entry.values["parent"])


def _see_doubles(entries: Sequence[Entry], where: dict[Entry, Where]) -> None:
    """Leave out rows that say the same, and those that say different things of one asset."""
    groups: dict[tuple[Any, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[_key(entry, where[entry])].append(entry)
    for key, (first, *others) in groups.items():
        if all(first.says(other) for other in others):
            for other in others:
                other.double("It says the same as row {row}.", row=first.row)
        else:
            _see_differing(key, (first, *others))


def _key(entry: Entry, where: Where) -> tuple[Any, ...]:
    """Return what tells a row's asset from the others of the file."""
    values = entry.values
    if tag := telling(values.get("tag", "")):
        return ("tag", tag)
    if serial := telling(values.get("serial", "")):
        return ("serial", serial, values.get("make", "").casefold())
    return ("place", where.site_id, where.location_id, values["name"].casefold())


_DIFFERING = {
    "tag": later("The tag {value} stands in rows {rows}."),
    "serial": later("The serial number {value} stands in rows {rows}."),
    "place": later("Rows {rows} have the same site, place and name."),
}


def _see_differing(key: tuple[Any, ...], group: Sequence[Entry]) -> None:
    rows = ", ".join(str(entry.row) for entry in group)
    for entry in group:
        entry.double(_DIFFERING[key[0]], value=entry.values.get(key[0], ""), rows=rows)


def _place_names(values: dict[str, Any]) -> tuple[str, ...]:
    if "path" in values:
        return tuple(values["path"])
    told = (values.get("building", ""), values.get("floor", ""))
    return (*filter(None, told), *places.names(values.get("place", "")))
