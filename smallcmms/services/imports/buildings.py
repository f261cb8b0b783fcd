"""A building that was handed over, on its way into the file: a site, its places, its assets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from smallcmms.domain.buildings import Building, BuildingClass, BuildingPlan, Component, chosen
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import Kind, Plan
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.services.imports import upkeep
from smallcmms.services.imports.asset_index import telling
from smallcmms.services.imports.asset_warranties import after_months
from smallcmms.services.imports.assets import Assets
from smallcmms.services.imports.entries import Entry
from smallcmms.services.imports.known import Known
from smallcmms.services.imports.told import Said
from smallcmms.services.imports.writes import Writes


def whose(known: Known, building: Building, plan: BuildingPlan) -> str:
    """Return the customer of a building: as said, else as the file has it, else as it is called."""
    if plan.customer:
        return plan.customer
    site_id = known.find_site(building.name, None)
    return building.name if site_id is None else known.name_of(known.customer_of[site_id])


def judge(
    session: Session, known: Known, assets: Assets, building: Building, plan: BuildingPlan
) -> tuple[list[Entry], list[Said]]:
    """Say of each piece what becomes of it; put the building, its places and it on their way.

    Raises:
        RuleBroken: a class was chosen that the building does not have.
    """
    writes = known.writes
    classes = {each.name: each for each in building.classes}
    for name in plan.classes:
        if name not in classes:
            raise RuleBroken("The building has no class {name}.", "classes", name=name)
    customer = whose(known, building, plan)
    site_id = known.site(building.name, building.address, customer=customer)
    writes.keep("site", site_id)
    paths = _paths(building)
    for path in paths.values():
        _keep_place(known, writes, site_id, path)
    for floor in building.floors:
        _keep_place(known, writes, site_id, (floor,))
    for name in plan.classes:
        writes.keep("asset_class", known.class_of(name, _class_told(classes[name])))
    entries = list(_entries(building, plan, paths, classes))
    list_plan = Plan(
        kind=Kind.ASSETS, sheet=0, header=0, columns=(), customer=customer, site=building.name
    )
    assets.judge(entries, list_plan)
    entries += upkeep.Upkeep(session, known, site_id).judge(building, plan)
    return entries, [*_remarks(building, plan), *upkeep.remarks(building, plan)]


def _keep_place(known: Known, writes: Writes, site_id: int, path: tuple[str, ...]) -> None:
    for depth in range(1, len(path) + 1):
        place = known.place(site_id, path[:depth])
        if place is not None:
            writes.keep("location", place)


def _paths(building: Building) -> dict[str, tuple[str, ...]]:
    """Return the floor and the room of each space."""
    return {
        space.name: tuple(filter(None, (space.floor, space.label))) for space in building.spaces
    }


def _class_told(told: BuildingClass) -> dict[str, Any]:
    return {"expected_life_years": told.expected_life_years}


def _entries(
    building: Building,
    plan: BuildingPlan,
    paths: Mapping[str, tuple[str, ...]],
    classes: Mapping[str, BuildingClass],
) -> Iterator[Entry]:
    components = chosen(building, plan.classes)
    names = {each.name for each in components}
    tags = Counter(telling(each.tag) for each in components)
    for each in components:
        entry = Entry(each.row, _values(each, classes[each.class_name]))
        entry.values["path"] = paths.get(each.space, ())
        if each.space and each.space not in paths:
            entry.remark("There is no space {name}: it stands in the building.", name=each.space)
        if each.parent in names:
            entry.values["parent"] = each.parent
        elif each.parent:
            entry.remark("It is part of {name}, which is not brought in.", name=each.parent)
        if tags[telling(each.tag)] > 1 and telling(each.tag):
            entry.remark("The tag {tag} stands on several pieces.", tag=each.tag)
        yield entry


def _values(each: Component, told: BuildingClass) -> dict[str, Any]:
    starts = each.warranty_starts_on or each.installed_on
    values: dict[str, Any] = {
        "name": each.name,
        "class": told.name,
        "class_told": _class_told(told),
        "tag": each.tag,
        "make": told.make,
        "model": told.model,
        "serial": each.serial,
        "installed_on": each.installed_on,
        "expected_life_years": told.expected_life_years,
        "replacement_cost": told.replacement_cost,
        "warranties": tuple(
            {
                "kind": WarrantyKind(promise.kind),
                "starts_on": starts,
                "ends_on": after_months(starts, promise.months),
                "guarantor": promise.guarantor,
            }
            for promise in told.promises
            if starts is not None
        ),
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def _remarks(building: Building, plan: BuildingPlan) -> Iterator[Said]:
    brought = len(chosen(building, plan.classes))
    yield Said(
        "{count} of {all} pieces are of the {classes} classes chosen.",
        {"count": brought, "all": len(building.components), "classes": len(plan.classes)},
    )
    for where, text in building.remarks[:5]:
        yield Said("Left out: {text} ({where}).", {"text": text, "where": where})
    if len(building.remarks) > 5:  # noqa: PLR2004
        yield Said("Left out: {count} more values.", {"count": len(building.remarks) - 5})
