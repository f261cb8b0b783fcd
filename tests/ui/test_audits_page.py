"""The page of audits: begun, printed, entered by keys and by scanner, put into the register."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.audits import AuditStatus, Finding
from smallcmms.services import asset_audits, assets, technicians
from smallcmms.services.asset_audits import AuditLine
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.assets import AssetsPage
from smallcmms.ui.pages.audits import AuditsPage
from tests.build import Story
from tests.ui.conftest import Answers, Front

Look = Callable[[QWidget, str], None]
ROOF, CELLAR = "Building A › Roof", "Building A › Cellar"


@pytest.fixture
def pump(desk: Desk, story: Story) -> int:
    """Return a pump in the cellar."""
    return assets.add(desk.store, site_id=story.site_id, name="Pump", place=CELLAR, make="Halden")


@pytest.fixture
def fan(desk: Desk, story: Story) -> int:
    """Return a fan on the roof."""
    return assets.add(desk.store, site_id=story.site_id, name="Fan", place=ROOF, serial="F-1")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, pump: int, fan: int) -> AuditsPage:  # noqa: ARG001
    """Return the page, shown."""
    made = AuditsPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 780)
    made.show()
    made.shown()
    return made


@pytest.fixture
def audit(page: AuditsPage, story: Story) -> int:
    """Return an audit of the whole site that is shown."""
    page.begin("asset_audit", site_id=story.site_id)
    page.pane.button.click()
    return page.current_id()


def line(page: AuditsPage, asset_id: int) -> AuditLine:
    lines = asset_audits.get(page.desk.store, page.current_id()).lines
    return next(each for each in lines if each.asset_id == asset_id)


def test_without_an_audit_the_page_says_how_to_begin(page: AuditsPage) -> None:
    assert page.right.currentWidget() is page.empty
    technicians.add(page.desk.store, name="Ann Lee")
    page.new()
    walker = page.new_form.walker.combo
    assert [walker.itemText(at) for at in range(walker.count())] == [
        "Nobody yet",
        "Ann Lee",
        "Marco Reyes",
    ]
    assert page.right.currentWidget() is page.pane
    assert page.leave()
    assert page.right.currentWidget() is page.empty


def test_an_audit_of_a_site_is_begun_and_its_sheet_printed(
    page: AuditsPage, audit: int, ask: Answers, front: Front, tmp_path: Path
) -> None:
    assert page.right.currentWidget() is page.details
    assert front.toasts[-1] == "AU-001 begun: 3 assets"
    ask.path = tmp_path / "sheet.pdf"
    page.save_sheet()
    assert ask.path.read_bytes().startswith(b"%PDF")
    assert asset_audits.get(page.desk.store, audit).row.printed_at is not None


def test_a_sheet_is_entered_by_keys_and_put_into_the_register(  # noqa: PLR0917
    qtbot: QtBot, page: AuditsPage, audit: int, pump: int, fan: int, front: Front, look: Look
) -> None:
    page.details.list.choose(line(page, pump).id)
    page.found()
    assert line(page, pump).finding is Finding.FOUND
    page.details.list.choose(line(page, fan).id)
    page.moved()
    assert line(page, fan).finding is Finding.OPEN
    qtbot.keyClicks(page.details.seen.place.line, "Shed")
    page.details.seen.form.keep()
    assert (line(page, fan).finding, line(page, fan).seen_place) == (Finding.MOVED, "Shed")
    page.add_new()
    page.details.seen.plate[1].set_value("")
    qtbot.keyClicks(page.details.seen.plate[1].line, "Grey box")
    page.details.seen.form.keep()
    look(page, "audits-new")
    page.rest_missing()
    look(page, "audits")
    page.apply()
    assert front.toasts[-1] == "AU-001: 1 found, 1 missing, 1 moved, 1 new"
    assert assets.get(page.desk.store, fan).row.place == "Shed"
    assert asset_audits.get(page.desk.store, audit).row.status is AuditStatus.DONE
    assert not page.commands["apply"].isEnabled()
    page.desk.store.undo()
    assert page.commands["apply"].isEnabled()


def test_a_scanned_tag_is_found_where_the_person_stands(
    page: AuditsPage, audit: int, pump: int, fan: int, front: Front
) -> None:
    page.details.place.set_value(CELLAR)
    store = page.desk.store
    assert page.take_code(assets.get(store, pump).code)
    assert page.take_code(assets.get(store, fan).code)
    assert front.toasts[-2:] == ["Pump: Found", "Fan: Moved"]
    assert line(page, fan).seen_place == CELLAR
    assert page.take_code(asset_audits.get(store, audit).code)
    page.give_up()
    assert not page.take_code(assets.get(store, pump).code)


def test_a_typed_tag_does_the_same(qtbot: QtBot, page: AuditsPage, audit: int, pump: int) -> None:
    assert audit
    page.details.place.set_value(CELLAR)
    qtbot.keyClicks(page.details.tag.line, assets.get(page.desk.store, pump).row.number)
    qtbot.keyClick(page.details.tag.line, Qt.Key.Key_Return)
    assert line(page, pump).finding is Finding.FOUND
    assert page.details.tag.text == ""


def test_a_new_asset_is_taken_off_again(page: AuditsPage, audit: int) -> None:
    page.add_new()
    assert len(asset_audits.get(page.desk.store, audit).lines) == 4
    page.details.seen.take_off.click()
    assert len(asset_audits.get(page.desk.store, audit).lines) == 3


def test_an_audit_that_undo_takes_back_leaves_the_page(page: AuditsPage, audit: int) -> None:
    assert audit
    page.desk.store.undo()
    assert page.current_id() == 0
    assert page.right.currentWidget() is page.empty


def test_the_page_of_an_asset_says_since_when_it_is_missing_until_it_is_seen(
    qtbot: QtBot, page: AuditsPage, audit: int, pump: int
) -> None:
    assert audit
    page.rest_missing()
    page.apply()
    shown = AssetsPage(page.desk)
    qtbot.addWidget(shown)
    shown.go_to(pump)
    assert shown.details.stub.accessibleName() == "Missing since Jul 13"
    assert shown.commands["audited"].isVisible()
    shown.audited()
    shown.refresh()
    assert assets.get(page.desk.store, pump).missing_on is None
    assert not shown.commands["audited"].isVisible()
