from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import HoldReason, WorkOrderStatus
from smallcmms.services import certificates, drafts, invoices, requests, sheets, work_orders
from smallcmms.services.work_orders import WorkOrderPage
from smallcmms.store.store import Store
from smallcmms.ui import errors
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.work_order import DRAFT
from smallcmms.ui.pages.work_order_list import DRAFT_ID
from smallcmms.ui.pages.work_orders import WorkOrdersPage
from tests import build, jobs
from tests.build import Story
from tests.conftest import Clock
from tests.ui.conftest import Front

SPOKEN = (
    "Level 2 High, Sump pump SP-A: high-water alarm, 2310 · Harbor View Apartments, "
    "Mon, Marco, Scheduled"
)
Look = Callable[[QWidget, str], None]


@pytest.fixture
def order(store: Store, clock: Clock, story: Story) -> int:
    return jobs.scheduled(store, clock, story)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, order: int) -> WorkOrdersPage:
    return shown(qtbot, desk, order)


def shown(qtbot: QtBot, desk: Desk, work_order_id: int) -> WorkOrdersPage:
    page = WorkOrdersPage(desk)
    qtbot.addWidget(page)
    page.resize(1230, 780)
    page.show()
    page.shown()
    qtbot.waitExposed(page)
    page.go_to(work_order_id)
    qtbot.waitUntil(lambda: page.list.rows.chosen_id == work_order_id)
    return page


def names(page: WorkOrdersPage) -> list[str]:
    model = page.list.model
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def filled(page: WorkOrdersPage) -> str:
    """Return the words of the filled button."""
    return next(button.words for button in page._next.values() if button.isVisible())


def offered(page: WorkOrdersPage) -> list[str]:
    """Return what the menu behind the three dots offers."""
    page._fill_menu()
    return [act.text() for act in page.more.actions() if not act.isSeparator()]


def test_a_work_order_is_shown_whole_beside_the_list(
    page: WorkOrdersPage, order: int, look: Look, qtmodeltester: ModelTester
) -> None:
    head = page.details.head
    assert page.current_id() == order
    assert head.number.text() == "WO-2310"
    assert head.title.text() == "Sump pump SP-A: high-water alarm"
    assert head.wrong.text() == "Sump pump alarm is on, water is high"
    assert head.customer.link.words == "Harbor View Apartments"
    assert head.where.second.text() == "Building A › Basement"
    assert head.when.first.text() == "Today 8:00–10:00 AM"
    assert (head.who.first.text(), head.who.second.text()) == ("Marco Reyes", "Truck 1")
    assert names(page) == ["Level 2 High 1", SPOKEN]
    assert page.details.tasks.header.count.text() == "0 of 5"
    assert page.details.labour.nothing.text() == (
        "Comes in with Marco’s sheet. Nothing entered yet."
    )
    assert page.details.beside.happened.lines[-1] == "Priya Natarajan called, R-1037"
    qtmodeltester.check(page.list.model)
    look(page, "work_orders")


def test_each_state_has_its_one_filled_button(
    page: WorkOrdersPage, store: Store, order: int
) -> None:
    assert filled(page) == "Done, enter sheet"
    work_orders.unschedule(store, order)
    assert filled(page) == "Put on the board"
    work_orders.hold(store, order, reason=HoldReason.PARTS)
    assert filled(page) == "Part is in"
    page.commands["resume"].trigger()
    assert filled(page) == "Put on the board"


def test_done_work_goes_from_review_to_its_invoice(
    page: WorkOrdersPage, store: Store, clock: Clock, order: int, front: Front
) -> None:
    clock.moment = build.july(14, 10, 31)
    sheets.enter(store, order, jobs.entry())
    assert filled(page) == "Close"
    assert "Float stuck" in page.details.found.text.text()
    assert page.details.parts.header.count.text() == "2 used"
    page.commands["close_order"].trigger()
    assert filled(page) == "Make invoice"
    page.commands["make_invoice"].trigger()
    invoice_id = front.went[-1][1]
    assert front.went[-1][0] == "invoices"
    assert filled(page) == "Open the draft invoice"
    page.commands["make_invoice"].trigger()
    assert front.went[-1] == ("invoices", invoice_id)
    number = invoices.issue(store, invoice_id, render=lambda _paper: b"%PDF")
    assert filled(page) == f"Open {number}"


def test_work_that_nobody_confirmed_is_closed_only_once_that_is_waived(
    page: WorkOrdersPage, store: Store, clock: Clock, order: int
) -> None:
    clock.moment = build.july(14, 10, 31)
    sheets.enter(store, order, jobs.entry(customer_name="", is_not_happy=True))
    page.commands["close_order"].trigger()
    assert page.details.reason.title.title.text() == "The customer has not confirmed"
    assert work_orders.get(store, order).status is WorkOrderStatus.COMPLETED
    page.details.reason.do.click()
    assert work_orders.get(store, order).status is WorkOrderStatus.CLOSED
    assert not page.details.has_open_form


def test_the_menu_offers_only_what_the_state_allows(
    page: WorkOrdersPage, store: Store, order: int
) -> None:
    assert "Take off the board" in offered(page)
    assert "Open it again" not in offered(page)
    assert not page.commands["reopen"].isEnabled()
    work_orders.unschedule(store, order)
    assert "Take off the board" not in offered(page)
    work_orders.cancel(store, order, reason="Called off")
    assert offered(page) == []


def test_cancelling_asks_why_beside_the_work_and_takes_nothing_empty(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int
) -> None:
    page.commands["cancel"].trigger()
    form = page.details.reason
    form.do.click()
    assert form.reason.error.text() == "Write something here."
    qtbot.keyClicks(form.reason.line, "They fixed it themselves")
    form.do.click()
    assert work_orders.get(store, order).cancel_reason == "They fixed it themselves"
    assert not page.details.has_open_form


def test_escape_leaves_what_is_asked_and_the_fill_goes_back(page: WorkOrdersPage) -> None:
    page.commands["hold"].trigger()
    assert page._next["enter_sheet"].kind == ""
    assert page.leave()
    assert not page.details.has_open_form
    assert page._next["enter_sheet"].kind == "primary"


def test_a_level_is_set_with_its_key_and_a_reason(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClicks(page.details.reason.reason.line, "Water rises")
    page.details.reason.do.click()
    assert work_orders.get(store, order).level == 1
    assert page.details.beside.happened.lines[0] == "L1 instead of L2: Water rises"


def test_waiting_takes_what_for(page: WorkOrdersPage, store: Store, order: int) -> None:
    page.commands["hold"].trigger()
    page.details.reason.choice.set_value(HoldReason.ACCESS)
    page.details.reason.do.click()
    assert work_orders.get(store, order).hold_reason is HoldReason.ACCESS
    assert filled(page) == "Go on with it"


def test_the_board_offers_the_first_gap_and_takes_a_visit(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int
) -> None:
    work_orders.unschedule(store, order)
    page.commands["schedule"].trigger()
    board = page.details.board
    assert (board.start.typed, board.minutes.typed) == ("8:00 AM", "120")
    board.start.line.clear()
    qtbot.keyClicks(board.start.line, "1")
    board.do.click()
    [visit] = [each for each in work_orders.get(store, order).visits if each.status == "planned"]
    assert visit.planned_from == build.july(13, 13, 0)
    assert visit.planned_to == build.july(13, 15, 0)
    assert not page.details.has_open_form


def test_an_l4_goes_on_the_board_before_a_waiting_l1_for_a_reason(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int, look: Look
) -> None:
    errors.signals.broken.connect(page.show_error)
    work_orders.unschedule(store, order)
    work_orders.set_level(store, order, level=Level.LOW, reason="It can wait")
    requests.log(store, words="Flood", level=Level.CRITICAL, override_reason="Cellar full")
    page.commands["schedule"].trigger()
    board = page.details.board
    assert not board.waiting.isVisible()
    board.do.click()
    assert board.waiting.isVisible()
    assert board.waiting.error.text().startswith("R-1038 is L1 and waits")
    look(page, "board_waiting")
    assert work_orders.get(store, order).status is WorkOrderStatus.APPROVED
    qtbot.keyClicks(board.waiting.line, "He is next door")
    board.do.click()
    assert work_orders.get(store, order).status is WorkOrderStatus.SCHEDULED
    assert any("He is next door" in line for line in page.details.beside.happened.lines)


def test_a_visit_is_moved_to_who_lacks_a_certificate_for_a_reason(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, story: Story, order: int
) -> None:
    certificates.ask_for(store, kind="EPA 608", site_id=story.site_id)
    page.commands["move_visit"].trigger()
    board = page.details.board
    board.do.click()
    assert board.override.isVisible()
    qtbot.keyClicks(board.override.line, "Jess is on the phone with him")
    board.do.click()
    assert [each.status for each in work_orders.get(store, order).visits] == [
        "rescheduled",
        "planned",
    ]


def test_a_planned_visit_is_moved(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, order: int
) -> None:
    page.commands["move_visit"].trigger()
    board = page.details.board
    assert board.start.typed == "8:00 AM"
    board.start.line.clear()
    qtbot.keyClicks(board.start.line, "9:30")
    board.do.click()
    planned = [each for each in work_orders.get(store, order).visits if each.status == "planned"]
    assert [visit.planned_from for visit in planned] == [build.july(13, 9, 30)]


def test_a_new_work_order_is_made_and_approved_in_one_step(
    qtbot: QtBot, page: WorkOrdersPage, store: Store, story: Story, front: Front
) -> None:
    page.commands["new"].trigger()
    form = page.new_form
    form.asset.set_value(None)
    qtbot.keyClicks(form.asset.line, "sump")
    qtbot.keyClick(form.asset.line, Qt.Key.Key_Return)
    qtbot.keyClicks(form.title.line, "Yearly look at the pit")
    assert drafts.get(store, *DRAFT) is not None
    page.pane.button.click()
    made = work_orders.get(store, page.current_id())
    assert made.status is WorkOrderStatus.APPROVED
    assert made.customer is not None
    assert made.customer.id == story.customer_id
    assert made.asset is not None
    assert drafts.get(store, *DRAFT) is None
    assert front.toasts == ["WO-2311 made"]
    store.undo()
    qtbot.waitUntil(lambda: len(names(page)) == 2)


def test_a_half_typed_work_order_stays_in_the_list(
    qtbot: QtBot, page: WorkOrdersPage, desk: Desk, order: int
) -> None:
    page.commands["new"].trigger()
    qtbot.keyClicks(page.new_form.title.line, "Look at")
    assert page.leave()
    qtbot.waitUntil(lambda: "Look at, Draft" in names(page))
    later = shown(qtbot, desk, order)
    later.list.rows.choose(DRAFT_ID)
    assert later.new_form.title.typed == "Look at"


def test_a_work_order_without_a_place_is_asked_for_one_beside_its_box(
    page: WorkOrdersPage, store: Store
) -> None:
    errors.signals.broken.connect(page.show_error)
    page.begin("work_order", words="Gutter")
    page.pane.button.click()
    assert len(work_orders.find(store)) == 1
    assert page.new_form.site.error.text() == "Say where the work is: a site or an asset."


def test_chips_narrow_the_list_and_the_last_one_is_remembered(
    qtbot: QtBot, page: WorkOrdersPage, desk: Desk, story: Story
) -> None:
    work_orders.add(
        desk.store, title="Paint the door", wrong="It rusts", level=Level.LOW,
        site_id=story.site_id, is_approved=True,
    )  # fmt: skip
    qtbot.waitUntil(lambda: len(names(page)) == 4)
    page.list.chips._chips["to_schedule"].click()
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    assert names(page)[0] == "Level 4 Low 1"
    again = WorkOrdersPage(desk)
    qtbot.addWidget(again)
    assert again.list.chips.value == "to_schedule"
    assert again.list.chips._chips["to_review"].isHidden()


def test_the_filter_leaves_what_matches_and_escape_clears_it(
    qtbot: QtBot, page: WorkOrdersPage
) -> None:
    qtbot.keyClicks(page.list.filter.line, "boiler")
    qtbot.waitUntil(lambda: names(page) == [])
    assert page.leave()
    qtbot.waitUntil(lambda: len(names(page)) == 2)


def test_the_count_is_hot_while_an_l1_is_to_be_scheduled(
    page: WorkOrdersPage, store: Store, story: Story
) -> None:
    assert page.waiting(page.desk.store) == (1, False)
    work_orders.add(
        store, title="Gas smell", wrong="Gas smell", level=Level.CRITICAL, asset_id=story.asset_id,
        is_approved=True,
    )  # fmt: skip
    assert page.waiting(page.desk.store) == (2, True)


def test_work_that_is_taken_back_leaves_the_page(
    qtbot: QtBot, desk: Desk, store: Store, story: Story
) -> None:
    made = work_orders.add(store, title="Paint", level=Level.LOW, site_id=story.site_id)
    page = shown(qtbot, desk, made)
    assert filled(page) == "Approve"
    store.undo()
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.empty)
    assert not page.commands["approve"].isEnabled()


def test_after_undo_the_page_shows_what_stands(page: WorkOrdersPage, store: Store) -> None:
    def told() -> WorkOrderPage:
        assert page.details.page is not None
        return page.details.page

    page.commands["unschedule"].trigger()
    assert told().status is WorkOrderStatus.APPROVED
    store.undo()
    assert told().status is WorkOrderStatus.SCHEDULED
