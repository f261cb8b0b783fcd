from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from smallcmms.domain.sheets import Mark
from smallcmms.services import work_orders
from smallcmms.store.store import Store
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.work_orders import WorkOrdersPage
from tests import jobs
from tests.build import Story
from tests.conftest import Clock
from tests.ui.conftest import Front
from tests.ui.test_work_orders_page import shown


@pytest.fixture
def order(store: Store, clock: Clock, story: Story) -> int:
    return jobs.scheduled(store, clock, story)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, order: int) -> WorkOrdersPage:
    return shown(qtbot, desk, order)


def test_the_checklist_is_ticked_read_and_lengthened(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int
) -> None:
    tasks = page.details.tasks
    tasks.rows[1].tick.click()
    current = tasks.rows[3]
    qtbot.keyClicks(current.value.line, "8.9")
    qtbot.keyClick(current.value.line, Qt.Key.Key_Return)
    tasks.add_button.click()
    qtbot.keyClicks(tasks.box.line, "Sweep the pit")
    qtbot.keyClick(tasks.box.line, Qt.Key.Key_Return)
    lines = work_orders.get(store, order).tasks
    assert lines[1].mark is Mark.OK
    assert (lines[3].mark, lines[3].value) == (Mark.OK, "8.9")
    assert lines[5].text == "Sweep the pit"
    assert tasks.header.count.text() == "2 of 6"
    tasks.rows[5].actions()[0].trigger()
    assert len(tasks.rows) == 5


def test_parts_are_added_changed_and_taken_off(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int
) -> None:
    parts = page.details.parts
    parts.add_button.click()
    qtbot.keyClicks(parts.bar.part.line, "hose")
    qtbot.keyClick(parts.bar.part.line, Qt.Key.Key_Return)
    parts.bar.quantity.line.selectAll()
    qtbot.keyClicks(parts.bar.quantity.line, "2")
    parts.bar.do.click()
    assert [int(line.quantity) for line in work_orders.get(store, order).parts] == [1, 1, 2]
    parts.list.opened.emit(3)
    parts.bar.off.click()
    assert len(work_orders.get(store, order).parts) == 2
    place = parts._place(work_orders.get(store, order).parts[0])
    assert place is not None
    assert (place.text, place.tone) == ("On Truck 1", "green")


def test_time_is_booked_by_hand_and_taken_off(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int
) -> None:
    labour = page.details.labour
    labour.add_button.click()
    qtbot.keyClicks(labour.bar.minutes.line, "1:30")
    labour.bar.do.click()
    assert labour.header.count.text() == "2 h planned"
    labour.bar.lock_out.click()
    labour.bar.do.click()
    assert labour.header.count.text() == "1.5 h booked"
    labour.list.opened.emit(1)
    assert labour.off_words.text() == "Marco Reyes, 1.5 h"
    labour._remove()
    assert work_orders.get(store, order).labour == ()


def test_the_note_for_the_truck_saves_by_itself(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int
) -> None:
    qtbot.keyClicks(page.details.note.note.text_edit, "By the dock")
    page.keep()
    assert work_orders.get(store, order).truck_note == "By the dock"
    store.undo()
    assert page.details.note.note.text == ""


def test_a_written_note_stands_first_in_what_happened(qtbot: QtBot, page: WorkOrdersPage) -> None:
    happened = page.details.beside.happened
    qtbot.keyClicks(happened.note.line, "Priya called again")
    qtbot.keyClick(happened.note.line, Qt.Key.Key_Return)
    assert happened.lines[0] == "Priya called again"


def test_an_edit_saves_when_its_box_is_left(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int
) -> None:
    page.commands["edit"].trigger()
    title = page.form.form.boxes["title"].editor
    title.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(title, "Pump hums")
    page.pane.button.click()
    assert work_orders.get(store, order).title == "Pump hums"
    assert page.details.head.title.text() == "Pump hums"


def test_links_lead_to_customer_asset_and_sheet(
    page: WorkOrdersPage, story: Story, order: int, front: Front
) -> None:
    page.details.head.customer.link.click()
    page.details.head.asset.link.click()
    page.commands["enter_sheet"].trigger()
    assert front.went == [
        ("customers", story.customer_id),
        ("assets", story.asset_id),
        ("enter_sheet", order),
    ]
    assert page.about() == {
        "customer_id": story.customer_id,
        "site_id": story.site_id,
        "asset_id": story.asset_id,
    }
