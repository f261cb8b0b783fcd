"""The registers of a sample shop: who its customers are, what they run, what lies on the trucks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.lines import LineKind
from smallcmms.domain.numbers import Kind, tail
from smallcmms.domain.rates import RateClass
from smallcmms.domain.tasks import TaskKind
from smallcmms.services import (
    asset_classes,
    assets,
    customers,
    job_templates,
    lookups,
    parts,
    rates,
    shop,
    sites,
    suppliers,
    technicians,
)
from smallcmms.services.customers import NewContact, NewSite
from smallcmms.services.job_templates import TemplateLine
from smallcmms.services.samples import machines
from smallcmms.store.store import Store

Told = Mapping[str, Any]
_SITE = ("address", "city", "zone", "access_notes", "access_code")
_ASSET = ("make", "model", "serial", "nameplate", "installed_on", "lock_out_energies", "notes")
_MONEY = ("labour", "call_out", "tax")


@dataclass(slots=True)
class Registers:
    """The ids of what a sample shop has, by the names that its story uses."""

    customers: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    sites: dict[str, int] = field(default_factory=dict)
    assets: dict[str, int] = field(default_factory=dict)
    technicians: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    templates: dict[str, int] = field(default_factory=dict)


def fill(store: Store, told: Told, *, used: Mapping[tuple[str, str], Decimal]) -> Registers:
    """Set up a shop in an empty file and fill its registers.

    ``used`` is what the jobs to come will take, by part and truck: it lies there beforehand.
    """
    _set_up(store, told)
    ids = Registers()
    for name, truck in told["technicians"].items():
        ids.technicians[name] = technicians.add(store, name=name, truck=truck)
    for key, customer in told["customers"].items():
        _customer(store, ids, key, customer)
    _more_sites(store, ids, told["sites"])
    for rate in told["rates"]:
        day, kind = store.now().date(), RateClass(rate["kind"])
        rates.set_rate(store, kind=kind, price=Decimal(rate["price"]), from_on=day)
    for person in told["contacts"]:
        particulars = {name: text for name, text in person.items() if name != "customer"}
        customers.add_contact(store, ids.customers[person["customer"]], **particulars)
    kinds = machines.classes(store, told.get("classes", {}))
    for number, asset in told["assets"].items():
        _asset(store, ids, number, asset, kinds)
    _parts(store, ids, told["parts"], used)
    for name, supplier in told.get("suppliers", {}).items():
        suppliers.edit(store, lookups.supplier(store, name), **supplier)
    for name, template in told["templates"].items():
        ids.templates[name] = _template(store, ids, name, template)
    return ids


def _set_up(store: Store, told: Told) -> None:
    facts = told["shop"]
    shop.create(
        store,
        first={Kind(kind): number for kind, number in told["first"].items()},
        labour=Decimal(facts["labour"]),
        call_out=Decimal(facts["call_out"]),
        tax=("Sales tax", Decimal(facts["tax"]), (LineKind.PART,)),
        **{name: text for name, text in facts.items() if name not in _MONEY},
    )


def _customer(store: Store, ids: Registers, key: str, told: Told) -> None:
    shop.go_on_with(store, Kind.CUSTOMER, told["number"])
    is_home = told["role"] == "Home"
    customer_id = customers.add(
        store,
        name=told["name"],
        kind=CustomerKind.RESIDENTIAL if is_home else CustomerKind.COMMERCIAL,
        terms_days=told["terms"],
        bill_to=told["bill_to"],
        contact=NewContact(
            name=told["contact"], phone=told["phone"], role=told["role"], email=told["email"]
        ),
        site=_new_site(told, told.get("site_name", "")),
    )
    ids.customers[key] = customer_id
    ids.contacts[key] = customers.contacts(store, customer_id)[0].id
    ids.sites[key] = sites.sites(store, customer_id)[0].id


def _new_site(told: Told, name: str) -> NewSite:
    return NewSite(name=name, **{field: told[field] for field in _SITE if field in told})


def _more_sites(store: Store, ids: Registers, told: Iterable[Told]) -> None:
    for site in told:
        fields = {name: site[name] for name in (*_SITE, "name") if name in site}
        ids.sites[site["key"]] = sites.add_site(store, ids.customers[site["customer"]], **fields)


def _asset(store: Store, ids: Registers, number: str, told: Told, kinds: Mapping[str, int]) -> None:
    shop.go_on_with(store, Kind.ASSET, tail(number))
    fields = {name: told[name] for name in _ASSET if name in told}
    fields |= machines.particulars(told, kinds)
    if "replacement_cost" in told:
        fields["replacement_cost"] = Decimal(told["replacement_cost"])
    if "lock_out_steps" in told:
        fields["lock_out_steps"] = tuple(told["lock_out_steps"])
    ids.assets[number] = assets.add(
        store,
        site_id=ids.sites[told.get("site", told["customer"])],
        name=told["name"],
        short_code=told["code"],
        place=told["place"],
        **fields,
    )
    machines.promise(store, ids.assets[number], told)


def _parts(
    store: Store, ids: Registers, told: Told, used: Mapping[tuple[str, str], Decimal]
) -> None:
    places = {each.name: each.id for each in parts.locations(store)}
    today = store.now().date()
    for number, part in told.items():
        ids.parts[number] = parts.add(
            store,
            number=number,
            name=part["name"],
            unit=part.get("unit", ""),
            cost=Decimal(part["cost"]),
            price=Decimal(part["price"]),
            supplier=part.get("supplier", ""),
            supplier_number=part.get("theirs", ""),
            bin=part.get("bin", ""),
            keep=Decimal(part["keep"]) if "keep" in part else None,
            **_packed(part),
        )
        _fit(store, ids, ids.parts[number], part)
        for place, carried in part.get("carry", {}).items():
            parts.set_par(
                store, ids.parts[number], location_id=places[place], quantity=Decimal(carried)
            )
        for (place, place_id), left in zip(places.items(), part["stock"], strict=True):
            counted = Decimal(left) + used.get((number, place), Decimal(0))
            _count(store, ids.parts[number], place_id, counted, today)


def _packed(part: Told) -> dict[str, Any]:
    unit, count = part.get("pack", ("", None))
    return {"purchase_unit": unit, "purchase_factor": None if count is None else Decimal(count)}


def _fit(store: Store, ids: Registers, part_id: int, part: Told) -> None:
    """Say which assets, or which classes of them, a part fits."""
    kinds = {each.name: each.id for each in asset_classes.rows(store)}
    for name in part.get("fits", ()):
        if name in kinds:
            parts.add_fit(store, part_id, asset_class_id=kinds[name])
        else:
            parts.add_fit(store, part_id, asset_id=ids.assets[name])


def _count(store: Store, part_id: int, place_id: int, counted: Decimal, today: date) -> None:
    if counted:
        parts.count(store, part_id, location_id=place_id, counted=counted, counted_on=today)


def _template(store: Store, ids: Registers, name: str, told: Told) -> int:
    return job_templates.add(
        store,
        name=name,
        lines=list(_lines(told["lines"])),
        parts=[(ids.parts[number], Decimal(count)) for number, count in told["parts"].items()],
        planned_minutes=told["minutes"],
    )


def _lines(told: Iterable[Told]) -> Iterable[TemplateLine]:
    for line in told:
        unit = line.get("unit", "")
        yield TemplateLine(
            line["text"],
            kind=TaskKind.NUMBER if unit else TaskKind.CHECK,
            unit=unit,
            low=Decimal(line["low"]) if "low" in line else None,
            high=Decimal(line["high"]) if "high" in line else None,
            is_hazard=line.get("is_hazard", False),
        )
