from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import cobie
from smallcmms.models import Asset, AssetClass, Location
from smallcmms.services import assets, check, customers, imports, warranties
from smallcmms.services.imports import Preview
from smallcmms.store.store import Store
from tests.build import Story
from tests.exchange import handovers
from tests.services.imports.lists import also, changes, content, outcomes, reasons

ALL = ("Pump P3", "Chair", "Skid", "Valve")


def look(
    store: Store, *, classes: Sequence[str] | None = None, customer: str = "", **sheets: Any
) -> Preview:
    building = cobie.read(handovers.workbook(**sheets), "mill.xlsx")
    plan = imports.guess_building(store, building)
    plan = replace(plan, classes=plan.classes if classes is None else tuple(classes))
    return imports.preview_building(
        store, building, replace(plan, customer=customer or plan.customer)
    )


def names(store: Store, model: Any, column: str) -> list[Any]:
    with store.read() as session:
        return list(session.scalars(select(getattr(model, column)).order_by(model.id)))


def test_a_building_comes_in_whole_twice_and_goes_again(store: Store, story: Story) -> None:
    assert story.site_id
    before = content(store)
    told = look(store, classes=ALL)
    assert outcomes(told) == ["new"] * 5
    assert also(told)[-5:] == [
        "Makes 4 classes, Pump P3 is the first.",
        "5 of 5 pieces are of the 4 classes chosen.",
        "Left out: soon (InstallationDate 5).",
        "Left out: Moons (Type 5).",
        "Left out: a lot (ReplacementCost 5).",
    ]
    imports.run(store, told)
    after = content(store)
    again = look(store, classes=ALL)
    assert (outcomes(again), again.is_empty) == (["same"] * 5, True)
    assert check.problems(store) == []
    store.undo()
    assert content(store) == before
    store.redo()
    assert content(store) == after


def test_a_building_is_a_site_of_the_customer_of_its_name_or_of_another(
    store: Store, story: Story
) -> None:
    imports.run(store, look(store))
    assert names(store, Location, "path")[-5:] == [
        "Ground", "Ground › G01 Plant room", "Ground › G02", "Roof", "Roof › R01",
    ]  # fmt: skip
    page = assets.get(store, assets.find(store, text="Pump 1")[0])
    assert (page.row.customer, page.row.site) == ("Mill House", "Mill House")
    assert page.row.place == "Ground › G01 Plant room"
    store.undo()
    owner = customers.get(store, story.customer_id).name
    imports.run(store, look(store, customer=owner))
    assert assets.get(store, assets.find(store, text="Pump 1")[0]).row.customer == owner
    assert look(store).is_empty


def test_the_person_chooses_which_classes_are_worth_an_asset(store: Store, story: Story) -> None:
    assert story.site_id
    imports.run(store, look(store, classes=["Skid"]))
    assert names(store, AssetClass, "name") == ["Skid"]
    assert names(store, Asset, "name")[-1:] == ["Skid 1"]
    with pytest.raises(RuleBroken, match="no class Boat"):
        look(store, classes=["Boat"])
    told = look(store, classes=["Pump P3"])
    assert reasons(told.rows[0]) == ["It is part of Skid 1, which is not brought in."]
    assert outcomes(told) == ["new", "new"]


def test_pieces_have_what_their_class_has_and_what_they_are_part_of(
    store: Store, story: Story
) -> None:
    assert story.site_id
    imports.run(store, look(store, classes=ALL))
    page = assets.get(store, assets.find(store, text="T-1")[0])
    assert (page.row.name, page.row.make, page.row.model, page.row.serial) == (
        "Pump 1", "Pumps & Co", "P3", "SN-1",
    )  # fmt: skip
    assert (page.expected_life_years, page.installed_on) == (15, date(2025, 3, 31))
    found = warranties.warranties(store, page.row.id)
    assert [(each.kind, each.starts_on, each.ends_on, each.guarantor) for each in found] == [
        ("labour", date(2025, 3, 31), date(2043, 3, 31), ""),
        ("parts", date(2025, 3, 31), date(2027, 3, 31), "Pumps & Co"),
    ]
    with store.read() as session:
        parent = session.scalars(select(Asset.parent_id).where(Asset.id == page.row.id)).one()
        assert session.get_one(Asset, parent).name == "Skid 1"


def test_a_building_that_was_brought_up_to_date_asks_before_it_changes(
    store: Store, story: Story
) -> None:
    assert story.site_id
    imports.run(store, look(store, classes=ALL))
    rows = handovers.sheets()["Component"]
    rows[2][4] = "SN-2"
    rows.append(["Pump 3", "Pump P3", "X77", "n/a", "n/a", "n/a", "n/a", "B-2"])
    told = look(store, classes=ALL, Component=rows)
    assert told.is_asking is False
    assert outcomes(told) == ["same", "duplicate", "same", "same", "same", "duplicate"]
    assert reasons(told.rows[5]) == [
        "There is no space X77: it stands in the building.",
        "The tag B-2 stands on several pieces.",
        "The tag B-2 stands in rows 3, 8.",
    ]
    told = look(store, classes=ALL, Component=rows[:-1])
    assert (told.is_asking, changes(told.rows[1])) == (True, [("Serial number", "", "SN-2")])


def test_more_values_that_cannot_be_used_are_counted(store: Store, story: Story) -> None:
    assert story.site_id
    rows = handovers.sheets()["Component"]
    rows = [rows[0], *([f"C {each}", "Chair", "", "", "", "soon"] for each in range(6))]
    assert also(look(store, classes=[], Component=rows))[-1] == "Left out: 3 more values."
