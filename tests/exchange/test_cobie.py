from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.buildings import Promise, chosen
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import cobie
from tests.exchange import books, handovers


def test_a_building_is_read_with_its_places_classes_and_pieces() -> None:
    building = cobie.read(handovers.workbook(), "mill.xlsx")
    assert (building.name, building.address) == ("Mill House", "4 Mill Lane, Troy")
    assert building.floors == ("Ground", "Roof")
    assert [(each.label, each.floor) for each in building.spaces] == [
        ("G01 Plant room", "Ground"), ("G02", "Ground"), ("R01", "Roof"),
    ]  # fmt: skip
    assert [(each.name, each.count) for each in building.classes] == [
        ("Pump P3", 2), ("Chair", 2), ("Skid", 1), ("Valve", 0),
    ]  # fmt: skip
    assert building.worth == ("Pump P3", "Skid")
    assert [each.name for each in chosen(building, ["Skid", "Chair"])] == [
        "Skid 1", "Chair 1", "Chair 2",
    ]  # fmt: skip


def test_a_class_has_its_maker_model_life_price_and_warranties() -> None:
    pump, chair, skid, valve = cobie.read(handovers.workbook(), "mill.xlsx").classes
    assert (pump.make, pump.model, pump.expected_life_years) == ("Pumps & Co", "P3", 15)
    assert pump.replacement_cost == Decimal("1200.5")
    assert pump.promises == (Promise("parts", 24, "Pumps & Co"), Promise("labour", 216, ""))
    assert (chair.make, chair.promises, chair.expected_life_years) == ("", (), None)
    assert (skid.make, skid.expected_life_years) == ("Skid Ltd", 10)
    assert (valve.replacement_cost, valve.expected_life_years) == (None, None)


def test_a_piece_has_its_tag_serial_number_days_and_what_it_is_part_of() -> None:
    building = cobie.read(handovers.workbook(), "mill.xlsx")
    first, second, skid, chair, other = building.components
    assert (first.row, first.tag, first.serial, first.parent) == (2, "T-1", "SN-1", "Skid 1")
    assert (first.installed_on, second.warranty_starts_on) == (date(2025, 3, 31), date(2025, 6, 1))
    assert (second.tag, second.space, second.other_spaces) == ("B-2", "G01", ("G02",))
    assert (skid.installed_on, skid.parent, chair.installed_on) == (None, "", None)
    assert other.parent == "Chair 1"
    assert building.remarks == (
        ("InstallationDate 5", "soon"), ("Type 5", "Moons"), ("ReplacementCost 5", "a lot"),
    )  # fmt: skip


def test_days_and_numbers_may_be_the_spreadsheets_own() -> None:
    rows = handovers.sheets()["Component"][:2]
    rows[1][5] = date(2024, 2, 29)
    (piece,) = cobie.read(handovers.workbook(Component=rows), "mill.xlsx").components
    assert piece.installed_on == date(2024, 2, 29)
    rows[1][5] = "2024-02-30"
    assert cobie.read(handovers.workbook(Component=rows), "x").components[0].installed_on is None


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,2\n",
        books.xlsx(Facility=[["Name"], ["X"]]),
        handovers.workbook(Facility=[["Name", "SiteName"]]),
        handovers.workbook(Facility=[["Name", "SiteName"], ["n/a", "x"]]),
    ],
)
def test_a_workbook_without_a_building_is_refused(data: bytes) -> None:
    with pytest.raises(RuleBroken, match="no COBie workbook"):
        cobie.read(data, "x.xlsx")


def test_a_building_without_assemblies_or_contacts_is_one_too() -> None:
    sheets = handovers.sheets()
    del sheets["Assembly"], sheets["Contact"]
    sheets["Floor"] = []
    building = cobie.read(books.xlsx(**sheets), "mill.xlsx")
    assert (building.floors, building.components[0].parent) == ((), "")
    assert building.classes[0].make == "Ann@pumps.example"
