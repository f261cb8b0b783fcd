"""The assets that are there already, and the ways to find the one that a row is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from smallcmms.domain.import_words import NO_NAME
from smallcmms.models import Asset
from smallcmms.services.imports.known import alike

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "name": "Name",
        "short_code": "Short code",
        "make": "Make",
        "model": "Model",
        "serial": "Serial number",
        "nameplate": "Nameplate",
        "criticality": "Criticality",
        "status": "Status",
        "installed_on": "Installed",
        "expected_life_years": "Expected life, years",
        "notes": "Notes",
    }
)
"""The fields that are kept as they are told, and what they are called."""
_COLUMNS = (
    Asset.id,
    Asset.number,
    Asset.own_tag,
    Asset.site_id,
    Asset.location_id,
    Asset.parent_id,
    Asset.asset_class_id,
    Asset.replacement_cost,
    Asset.custom_values,
    Asset.archived_on,
    *(getattr(Asset, name) for name in TEXTS),
)


def telling(text: str) -> str:
    """Return the part of a tag or serial number that tells; unknown, none and - tell nothing."""
    key = "".join(text.casefold().split())
    return "" if key in NO_NAME else key


class Index:
    """Finds assets by tag, by serial number, and by site, place and name."""

    def __init__(self, session: Session) -> None:
        self.by_id: dict[int, Row[Any]] = {}
        self._joined: set[int] = set()
        self.by_tag: dict[str, list[Row[Any]]] = defaultdict(list)
        self._by_serial: dict[str, list[Row[Any]]] = defaultdict(list)
        self._by_place: dict[tuple[Any, ...], list[Row[Any]]] = defaultdict(list)
        self._by_name: dict[tuple[Any, ...], list[Row[Any]]] = defaultdict(list)
        for row in session.execute(select(*_COLUMNS)):
            self._add(row)

    def _add(self, row: Row[Any]) -> None:
        self.by_id[row.id] = row
        if row.parent_id is not None:
            self._joined |= {row.id, row.parent_id}
        for tag in {telling(row.own_tag), telling(row.number)} - {""}:
            self.by_tag[tag].append(row)
        if serial := telling(row.serial):
            self._by_serial[serial].append(row)
        self._by_place[row.site_id, row.location_id, alike(row.name)].append(row)
        self._by_name[row.site_id, alike(row.name)].append(row)

    def get(self, row_id: int | None) -> Row[Any] | None:
        """Return the asset of a key, None where there is none."""
        return None if row_id is None else self.by_id.get(row_id)

    def is_joined(self, row: Row[Any]) -> bool:
        """Tell whether an asset has parts or is one."""
        return row.id in self._joined

    def tagged(self, tag: str) -> list[Row[Any]]:
        """Return the assets that carry a tag, their own or ours."""
        return self.by_tag.get(telling(tag), [])

    def same_serial(self, serial: str, make: str) -> Iterator[Row[Any]]:
        """Yield the assets of a serial number; another make has its own numbers."""
        for row in self._by_serial.get(telling(serial), []):
            if not make or not row.make or alike(make) == alike(row.make):
                yield row

    def at(self, site_id: int | None, location_id: int | None, name: str) -> list[Row[Any]]:
        """Return the assets of a name at a place."""
        return self._by_place.get((site_id, location_id, alike(name)), [])

    def named(self, site_id: int | None, name: str) -> list[Row[Any]]:
        """Return the assets of a name at a site."""
        return self._by_name.get((site_id, alike(name)), [])
