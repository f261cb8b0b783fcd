"""A shop's past from outside: closed work orders, so that an asset's history is there at once.

A work order of earlier books is known by its number there; one without is known by all that its
row says, and as many as the file has of the same are kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from smallcmms.domain import import_values
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import Outcome, Plan
from smallcmms.domain.levels import Level
from smallcmms.domain.money import from_minor, to_minor
from smallcmms.domain.work_orders import BillingRule, Origin, WorkOrderStatus, WorkType
from smallcmms.models import Asset, WorkOrder
from smallcmms.services.imports.asset_index import telling
from smallcmms.services.imports.entries import Entry, written
from smallcmms.services.imports.known import Known, alike
from smallcmms.services.imports.told import Change
from smallcmms.services.steps.shops import ShopFacts

_FIELDS = {
    "asset_id": "Asset", "site_id": "Site", "title": "What was wrong",
    "found_and_did": "Found and did", "type": "Type", "level": "Level", "done_on": "Done on",
    "created_at": "Received", "historic_cost": "Cost", "po_number": "P.O. number",
}  # fmt: skip
_NOON = time(12)
_Key = tuple[Any, ...]


class WorkOrders:
    """Judges the rows of a list of past work."""

    def __init__(self, session: Session, known: Known, shop: ShopFacts) -> None:
        self._session, self._writes = session, known.writes
        self._known, self._shop = known, shop
        self._assets: dict[str, list[Row[Any]]] = defaultdict(list)
        self._there: Counter[_Key] = Counter()
        self._by_number: dict[str, list[Row[Any]]] = defaultdict(list)
        self._sites: dict[int, tuple[int, int | None]] = {}
        self._made: dict[tuple[int, str], int] = {}
        self._noon = cache(self._at_noon)
        self._load()

    def _load(self) -> None:
        query: Select[*tuple[Any, ...]] = select(
            Asset.id, Asset.number, Asset.own_tag, Asset.short_code, Asset.name, Asset.site_id,
            Asset.location_id,
        )  # fmt: skip
        for row in self._session.execute(query):
            self._sites[row.id] = (row.site_id, row.location_id)
            for name in {telling(row.own_tag), telling(row.number), telling(row.short_code)} - {""}:
                self._assets[f"={name}"].append(row)
            self._assets[alike(row.name)].append(row)
        columns = [getattr(WorkOrder, name) for name in _FIELDS]
        query = select(WorkOrder.id, WorkOrder.number, WorkOrder.earlier_number, *columns)
        for done in self._session.execute(query.where(WorkOrder.origin == Origin.EARLIER)):
            if done.earlier_number:
                self._by_number[alike(done.earlier_number)].append(done)
            else:
                self._there[_key({name: getattr(done, name) for name in _FIELDS})] += 1

    def judge(self, entries: Sequence[Entry], plan: Plan) -> None:
        """Say of each row what becomes of it, and put on its way what is to be written."""
        seen: dict[str, Entry] = {}
        self._known.meet_sites([entry.values for entry in entries if entry.is_in], plan.customer)
        for entry in entries:
            if not entry.is_in:
                entry.title = entry.values.get("title", "")
                continue
            try:
                told = self._told(entry, plan)
            except RuleBroken as error:
                entry.refuse(error.message, **error.values)
                continue
            number = entry.values.get("number", "")
            if number:
                self._judge_numbered(entry, number, told, seen)
            else:
                self._judge_counted(entry, told)

    def _told(self, entry: Entry, plan: Plan) -> dict[str, Any]:
        values = entry.values
        title = entry.title = values.get("title") or values.get("found_and_did", "")
        if not title:
            raise RuleBroken("Say what was wrong.")
        if "done_on" not in values:
            raise RuleBroken("Say on which day it was done.")
        done_on, received_on = values["done_on"], values.get("received_on")
        if received_on is not None and received_on > done_on:
            raise RuleBroken("It was done before it was received.")
        asset_id, site_id = self._where(values, plan)
        cost = values.get("cost")
        return {
            "asset_id": asset_id,
            "site_id": site_id,
            "title": title,
            "found_and_did": values.get("found_and_did", "") if values.get("title") else "",
            "type": _type(entry),
            "level": int(values.get("level", Level.MEDIUM)),
            "done_on": done_on,
            "created_at": self._noon(received_on or done_on),
            "historic_cost": None if cost is None else to_minor(cost, self._shop.currency),
            "po_number": values.get("po_number", ""),
        }

    def _where(self, values: dict[str, Any], plan: Plan) -> tuple[int | None, int]:
        """Return the asset of a row and its site; work may be on a site alone."""
        customer, site = values.get("customer") or plan.customer, values.get("site") or plan.site
        site_id = None
        if site:
            site_id = self._known.site(site, customer=customer)
        if "asset" in values:
            return self._asset(values["asset"], site_id, customer)
        if site_id is None and customer:
            site_id = self._known.only_site(customer)
        if site_id is None:
            raise RuleBroken("Say the asset or the site.")
        return None, site_id

    def _asset(self, name: str, site_id: int | None, customer: str) -> tuple[int, int]:
        customer_id = self._known.customer(customer) if customer else None
        for key in (f"={telling(name)}", alike(name)):
            found = [row for row in self._assets[key] if self._fits(row, site_id, customer_id)]
            if len(found) > 1:
                raise RuleBroken("{count} assets are called {name}.", count=len(found), name=name)
            if found:
                return found[0].id, found[0].site_id
        if site_id is None and customer:
            site_id = self._known.only_site(customer)
        return self._make_asset(name, site_id)

    def _fits(self, row: Row[Any], site_id: int | None, customer_id: int | None) -> bool:
        if site_id is not None:
            return bool(row.site_id == site_id)
        return customer_id is None or self._known.customer_of.get(row.site_id) == customer_id

    def _make_asset(self, name: str, site_id: int | None) -> tuple[int, int]:
        if not self._known.is_making:
            raise RuleBroken("There is no asset {name}.", name=name)
        if site_id is None:
            raise RuleBroken("There is no asset {name}. Say at which site it stands.", name=name)
        key = (site_id, alike(name))
        if key not in self._made:
            told = {"name": name, "own_tag": name, "site_id": site_id, "is_stub": True}
            event = {"record": "asset", "kind": "added", "values": {"name": name}}
            self._made[key] = self._writes.add_beside("asset", told, event)
        return self._made[key], site_id

    def _judge_counted(self, entry: Entry, told: dict[str, Any]) -> None:
        key = _key(told)
        if self._there[key]:
            self._there[key] -= 1
            entry.outcome = Outcome.SAME
        else:
            self._make(told)

    def _judge_numbered(
        self, entry: Entry, number: str, told: dict[str, Any], seen: dict[str, Entry]
    ) -> None:
        key = alike(number)
        if key in seen:
            first = seen[key]
            if first.says(entry):
                entry.double("It says the same as row {row}.", row=first.row)
            else:
                entry.double("The number {number} stands in row {row} too.",
                             number=number, row=first.row)  # fmt: skip
            return
        seen[key] = entry
        there = self._by_number[key]
        if len(there) > 1:
            entry.double("{count} work orders have the earlier number {number}.",
                         count=len(there), number=number)  # fmt: skip
        elif there:
            self._change(entry, there[0], told)
        else:
            self._make({**told, "earlier_number": number})

    def _make(self, told: dict[str, Any]) -> None:
        done = self._noon(told["done_on"])
        row = {
            **told,
            "origin": Origin.EARLIER,
            "status": WorkOrderStatus.CLOSED,
            "billing_rule": BillingRule.NOT_BILLABLE,
            "customer_id": self._known.customer_of[told["site_id"]],
            "location_id": self._sites.get(told["asset_id"] or 0, (0, None))[1],
            "recorded_at": self._known.at,
            "closed_at": done,
        }
        made = self._writes.add("work_order", row)
        self._writes.note(
            "work_order", made, "brought_in", now=WorkOrderStatus.CLOSED.value, happened_at=done
        )

    def _change(self, entry: Entry, row: Row[Any], told: dict[str, Any]) -> None:
        entry.record_id, entry.number, entry.outcome = row.id, row.number, Outcome.SAME
        optional = {"found_and_did": "found_and_did", "type": "type", "level": "level",
                    "historic_cost": "cost", "po_number": "po_number",
                    "created_at": "received_on"}  # fmt: skip
        new = {
            name: now
            for name, now in told.items()
            if getattr(row, name) != now
            and not (name == "site_id" and told["asset_id"] == row.asset_id)
            and (name not in optional or optional[name] in entry.values)
        }
        for name, now in new.items():
            was = self._shown(name, getattr(row, name))
            entry.changes.append(Change(_FIELDS[name], was, self._shown(name, now)))
            self._writes.note("work_order", row.id, "edited", was=was,
                              now=self._shown(name, now), values={"field": name})  # fmt: skip
        if "site_id" in new:
            new["customer_id"] = self._known.customer_of[new["site_id"]]
        if "done_on" in new:
            new["closed_at"] = self._noon(new["done_on"])
        if new:
            entry.outcome = Outcome.CHANGED
            self._writes.change("work_order", row.id, new)

    def _shown(self, name: str, value: Any) -> str:
        if value is not None and name == "historic_cost":
            return str(from_minor(value, self._shop.currency))
        if isinstance(value, datetime):
            return self._shop.day(value).isoformat()
        return written(value)

    def _at_noon(self, day: date) -> datetime:
        return datetime.combine(day, _NOON, self._shop.zone).astimezone(self._known.at.tzinfo)


def _type(entry: Entry) -> WorkType:
    """Return the type of work; a word that we do not know is corrective, and said so."""
    text = entry.values.get("type", "")
    found = import_values.choice(text, "work_type")
    if text and found is None:
        entry.unknown_types = (text,)
    return WorkType(found or WorkType.CORRECTIVE)


def _key(told: dict[str, Any]) -> _Key:
    """Return all that a row says; where it names its asset, that may have moved since."""
    return tuple(
        None if name == "site_id" and told["asset_id"] is not None else told[name]
        for name in _FIELDS
    )
