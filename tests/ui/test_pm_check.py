"""The PM schedules are checked by themselves: at the start, and once past midnight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from smallcmms.domain.pm import Missed
from smallcmms.services import pm, pm_schedules, technicians, today, work_orders
from smallcmms.store.store import Store
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.board import BoardForm
from smallcmms.ui.pages.asset_upkeep import AssetUpkeep
from smallcmms.ui.pages.today_upkeep import TodayUpkeep
from smallcmms.ui.pages.work_order_head import WorkOrderHead
from smallcmms.ui.pm_check import PmCheck
from smallcmms.ui.status import StatusRow
from smallcmms.ui.toast import ErrorLine
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.conftest import Front
from tests.upkeep import made, schedule


@pytest.fixture(autouse=True)
def now(clock: Clock) -> None:
    clock.moment = july(14, 10, 24)


@pytest.fixture
def check(desk: Desk) -> Iterator[PmCheck]:
    """Return the check of a shop that is open."""
    checks = PmCheck(desk, desk.relay)
    yield checks
    checks.end()


def test_it_is_checked_at_the_start_and_told(
    check: PmCheck, qtbot: QtBot, store: Store, story: Story
) -> None:
    schedule(store, story)
    with qtbot.waitSignal(check.told) as told:
        check.look()
    assert told.args == ["1 due, 1 work order made: WO-2310"]
    assert len(made(store)) == 1


def test_it_is_checked_again_past_midnight_and_only_then(
    check: PmCheck, qtbot: QtBot, store: Store, story: Story, clock: Clock
) -> None:
    schedule(store, story, every=1, anchor_on=date(2026, 7, 22), missed=Missed.EACH)
    check.look()
    qtbot.waitUntil(lambda: pm.checked(store).on == date(2026, 7, 14))
    check.look()
    assert made(store) == []
    clock.advance(days=1)
    with qtbot.waitSignal(check.told) as told:
        check.look()
    assert told.args == ["Away 1 day: 1 due, 1 work order made: WO-2310"]


def test_a_jump_of_the_clock_is_asked_about_and_then_made(
    check: PmCheck, qtbot: QtBot, store: Store, story: Story, clock: Clock
) -> None:
    schedule(store, story)
    pm.generate(store)
    clock.advance(days=400)
    with qtbot.waitSignal(check.asked) as asked:
        check.look()
    assert "Aug 18, 2027" in asked.args[0]
    with qtbot.waitSignal(check.told) as told:
        check.check_surely()
    assert told.args[0].startswith("Away 400 days: ")


def test_a_question_stays_in_its_line_until_it_is_answered(qtbot: QtBot) -> None:
    asked: list[int] = []
    line = ErrorLine()
    qtbot.addWidget(line)
    line.show()
    line.ask("Is the date right?", "It is", lambda: asked.append(1))
    line.say("")
    assert line.isVisible()
    line.do.click()
    assert (asked, line.isVisible()) == ([1], False)
    line.say("No paper")
    assert line.do.isHidden()
    line.say("")
    assert line.isHidden()


def test_the_status_row_tells_what_was_found(qtbot: QtBot) -> None:
    status = StatusRow()
    qtbot.addWidget(status)
    words = "Away 9 days: 4 due, 1 merged, 1 covered by Annual"
    status.tell_checked(words)
    assert status.checked.text() == words


def test_today_shows_what_schedules_made_until_it_is_scheduled(
    qtbot: QtBot, desk: Desk, store: Store, story: Story, front: Front
) -> None:
    schedule(store, story)
    pm.generate(store)
    group = TodayUpkeep(desk)
    qtbot.addWidget(group)
    found = today.page(store).upkeep
    group.show_group(found)
    thing = group.list.row_of(1)
    assert (thing.cell.first, thing.cell.right) == ("Sump pump, monthly", "due Jul 20")
    thing.press()
    assert front.begun == [("work_orders", "schedule", {"work_order_id": found.rows[0].id})]
    work_orders.schedule(
        store,
        found.rows[0].id,
        technician_ids=[story.technician_id],
        planned_from=july(15, 8, 0),
        planned_to=july(15, 9, 0),
    )
    assert today.page(store).upkeep.count == 0


def test_an_asset_shows_its_schedules_with_the_next_date(
    qtbot: QtBot, desk: Desk, store: Store, story: Story, front: Front
) -> None:
    first = schedule(store, story, anchor_on=date(2026, 10, 1))
    block = AssetUpkeep(desk)
    qtbot.addWidget(block)
    block.show_asset(story.asset_id)
    cell = block._cell(block.rows.row_of(1))
    assert (cell.first, cell.second, cell.right) == (
        "Sump pump, monthly",
        "PM-001, Every month",
        "Oct 1",
    )
    block.rows.opened.emit(1)
    assert front.went == [("pm_schedules", first)]
    pm_schedules.end(store, first)
    block.show_asset(story.asset_id)
    assert block.header.count.text() == ""


def test_who_is_wanted_is_shown_and_offered_first(
    qtbot: QtBot, desk: Desk, store: Store, story: Story
) -> None:
    technicians.add(store, name="Aaron Abel", truck="Truck 8")
    schedule(store, story, technician_id=story.technician_id)
    pm.generate(store)
    page = work_orders.get(store, made(store)[0][0])
    assert page.wanted is not None
    board = BoardForm(desk)
    qtbot.addWidget(board)
    board.begin(page)
    assert board.who.value == story.technician_id
    menu = QMenu()
    qtbot.addWidget(menu)
    head = WorkOrderHead(desk, [], menu)
    qtbot.addWidget(head)
    head.show_page(page)
    assert head.who.second.text() == "wanted by its PM schedule"
