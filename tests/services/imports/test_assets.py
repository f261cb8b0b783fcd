from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import CUSTOM, Kind
from smallcmms.models import Asset, AssetClass, Customer, Location, Site
from smallcmms.services import assets, check, imports, warranties
from smallcmms.store.store import Store
from tests.build import Story
from tests.services.imports import lists
from tests.services.imports.lists import also, bring, changes, look, outcomes, reasons

_HEADERS = (
    "Company|Site|Location|Asset Tag|Asset|Category|Manufacturer|Model|Serial No|Purchase Cost"
    "|Priority|Status|Installed|Warranty Months|Asset Notes"
)
LIST = f"""
{_HEADERS}
Mill & Sons|Mill 1|Basement / B 2|M-001|Boiler 1|Boilers|Heatwell|H 9|SN 77|12,500.00|High|In use\
|2020-01-31|61|Loud
Mill & Sons|Mill 1|Roof|M-002|Fan 3|Fans|Breeze||unknown||c||31/12/2021||
mill & sons|MILL 1|roof||Fan 4|FANS|Breeze|||||out-of-service|||
"""


def fields(store: Store, *columns: Any) -> list[tuple[Any, ...]]:
    with store.read() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0]))]


def by_name(store: Store, name: str) -> assets.AssetPage:
    (found,) = [row for row in fields(store, Asset.id, Asset.name) if row[1] == name]
    return assets.get(store, found[0])


def test_a_list_of_assets_comes_in_with_its_customers_sites_places_and_classes(
    store: Store, story: Story
) -> None:
    assert story.asset_id
    told = bring(store, Kind.ASSETS, LIST)
    assert outcomes(told) == ["new", "new", "new"]
    assert also(told) == [
        "Makes the customer Mill & Sons.",
        "Makes the site Mill 1.",
        "Makes 3 places, Basement is the first.",
        "Makes 2 classes, Boilers is the first.",
    ]
    boiler = by_name(store, "Boiler 1")
    assert (boiler.own_tag, boiler.row.serial, boiler.row.customer) == (
        "M-001",
        "SN 77",
        "Mill & Sons",
    )
    assert (boiler.row.site, boiler.row.place) == ("Mill 1", "Basement › B 2")
    assert (boiler.replacement_cost, boiler.criticality) == (Decimal(12500), "a")
    (warranty,) = warranties.warranties(store, boiler.row.id)
    assert (warranty.starts_on, warranty.ends_on) == (date(2020, 1, 31), date(2025, 2, 28))
    assert by_name(store, "Fan 3").installed_on == date(2021, 12, 31)
    assert by_name(store, "Fan 4").row.status == "down"
    assert check.problems(store) == []


def test_assets_get_our_numbers_and_are_found_by_their_own_tags(store: Store, story: Story) -> None:
    assert story.asset_id
    bring(store, Kind.ASSETS, LIST)
    assert list(assets.find(store, text="M-001")) == [by_name(store, "Boiler 1").row.id]
    number = by_name(store, "Boiler 1").row.number
    same = look(store, Kind.ASSETS, f"tag|name\n{number}|Boiler 1")
    assert (outcomes(same), same.rows[0].number) == (["same"], number)


def test_what_differs_of_an_asset_that_is_there_is_shown_asked_and_written(
    store: Store, story: Story
) -> None:
    assert story.asset_id
    bring(store, Kind.ASSETS, LIST)
    other = """
    Asset Tag|Asset   |Category|Model|Purchase Cost|Warranty until|Site  |Location
    m-001    |Boiler 1|Steam   |H 10 |13000        |2030-01-01    |Mill 1|Roof
    M-002    |Fan 3   |Fans    |     |             |              |Mill 1|
    """
    told = look(store, Kind.ASSETS, other)
    assert (outcomes(told), told.is_asking) == (["changed", "same"], True)
    assert changes(told.rows[0]) == [
        ("Model", "H 9", "H 10"),
        ("Tag", "M-001", "m-001"),
        ("Class", "Boilers", "Steam"),
        ("Replacement cost", "12500.00", "13000.00"),
        ("Place", "Mill 1 › Basement › B 2", "Mill 1 › Roof"),
        ("Warranty until", "", "2030-01-01"),
    ]
    with pytest.raises(RuleBroken, match="1 records that are there"):
        imports.run(store, told)
    bring(store, Kind.ASSETS, other)
    page = by_name(store, "Boiler 1")
    assert (page.row.model, page.row.place, len(page.warranties)) == ("H 10", "Roof", 2)


def test_an_empty_cell_changes_nothing(store: Store, story: Story) -> None:
    assert story.asset_id
    bring(store, Kind.ASSETS, LIST)
    told = look(store, Kind.ASSETS, "tag|name|model|notes\nM-001|Boiler 1|n/a|")
    assert outcomes(told) == ["same"]


def test_without_a_tag_an_asset_is_known_by_its_serial_number(store: Store, story: Story) -> None:
    assert story.asset_id
    bring(store, Kind.ASSETS, LIST)
    told = look(
        store,
        Kind.ASSETS,
        """
        name    |make    |serial|site
        Boiler I|Heatwell|sn77  |Mill 1
        Boiler I|Other   |sn77  |Mill 1
        """,
    )
    assert outcomes(told) == ["changed", "new"]
    assert changes(told.rows[0])[0] == ("Name", "Boiler 1", "Boiler I")


def test_without_a_tag_and_serial_number_it_is_known_by_site_place_and_name(
    store: Store, story: Story
) -> None:
    assert story.asset_id
    bring(store, Kind.ASSETS, LIST)
    told = look(
        store,
        Kind.ASSETS,
        """
        name |location|serial|site
        FAN 4|Roof    |S-4   |Mill 1
        FAN 4|Yard    |      |Mill 1
        """,
    )
    assert outcomes(told) == ["changed", "new"]
    assert changes(told.rows[0]) == [("Name", "Fan 4", "FAN 4"), ("Serial number", "", "S-4")]


def test_nothing_is_merged_or_doubled_in_silence(store: Store, story: Story) -> None:
    assert story.asset_id
    bring(store, Kind.ASSETS, LIST)
    told = look(
        store,
        Kind.ASSETS,
        """
        tag  |name |serial|site  |location
        T-1  |Pump |      |Mill 1|
        T-1  |Pump |      |Mill 1|
        t 2  |Pump |      |Mill 1|
        T2   |Motor|      |Mill 1|
             |Lamp |      |Mill 1|Roof
             |LAMP |      |Mill 1|Roof
             |Saw  |S-1   |Mill 1|
             |Press|S-1   |Mill 1|
        T-9  |Boil |SN 77 |Mill 1|
             |Boiler 1|SN 77 |Mill 1|
        M-001|Boiler 1|   |Mill 1|
        """,
    )
    assert outcomes(told) == ["new", *["duplicate"] * 10]
    number = by_name(store, "Boiler 1").row.number
    assert reasons(told.rows[9]) == [f"Row 12 is about {number} too."]
    assert reasons(told.rows[10]) == [f"Row 11 is about {number} too."]
    assert [reasons(row) for row in told.rows[1:9]] == [
        ["It says the same as row 2."],
        ["The tag t 2 stands in rows 4, 5."],
        ["The tag T2 stands in rows 4, 5."],
        ["Rows 6, 7 have the same site, place and name."],
        ["Rows 6, 7 have the same site, place and name."],
        ["The serial number S-1 stands in rows 8, 9."],
        ["The serial number S-1 stands in rows 8, 9."],
        [f"{by_name(store, 'Boiler 1').row.number} has this serial number and the tag M-001."],
    ]


def test_two_assets_with_the_tag_of_a_row_are_shown(store: Store, story: Story) -> None:
    for name in ("One", "Two"):
        assets.add(store, site_id=story.site_id, name=name, own_tag="X 1")
    told = look(store, Kind.ASSETS, "tag|name\nX1|Three", site="4410 Maple Ave")
    assert outcomes(told) == ["duplicate"]
    assert "may be one of 2 assets" in reasons(told.rows[0])[0]


def test_an_asset_in_the_archive_is_not_made_again(store: Store, story: Story) -> None:
    assets.edit(store, story.asset_id, own_tag="X 1")
    assets.archive(store, story.asset_id)
    told = look(store, Kind.ASSETS, "tag|name\nX1|Three")
    assert (outcomes(told), "archive" in reasons(told.rows[0])[0]) == (["refused"], True)


def test_parents_may_follow_their_children_and_be_there_already(store: Store, story: Story) -> None:
    assert story.asset_id
    text = """
    Site  |Company|Asset Tag|Asset |Parent Asset
    Mill 1|Mill   |P-1      |Pump  |S-1
    Mill 1|Mill   |P-2      |Motor |pump
    Mill 1|Mill   |S-1      |Skid  |
    """
    bring(store, Kind.ASSETS, text)
    with store.read() as session:
        names = dict(session.execute(select(Asset.id, Asset.name)).all())
        found = {
            names[row.id]: names.get(row.parent_id or 0) for row in session.scalars(select(Asset))
        }
    assert (found["Pump"], found["Motor"], found["Skid"]) == ("Skid", "Pump", None)
    more = bring(
        store, Kind.ASSETS, "Site|Tag|Asset|Parent\nMill 1|P-3|Seal|P-2\nMill 1|P-2|Motor|S-1"
    )
    assert outcomes(more) == ["new", "changed"]
    assert changes(more.rows[1]) == [("Part of", "Pump", "S-1")]


def test_a_parent_that_is_not_there_leaves_the_row_out_and_all_below_it(
    store: Store, story: Story
) -> None:
    assert story.asset_id
    told = look(
        store,
        Kind.ASSETS,
        """
        Site|Company|Tag|Asset|Parent
        M   |Mill   |1  |A    |2
        M   |Mill   |2  |B    |nobody
        M   |Mill   |3  |C    |4
        M   |Mill   |4  |D    |3
        M   |Mill   |5  |Twin |
        M   |Mill   |6  |Twin |
        M   |Mill   |7  |E    |Twin
        """,
    )
    assert outcomes(told) == [*["refused"] * 4, "new", "new", "refused"]
    assert [reasons(row)[0] for row in told.rows if row.reasons] == [
        "There is no asset 2.",
        "There is no asset nobody.",
        "It would be part of itself.",
        "It would be part of itself.",
        "2 assets are called Twin.",
    ]


def test_a_parent_that_is_there_may_not_go_round_either(store: Store, story: Story) -> None:
    assert story.asset_id
    bring(store, Kind.ASSETS, "Site|Company|Tag|Asset|Parent\nM|Mill|T1|A|\nM|Mill|T2|B|T1")
    told = look(store, Kind.ASSETS, "Site|Tag|Asset|Parent\nM|T1|A|T2")
    assert reasons(told.rows[0]) == ["It would be part of itself."]


def test_a_row_that_does_not_say_where_it_stands_is_left_out(store: Store, story: Story) -> None:
    assert story.asset_id
    assert reasons(look(store, Kind.ASSETS, "Name\nPump").rows[0]) == []
    told = look(store, Kind.ASSETS, "Name\nPump", customer="")
    assert reasons(told.rows[0]) == ["Say at which site it stands."]
    told = look(store, Kind.ASSETS, "Name|Site\nPump|New one", customer="")
    assert reasons(told.rows[0]) == ["Say which customer the site New one is of."]
    bring(store, Kind.ASSETS, "Name|Site|Company\nPump|N1|New\nFan|N2|New")
    told = look(store, Kind.ASSETS, "Name|Company\nPump|New")
    assert reasons(told.rows[0]) == ["Say which site of New it is."]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("P|Nobody|N|R|C", "There is no customer Nobody."),
        ("P|Ruth Alvarez|N|R|C", "There is no site N."),
        ("P|Ruth Alvarez|4410 Maple Ave|R|C", "There is no place R."),
    ],
)
def test_nothing_is_made_beside_where_nobody_wants_it(
    store: Store, story: Story, row: str, said: str
) -> None:
    with store.read() as session:
        site = session.get_one(Site, story.site_id)
        customer, address = site.customer_id, site.address
        name = session.get_one(Customer, customer).name
    row = row.replace("Ruth Alvarez", name).replace("4410 Maple Ave", address)
    text = f"Name|Customer|Site|Place|Class\n{row}"
    told = look(store, Kind.ASSETS, text, is_making=False)
    assert reasons(told.rows[0]) == [said]


def test_a_row_that_is_left_out_makes_nothing_beside(store: Store, story: Story) -> None:
    assert story.asset_id
    told = look(store, Kind.ASSETS, "Name|Customer|Site|Installed\nPump|New|N|soon")
    assert (outcomes(told), also(told), told.is_empty) == (["refused"], [], True)
    assert told.rows[0].reasons[0].column == "Installed"


def test_a_name_is_made_of_what_else_is_told(store: Store, story: Story) -> None:
    assert story.asset_id
    text = "Name|Make|Model|Class|Site|Company\n|Breeze|B 1||N|New\n|||Fans|N|New\n||||N|New"
    told = look(store, Kind.ASSETS, text)
    assert [row.title for row in told.rows] == ["Breeze B 1", "Fans", ""]
    assert reasons(told.rows[2]) == ["An asset needs a name."]


def test_other_columns_become_fields_of_the_class(store: Store, story: Story) -> None:
    assert story.asset_id
    told = lists.book("Name|Site|Company|Class|Voltage\nP|N|New|Pumps|400 V\nQ|N|New||230 V")
    plan = imports.guess(store, Kind.ASSETS, told)
    assert also(imports.preview(store, told, plan))[-1] == "Columns left out: Voltage."
    imports.run(store, imports.preview(store, told, plan.put(4, CUSTOM)))
    assert fields(store, AssetClass.name, AssetClass.custom_fields) == [("Pumps", ["Voltage"])]
    assert [row[1] for row in fields(store, Asset.id, Asset.custom_values)][-2:] == [
        {"Voltage": "400 V"}, {"Voltage": "230 V"},
    ]  # fmt: skip
    again = imports.guess(store, Kind.ASSETS, told)
    assert again.is_remembered
    assert imports.preview(store, told, again).is_empty
    other = lists.book("Name|Site|Company|Class|Voltage|Phases\nP|N|New|Pumps|415 V|3")
    plan = imports.guess(store, Kind.ASSETS, other).put(4, CUSTOM).put(5, CUSTOM)
    changed = imports.preview(store, other, plan)
    assert changes(changed.rows[0]) == [("Voltage", "400 V", "415 V"), ("Phases", "", "3")]
    imports.run(store, changed, is_agreed=True)
    assert fields(store, AssetClass.custom_fields) == [(["Voltage", "Phases"],)]


def test_a_warranty_in_months_needs_the_day_on_which_it_began(store: Store, story: Story) -> None:
    assert story.asset_id
    told = bring(store, Kind.ASSETS, "Name|Site|Company|Warranty months\nP|N|New|12")
    assert outcomes(told) == ["new"]
    assert "nobody says when it began" in reasons(told.rows[0])[0]


def test_places_are_made_once_under_their_building_and_floor(store: Store, story: Story) -> None:
    assert story.asset_id
    text = "Name|Site|Company|Building|Floor|Room\nP|N|New|A|1|101\nQ|N|New|a|1|102"
    bring(store, Kind.ASSETS, text)
    paths = [row[0] for row in fields(store, Location.path)]
    assert [path for path in paths if path.startswith("A")][-4:] == [
        "A", "A › 1", "A › 1 › 101", "A › 1 › 102",
    ]  # fmt: skip


def test_whose_a_site_is_may_stand_in_another_row(store: Store, story: Story) -> None:
    assert story.asset_id
    text = "Name|Site|Company\nPump|N 9|\nFan|N 9|New"
    told = bring(store, Kind.ASSETS, text, customer="")
    assert outcomes(told) == ["new", "new"]


def test_parts_and_what_they_are_of_stand_at_one_site(store: Store, story: Story) -> None:
    assert story.asset_id
    bring(store, Kind.ASSETS, "Site|Company|Tag|Asset|Parent\nM|Mill|T1|A|\nM|Mill|T2|B|T1")
    text = "Site|Company|Tag|Asset|Parent\nN|Mill|T3|C|T1\nN|Mill|T2|B|\nN|Mill|T4|D|T3"
    told = look(store, Kind.ASSETS, text)
    assert outcomes(told) == ["refused"] * 3
    assert reasons(told.rows[0]) == ["T1 stands at another site."]
    assert "has parts or is one" in reasons(told.rows[1])[0]
