from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.services import assets, sites
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.asset_tree import AssetTree, Kind
from tests import build, questions


@pytest.fixture
def tree(qtbot: QtBot, desk: Desk, story: build.Story) -> AssetTree:
    assert story
    tree = AssetTree(desk)
    qtbot.addWidget(tree)
    return tree


def rows(tree: AssetTree) -> list[str]:
    return [str(tree.rows.index(at, 0).data()) for at in range(tree.rows.rowCount())]


def test_standing_on_the_first_asset_reads_the_sites_once(tree: AssetTree, desk: Desk) -> None:
    asked = questions.statements(desk.store, lambda: tree.look_up(stands_on_first=True))
    assert len([each for each in asked if "customer.name" in each]) == 1
    assert tree.chosen_node is not None
    assert (tree.chosen_node.kind, rows(tree)[-1]) == (Kind.ASSET, "SP-A, Sump pump")


def test_nothing_is_stood_on_where_the_filter_leaves_a_customer_without_an_asset(
    tree: AssetTree,
) -> None:
    tree.look_up("harbor", stands_on_first=True)
    assert rows(tree) == ["Harbor View Apartments"]
    assert tree.chosen_node is None


def test_a_filter_asks_as_much_for_six_sites_as_for_one(
    tree: AssetTree, desk: Desk, story: build.Story
) -> None:
    one = len(questions.statements(desk.store, lambda: tree.look_up("pump")))
    for number in range(5):
        site_id = sites.add_site(desk.store, story.customer_id, address=f"{number} Mill Road")
        assets.add(desk.store, site_id=site_id, name=f"Pump {number}")
    six = len(questions.statements(desk.store, lambda: tree.look_up("pump")))
    assert [each for each in rows(tree) if each.startswith("Pump")] == [
        f"Pump {number}" for number in range(5)
    ]
    assert one == six
