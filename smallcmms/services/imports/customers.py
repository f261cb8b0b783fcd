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


class Customers:
    """Judges the rows of a list of customers."""

    def __init__(self, session: Session, writes: Writes) -> None:
        self._session, self._writes = session, writes
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_number: dict[str, int] = {}
        self._there: dict[int, Row[Any]] = {}
        self._archived: set[int] = set()
        self._contacts: dict[int, dict[str, tuple[int, dict[str, Any]]]] = defaultdict(dict)
        self._sites: dict[int, dict[str, tuple[int, dict[str, Any]]]] = defaultdict(dict)
        self._first: dict[int, Entry] = {}
        self._told: dict[int, dict[str, Any]] = defaultdict(dict)
        self._load()

    def _load(self) -> None:
        columns = [getattr(Customer, name) for name in _CUSTOMER]
        query = select(Customer.id, Customer.number, Customer.archived_on, *columns)
        for row in self._session.execute(query):
            self._there[row.id] = row
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
        if customer_id is None:
            customer_id = self._make(told)
        elif row is None:
            if not self._agrees(entry, customer_id, told):
                return
        else:
            self._change(entry, row, told)
            entry.record_id, entry.number = row.id, row.number
        first = self._first.setdefault(customer_id, entry)
        has_new = self._put_contact(entry, customer_id)
        has_new = self._put_site(entry, customer_id) or has_new
        self._settle(entry, first, is_new=row is None, has_new=has_new)

    def _settle(self, entry: Entry, first: Entry, *, is_new: bool, has_new: bool) -> None:
        """Say what the row comes to: a customer, more of one, or nothing new."""
        if first is not entry and (has_new or entry.changes):
            entry.remark("More of the customer of row {row}.", row=first.row)
        elif (first is not entry and is_new) or (first is not entry and first.says(entry)):
            entry.double("It says the same as row {row}.", row=first.row)
        if entry.is_in and not is_new:
            entry.outcome = Outcome.CHANGED if has_new or entry.changes else Outcome.SAME

    def _make(self, told: dict[str, Any]) -> int:
        row = {"kind": CustomerKind.COMMERCIAL, **told}
        made = self._writes.add("customer", row)
        self._by_name[alike(told["name"])].append(made)
        self._told[made] = dict(told)
        self._writes.note("customer", made, "added", values={"name": told["name"]})
        return made

    def _agrees(self, entry: Entry, customer_id: int, told: dict[str, Any]) -> bool:
        """See that a further row of a new customer says nothing else of them."""
        before = self._told[customer_id]
        for name, value in told.items():
            if name != "name" and before.setdefault(name, value) != value:
                row = self._first[customer_id].row
                entry.refuse("Row {row} says something else of this customer: {name}.",
                             row=row, name=_CUSTOMER[name])  # fmt: skip
                return False
        self._writes.change("customer", customer_id, {**before})
        return True

    def _change(self, entry: Entry, row: Row[Any], told: dict[str, Any]) -> None:
        if alike(told.get("name", "")) == alike(row.name):
            told.pop("name", None)
        before = self._told[row.id]
        new = {
            name: now for name, now in told.items() if before.get(name, getattr(row, name)) != now
        }
        for name, now in new.items():
            if before.setdefault(name, now) != now:
                entry.refuse("Row {row} says something else of this customer: {name}.",
                             row=self._first[row.id].row, name=_CUSTOMER[name])  # fmt: skip
                return
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

    def _put_contact(self, entry: Entry, customer_id: int) -> bool:
        """Put a person on their way; without a name they are called as the customer is."""
        values = entry.values
        told = {name: values[name] for name in _CONTACT if name in values}
        name = values.get("contact") or (values.get("name", "") if told else "")
        if not name or not entry.is_in:
            return False
        there = self._contacts[customer_id].get(alike(name))
        if there is not None:
            return self._change_beside(entry, customer_id, "contact", there, told)
        row = {"name": name, "customer_id": customer_id, **told}
        row |= _digits(told)
        made = self._writes.add("contact", row)
        self._contacts[customer_id][alike(name)] = (made, {**dict.fromkeys(_CONTACT, ""), **told})
        self._writes.note("customer", customer_id, "contact_added", values={"name": name})
        if customer_id > 0:
            entry.changes.append(Change("Contact", "", name))
        return True

    def _put_site(self, entry: Entry, customer_id: int) -> bool:
        values = entry.values
        name = values.get("site", "")
        address = values.get("address") or name
        told = {key: values[key] for key in _SITE if key != "name" and key in values}
        if city := _city(values):
            told["city"] = city
        if name:
            told["name"] = name if alike(name) != alike(address) else ""
        if not address or not entry.is_in:
            if told and entry.is_in:
                entry.remark("City, zone and access are left out: the site has no address.")
            return False
        there = self._sites[customer_id].get(alike(address)) or (
            self._sites[customer_id].get(alike(name)) if not values.get("address") else None
        )
        if there is not None:
            return self._change_beside(entry, customer_id, "site", there, told)
        row = {"customer_id": customer_id, "address": address, **told}
        made = self._writes.add("site", row)
        empty = {**dict.fromkeys(_SITE, ""), "address": address}
        self._remember_site(customer_id, made, {**empty, **told})
        self._writes.note("customer", customer_id, "site_added", values={"address": address})
        if customer_id > 0:
            entry.changes.append(Change("Site address", "", address))
        return True

    def _change_beside(
        self,
        entry: Entry,
        customer_id: int,
        table: str,
        there: tuple[int, dict[str, Any]],
        told: dict[str, Any],
    ) -> bool:
        """Put on its way what a row says else of a person or a site that is there."""
        row_id, before = there
        labels = _CONTACT if table == "contact" else _SITE
        new = {name: now for name, now in told.items() if before.get(name, "") != now and now}
        for name, now in new.items():
            self._note(entry, customer_id, name, Change(labels[name], before.get(name, ""), now))
        before.update(new)
        if new:
            self._writes.change(
                table, row_id, {**new, **(_digits(new) if table == "contact" else {})}
            )
        return bool(new)


def _digits(told: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{name}_digits": phones.digits(told[name]) for name in ("phone", "mobile") if name in told
    }


def _city(values: dict[str, Any]) -> str:
    """Return the line below the address: Dayton, OH 45402."""
    behind = " ".join(filter(None, (values.get("state", ""), values.get("zip", ""))))
    return ", ".join(filter(None, (values.get("city", ""), behind)))
