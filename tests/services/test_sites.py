from __future__ import annotations

import pytest
from sqlalchemy import select

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.models import Event
from smallcmms.services import sites
from smallcmms.store.store import Store
from tests import build


def paths(store: Store, site_id: int) -> list[tuple[str, int]]:
    return [(place.path, place.depth) for place in sites.locations(store, site_id)]


@pytest.mark.parametrize(
    "typed", ["Building A › Floor 3", "Building A > Floor 3", "Building A/Floor 3"]
)
def test_a_place_is_made_below_the_places_that_are_there(
    store: Store, story: build.Story, typed: str
) -> None:
    sites.add_location(store, story.site_id, path=typed)
    assert paths(store, story.site_id) == [
        ("Building A", 0),
        ("Building A › Basement", 1),
        ("Building A › Floor 3", 1),
    ]


def test_a_place_that_is_there_is_not_made_twice(store: Store, story: build.Story) -> None:
    again = sites.add_location(store, story.site_id, path=" Building A ›  Basement ")
    assert again == story.location_id


def test_a_renamed_place_takes_the_paths_below_it_along(store: Store, story: build.Story) -> None:
    sites.add_location(store, story.site_id, path="Building A › Basement › Pit")
    parent = sites.locations(store, story.site_id)[0]
    sites.rename_location(store, parent.id, name="Tower")
    assert paths(store, story.site_id) == [
        ("Tower", 0),
        ("Tower › Basement", 1),
        ("Tower › Basement › Pit", 2),
    ]
    with pytest.raises(RuleBroken, match="needs a name"):
        sites.rename_location(store, parent.id, name="")


def test_a_path_that_names_nothing_is_refused(store: Store, story: build.Story) -> None:
    with pytest.raises(RuleBroken, match="A place needs a name"):
        sites.add_location(store, story.site_id, path=" › ")


def test_the_access_code_is_shown_only_when_asked_for_and_that_is_written_down(
    store: Store, story: build.Story
) -> None:
    sites.edit_site(store, story.site_id, access_code="4711#", access_notes="By the dock.")
    row = sites.site(store, story.site_id)
    assert row.has_code
    assert "4711#" not in repr(row)
    assert sites.show_code(store, story.site_id) == "4711#"
    with store.read() as session:
        events = session.execute(select(Event.kind, Event.now, Event.values)).all()
    assert events[-1].kind == "code_shown"
    assert "4711#" not in repr(events)


def test_a_site_keeps_an_address(store: Store, story: build.Story) -> None:
    with pytest.raises(RuleBroken, match="needs an address"):
        sites.edit_site(store, story.site_id, address="")
    with pytest.raises(NotFound):
        sites.site(store, 99)


def test_an_archived_site_leaves_the_page(store: Store, story: build.Story) -> None:
    sites.archive_site(store, story.site_id)
    assert sites.sites(store, story.customer_id) == []
    assert str(store.next_undo()) == "Archive 1200 Riverside Dr"


@pytest.mark.parametrize("text", ["river", "harbor", "1200 harb"])
def test_a_site_is_found_by_its_customer_or_its_address(
    store: Store, story: build.Story, text: str
) -> None:
    [found] = sites.find(store, text)
    assert found == sites.SiteFound(story.site_id, "1200 Riverside Dr", "Harbor View Apartments")
    assert sites.find(store, "elsewhere") == []


def test_a_field_that_is_no_sites_cannot_be_edited(store: Store, story: build.Story) -> None:
    with pytest.raises(TypeError, match="customer_id"):
        sites.edit_site(store, story.site_id, customer_id="2")
