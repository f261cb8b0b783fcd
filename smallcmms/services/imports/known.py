"""The customers, sites, places and classes that rows name: those there are, and those to be made.

What is made here is written only if a row that is brought in names it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.errors import RuleBroken
from smallcmms.models import AssetClass, Customer, Location, Site
from smallcmms.services.imports.told import Said
from smallcmms.services.imports.writes import Writes
from smallcmms.services.steps import places
from smallcmms.texts import later


def alike(text: str) -> str:
    """Return what two spellings of a name have in common: neither case nor blanks count."""
    return " ".join(text.casefold().split())


class Known:
    """Looks up what a row names, each name once."""

    def __init__(self, session: Session, writes: Writes, *, at: datetime, is_making: bool) -> None:
        self._session, self.writes = session, writes
        self.at, self.is_making = at, is_making
        self._customers: dict[str, list[int]] = defaultdict(list)
        self._sites: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._by_site_name: dict[str, list[int]] = defaultdict(list)
        self._places: dict[tuple[int, str], tuple[int, str]] = {}
        self._looked_at: set[int] = set()
        self._classes: dict[str, int] = {}
        self.customer_of: dict[int, int] = {}
        self.site_names: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._load()

    def _load(self) -> None:
        there = select(Customer.id, Customer.number, Customer.name)
        for row in self._session.execute(there.where(Customer.archived_on.is_(None))):
            self._names[row.id] = row.name
            self._customers[alike(row.name)].append(row.id)
            self._customers[alike(row.number)].append(row.id)
        sites = select(Site.id, Site.customer_id, Site.name, Site.address)
        for site in self._session.execute(sites.where(Site.archived_on.is_(None))):
            self._remember_site(site.id, site.customer_id, site.name, site.address)
        for found in self._session.execute(select(AssetClass.id, AssetClass.name)):
            self._classes[alike(found.name)] = found.id

    def _remember_site(self, site_id: int, customer_id: int, *names: str) -> None:
        self.customer_of[site_id] = customer_id
        self.site_names[site_id] = next(filter(None, names), "")
        for name in {alike(each) for each in names if each}:
            self._sites[customer_id, name].append(site_id)
            self._by_site_name[name].append(site_id)

    def customer(self, name: str) -> int:
        """Return the customer of a name or number.

        Raises:
            RuleBroken: there is none and none is made, or several are called that.
        """
        found = self._customers[alike(name)]
        if len(found) > 1:
            raise RuleBroken("{count} customers are called {name}.", count=len(found), name=name)
        if not found:
            self._see_making("There is no customer {name}.", name)
            told = {"name": name, "kind": CustomerKind.COMMERCIAL}
            event = {"record": "customer", "kind": "added", "values": {"name": name}}
            found.append(self.writes.add_beside("customer", told, event))
        return found[0]

    def name_of(self, customer_id: int) -> str:
        """Return what a customer that is there is called."""
        return self._names[customer_id]

    def where(self, site_id: int, location_id: int | None) -> str:
        """Return where something stands that is there: its site, and its place."""
        place = None if location_id is None else self._session.get_one(Location, location_id)
        names = (self.site_names.get(site_id, ""), place.path if place else "")
        return places.BETWEEN.join(filter(None, names))

    def find_site(self, name: str, customer_id: int | None) -> int | None:
        """Return the one site of a name or an address, of one customer or of any.

        Raises:
            RuleBroken: several are called that.
        """
        key = alike(name)
        found = self._by_site_name[key] if customer_id is None else self._sites[customer_id, key]
        if len(found) > 1:
            raise RuleBroken("{count} sites are called {name}.", count=len(found), name=name)
        return found[0] if found else None

    def site(self, name: str, address: str = "", *, customer: str = "") -> int:
        """Return the site of a name or an address; a new one needs to know whose it is.

        Raises:
            RuleBroken: there is none and none is made, or several are called that.
        """
        customer_id = self.customer(customer) if customer else None
        for each in filter(None, (name, address)):
            site_id = self.find_site(each, customer_id)
            if site_id is not None:
                return site_id
        called = name or address
        self._see_making("There is no site {name}.", called)
        if customer_id is None:
            raise RuleBroken("Say which customer the site {name} is of.", name=called)
        return self._make_site(customer_id, name, address or name)

    def meet_sites(self, told: Iterable[Mapping[str, Any]], customer: str) -> None:
        """Meet the sites of rows that say whose they are, for the rows that do not."""
        seen = dict.fromkeys(
            (row.get("site", ""), row.get("address", ""), row.get("customer") or customer)
            for row in told
        )
        for site, address, whose in seen:
            if whose and (site or address):
                with suppress(RuleBroken):
                    self.site(site, address, customer=whose)

    def _make_site(self, customer_id: int, name: str, address: str) -> int:
        called = "" if alike(name) == alike(address) else name
        told = {"customer_id": customer_id, "name": called, "address": address}
        event = {"record": "customer", "of": "customer_id", "kind": "site_added",
                 "values": {"address": address}}  # fmt: skip
        made = self.writes.add_beside("site", told, event)
        self._remember_site(made, customer_id, called, address)
        return made

    def only_site(self, customer: str) -> int:
        """Return the site of a customer that has one.

        Raises:
            RuleBroken: it has none or several.
        """
        customer_id = self.customer(customer)
        found = [site for site, whose in self.customer_of.items() if whose == customer_id]
        if len(found) != 1:
            raise RuleBroken("Say which site of {name} it is.", name=customer)
        return found[0]

    def place(self, site_id: int, names: Sequence[str]) -> int | None:
        """Return the place at the path of these names in a site, None where there are none.

        Raises:
            RuleBroken: there is none and none is made.
        """
        self._look_at(site_id)
        place: int | None = None
        path = ""
        for name in names:
            path = f"{path}{places.BETWEEN}{name}" if path else name
            key = (site_id, alike(path))
            if key not in self._places:
                self._see_making("There is no place {name}.", path)
                self._places[key] = (self._make_place(site_id, place, name, path), path)
            place, path = self._places[key]
        return place

    def _make_place(self, site_id: int, parent_id: int | None, name: str, path: str) -> int:
        told = {"site_id": site_id, "parent_id": parent_id, "name": name, "path": path}
        event = {"record": "site", "of": "site_id", "kind": "location_added",
                 "values": {"path": path}}  # fmt: skip
        return self.writes.add_beside("location", told, event)

    def _look_at(self, site_id: int) -> None:
        if site_id < 0 or site_id in self._looked_at:
            return
        self._looked_at.add(site_id)
        there = select(Location.id, Location.path).where(
            Location.site_id == site_id, Location.archived_on.is_(None)
        )
        for row in self._session.execute(there):
            self._places[site_id, alike(row.path)] = (row.id, row.path)

    def class_of(self, name: str, told: dict[str, Any] | None = None) -> int:
        """Return the class of a name.

        Raises:
            RuleBroken: there is none and none is made.
        """
        key = alike(name)
        if key not in self._classes:
            self._see_making("There is no class {name}.", name)
            row = {"name": name, **(told or {})}
            self._classes[key] = self.writes.add_beside("asset_class", row)
        return self._classes[key]

    def _see_making(self, message: str, name: str) -> None:
        if not self.is_making:
            raise RuleBroken(message, name=name)


_MADE = (
    (
        "customer",
        later("Makes the customer {name}."),
        later("Makes {count} customers, {name} is the first."),
    ),
    ("site", later("Makes the site {name}."), later("Makes {count} sites, {name} is the first.")),
    (
        "location",
        later("Makes the place {name}."),
        later("Makes {count} places, {name} is the first."),
    ),
    (
        "asset_class",
        later("Makes the class {name}."),
        later("Makes {count} classes, {name} is the first."),
    ),
    (
        "stock_location",
        later("Makes the truck {name}."),
        later("Makes {count} trucks, {name} is the first."),
    ),
    (
        "supplier",
        later("Makes the supplier {name}."),
        later("Makes {count} suppliers, {name} is the first."),
    ),
    (
        "asset",
        later("Makes the asset {name}."),
        later("Makes {count} assets, {name} is the first."),
    ),
)


def made_beside(writes: Writes) -> list[Said]:
    """Return what is made because rows name it, in words."""
    told = []
    for table, one, many in _MADE:
        rows = writes.beside(table)
        if rows:
            first = rows[0].get("path") or rows[0]["name"] or rows[0].get("address")
            told.append(Said(one if len(rows) == 1 else many, {"count": len(rows), "name": first}))
    return told
