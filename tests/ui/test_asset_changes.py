"""What is changed on the page of assets: class, place, copies, the archive, what to audit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from smallcmms.services import asset_classes, assets
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.assets import AssetsPage
from tests import build, past
from tests.ui.conftest import Front
from tests.ui.test_assets_page import rows, shown, type_into


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: build.Story) -> AssetsPage:
    assert story
    return shown(qtbot, desk)


def test_an_archived_asset_is_shown_and_brought_back(
    page: AssetsPage, desk: Desk, story: build.Story, front: Front
) -> None:
    assert not page.commands["bring_back"].isVisible()
    assets.archive(desk.store, story.asset_id)
    page.commands["show_archive"].trigger()
    assert rows(page)[-1] == "SP-A, Sump pump, archived"
    page.go_to(story.asset_id)
    assert page.details.status.accessibleName() == "Archived"
    assert not page.commands["work_order"].isEnabled()
    page.commands["bring_back"].trigger()
    assert front.toasts == ["SP-A Sump pump is back"]
    assert rows(page)[-1] == "SP-A, Sump pump"
    page.commands["show_archive"].trigger()
    assets.archive(desk.store, story.asset_id)
    page.go_to(story.asset_id)
    assert rows(page)[-1] == "SP-A, Sump pump, archived"


def test_an_asset_made_in_a_call_is_to_be_audited(
    page: AssetsPage, desk: Desk, story: build.Story, front: Front
) -> None:
    made = assets.stub(desk.store, story.site_id, name="Fan", location_id=story.location_id)
    page.go_to(made)
    assert "Fan, to audit" in rows(page)
    assert page.details.stub.accessibleName() == "To audit"
    page.commands["audited"].trigger()
    assert front.toasts == ["Audited Fan"]
    assert "Fan" in rows(page)
    assert not page.commands["audited"].isVisible()


def test_class_parent_and_fields_are_edited(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story, front: Front
) -> None:
    class_id = asset_classes.add(
        desk.store, name="Pump", hazards="Starts by itself.", custom_fields=["Float"]
    )
    motor = assets.add(desk.store, site_id=story.site_id, name="Motor")
    page.go_to(motor)
    page.commands["edit"].trigger()
    page.form.kind.set_value(class_id)
    page.form.kind.combo.activated.emit(1)
    qtbot.keyClicks(page.form.part_of.box.line, "sump")
    qtbot.keyClick(page.form.part_of.box.line, Qt.Key.Key_Return)
    page.keep()
    assert assets.get(desk.store, motor).asset_class == "Pump"
    box = page.form.fields.boxes["Float"]
    type_into(qtbot, box.editor, "tether")
    page.pane.button.click()
    page.refresh()
    kept = assets.get(desk.store, motor)
    assert kept.custom_values == {"Float": "tether"}
    assert kept.parent is not None
    about = page.details.about
    assert about.hazards.text() == "Starts by itself."
    assert str(about.told.rows.index(0, 0).data()) == "Float, tether"
    about.part_of.click()
    assert front.went == [("assets", story.asset_id)]
    page.go_to(story.asset_id)
    about.parts.opened.emit(1)
    assert front.went[-1] == ("assets", motor)


def test_a_copy_has_what_is_not_of_this_one_machine(
    page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    class_id = asset_classes.add(desk.store, name="Pump")
    assets.edit(
        desk.store,
        story.asset_id,
        make="Halden",
        serial="H18",
        asset_class_id=class_id,
        replacement_cost=Decimal(900),
        lock_out_steps=("Breaker off",),
    )
    page.commands["copy"].trigger()
    page.pane.button.click()
    made = assets.get(desk.store, page.current_id())
    assert (made.row.label, made.row.make, made.row.serial) == ("Sump pump", "Halden", "")
    assert (made.asset_class, made.replacement_cost) == ("Pump", Decimal(900))
    assert made.lock_out_steps == ("Breaker off",)
    assert made.row.place == "Building A › Basement"


def test_an_asset_is_moved_by_typing_its_new_place(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    page.commands["move_asset"].trigger()
    assert page.form.where.place.line.hasFocus()
    qtbot.keyClicks(page.form.where.place.line, "Building B > Roof")
    page.pane.button.click()
    assert assets.get(desk.store, story.asset_id).row.place == "Building B › Roof"
    assert rows(page)[-1] == "SP-A, Sump pump"
    page.details.about.wants_lock_out.emit()
    assert page.form.energies.line.hasFocus()


def test_an_asset_is_taken_to_another_place_in_the_tree(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story, front: Front
) -> None:
    fan = assets.add(desk.store, site_id=story.site_id, name="Fan", place="Roof")
    page.go_to(fan)
    held = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page.tree, Qt.Key.Key_V, held)
    qtbot.keyClick(page.tree, Qt.Key.Key_X, held)
    assert front.notes == ["Go to its new place and press Ctrl V"]
    page.tree.choose_first()
    qtbot.keyClick(page.tree, Qt.Key.Key_Down)
    assert page.tree.currentIndex().data() == "Building A"
    qtbot.keyClick(page.tree, Qt.Key.Key_V, held)
    assert assets.get(desk.store, fan).row.place == "Building A"
    assert front.toasts == ["Moved Fan"]
    assert page.current_id() == fan
    page.go_to(story.asset_id)
    qtbot.keyClick(page.tree, Qt.Key.Key_X, held)
    page.tree.choose_first()
    qtbot.keyClick(page.tree, Qt.Key.Key_V, held)
    assert assets.get(desk.store, story.asset_id).row.place == ""
    desk.store.undo()
    assert assets.get(desk.store, story.asset_id).row.place == "Building A › Basement"


def test_what_repairs_came_to_stands_beside_the_price_of_a_new_one(
    page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    worth = page.details.figures[4]
    assert worth.first.text() == "–"
    done = past.finished_work(desk.store, story, title="Coupler", historic_cost=45250)
    assert done
    page.refresh()
    assert (worth.first.text(), worth.second.text()) == ("$452.50 spent", "1 repair")
    told = {"replacement_cost": Decimal(880), "installed_on": date(2010, 1, 1)}
    assets.edit(desk.store, story.asset_id, expected_life_years=15, **told)
    page.refresh()
    assert worth.second.text() == "51 % of $880.00 new, past its 15 years"
    assert worth.first.property("tone") == "amber"
