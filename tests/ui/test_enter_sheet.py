from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheets import NotOnSheet
from smallcmms.reports import work_order as paper
from smallcmms.services import drafts, invoices, sheets, work_orders
from smallcmms.services.samples import story as told
from smallcmms.services.samples.story import ENTRY
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.sheet import SheetEdit
from smallcmms.ui.pages.enter_sheet import EnterSheetPage
from smallcmms.ui.widgets.box import TextBox
from smallcmms.ui.widgets.choice import Choice
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.conftest import Front


@pytest.fixture
def order_id(desk: Desk, story: Story, clock: Clock) -> int:
    """Return WO-2310, printed on Monday; it is Tuesday, 10:31."""
    clock.moment = july(13, 7, 10)
    request_id = told.log_the_call(desk.store, story)
    made = told.triage_it(desk.store, story, request_id)
    clock.moment = july(13, 7, 20)
    sheets.print_copy(desk.store, made, render=paper.render)
    clock.moment = july(14, 10, 31)
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, order_id: int) -> Iterator[EnterSheetPage]:
    """Return the page with the sheet of WO-2310 open."""
    made = EnterSheetPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.go_to(order_id)
    qtbot.waitUntil(lambda: made.edit is not None)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.hide()


def edit_of(page: EnterSheetPage) -> SheetEdit:
    assert page.edit is not None
    return page.edit


def press(keys: str) -> None:
    """Press keys where the focus is; | is Tab."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        if key == "|":
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        else:
            QTest.keyClicks(focus, key)


def test_the_sheet_is_shown_beside_its_boxes(page: EnterSheetPage) -> None:
    assert page.paper_head.title.text() == "Sheet 2310"
    assert page.paper.pages == 2
    assert page.number_label.text() == "WO-2310"
    assert edit_of(page).times[0].boxes["date"].typed == "Jul 13"


def test_the_storys_keys_give_the_storys_hours_and_bill(qtbot: QtBot, page: EnterSheetPage) -> None:
    edit = edit_of(page)
    edit.enter()
    press("Jul 13|7:40|8:05|9:50|10:15|")
    edit.marks[0].enter()
    press("OFF8.9OO")
    press("1|0|1|hose clamp Truck 1")
    qtbot.waitUntil(lambda: edit.hours.text() == "on site 1.75 h, driving 0.83 h")
    entry = edit.entry()
    assert [line.mark for line in entry.marks] == [line.mark for line in ENTRY.marks]
    assert entry.marks[3].value == "8.9"
    assert entry.used == ("1", "0")
    qtbot.waitUntil(lambda: page.bill.text().startswith("Invoice would be $335.89"))
    assert edit.others[0].found.text() == "found: HC-2, Truck 1"
    assert edit.used[0].place.text() == "was 2 on Truck 1, now 1"


def test_every_key_is_kept_as_a_draft(qtbot: QtBot, desk: Desk, page: EnterSheetPage) -> None:
    edit = edit_of(page)
    edit.found.setFocus()
    qtbot.keyClicks(edit.found.text_edit, "Float stuck")
    assert page.sheet is not None
    subject = str(page.sheet.work_order_id)

    def kept() -> bool:
        draft = drafts.get(desk.store, sheets.DRAFT, subject)
        return draft is not None and draft.get("found_and_did") == "Float stuck"

    qtbot.waitUntil(kept)
    again = EnterSheetPage(desk)
    qtbot.addWidget(again)
    again.go_to(page.sheet.work_order_id)
    qtbot.waitUntil(lambda: again.edit is not None)
    assert edit_of(again).found.text == "Float stuck"


def test_done_makes_the_draft_of_the_invoice(
    qtbot: QtBot, desk: Desk, front: Front, page: EnterSheetPage, order_id: int
) -> None:
    edit_of(page).show_entry(ENTRY)
    page.done_button.click()
    [(name, invoice_id)] = front.went
    assert (name, invoices.get(desk.store, invoice_id).total) == ("invoices", told.TOTAL)
    assert work_orders.get(desk.store, order_id).state.value == "to_invoice"
    assert front.toasts == ["WO-2310 entered"]
    assert drafts.get(desk.store, sheets.DRAFT, str(order_id)) is None
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 0)


def test_what_is_missing_may_not_be_on_the_sheet(page: EnterSheetPage, order_id: int) -> None:
    edit = edit_of(page)
    edit.show_entry(ENTRY)
    edit.cause.set_value("")
    assert page.sheet is not None
    with pytest.raises(RuleBroken, match="cause"):
        page._enter(sheets.Then.INVOICE)
    assert page.missing.isVisible()
    page._answer()
    assert edit.entry().not_on_sheet == {NotOnSheet.CODING}
    page._enter(sheets.Then.INVOICE)
    assert order_id


def test_a_time_before_the_one_before_it_is_asked_about_beside_its_box(
    qtbot: QtBot, page: EnterSheetPage
) -> None:
    edit = edit_of(page)
    edit.enter()
    press("Jul 13|7:40|9:50|8:05|10:15|")
    box = edit.times[0].boxes["finished"]
    qtbot.waitUntil(lambda: bool(box.error.text()))


def test_go_back_asks_for_what(page: EnterSheetPage) -> None:
    edit = edit_of(page)
    assert not edit.reason.isVisible()
    edit.result.choose("go_back")
    assert edit.reason.isVisible()
    edit.reason.choose("go_back_part")
    assert edit.entry().result == "go_back_part"


def test_without_a_sheet_the_page_asks_for_a_number(qtbot: QtBot, desk: Desk, story: Story) -> None:
    page = EnterSheetPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    assert page.stack.currentIndex() == 0
    page.number.line.setText("99")
    with pytest.raises(RuleBroken, match="not in this file"):
        page._open_typed()
    assert story.asset_id


def test_a_sheet_whose_copy_or_work_order_is_taken_back_is_closed(
    qtbot: QtBot, desk: Desk, front: Front, page: EnterSheetPage
) -> None:
    edit_of(page).enter()
    press("Jul 13|7:40|")
    desk.store.undo()
    page.refresh()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 0)
    assert (page.edit, page.current_id(), front.told) == (None, 0, [])


def test_the_boxes_keep_to_their_lines_while_something_is_asked(page: EnterSheetPage) -> None:
    edit = edit_of(page)
    found = next(box for box in edit.findChildren(TextBox))
    before = found.text_edit.height()
    edit.findChildren(Choice)[0].show_error("Say the cause of it")
    QApplication.processEvents()
    assert found.text_edit.height() < 2 * before
