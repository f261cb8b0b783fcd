from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.copies import Audience, CopyState
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.work_orders import BillingRule, ShownState
from smallcmms.services import sheets, work_orders
from smallcmms.services.papers.work_order import office
from smallcmms.store.store import Store
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.work_orders import WorkOrdersPage
from tests import build, jobs
from tests.build import Story
from tests.conftest import Clock
from tests.ui.conftest import Answers, Front
from tests.ui.test_work_orders_page import shown

SLOW_MS = 20000


@pytest.fixture
def order(store: Store, clock: Clock, story: Story) -> int:
    made = jobs.scheduled(store, clock, story)
    clock.moment = build.july(13, 7, 20)
    return made


def printed(qtbot: QtBot, page: WorkOrdersPage, command: str = "print_truck") -> None:
    page.commands[command].trigger()
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.paper, timeout=SLOW_MS)


def test_ctrl_p_makes_a_copy_and_shows_its_two_sides(
    qtbot: QtBot, desk: Desk, store: Store, order: int
) -> None:
    page = shown(qtbot, desk, order)
    printed(qtbot, page)
    qtbot.waitUntil(
        lambda: page.paper.header.title.text() == "WO-2310, copy 1, front and back",
        timeout=SLOW_MS,
    )
    assert work_orders.get(store, order).state is ShownState.ON_THE_TRUCK
    page.paper.closed.emit()
    assert page.right.currentWidget() is page.details
    assert page.details.beside.happened.lines[0] == "Printed for Truck 1, copy 1"
    page.commands["show_copy"].trigger()
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.paper)
    assert len(work_orders.get(store, order).copies) == 1


def test_a_copy_that_did_not_print_is_taken_back(
    qtbot: QtBot, desk: Desk, store: Store, order: int, front: Front
) -> None:
    page = shown(qtbot, desk, order)
    printed(qtbot, page)
    page.paper.failed.click()
    assert front.toasts == ["Copy 1 is taken back"]
    assert work_orders.get(store, order).copies[0].state is CopyState.FAILED
    assert page.right.currentWidget() is page.details
    assert work_orders.get(store, order).state is ShownState.SCHEDULED


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_leaves_the_copy_and_says_so(
    qtbot: QtBot, desk: Desk, order: int, ask: Answers, tmp_path: Path
) -> None:
    store = desk.store
    page = shown(qtbot, desk, order)
    printed(qtbot, page)
    ask.path = tmp_path / "no" / "such" / "folder.pdf"
    page.paper.print.click()
    assert page.paper.refused.isVisible()
    assert page.paper.refused.first.text().startswith("Could not print:")
    assert page.paper.refused.second.text() == (
        "Copy 1 is kept as a PDF. Print it again, or take it back."
    )
    assert work_orders.get(store, order).copies[0].state is CopyState.OUT
    ask.path = tmp_path / "sheet.pdf"
    page.paper.print.click()
    assert not page.paper.refused.isVisible()
    assert ask.path.read_bytes().startswith(b"%PDF")


def test_a_change_after_printing_says_that_the_copy_is_old(
    qtbot: QtBot, desk: Desk, store: Store, order: int
) -> None:
    sheets.print_copy(store, order, render=jobs.draw)
    page = shown(qtbot, desk, order)
    assert not page.details.strips.isVisible()
    work_orders.edit(store, order, title="Pump hums")
    assert page.details.strips.isVisible()
    assert page.details.stale.first.text() == (
        "Copy 1 on the truck is older than what stands here."
    )


def test_an_l4_is_printed_before_a_waiting_l1_only_for_a_reason(
    qtbot: QtBot, desk: Desk, store: Store, story: Story
) -> None:
    told = {"site_id": story.site_id, "is_approved": True}
    work_orders.add(store, title="Gas", wrong="Gas smell", level=1, **told)  # type: ignore[arg-type]
    low = work_orders.add(store, title="Paint", wrong="Rust", level=4, **told)  # type: ignore[arg-type]
    page = shown(qtbot, desk, low)
    page.commands["print_truck"].trigger()
    qtbot.waitUntil(lambda: page.details.has_open_form, timeout=SLOW_MS)
    assert "is L1 and waits for a visit" in page.details.reason.why.text()
    qtbot.keyClicks(page.details.reason.reason.line, "On the way anyway")
    page.details.reason.do.click()
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.paper, timeout=SLOW_MS)
    page.paper.failed.click()
    printed(qtbot, page)
    assert work_orders.get(store, low).copies[0].copy == 2


def test_the_customers_and_the_offices_copy_are_made_from_done_work(
    qtbot: QtBot, desk: Desk, store: Store, clock: Clock, order: int
) -> None:
    clock.moment = build.july(14, 10, 31)
    sheets.enter(store, order, jobs.entry())
    page = shown(qtbot, desk, order)
    printed(qtbot, page, "print_customer")
    page.paper.closed.emit()
    printed(qtbot, page, "print_office")
    audiences = [copy.audience for copy in work_orders.get(store, order).copies]
    assert audiences == [Audience.OFFICE, Audience.CUSTOMER]


def test_the_office_copy_tells_the_money_before_and_after_the_invoice(
    store: Store, clock: Clock, order: int
) -> None:
    clock.moment = build.july(14, 10, 31)
    sheets.enter(store, order, jobs.entry(), then="close")
    before = office(store, order)
    assert (before.total, before.note) == (Decimal("335.89"), "Not invoiced yet.")
    assert [str(line.amount) for line in before.lines] == [
        "218.75",
        "65.00",
        "42.00",
        "6.50",
        "3.64",
    ]
    assert before.lines[0].detail == "1.75 h × $125.00"
    store.undo()
    sheets.enter(store, order, jobs.entry(), then="invoice")
    after = office(store, order)
    assert after.total == before.total
    assert [line.amount for line in after.lines] == [line.amount for line in before.lines]
    assert after.note == "As it stands on the draft of its invoice."


def test_the_office_copy_of_unbilled_work_says_why_there_is_no_money(
    store: Store, order: int
) -> None:
    work_orders.edit(store, order, billing_rule=BillingRule.NOT_BILLABLE)
    with pytest.raises(RuleBroken, match="not billable"):
        office(store, order)


def test_a_lost_sheet_is_said_to_be_lost(
    qtbot: QtBot, desk: Desk, store: Store, order: int
) -> None:
    sheets.print_copy(store, order, render=jobs.draw)
    page = shown(qtbot, desk, order)
    page.commands["lost"].trigger()
    page.details.reason.do.click()
    assert work_orders.get(store, order).copies[0].state is CopyState.LOST
