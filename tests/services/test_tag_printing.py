from __future__ import annotations

from decimal import Decimal

import pytest

from smallcmms.domain.tag_messages import SecondCode
from smallcmms.services import assets, label_sheets, tag_printing
from smallcmms.services.tag_printing import Habits, habits, printed, remember, wanting
from smallcmms.store.store import Store
from tests import build


@pytest.fixture
def places(store: Store, story: build.Story) -> dict[str, int]:
    """Return assets in places within places, by name."""
    told = {"Fan": "Roof", "Valve": "Tower > Floor 1", "Pump": "Tower > Floor 1 > Room 12"}
    made = {
        name: assets.add(store, site_id=story.site_id, name=name, place=place)
        for name, place in told.items()
    }
    return {"Sump pump": story.asset_id, **made}


def test_tags_begin_on_a_usual_sheet(store: Store, story: build.Story) -> None:
    assert story
    assert habits(store) == Habits(sheet="5160", start_at=1, second=SecondCode.NONE)


def test_each_sheet_remembers_its_own_place_and_nudge(store: Store, story: build.Story) -> None:
    assert story
    silver = Habits(sheet="L4736", start_at=9, nudge_x_mm=Decimal("-0.4"), second=SecondCode.TEXT)
    tape = Habits(sheet="brother-tape-29", length_mm=Decimal(55), second=SecondCode.TEXT)
    remember(store, silver)
    remember(store, tape)
    assert habits(store) == tape
    assert habits(store, "L4736") == silver
    assert habits(store, "5160") == Habits(second=SecondCode.TEXT)


def test_a_sheet_that_is_put_away_is_not_the_last_one(store: Store, story: build.Story) -> None:
    assert story
    own = label_sheets.add(
        store, name="Own", **label_sheets.begun_from(label_sheets.sold()["L4732"])
    )
    remember(store, Habits(sheet=label_sheets.key_of(own)))
    assert habits(store).sheet == label_sheets.key_of(own)
    label_sheets.archive(store, own)
    assert habits(store).sheet == "5160"


@pytest.mark.parametrize(("start", "count", "after"), [(4, 3, 7), (28, 3, 1), (30, 31, 1)])
def test_printing_counts_the_labels_on(
    store: Store, story: build.Story, start: int, count: int, after: int
) -> None:
    made = [assets.add(store, site_id=story.site_id, name="Fan") for _ in range(count)]
    assert printed(store, made, Habits(start_at=start)).start_at == after
    assert habits(store).start_at == after


def test_assets_without_a_printed_tag_are_found_until_it_is_printed(
    store: Store, places: dict[str, int]
) -> None:
    printed(store, [places["Fan"], places["Valve"]], Habits())
    assert set(wanting(store, is_untagged=True)) == {places["Sump pump"], places["Pump"]}
    store.undo()
    assert set(wanting(store, is_untagged=True)) == set(places.values())


def test_a_place_means_all_below_it(
    store: Store, story: build.Story, places: dict[str, int]
) -> None:
    floor = assets.get(store, places["Valve"]).row.location_id
    assert list(wanting(store, location_id=floor)) == [places["Valve"], places["Pump"]]
    printed(store, [places["Valve"]], Habits())
    assert list(wanting(store, location_id=floor, is_untagged=True)) == [places["Pump"]]
    assert set(wanting(store, site_id=story.site_id)) == set(places.values())
    assert list(wanting(store, site_id=story.site_id + 1)) == []


def test_archived_assets_want_no_tag(store: Store, places: dict[str, int]) -> None:
    assets.archive(store, places["Fan"])
    assert places["Fan"] not in wanting(store, is_untagged=True)


def test_a_printed_tag_is_a_step_that_names_its_asset(store: Store, story: build.Story) -> None:
    tag_printing.printed(store, [story.asset_id], Habits())
    label = store.next_undo()
    assert label is not None
    assert label.message == "Print tags"
