"""What a row says else of an asset that is there already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from smallcmms.domain.money import Currency, from_minor
from smallcmms.models import AssetClass
from smallcmms.services.imports.asset_index import TEXTS, telling
from smallcmms.services.imports.entries import Entry, written
from smallcmms.services.imports.told import Change
from smallcmms.services.imports.writes import Writes

_LABELS = {
    **TEXTS,
    "own_tag": "Tag",
    "asset_class_id": "Class",
    "replacement_cost": "Replacement cost",
    "parent_id": "Part of",
}


class Differences:
    """Notes what differs, for the preview and for the asset's own events."""

    def __init__(self, session: Session, writes: Writes, currency: Currency) -> None:
        self._session, self._writes, self._currency = session, writes, currency

    def fields(self, entry: Entry, row: Row[Any], told: dict[str, Any]) -> dict[str, Any]:
        """Return the fields that differ; our own number in the column of tags is no other tag."""
        if telling(row.number) == telling(told.get("own_tag", "")):
            told = {name: value for name, value in told.items() if name != "own_tag"}
        new = {name: value for name, value in told.items() if getattr(row, name) != value}
        for name, value in new.items():
            was = self._shown(name, getattr(row, name))
            now = entry.values["class"] if name == "asset_class_id" else self._shown(name, value)
            self.note(entry, row.id, name, was, now)
        return new

    def custom(self, entry: Entry, row: Row[Any]) -> dict[str, Any]:
        """Return the fields of its own where they differ."""
        there = row.custom_values
        for name, value in entry.custom.items():
            if str(there.get(name, "")) != value:
                self.note(entry, row.id, name, str(there.get(name, "")), value)
        told = {**there, **entry.custom}
        return {"custom_values": told} if told != there else {}

    def moved(self, entry: Entry, row: Row[Any], was: str, now: str) -> None:
        """Note that the asset stands elsewhere."""
        entry.changes.append(Change("Place", was, now))
        self._writes.note("asset", row.id, "moved", was=was, now=now)

    def note(self, entry: Entry, asset_id: int, name: str, was: str, now: str) -> None:
        """Note that a field gets another value."""
        entry.changes.append(Change(_LABELS.get(name, name), was, now))
        self._writes.note("asset", asset_id, "edited", was=was, now=now, values={"field": name})

    def _shown(self, name: str, value: Any) -> str:
        if name == "replacement_cost" and value is not None:
            return str(from_minor(value, self._currency))
        if name == "asset_class_id" and value is not None:
            return self._session.get_one(AssetClass, value).name
        return written(value)
