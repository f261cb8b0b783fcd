from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import text

from smallcmms.domain.assets import Criticality
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.meters import MeterKind
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.domain.work_orders import WorkType
from smallcmms.services import (
    assets,
    check,
    customers,
    intake,
    meters,
    pm,
    sites,
    warranties,
    work_orders,
)
from smallcmms.store.store import Store
from tests import build, past, questions
from tests.conftest import Clock
from tests.upkeep import schedule


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


def test_work_that_several_assets_share_is_open_on_each(
    store: Store, story: build.Story, clock: Clock
) -> None:
    fan = assets.add(store, site_id=story.site_id, name="Fan", place="Building A › Roof")
    assets.add(store, site_id=story.site_id, name="Gate motor")
    own = work_orders.add(store, title="Belt", wrong="Squeals", asset_id=fan,
                          level=Level.MEDIUM, due_on=date(2026, 7, 10))  # fmt: skip
    schedule(store, story, asset_ids=[story.asset_id, fan], lead_days=14)
    pm.generate(store)
    shown = {
        node.name: (node.open_work, node.is_late)
        for node in assets.under(store, story.site_id)
        if isinstance(node, assets.TreeAsset)
    }
    assert shown == {"Sump pump": (1, False), "Fan": (2, True), "Gate motor": (0, False)}
    [shared] = intake.standing(store, story.asset_id).open_numbers
    assert intake.standing(store, fan).open_numbers == ("WO-2310", shared)
    guesses = intake.guesses(store, site_id=story.site_id, words="")
    told = {guess.name: guess.open_number for guess in guesses}
    assert told == {"Sump pump": shared, "Fan": shared, "Gate motor": ""}
    work_orders.cancel(store, own, reason="Sold")
    clock.moment = build.july(25, 7, 0)
    [node] = [each for each in assets.under(store, story.site_id, text="fan") if each.name == "Fan"]
    assert isinstance(node, assets.TreeAsset)
    assert (node.open_work, node.is_late) == (1, True)


def test_a_text_leaves_the_way_to_what_it_finds(store: Store, story: build.Story) -> None:
    assets.add(store, site_id=story.site_id, name="Fan", place="Building A › Roof")
    found = assets.under(store, story.site_id, text="sump")
    assert [node.name for node in found] == ["Building A", "Basement", "Sump pump"]
    assert assets.tree(store, text="cooler") == []
    assert [site.name for site in assets.tree(store, text="sump")] == ["Harbor View Apartments"]


def test_several_sites_are_looked_into_at_once(store: Store, story: build.Story) -> None:
    other = sites.add_site(store, story.customer_id, address="1210 Riverside Dr")
    bare = sites.add_site(store, story.customer_id, address="1220 Riverside Dr")
    fan = assets.add(store, site_id=other, name="Fan", place="Roof")
    assets.add(store, site_id=other, name="Fan belt, old", parent_id=fan, place="Roof")
    assets.archive(store, assets.add(store, site_id=story.site_id, name="Fan, sold"))
    every = [story.site_id, other, bare]
    assert [len(each) for each in assets.within(store, every).values()] == [3, 3, 0]
    found = assets.within(store, every, text="fan", has_archive=True)
    assert found == {
        each: assets.under(store, each, text="fan", has_archive=True) for each in every
    }
    assert [node.name for node in found[other]] == ["Roof", "Fan", "Fan belt, old"]
    assert [node.name for node in found[story.site_id]] == ["Fan, sold"]
    assert found[bare] == []
    few, many = (
        len(questions.statements(store, partial(assets.within, store, each, text="fan")))
        for each in ([other], every)
    )
    assert few == many


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


def test_the_warranty_of_today_is_told_at_intake(store: Store, story: build.Story) -> None:
    assert warranties.until(store, story.asset_id) is None
    for starts_on, ends_on in (
        (date(2027, 1, 1), date(2029, 1, 1)),
        (None, date(2026, 8, 1)),
        (date(2026, 1, 1), date(2026, 7, 13)),
    ):
        warranties.add(store, story.asset_id, starts_on=starts_on, ends_on=ends_on)
    assert warranties.until(store, story.asset_id) == date(2026, 8, 1)
    assert intake.standing(store, story.asset_id).warranty_until == date(2026, 8, 1)


def test_a_stub_is_to_be_audited(store: Store, story: build.Story) -> None:
    made = assets.stub(store, story.site_id, name="Fan", location_id=story.location_id)
    assert list(assets.find(store, is_stub=True)) == [made]
    assert list(assets.find(store, is_stub=False)) == [story.asset_id]
    [stub] = [each for each in assets.under(store, story.site_id) if each.name == "Fan"]
    assert isinstance(stub, assets.TreeAsset)
    assert stub.is_stub
    assets.edit(store, made, is_stub=False)
    assert not assets.get(store, made).row.is_stub


def test_a_part_stands_below_its_asset_and_moves_with_it(store: Store, story: build.Story) -> None:
    pump = story.asset_id
    motor = assets.add(
        store,
        site_id=story.site_id,
        name="Motor",
        location_id=story.location_id,
        parent_id=pump,
    )
    bearing = assets.add(store, site_id=story.site_id, name="Bearing", parent_id=motor)
    nodes = [(node.depth, node.name) for node in assets.under(store, story.site_id)]
    assert nodes == [
        (0, "Bearing"),
        (0, "Building A"),
        (1, "Basement"),
        (2, "Sump pump"),
        (3, "Motor"),
    ]
    assert [part.label for part in assets.get(store, pump).parts] == ["Motor"]
    assert assets.get(store, motor).parent == assets.Relative(pump, "A-0133", "SP-A Sump pump")
    other = sites.add_site(store, story.customer_id, address="1210 Riverside Dr")
    assets.move(store, pump, site_id=other, place="Pit")
    for asset_id in (pump, motor, bearing):
        assert assets.get(store, asset_id).row.site_id == other
        assert assets.get(store, asset_id).row.place == "Pit"
    assets.move(store, motor, site_id=story.site_id)
    assert assets.get(store, motor).parent is None
    assert check.problems(store) == []


def test_an_asset_is_no_part_of_its_own_parts(store: Store, story: build.Story) -> None:
    motor = assets.add(store, site_id=story.site_id, name="Motor", parent_id=story.asset_id)
    for asset_id in (story.asset_id, motor):
        with pytest.raises(RuleBroken, match="no part of itself") as refused:
            assets.edit(store, asset_id, parent_id=motor)
        assert refused.value.field == "parent_id"
    other = sites.add_site(store, story.customer_id, address="1210 Riverside Dr")
    with pytest.raises(RuleBroken, match="stands at another site"):
        assets.add(store, site_id=other, name="Fan", parent_id=motor)


def test_the_archive_is_shown_where_it_is_asked_for(store: Store, story: build.Story) -> None:
    assets.archive(store, story.asset_id)
    assert [site.assets for site in assets.tree(store)] == [0]
    assert [site.assets for site in assets.tree(store, has_archive=True)] == [1]
    found = assets.under(store, story.site_id, has_archive=True)[-1]
    assert isinstance(found, assets.TreeAsset)
    assert found.is_archived


def test_repairs_are_summed_beside_what_a_new_one_costs(store: Store, story: build.Story) -> None:
    done = past.finished_work(store, story, title="Coupler replaced")
    past.bill(store, story.customer_id, total=26250, sent_on=date(2026, 7, 11), work_order_id=done)
    past.finished_work(store, story, title="From the old books", historic_cost=19000)
    planned = past.finished_work(store, story, title="Oiled", type=WorkType.PREVENTIVE)
    past.bill(
        store, story.customer_id, total=9900, sent_on=date(2026, 7, 11), work_order_id=planned
    )
    assets.edit(store, story.asset_id, replacement_cost=Decimal(1880))
    figures = assets.get(store, story.asset_id).figures
    assert (figures.spent, figures.repairs) == (Decimal("452.50"), 2)
    assert figures.share == Decimal(24)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE asset SET parent_id = 1", "it is a part of itself"),
        ("UPDATE asset SET site_id = 2 WHERE id = 1", "in a place of another site"),
        ("UPDATE asset SET site_id = 2, location_id = NULL WHERE id = 2", "asset at another site"),
        ("UPDATE warranty SET ends_on = '2000-01-01'", "ends before it starts"),
        ("UPDATE meter SET low = 100000", "leave no room"),
        ("UPDATE reading SET value = 1 WHERE id = 2", "counted down"),
        ("UPDATE reading SET value = 2000000 WHERE id = 2", "more than it can"),
    ],
)
def test_check_finds_assets_that_do_not_agree(
    store: Store, story: build.Story, statement: str, message: str
) -> None:
    sites.add_site(store, story.customer_id, address="1210 Riverside Dr")
    assets.add(store, site_id=story.site_id, name="Motor", parent_id=story.asset_id)
    warranties.add(store, story.asset_id, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
    rolls, kind = Decimal(1000), MeterKind.CUMULATIVE
    meter_id = meters.add(
        store, story.asset_id, name="Hours", kind=kind, rolls_over_at=rolls, high=Decimal(50)
    )
    for value, day in ((10, 1), (20, 2)):
        meters.log(store, meter_id, value=Decimal(value), read_on=date(2026, 7, day))
    assert check.problems(store) == []
    with store.change("Forge") as session:
        session.execute(text(statement))
    assert any(message in str(problem) for problem in check.problems(store))
