"""Customers from outside, with their people and sites: a row tells a customer, or more of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from smallcmms.domain import phone as phones
from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.imports import Outcome
from smallcmms.models import Contact, Customer, Site
from smallcmms.services.imports.entries import Entry, written
from smallcmms.services.imports.known import alike
from smallcmms.services.imports.told import Change
from smallcmms.services.imports.writes import Writes

_CUSTOMER = {
    "name": "Customer", "kind": "Kind", "bill_to": "Bill to", "terms_days": "Terms, days",
    "notes": "Notes",
}  # fmt: skip
_CONTACT = {"role": "Role", "phone": "Phone", "mobile": "Mobile", "email": "E-mail"}
_SITE = {
    "name": "Site name", "city": "City", "zone": "Zone", "access_notes": "Access",
    "hazards": "Hazards",
}  # fmt: skip


_Beside = tuple[int, dict[str, Any]]
"""The key of a person or a site, and what is known of it."""


class Customers:
    """Judges the rows of a list of customers."""

    def __init__(self, session: Session, writes: Writes) -> None:
        self._session, self._writes = session, writes
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_number: dict[str, int] = {}
        self._there: dict[int, Row[Any]] = {}
        self._archived: set[int] = set()
        self._contacts: dict[int, dict[str, _Beside]] = defaultdict(dict)
        self._sites: dict[int, dict[str, _Beside]] = defaultdict(dict)
        self._first: dict[int, Entry] = {}
        self._said: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
        self._names: dict[int, str] = {}
        self._load()

    def _load(self) -> None:
        columns = [getattr(Customer, name) for name in _CUSTOMER]
        query = select(Customer.id, Customer.number, Customer.archived_on, *columns)
        for row in self._session.execute(query):
            self._there[row.id] = row
            self._names[row.id] = alike(row.name)
            self._by_number[alike(row.number)] = row.id
            self._by_name[alike(row.name)].append(row.id)
        people = [getattr(Contact, name) for name in ("name", *_CONTACT)]
        query = select(Contact.id, Contact.customer_id, *people)
        for person in self._session.execute(query.where(Contact.archived_on.is_(None))):
            told = {name: getattr(person, name) for name in ("name", *_CONTACT)}
            self._contacts[person.customer_id][alike(person.name)] = (person.id, told)
        places = [getattr(Site, name) for name in ("address", *_SITE)]
        query = select(Site.id, Site.customer_id, *places)
        for site in self._session.execute(query.where(Site.archived_on.is_(None))):
            told = {name: getattr(site, name) for name in ("address", *_SITE)}
            self._remember_site(site.customer_id, site.id, told)

    def _remember_site(self, customer_id: int, site_id: int, told: dict[str, Any]) -> None:
        for name in filter(None, (told["address"], told.get("name", ""))):
            self._sites[customer_id].setdefault(alike(name), (site_id, told))

    def judge(self, entries: Sequence[Entry]) -> None:
        """Say of each row what becomes of it, and put on its way what is to be written."""
        for entry in entries:
            name, number = entry.values.get("name", ""), entry.values.get("number", "")
            entry.title = name or number
            if not entry.is_in:
                continue
            known = self._by_number.get(alike(number)) if number else None
            if known is None and not name:
                entry.refuse("A customer needs a name.")
                continue
            named = [known] if known is not None else self._by_name[alike(name)]
            if len(named) > 1:
                entry.double("{count} customers are called {name}.", count=len(named), name=name)
            else:
                self._judge(entry, named[0] if named else None)

    def _judge(self, entry: Entry, customer_id: int | None) -> None:
        told = {name: entry.values[name] for name in _CUSTOMER if name in entry.values}
        row = self._there.get(customer_id or 0)
        if row is not None and row.archived_on is not None:
            entry.refuse("{number} is in the archive. Restore it first.", number=row.number)
            return
        if customer_id is not None and alike(told.get("name", "")) == self._names[customer_id]:
            told.pop("name", None)
        if customer_id is not None and self._clashes(entry, customer_id, told):
            return
        is_more = False
        if customer_id is None:
            customer_id = self._make(told)
        elif row is None:
            is_more = bool(told.keys() - self._said["customer", customer_id].keys())
            self._writes.change("customer", customer_id, told)
        else:
            self._change(entry, row, told)
            entry.record_id, entry.number = row.id, row.number
        self._said["customer", customer_id].update(told)
        first = self._first.setdefault(customer_id, entry)
        is_more = self._put_contact(entry, customer_id) or is_more
        is_more = self._put_site(entry, customer_id) or is_more
        self._settle(entry, first, is_new=row is None, has_new=is_more)

    def _clashes(self, entry: Entry, customer_id: int, told: dict[str, Any]) -> bool:
        """Refuse a row that says something else than one before it, of whatever they both name."""
        parts = [("customer", customer_id, told, _CUSTOMER)]
        person, site = self._contact(entry, customer_id), self._site(entry, customer_id)
        if person is not None:
            parts.append(("contact", person[0], _contact_told(entry.values), _CONTACT))
        if site is not None:
            parts.append(("site", site[0], _site_told(entry.values), _SITE))
        for table, row_id, values, labels in parts:
            said = self._said[table, row_id]
            for name, value in values.items():
                if said.get(name, value) != value:
                    row = self._first[customer_id].row
                    entry.refuse("Row {row} or one after it says something else: {name}.",
                                 row=row, name=labels[name])  # fmt: skip
                    return True
        return False

    def _settle(self, entry: Entry, first: Entry, *, is_new: bool, has_new: bool) -> None:
        """Say what the row comes to: a customer, more of one, or nothing new."""
        if first is not entry and (has_new or entry.changes):
            entry.remark("More of the customer of row {row}.", row=first.row)
        elif first is not entry and (is_new or first.says(entry)):
            entry.double("It says nothing more than row {row}.", row=first.row)
        if entry.is_in and not is_new:
            entry.outcome = Outcome.CHANGED if has_new or entry.changes else Outcome.SAME

    def _make(self, told: dict[str, Any]) -> int:
        made = self._writes.add("customer", {"kind": CustomerKind.COMMERCIAL, **told})
        self._by_name[alike(told["name"])].append(made)
        self._names[made] = alike(told["name"])
        self._writes.note("customer", made, "added", values={"name": told["name"]})
        return made

    def _change(self, entry: Entry, row: Row[Any], told: dict[str, Any]) -> None:
        said = self._said["customer", row.id]
        new = {name: now for name, now in told.items() if said.get(name, getattr(row, name)) != now}
        for name, now in new.items():
            was = written(getattr(row, name))
            self._note(entry, row.id, name, Change(_CUSTOMER[name], was, written(now)))
        if new:
            self._writes.change("customer", row.id, new)

    def _note(self, entry: Entry, customer_id: int, name: str, change: Change) -> None:
        entry.changes.append(change)
        if customer_id > 0:
            told = {"was": change.was, "now": change.now}
            self._writes.note("customer", customer_id, "edited", **told, values={"field": name})

    def _contact(self, entry: Entry, customer_id: int) -> _Beside | None:
        return self._contacts[customer_id].get(alike(_contact_name(entry.values)))

    def _put_contact(self, entry: Entry, customer_id: int) -> bool:
        """Put a person on their way; without a name they are called as the customer is."""
        name, told = _contact_name(entry.values), _contact_told(entry.values)
        if not name:
            return False
        there = self._contact(entry, customer_id)
        if there is not None:
            return self._change_beside(entry, customer_id, "contact", there, told)
        made = self._writes.add(
            "contact", {"name": name, "customer_id": customer_id, **told, **_digits(told)}
        )
        self._contacts[customer_id][alike(name)] = (made, {**dict.fromkeys(_CONTACT, ""), **told})
        self._said["contact", made].update(told)
        self._writes.note("customer", customer_id, "contact_added", values={"name": name})
        if customer_id > 0:
            entry.changes.append(Change("Contact", "", name))
        return True

    def _site(self, entry: Entry, customer_id: int) -> _Beside | None:
        address = entry.values.get("address") or entry.values.get("site", "")
        return self._sites[customer_id].get(alike(address)) if address else None

    def _put_site(self, entry: Entry, customer_id: int) -> bool:
        values = entry.values
        address = values.get("address") or values.get("site", "")
        told = _site_told(values)
        if not address:
            if told:
                entry.remark("City, zone and access are left out: the site has no address.")
            return False
        there = self._site(entry, customer_id)
        if there is not None:
            return self._change_beside(entry, customer_id, "site", there, told)
        made = self._writes.add("site", {"customer_id": customer_id, "address": address, **told})
        empty = {**dict.fromkeys(_SITE, ""), "address": address}
        self._remember_site(customer_id, made, {**empty, **told})
        self._said["site", made].update(told)
        self._writes.note("customer", customer_id, "site_added", values={"address": address})
        if customer_id > 0:
            entry.changes.append(Change("Site address", "", address))
        return True

    def _change_beside(
        self,
        entry: Entry,
        customer_id: int,
        table: str,
        there: _Beside,
        told: dict[str, Any],
    ) -> bool:
        """Put on its way what a row says else of a person or a site that is there."""
        row_id, before = there
        labels = _CONTACT if table == "contact" else _SITE
        new = {name: now for name, now in told.items() if before.get(name, "") != now and now}
        for name, now in new.items():
            self._note(entry, customer_id, name, Change(labels[name], before.get(name, ""), now))
        before.update(new)
        self._said[table, row_id].update(told)
        if new:
            self._writes.change(
                table, row_id, {**new, **(_digits(new) if table == "contact" else {})}
            )
        return bool(new)


def _contact_name(values: dict[str, Any]) -> str:
    has_more = any(name in values for name in _CONTACT)
    return str(values.get("contact") or (values.get("name", "") if has_more else ""))


def _contact_told(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in _CONTACT if name in values}


def _site_told(values: dict[str, Any]) -> dict[str, Any]:
    told = {key: values[key] for key in _SITE if key not in ("name", "city") and key in values}
    if city := _city(values):
        told["city"] = city
    name, address = values.get("site", ""), values.get("address", "")
    if name and address and alike(name) != alike(address):
        told["name"] = name
    return told


def _digits(told: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{name}_digits": phones.digits(told[name]) for name in ("phone", "mobile") if name in told
    }


def _city(values: dict[str, Any]) -> str:
    """Return the line below the address: Dayton, OH 45402."""
    behind = " ".join(filter(None, (values.get("state", ""), values.get("zip", ""))))
    return ", ".join(filter(None, (values.get("city", ""), behind)))
