from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.services import label_sheets
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.label_sheet import LabelSheetForm
from smallcmms.ui.pages.settings import SettingsPage
from smallcmms.ui.pages.settings_register import Register
from tests.ui.conftest import Answers, Front


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.shown()
    made.begin("label_sheets")
    return made


@pytest.fixture
def register(page: SettingsPage) -> Register:
    [found] = [each.widget for each in page.sections if each.title == "Label sheets"]
    assert isinstance(found, Register)
    return found


def fill(form: LabelSheetForm, **texts: str) -> None:
    for name, text in texts.items():
        box = form.form.boxes[name].editor
        assert isinstance(box, QLineEdit)
        box.setText(text)
        box.textEdited.emit(text)


def test_the_section_is_shown_by_its_name(page: SettingsPage) -> None:
    assert page.heading_label.text() == "Label sheets"


def test_a_sheet_is_measured_checked_and_added(
    page: SettingsPage, register: Register, desk: Desk, look: Callable[[QWidget, str], None]
) -> None:
    register.new.click()
    form = register.form
    assert form.told.text().startswith("30 labels a page.")
    assert form.preview.pages == 1
    fill(form, name="Nameplates", columns="4")
    assert form.told.text() == "The last column ends beyond the page's right edge."
    assert form.preview.pages == 0
    fill(form, width="48", pitch_x="50", columns="4")
    assert form.told.text().startswith("40 labels a page.")
    look(page, "label-sheets")
    register.make_button.click()
    [sheet] = label_sheets.own(desk.store).values()
    assert (sheet.name, sheet.columns, sheet.width) == ("Nameplates", 4, 48.0)


def test_measures_that_fit_only_together_are_kept_together(register: Register, desk: Desk) -> None:
    usual = label_sheets.begun_from(label_sheets.sold()["5160"])
    sheet_id = label_sheets.add(desk.store, name="Own", **usual)
    register.refresh()
    register.list.choose(sheet_id)
    register._choose(sheet_id)
    form = register.form
    fill(form, columns="4")
    assert form.told.text().startswith("The last column")
    fill(form, width="40", pitch_x="50")
    form.form.keep()
    sheet = label_sheets.own(desk.store)[sheet_id]
    assert (sheet.columns, sheet.width, sheet.pitch_x) == (4, 40.0, 50.0)


def test_a_test_page_is_printed_and_a_sheet_put_away(
    register: Register, desk: Desk, ask: Answers, front: Front, tmp_path_factory: object
) -> None:
    assert tmp_path_factory
    usual = label_sheets.begun_from(label_sheets.sold()["L4736"])
    sheet_id = label_sheets.add(desk.store, name="Own", **usual)
    register.refresh()
    register._choose(sheet_id)
    ask.says = False
    register.form.test_button.click()
    assert ask.asked == ["Test page: Own"]
    register.form.away.click()
    assert label_sheets.own(desk.store) == {}
    assert front.toasts == ["Archived Own"]
