from __future__ import annotations

import pytest

from smallcmms.domain import papers
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.services import asset_classes, assets, check, sheets
from smallcmms.store.store import Store
from tests import build, jobs
from tests.conftest import Clock


def pumps(store: Store) -> int:
    return asset_classes.add(
        store,
        name="Pump",
        hazards="Starts by itself.",
        problem_codes=["noise", "blocked", "noise"],
        expected_life_years=10,
        custom_fields=[" Float ", "Head"],
    )


def test_a_class_gives_its_assets_life_hazards_and_fields(store: Store, story: build.Story) -> None:
    class_id = pumps(store)
    assets.edit(store, story.asset_id, asset_class_id=class_id, custom_values={"Float": "tether"})
    page = assets.get(store, story.asset_id)
    assert (page.asset_class, page.hazards) == ("Pump", "Starts by itself.")
    assert (page.life_years, page.custom_fields) == (10, ("Float", "Head"))
    assert page.custom_values == {"Float": "tether"}
    assets.edit(store, story.asset_id, expected_life_years=7, custom_values={"Float": ""})
    page = assets.get(store, story.asset_id)
    assert (page.life_years, page.custom_values) == (7, {})
    [row] = asset_classes.rows(store)
    assert (row.assets, row.problem_codes) == (1, ("noise", "blocked"))


def test_an_asset_has_the_problems_of_its_class_or_every_one(
    store: Store, story: build.Story
) -> None:
    assert len(asset_classes.problems(store, None)) == 21
    assert len(asset_classes.problems(store, story.asset_id)) == 21
    assets.edit(store, story.asset_id, asset_class_id=pumps(store))
    codes = [choice.code for choice in asset_classes.problems(store, story.asset_id)]
    assert codes == ["blocked", "noise"]


def test_the_sheet_asks_for_the_problems_of_the_class(
    store: Store, clock: Clock, story: build.Story
) -> None:
    assets.edit(store, story.asset_id, asset_class_id=pumps(store))
    job = jobs.out_since_yesterday(store, clock, story)
    assert [each.code for each in sheets.form(store, job).problems] == ["blocked", "noise"]


def test_hazards_of_the_class_print_on_its_work_orders(
    store: Store, clock: Clock, story: build.Story
) -> None:
    assets.edit(store, story.asset_id, asset_class_id=pumps(store))
    job, printed = jobs.scheduled(store, clock, story), list[papers.WorkOrder]()

    def draw(paper: papers.WorkOrder) -> jobs.Drawn:
        printed.append(paper)
        return jobs.draw(paper)

    sheets.print_copy(store, job, render=draw)
    assert "Starts by itself." in printed[0].note_for_truck


def test_a_class_has_a_name_of_its_own(store: Store, story: build.Story) -> None:
    assert story
    class_id = pumps(store)
    fan = asset_classes.add(store, name="Fan")
    for name in ("pump", " PUMP "):
        with pytest.raises(RuleBroken, match="there already"):
            asset_classes.edit(store, fan, name=name)
    with pytest.raises(RuleBroken, match="needs a name"):
        asset_classes.add(store, name=" ")
    with pytest.raises(TypeError, match="id cannot"):
        asset_classes.edit(store, fan, id=3)
    asset_classes.edit(store, class_id, name="Pump ", hazards="")
    assert asset_classes.get(store, class_id).hazards == ""
    with pytest.raises(NotFound):
        asset_classes.get(store, 99)


def test_a_class_is_put_away_and_its_assets_keep_it(store: Store, story: build.Story) -> None:
    class_id = pumps(store)
    assets.edit(store, story.asset_id, asset_class_id=class_id)
    asset_classes.archive(store, class_id)
    assert asset_classes.rows(store) == []
    assert len(asset_classes.rows(store, is_archived=True)) == 1
    assert assets.get(store, story.asset_id).asset_class == "Pump"
    asset_classes.bring_back(store, class_id)
    assert len(asset_classes.rows(store)) == 1
    assert check.problems(store) == []
