from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import WorkType
from smallcmms.services import assets, drafts, sites, warranties, work_orders
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.asset import DRAFT
from smallcmms.ui.pages.assets import AssetsPage
from tests import build, past
from tests.ui.conftest import Front
from tests.ui.turns import pass_turns

Look = Callable[[QWidget, str], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: build.Story) -> AssetsPage:
    assert story
    return shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk) -> AssetsPage:
    page = AssetsPage(desk)
    qtbot.addWidget(page)
    page.resize(1230, 780)
    page.show()
    page.shown()
    qtbot.waitExposed(page)
    pass_turns()
    return page


def rows(page: AssetsPage) -> list[str]:
    model = page.tree.rows
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def type_into(qtbot: QtBot, box: QWidget, text: str) -> None:
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Tab)


def test_the_first_asset_is_shown_with_its_way_unfolded(
    page: AssetsPage, story: build.Story, look: Look, qtmodeltester: ModelTester
) -> None:
    assert rows(page) == ["Harbor View Apartments", "Building A", "Basement", "SP-A, Sump pump"]
    assert page.current_id() == story.asset_id
    assert page.details.number.text() == "A-0133"
    assert page.details.tag.code.accessibleName() == "SC7KQ2:A0133:P"
    assert page.about()["asset_id"] == story.asset_id
    qtmodeltester.check(page.tree.rows)
    look(page, "assets")


def test_an_empty_shop_says_how_to_begin(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    assert page.right.currentWidget() is page.empty
    assert not page.commands["print_tag"].isEnabled()


def test_arrows_fold_and_unfold(qtbot: QtBot, page: AssetsPage) -> None:
    for _key in range(4):
        qtbot.keyClick(page.tree, Qt.Key.Key_Left)
    assert rows(page) == ["Harbor View Apartments", "Building A"]
    qtbot.keyClick(page.tree, Qt.Key.Key_Right)
    assert rows(page) == ["Harbor View Apartments", "Building A", "Basement"]
    for _key in range(3):
        qtbot.keyClick(page.tree, Qt.Key.Key_Left)
    assert rows(page) == ["Harbor View Apartments"]
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    assert rows(page) == ["Harbor View Apartments", "Building A"]


def test_sites_of_one_customer_stand_under_it(
    page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    site_id = sites.add_site(desk.store, story.customer_id, address="1210 Riverside Dr")
    boiler = assets.add(desk.store, site_id=site_id, name="Boiler")
    page.go_to(boiler)
    assert rows(page)[:2] == ["Harbor View Apartments", "1200 Riverside Dr"]
    assert rows(page)[-2:] == ["1210 Riverside Dr", "Boiler"]
    assert page.details.name.text() == "Boiler"


def test_a_new_asset_stands_where_the_person_stood_and_has_its_tag_at_hand(
    qtbot: QtBot, page: AssetsPage, desk: Desk, front: Front
) -> None:
    page.commands["new"].trigger()
    qtbot.keyClicks(page.focusWidget(), "B-1")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(page.focusWidget(), "Boiler")
    page.pane.button.click()
    made = assets.get(desk.store, page.current_id()).row
    assert (made.number, made.label, made.place) == (
        "A-0134",
        "B-1 Boiler",
        "Building A › Basement",
    )
    assert front.toasts == ["Added A-0134 B-1 Boiler"]
    assert drafts.get(desk.store, *DRAFT) is None
    page.commands["print_tag"].trigger()
    assert page.tags.header.title.text() == "Print 1 tag"


def test_an_asset_without_a_name_is_asked_for_one(page: AssetsPage, desk: Desk) -> None:
    page.commands["new"].trigger()
    page.pane.button.click()
    assert page.new_form.form.boxes["name"].error.text() == "Write something here."
    assert len(assets.find(desk.store)) == 1


def test_a_half_typed_asset_stands_in_the_tree_as_a_draft(
    qtbot: QtBot, page: AssetsPage, desk: Desk
) -> None:
    page.commands["new"].trigger()
    qtbot.keyClicks(page.focusWidget(), "B-1")
    assert page.leave()
    assert rows(page)[0] == "B-1, Draft"
    later = shown(qtbot, desk)
    later.tree.choose(later.tree.rows.first())
    assert later.new_form.form.boxes["short_code"].typed == "B-1"
    assert later.new_form.where.site.value is not None


def test_a_copy_begins_with_the_make_and_the_place(
    page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    assets.edit(desk.store, story.asset_id, make="Halden", model="SP-2")
    page.commands["copy"].trigger()
    told = page.new_form.form.values()
    assert (told["name"], told["make"], told["place"]) == (
        "Sump pump",
        "Halden",
        "Building A › Basement",
    )


def test_an_edit_saves_when_its_box_is_left(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    page.commands["edit"].trigger()
    boxes = page.form.form.boxes
    type_into(qtbot, boxes["make"].editor, "Halden")
    type_into(qtbot, boxes["installed_on"].editor, "9/14/2018")
    type_into(qtbot, boxes["replacement_cost"].editor, "1880")
    type_into(qtbot, boxes["place"].editor, "Building A > Pit")
    type_into(qtbot, boxes["ends_on"].editor, "9/14/2028")
    type_into(qtbot, boxes["guarantor"].editor, "Halden")
    boxes["lock_out_steps"].editor.setFocus()
    qtbot.keyClicks(boxes["lock_out_steps"].editor, "Breaker off")
    page.keep()
    kept = assets.get(desk.store, story.asset_id)
    assert (kept.row.make, kept.installed_on) == ("Halden", date(2018, 9, 14))
    assert (kept.replacement_cost, kept.lock_out_steps) == (Decimal("1880.00"), ("Breaker off",))
    assert kept.row.place == "Building A › Pit"
    [promise] = kept.warranties
    assert (promise.ends_on, promise.guarantor) == (date(2028, 9, 14), "Halden")
    page.pane.button.click()
    facts = [fact.first.text() for fact in page.details.figures]
    assert facts[0] == "Halden"
    assert facts[2:4] == ["Sep 14, 2018", "Until Sep 14, 2028"]
    assert page.details.figures[2].second.text() == "7 years 9 months"
    assert page.details.about.steps.text() == "1. Breaker off"
    assert page.details.about.lock_out.isVisibleTo(page)


def test_a_warranty_is_taken_off_when_its_day_is_emptied(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    warranties.add(desk.store, story.asset_id, ends_on=date(2020, 1, 1))
    assert page.details.figures[3].first.text() == "Ended Jan 1, 2020"
    page.commands["edit"].trigger()
    box = page.form.form.boxes["ends_on"].editor
    assert isinstance(box, QLineEdit)
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    page.keep()
    assert warranties.warranties(desk.store, story.asset_id) == []


def test_another_site_is_found_by_typing(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    sites.add_site(desk.store, story.customer_id, address="1210 Riverside Dr")
    page.commands["edit"].trigger()
    box = page.form.where.site
    qtbot.keyClicks(box.line, " ")
    box.line.clear()
    qtbot.keyClicks(box.line, "1210 ri")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    page.keep()
    assert assets.get(desk.store, story.asset_id).row.site == "1210 Riverside Dr"


def test_history_tells_open_work_and_what_was_done(
    page: AssetsPage, desk: Desk, story: build.Story, front: Front
) -> None:
    store = desk.store
    done = past.finished_work(store, story, title="Coupler replaced", minutes=90)
    past.bill(store, story.customer_id, total=26250, sent_on=date(2026, 7, 11), work_order_id=done)
    past.finished_work(
        store, story, title="Oiled", done_on=date(2025, 10, 3), type=WorkType.PREVENTIVE
    )
    order = work_orders.add(
        store,
        title="Leaking",
        level=Level(2),
        customer_id=story.customer_id,
        site_id=story.site_id,
        asset_id=story.asset_id,
    )
    history = page.details.history
    texts = [[str(history.rows.index(at, column).data()) for column in range(5)] for at in range(3)]
    assert texts == [
        ["today", "Leaking, WO-2312", "", "", ""],
        ["Jul 10, 2026", "Coupler replaced, WO-2310", "Marco", "1.5", "$262.50"],
        ["Oct 3, 2025", "Oiled, WO-2311", "", "", ""],
    ]
    assert page.details.state.accessibleName() == "Draft, WO-2312"
    for kind, count in (("repairs", 1), ("planned", 1), ("all", 3)):
        page.details.which.set_value(kind)
        page.details.which.chosen.emit(kind)
        assert history.rows.rowCount() == count
    history.opened.emit(1)
    assert front.went == [("work_orders", order)]


def test_a_work_order_begins_with_the_asset(
    page: AssetsPage, story: build.Story, front: Front
) -> None:
    page.commands["work_order"].trigger()
    [(name, what, facts)] = front.begun
    assert (name, what, facts["asset_id"]) == ("work_orders", "work_order", story.asset_id)


def test_the_filter_leaves_the_way_to_what_matches(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    assets.add(desk.store, site_id=story.site_id, name="Fan", place="Roof")
    qtbot.keyClicks(page.filter.line, "fan")
    assert rows(page) == ["Harbor View Apartments", "Roof", "Fan"]
    assert page.foot.text() == "1 asset, 1 site"
    assert page.leave()
    assert page.foot.text() == "2 assets, 1 site"


def test_a_filter_that_leaves_many_sites_unfolds_the_first_and_prints_all(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    for number in range(8):
        site_id = sites.add_site(desk.store, story.customer_id, address=f"{number} Mill Road")
        assets.add(desk.store, site_id=site_id, name=f"Fan {number}")
    page.refresh()
    page.filter.line.setFocus()
    qtbot.keyClicks(page.filter.line, "fan")
    assert [each for each in rows(page) if each.startswith("Fan")] == [f"Fan {n}" for n in range(6)]
    page.print_tags()
    assert page.tags.header.title.text() == "Print 8 tags"
    assert page.leave()
    qtbot.keyClicks(page.filter.line, " 7")
    assert [each for each in rows(page) if each.startswith("Fan")] == ["Fan 7"]


def test_print_tag_leads_to_the_label_sheet_and_back(page: AssetsPage) -> None:
    page.commands["print_tag"].trigger()
    assert page.right.currentWidget() is page.tags
    assert page.tags.header.title.text() == "Print 1 tag"
    assert page.leave()
    assert page.right.currentWidget() is page.details


def test_an_archived_asset_leaves_the_tree(page: AssetsPage, front: Front) -> None:
    page.commands["archive"].trigger()
    assert rows(page) == ["Harbor View Apartments"]
    assert front.toasts == ["Archived SP-A Sump pump"]


def test_an_asset_that_undo_takes_back_is_left(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    page.go_to(assets.add(desk.store, site_id=story.site_id, name="Fan"))
    desk.store.undo()
    qtbot.waitUntil(lambda: page.current_id() == story.asset_id)
    page.go_to(assets.add(desk.store, site_id=story.site_id, name="Fan"))
    page.commands["edit"].trigger()
    desk.store.undo()
    qtbot.waitUntil(lambda: page.details.name.text() == "SP-A Sump pump")
    assert page.right.currentWidget() is page.details
