from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import HoldReason
from smallcmms.services import invoices, pm, requests, technicians, work_orders
from smallcmms.services.today import Name
from smallcmms.store.store import Store
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.today import TodayPage
from tests import upkeep
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.conftest import Answers, Front

KEY = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: Story, clock: Clock) -> TodayPage:
    """Return the page on Tuesday at 10:24."""
    assert story.asset_id
    clock.moment = july(14, 10, 24)
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.resize(1240, 780)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def work(store: Store, story: Story, title: str, due: date, level: int = 3) -> int:
    made = work_orders.add(
        store, title=title, wrong=title, level=Level(level), due_on=due,
        customer_id=story.customer_id, site_id=story.site_id,
    )  # fmt: skip
    work_orders.approve(store, made)
    return made


def put(store: Store, job: int, technician_id: int, hour: int, *, minutes: int) -> None:
    begins = july(14, hour, 0)
    ends = begins + timedelta(minutes=minutes)
    work_orders.schedule(
        store, job, technician_ids=[technician_id], planned_from=begins, planned_to=ends
    )


def fill(qtbot: QtBot, page: TodayPage) -> None:
    with qtbot.waitSignal(page.filled):
        page.refresh()


def test_nothing_needs_somebody_now(qtbot: QtBot, page: TodayPage) -> None:
    fill(qtbot, page)
    assert page.empty.isVisible()
    assert page.day.text() == "Tuesday, July 14"
    assert not page.strip.isVisible()
    assert all(group.isHidden() for group in page.groups.values())


def test_how_much_upkeep_was_on_time_shows_once_some_was_due(
    qtbot: QtBot, page: TodayPage, clock: Clock, story: Story, front: Front
) -> None:
    fill(qtbot, page)
    card = page.figures.upkeep
    assert card.isHidden()
    upkeep.schedule(page.desk.store, story)
    pm.generate(page.desk.store)
    clock.moment += timedelta(days=60)
    fill(qtbot, page)
    qtbot.waitUntil(lambda: not card.isHidden())
    assert (card.text(), card.more) == ("0 %", "last 90 days, 0 of 1")
    card.click()
    assert front.went[-1][0] == "pm_schedules"


def test_the_strip_counts_down_and_leads_to_the_l1(
    qtbot: QtBot, page: TodayPage, clock: Clock, front: Front
) -> None:
    store = page.desk.store
    flood = requests.log(store, words="Flood. Hurry", level=Level.CRITICAL, override_reason="Deep")
    fill(qtbot, page)
    assert page.strip.said.first == "Flood"
    assert page.strip.answer.text() == "Answer by 11:24 AM, 1 h left"
    clock.advance(minutes=12)
    page._tick()
    assert page.strip.answer.text() == "Answer by 11:24 AM, 48 min left"
    page.strip.do.click()
    assert front.went == [("requests", flood)]


def test_space_does_what_the_button_of_a_row_says(
    qtbot: QtBot, page: TodayPage, story: Story, front: Front
) -> None:
    store = page.desk.store
    late = work(store, story, "Late", date(2026, 7, 10))
    parts = work(store, story, "Parts", date(2026, 7, 20))
    work_orders.hold(store, parts, reason=HoldReason.PARTS)
    fill(qtbot, page)
    overdue = page.groups[Name.OVERDUE].list
    overdue.enter(1)
    qtbot.keyClick(overdue, KEY.Key_Space)
    assert front.begun == [("work_orders", "schedule", {"work_order_id": late})]
    qtbot.keyClick(overdue, KEY.Key_Return)
    assert front.went == [("work_orders", late)]
    qtbot.keyClick(overdue, KEY.Key_Down)
    waiting = page.groups[Name.WAITING_PARTS].list
    assert waiting.hasFocus()
    qtbot.keyClick(waiting, KEY.Key_Space)
    assert work_orders.get(store, parts).hold_reason is None
    assert front.toasts[-1].endswith("waits no longer")


def test_a_click_on_the_button_is_no_click_on_the_row(
    qtbot: QtBot, page: TodayPage, story: Story, front: Front
) -> None:
    late = work(page.desk.store, story, "Late", date(2026, 7, 10))
    fill(qtbot, page)
    rows = page.groups[Name.OVERDUE].list
    middle = rows.visualRect(rows.rows.index(0, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert front.went == [("work_orders", late)]
    edge = QPoint(rows.viewport().width() - 40, middle.y())
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    assert front.went == [("work_orders", late)]
    assert front.begun == [("work_orders", "schedule", {"work_order_id": late})]


def test_a_batch_asks_once_prints_once_and_takes_back_what_did_not_print(
    qtbot: QtBot, page: TodayPage, story: Story, ask: Answers, front: Front
) -> None:
    store = page.desk.store
    made = [work(store, story, f"Fan {hour}", date(2026, 7, 14), level=4) for hour in (11, 12)]
    for hour, each in zip((11, 12), made, strict=True):
        put(store, each, story.technician_id, hour, minutes=30)
    requests.log(store, words="Flood", level=Level.CRITICAL, override_reason="Deep")
    fill(qtbot, page)
    assert page.print_due.words == "Print 2"
    page.print_due.click()
    assert page.asking.isVisible()
    page.asking.reason.put_back("On the way")
    ask.says = False
    page.asking.do.click()
    qtbot.waitUntil(lambda: ask.asked[-1:] == ["2 sheets"])
    qtbot.waitUntil(lambda: [c.state for c in work_orders.get(store, made[1]).copies] == ["failed"])
    assert front.toasts == []


def test_the_arrows_walk_the_strip_of_trucks(
    qtbot: QtBot, page: TodayPage, story: Story, front: Front
) -> None:
    store = page.desk.store
    jess = technicians.add(store, name="Jess Okafor", truck="Truck 2")
    for who, hour, title in ((story.technician_id, 8, "A"), (story.technician_id, 13, "B"),
                             (jess, 12, "C")):  # fmt: skip
        made = work(store, story, title, date(2026, 7, 20))
        put(store, made, who, hour, minutes=60)
    fill(qtbot, page)
    page.trucks.setFocus()
    for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Down, KEY.Key_Return):
        qtbot.keyClick(page.trucks, key)
    assert page.trucks.chosen is not None
    assert page.trucks.chosen.title == "C"
    assert "Jess Okafor, 12:00–1:00 PM" in page.trucks.accessibleDescription()
    assert front.went == [("work_orders", page.trucks.chosen.work_order_id)]
    page.spans.choose("week")
    qtbot.waitUntil(lambda: page.page is not None and len(page.page.board.days) == 5)
    page.grab()


def test_more_than_five_are_shown_on_demand(qtbot: QtBot, page: TodayPage) -> None:
    for number in range(7):
        requests.log(page.desk.store, words=f"Drip {number}")
    fill(qtbot, page)
    group = page.groups[Name.TRIAGE]
    assert (group.list.rows.rowCount(), group.more.words) == (5, "All 7")
    with qtbot.waitSignal(page.filled):
        group.more.click()
    assert group.list.rows.rowCount() == 7
    assert not group.more.isVisible()


def test_a_small_window_has_two_columns_and_scrolls(qtbot: QtBot, page: TodayPage) -> None:
    fill(qtbot, page)
    assert page._columns.count() == 3
    page.resize(1000, 500)
    qtbot.waitUntil(lambda: page._columns.count() == 2)
    assert invoices.find(page.desk.store) == []
