from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.assets import Criticality
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.services import assets, customers, sites, warranties
from smallcmms.store.store import Store
from tests import build


def test_the_storys_pump_is_number_133_with_its_code(store: Store, story: build.Story) -> None:
    page = assets.get(store, story.asset_id)
    assert (page.row.number, page.row.label, page.code) == (
        "A-0133",
        "SP-A Sump pump",
        "SC7KQ2:A0133:P",
    )
    assert (page.row.customer, page.row.place) == (
        "Harbor View Apartments",
        "Building A › Basement",
    )


def test_an_asset_is_added_with_its_place_in_one_step(store: Store, story: build.Story) -> None:
    asset_id = assets.add(
        store,
        site_id=story.site_id,
        name="Heating boiler",
        place="Building B > Basement",
        criticality=Criticality.A,
        replacement_cost=Decimal("1880.00"),
        lock_out_steps=("Breaker off",),
    )
    page = assets.get(store, asset_id)
    assert page.row.place == "Building B › Basement"
    assert (page.replacement_cost, page.lock_out_steps) == (Decimal("1880.00"), ("Breaker off",))
    store.undo()
    assert len(sites.locations(store, story.site_id)) == 2
    with pytest.raises(NotFound):
        assets.get(store, asset_id)


def test_an_asset_needs_a_name(store: Store, story: build.Story) -> None:
    with pytest.raises(RuleBroken) as refused:
        assets.add(store, site_id=story.site_id, name="")
    assert refused.value.field == "name"
    with pytest.raises(RuleBroken):
        assets.edit(store, story.asset_id, name=" ")
    with pytest.raises(TypeError, match="number"):
        assets.edit(store, story.asset_id, number="A-1")


def test_an_edit_of_an_asset_is_one_step(store: Store, story: build.Story) -> None:
    assets.edit(store, story.asset_id, make="Halden", installed_on=date(2018, 9, 14))
    page = assets.get(store, story.asset_id)
    assert (page.row.make, page.installed_on) == ("Halden", date(2018, 9, 14))
    store.undo()
    assert assets.get(store, story.asset_id).row.make == ""


def test_an_asset_moves_to_another_site(store: Store, story: build.Story) -> None:
    other = sites.add_site(store, story.customer_id, address="1210 Riverside Dr")
    assets.move(store, story.asset_id, site_id=other, place="Basement")
    assert assets.get(store, story.asset_id).row.place == "Basement"
    assert [row.id for row in assets.at_site(store, other)] == [story.asset_id]
    assets.move(store, story.asset_id, site_id=other)
    assert assets.get(store, story.asset_id).row.place == ""


@pytest.mark.parametrize("text", ["sump", "SP-A", "spa", "a-0133", "133", "pump sum"])
def test_assets_are_found_by_their_beginnings(store: Store, story: build.Story, text: str) -> None:
    assets.add(store, site_id=story.site_id, name="Boiler")
    assert list(assets.find(store, text=text)) == [story.asset_id]


def test_assets_of_one_customer_are_told_from_the_others(store: Store, story: build.Story) -> None:
    other = customers.add(store, name="Bluebird Bakery")
    site_id = sites.add_site(store, other, address="17 Mill St")
    cooler = assets.add(store, site_id=site_id, name="Walk-in cooler")
    assert list(assets.find(store, customer_id=other)) == [cooler]
    assert list(assets.find(store, sort="number")) == [story.asset_id, cooler]


def test_an_archived_asset_leaves_list_and_tree(store: Store, story: build.Story) -> None:
    assets.archive(store, story.asset_id)
    assert list(assets.find(store)) == []
    assert not any(
        isinstance(node, assets.TreeAsset) for node in assets.under(store, story.site_id)
    )
    assets.restore(store, story.asset_id)
    assert list(assets.find(store)) == [story.asset_id]


def test_the_tree_stands_top_down(store: Store, story: build.Story) -> None:
    assets.add(store, site_id=story.site_id, name="Gate motor")
    assets.add(store, site_id=story.site_id, name="Fan", place="Building A › Roof")
    names = [(node.depth, node.name) for node in assets.under(store, story.site_id)]
    assert names == [
        (0, "Gate motor"),
        (0, "Building A"),
        (1, "Basement"),
        (2, "Sump pump"),
        (1, "Roof"),
        (2, "Fan"),
    ]


def test_a_text_leaves_the_way_to_what_it_finds(store: Store, story: build.Story) -> None:
    assets.add(store, site_id=story.site_id, name="Fan", place="Building A › Roof")
    found = assets.under(store, story.site_id, text="sump")
    assert [node.name for node in found] == ["Building A", "Basement", "Sump pump"]
    assert assets.tree(store, text="cooler") == []
    assert [site.name for site in assets.tree(store, text="sump")] == ["Harbor View Apartments"]


def test_sites_of_one_customer_are_told_apart(store: Store, story: build.Story) -> None:
    sites.add_site(store, story.customer_id, address="1210 Riverside Dr", name="Building B")
    assert [
        (site.name, site.label, site.is_one_of_many, site.assets) for site in assets.tree(store)
    ] == [
        ("Harbor View Apartments", "1200 Riverside Dr", True, 1),
        ("Harbor View Apartments", "Building B", True, 0),
    ]


def test_a_warranty_holds_to_the_end_of_its_last_day(store: Store, story: build.Story) -> None:
    warranty_id = warranties.add(
        store,
        story.asset_id,
        kind=WarrantyKind.PARTS,
        starts_on=date(2018, 9, 14),
        ends_on=date(2023, 9, 14),
    )
    [promise] = assets.get(store, story.asset_id).warranties
    assert promise.holds_on(date(2023, 9, 14))
    assert not promise.holds_on(date(2023, 9, 15))
    assert not promise.holds_on(date(2018, 9, 13))
    warranties.edit(store, warranty_id, ends_on=date(2028, 9, 14))
    assert warranties.warranties(store, story.asset_id)[0].ends_on == date(2028, 9, 14)
    with pytest.raises(RuleBroken, match="ends after it starts"):
        warranties.edit(store, warranty_id, ends_on=date(2000, 1, 1))
    warranties.remove(store, warranty_id)
    assert assets.get(store, story.asset_id).warranties == ()
