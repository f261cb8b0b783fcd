from __future__ import annotations

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.services import assets, locations, sites
from smallcmms.store.store import Store
from tests import build


def paths(store: Store, site_id: int) -> list[str]:
    return [place.path for place in locations.tree(store, site_id)]


def test_a_place_moves_with_all_that_lies_in_it(store: Store, story: build.Story) -> None:
    pit = sites.add_location(store, story.site_id, path="Building A › Basement › Pit")
    tower = sites.add_location(store, story.site_id, path="Tower")
    locations.move(store, story.location_id, parent_id=tower)
    assert paths(store, story.site_id) == [
        "Building A",
        "Tower",
        "Tower › Basement",
        "Tower › Basement › Pit",
    ]
    locations.move(store, pit, parent_id=None)
    assert paths(store, story.site_id)[1] == "Pit"
    store.undo()
    store.undo()
    assert paths(store, story.site_id)[:2] == ["Building A", "Building A › Basement"]


def test_a_place_does_not_move_into_itself_another_site_or_its_namesake(
    store: Store, story: build.Story
) -> None:
    [top, *_] = locations.tree(store, story.site_id)
    with pytest.raises(RuleBroken, match="cannot lie in itself"):
        locations.move(store, top.id, parent_id=story.location_id)
    other = sites.add_site(store, story.customer_id, address="1210 Riverside Dr")
    elsewhere = sites.add_location(store, other, path="Roof")
    with pytest.raises(RuleBroken, match="stays in its site"):
        locations.move(store, story.location_id, parent_id=elsewhere)
    sites.add_location(store, story.site_id, path="Basement")
    with pytest.raises(RuleBroken, match="a place Basement already"):
        locations.move(store, story.location_id, parent_id=None)
    with pytest.raises(RuleBroken, match="already"):
        sites.rename_location(store, top.id, name="Basement")


def test_a_place_is_put_away_once_it_is_empty_and_comes_back(
    store: Store, story: build.Story
) -> None:
    [top, basement] = locations.tree(store, story.site_id)
    assert (basement.assets, top.assets) == (1, 0)
    with pytest.raises(RuleBroken, match="Sump pump stands there"):
        locations.archive(store, top.id)
    assets.move(store, story.asset_id, site_id=story.site_id)
    locations.archive(store, top.id)
    assert paths(store, story.site_id) == []
    assert [each.is_archived for each in locations.tree(store, story.site_id, has_archived=True)]
    locations.restore(store, basement.id)
    assert paths(store, story.site_id) == ["Building A", "Building A › Basement"]


def test_a_place_does_not_come_back_beside_its_namesake(store: Store, story: build.Story) -> None:
    roof = sites.add_location(store, story.site_id, path="Roof")
    locations.archive(store, roof)
    again = sites.add_location(store, story.site_id, path="Roof")
    assert again != roof
    with pytest.raises(RuleBroken, match="a place Roof already"):
        locations.restore(store, roof)
