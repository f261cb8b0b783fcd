"""Audits of assets: begun, walked, entered, scanned, put into the register, taken back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from smallcmms.domain.audits import AuditStatus, Finding
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.models import Asset, AssetAudit, Event
from smallcmms.services import asset_audits, assets, check, scans, search, sites
from smallcmms.services.papers.audit_sheet import audit_sheet
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests.build import Story

pytestmark = pytest.mark.usefixtures("filled")
ROOF, CELLAR = "Building A › Roof", "Building A › Cellar"


@pytest.fixture
def pump(store: Store, story: Story) -> int:
    """Return a pump in the cellar."""
    return assets.add(
        store, site_id=story.site_id, name="Pump", short_code="P-9", place=CELLAR, own_tag="X-77"
    )


@pytest.fixture
def fan(store: Store, story: Story) -> int:
    """Return a fan on the roof."""
    return assets.add(store, site_id=story.site_id, name="Fan", short_code="F-1", place=ROOF)


@pytest.fixture
def audit(store: Store, story: Story, pump: int, fan: int) -> int:  # noqa: ARG001
    """Return an audit of the whole site."""
    return asset_audits.begin(store, site_id=story.site_id, walked_by="Marco")


def line_of(store: Store, audit: int, asset_id: int) -> asset_audits.AuditLine:
    return next(line for line in asset_audits.get(store, audit).lines if line.asset_id == asset_id)


def place_of(store: Store, asset_id: int) -> str:
    return assets.get(store, asset_id).row.place


def missing_on(store: Store, asset_id: int) -> date | None:
    with store.read() as session:
        return session.get_one(Asset, asset_id).missing_on


def kinds(store: Store, asset_id: int) -> list[str]:
    query = select(Event.kind).where(Event.record == "asset", Event.record_id == asset_id)
    with store.read() as session:
        return list(session.scalars(query.order_by(Event.id)))


def test_an_audit_takes_down_what_should_stand_there(
    store: Store, story: Story, audit: int, pump: int, fan: int
) -> None:
    page = asset_audits.get(store, audit)
    assert page.row.number == "AU-001"
    places = {line.asset_id: line.place for line in page.lines}
    assert places[pump] == CELLAR
    assert places[fan] == ROOF
    assert story.asset_id in places
    assert (page.row.lines, page.row.seen) == (3, 0)
    assert page.counts == {Finding.OPEN: 3}


def test_an_audit_of_a_place_takes_in_all_below_it(
    store: Store, story: Story, pump: int, fan: int
) -> None:
    building = sites.add_location(store, story.site_id, path="Building A")
    cellar = sites.add_location(store, story.site_id, path=CELLAR)
    sites.add_location(store, story.site_id, path="Building A2")
    whole = asset_audits.begin(store, site_id=story.site_id, location_id=building)
    part = asset_audits.begin(store, site_id=story.site_id, location_id=cellar)
    assert {line.asset_id for line in asset_audits.get(store, whole).lines} >= {pump, fan}
    assert [line.asset_id for line in asset_audits.get(store, part).lines] == [pump]
    assert asset_audits.get(store, part).row.within == CELLAR
    with pytest.raises(RuleBroken) as refused:
        asset_audits.begin(store, site_id=story.site_id, location_id=9999)
    assert refused.value.field == "location_id"


def test_the_result_goes_into_the_register_in_one_step_and_comes_back_in_one(
    store: Store, story: Story, audit: int, pump: int, fan: int
) -> None:
    asset_audits.mark(
        store, audit, line_of(store, audit, pump).id, finding=Finding.MOVED, place="Shed > Left"
    )
    asset_audits.mark(
        store, audit, line_of(store, audit, fan).id, finding=Finding.MISSING, note="only bolts"
    )
    asset_audits.add_new(store, audit, name="Heat pump", place=ROOF, make="Halden", serial="H1")
    asset_audits.add_new(store, audit, name="Grey box")
    before, ids = list(dump(store)), set(assets.find(store))
    counts = asset_audits.apply(store, audit, walked_on=date(2026, 7, 10))
    assert counts == {Finding.MOVED: 1, Finding.MISSING: 1, Finding.NEW: 2, Finding.OPEN: 1}
    assert place_of(store, pump) == "Shed › Left"
    assert kinds(store, pump)[-2:] == ["moved", "found"]
    assert (missing_on(store, fan), kinds(store, fan)[-1]) == (date(2026, 7, 10), "missing")
    made = {assets.get(store, each).row.name: each for each in set(assets.find(store)) - ids}
    assert set(made) == {"Heat pump", "Grey box"}
    assert place_of(store, made["Heat pump"]) == ROOF
    assert [is_stub(store, made[name]) for name in ("Heat pump", "Grey box")] == [False, True]
    row = asset_audits.get(store, audit).row
    assert (row.status, row.walked_on) == (AuditStatus.DONE, date(2026, 7, 10))
    assert check.problems(store) == []
    store.undo()
    assert list(dump(store)) == before
    store.redo()
    assert place_of(store, pump) == "Shed › Left"
    assert place_of(store, story.asset_id) == line_of(store, audit, story.asset_id).place


def is_stub(store: Store, asset_id: int) -> bool:
    with store.read() as session:
        return session.get_one(Asset, asset_id).is_stub


def test_what_is_found_again_is_missing_no_more_and_no_stub(
    store: Store, story: Story, audit: int, pump: int
) -> None:
    asset_audits.mark(store, audit, line_of(store, audit, pump).id, finding=Finding.MISSING)
    asset_audits.apply(store, audit)
    assert missing_on(store, pump)
    again = asset_audits.begin(store, site_id=story.site_id)
    asset_audits.scan(store, again, "X-77", place=CELLAR)
    asset_audits.apply(store, again)
    assert missing_on(store, pump) is None
    assert not is_stub(store, pump)


def test_a_tag_scanned_where_it_should_stand_is_found_and_elsewhere_has_moved(
    store: Store, audit: int, pump: int, fan: int
) -> None:
    tag = assets.get(store, pump).code
    assert (
        asset_audits.scan(store, audit, tag, place="Building A / Cellar").finding is Finding.FOUND
    )
    seen = asset_audits.scan(store, audit, tag.lower(), place=ROOF)
    assert (seen.name, seen.finding) == ("P-9 Pump", Finding.MOVED)
    number = assets.get(store, fan).row.number
    assert (
        asset_audits.scan(store, audit, number, place=ROOF).line_id == line_of(store, audit, fan).id
    )
    line = line_of(store, audit, pump)
    assert (line.place, line.seen_place) == (CELLAR, ROOF)


def test_an_asset_of_another_site_that_is_scanned_here_comes_over(
    store: Store, story: Story, audit: int
) -> None:
    other = sites.add_site(store, story.customer_id, address="9 Far Road")
    stray = assets.add(store, site_id=other, name="Stray", place=CELLAR)
    number = assets.get(store, stray).row.number
    with pytest.raises(RuleBroken, match="Say where you stand"):
        asset_audits.scan(store, audit, number)
    assert asset_audits.scan(store, audit, number, place=CELLAR).finding is Finding.MOVED
    assert line_of(store, audit, stray).place == f"9 Far Road › {CELLAR}"
    asset_audits.apply(store, audit)
    page = assets.get(store, stray)
    assert (page.row.site_id, page.row.place) == (story.site_id, CELLAR)


def test_what_is_no_tag_of_an_asset_is_refused(store: Store, audit: int) -> None:
    for text, words in (("", "not a number"), ("WO-2310", "no asset's tag"), ("xyz", "number")):
        with pytest.raises(RuleBroken, match=words):
            asset_audits.scan(store, audit, text)
    with pytest.raises(RuleBroken, match="no asset's tag"):
        asset_audits.scan(store, audit, asset_audits.get(store, audit).code)
    with pytest.raises(NotFound, match="A-9999"):
        asset_audits.scan(store, audit, "A-9999")


def test_the_rest_is_marked_at_once(store: Store, audit: int, pump: int) -> None:
    assert asset_audits.mark_rest(store, audit, finding=Finding.FOUND, place=CELLAR) == 1
    assert line_of(store, audit, pump).finding is Finding.FOUND
    assert asset_audits.mark_rest(store, audit, finding=Finding.MISSING) == 2
    assert asset_audits.get(store, audit).row.seen == 3


def test_an_entry_that_says_nothing_is_refused(store: Store, audit: int, pump: int) -> None:
    line = line_of(store, audit, pump).id
    for place in ("", " / ", CELLAR):
        with pytest.raises(RuleBroken) as refused:
            asset_audits.mark(store, audit, line, finding=Finding.MOVED, place=place)
        assert refused.value.field == "place"
    with pytest.raises(RuleBroken) as refused:
        asset_audits.add_new(store, audit, name=" ")
    assert refused.value.field == "name"
    with pytest.raises(TypeError):
        asset_audits.add_new(store, audit, name="A", colour="red")
    with pytest.raises(RuleBroken, match="Nothing is entered"):
        asset_audits.apply(store, audit)


def test_a_new_asset_is_changed_and_taken_off_and_a_line_of_the_sheet_stays(
    store: Store, audit: int, pump: int
) -> None:
    line = asset_audits.add_new(store, audit, name="Box", place=ROOF)
    asset_audits.edit_new(store, audit, line, serial="S-1")
    (made,) = [each for each in asset_audits.get(store, audit).lines if each.id == line]
    assert (made.name, made.seen_place, made.serial) == ("Box", ROOF, "S-1")
    with pytest.raises(RuleBroken, match="no other finding"):
        asset_audits.mark(store, audit, line, finding=Finding.FOUND)
    asset_audits.remove_new(store, audit, line)
    assert asset_audits.get(store, audit).row.lines == 3
    with pytest.raises(RuleBroken, match="stays"):
        asset_audits.remove_new(store, audit, line_of(store, audit, pump).id)


def test_an_audit_that_is_over_takes_nothing_more(store: Store, audit: int, pump: int) -> None:
    line = line_of(store, audit, pump).id
    asset_audits.drop(store, audit)
    for act in (
        lambda: asset_audits.mark(store, audit, line, finding=Finding.FOUND),
        lambda: asset_audits.apply(store, audit),
        lambda: asset_audits.drop(store, audit),
        lambda: asset_audits.keep_sheet(store, audit, pdf=b"%PDF"),
    ):
        with pytest.raises(RuleBroken, match="is over"):
            act()
    assert asset_audits.find(store) == [audit]
    assert asset_audits.find(store, is_open_only=True) == []


def test_a_walk_in_the_days_to_come_is_refused(store: Store, audit: int) -> None:
    asset_audits.mark_rest(store, audit, finding=Finding.FOUND)
    with pytest.raises(RuleBroken) as refused:
        asset_audits.apply(store, audit, walked_on=date(2026, 7, 14))
    assert refused.value.field == "walked_on"


def test_the_sheet_says_place_by_place_what_should_stand_there(store: Store, audit: int) -> None:
    asset_audits.add_new(store, audit, name="Box", place=ROOF)
    sheet = audit_sheet(store, audit)
    places = [place.path for place in sheet.places]
    assert places == sorted(places)
    assert {CELLAR, ROOF} <= set(places)
    (pump,) = next(place.assets for place in sheet.places if place.path == CELLAR)
    assert (pump.name, pump.own_tag) == ("P-9 Pump", "X-77")
    assert "Box" not in [asset.name for place in sheet.places for asset in place.assets]
    found = scans.read(store, sheet.code)
    assert (found.kind, found.id, found.number) == ("asset_audit", audit, "AU-001")


def test_a_printed_sheet_is_kept_with_its_audit(store: Store, audit: int) -> None:
    asset_audits.keep_sheet(store, audit, pdf=b"%PDF-1.7 sheet")
    assert asset_audits.get(store, audit).row.printed_at == store.now()


def test_an_audit_is_found_by_its_number(store: Store, audit: int) -> None:
    for text in ("AU-001", "au1", "#001"):
        assert ("asset_audit", audit) in [(hit.kind, hit.id) for hit in search.find(store, text)]


def test_an_end_that_is_lost_is_noticed(store: Store, audit: int) -> None:
    with store.change("Spoil") as session:
        session.get_one(AssetAudit, audit).status = AuditStatus.DONE
    assert [str(each) for each in check.problems(store)] == [
        "AU-001: it is over and has no end, or has an end and is not over."
    ]
