"""The page of purchase orders, and the groups of Today that lead to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.services import parts, purchase_orders, work_orders
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.purchase_orders import PurchaseOrdersPage
from smallcmms.ui.pages.today import TodayPage
from smallcmms.ui.widgets.box import Box
from tests import orders
from tests.build import Story, july
from tests.conftest import Clock
from tests.orders import Shelf, line, placed, waiting_job
from tests.ui.conftest import Answers, Front

Look = Callable[[QWidget, str], None]


@pytest.fixture
def shelf(desk: Desk, story: Story) -> Shelf:
    assert story.asset_id
    return orders.shelf(desk.store)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PurchaseOrdersPage:
    made = PurchaseOrdersPage(desk)
    qtbot.addWidget(made)
    made.resize(1240, 780)
    made.show()
    return made


def write(qtbot: QtBot, box: Box, text: str) -> None:
    """Type over what stands in a box."""
    editor = box.editor
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def test_a_draft_is_changed_and_placed(
    qtbot: QtBot, page: PurchaseOrdersPage, shelf: Shelf, look: Look
) -> None:
    desk = page.desk
    (draft,) = purchase_orders.make(desk.store, [line(shelf.filters, 18), line(shelf.capacitor, 2)])
    page.go_to(draft)
    assert page.details.title.text() == "Miami Valley Supply"
    assert page.details.total.text() == "$96.20"
    page.details.list.choose_first()
    write(qtbot, page.details.line_form.boxes["quantity"], "12")
    page.details.line_form.keep()
    assert purchase_orders.get(desk.store, draft).lines[0].quantity == 12
    page.commands["remove_line"].trigger()
    assert len(purchase_orders.get(desk.store, draft).lines) == 1
    write(qtbot, page.details.form.boxes["promised_on"], "Jul 20")
    page.commands["place"].trigger()
    row = purchase_orders.get(desk.store, draft).row
    assert (row.status, row.promised_on) == (PurchaseOrderStatus.ORDERED, date(2026, 7, 20))
    page.refresh()
    assert not page.doing["place"].isVisible()
    assert page.doing["receive"].isVisible()
    look(page, "purchase-order")


def test_what_came_is_taken_in_line_by_line(
    page: PurchaseOrdersPage, shelf: Shelf, story: Story, front: Front, look: Look
) -> None:
    desk = page.desk
    job = waiting_job(desk.store, story, (shelf.capacitor, 1))
    order = placed(desk.store, line(shelf.filters, 18), line(shelf.capacitor, 2))
    page.go_to(order)
    page.commands["receive"].trigger()
    first, second = page.receiving.lines
    look(page, "purchase-order-receive")
    assert (first.came.value, second.came.value) == (18, 2)
    first.came.set_value(Decimal(6))
    second.cost.set_value(Decimal("11.90"))
    page.pane.button.click()
    assert [each.coming for each in purchase_orders.get(desk.store, order).lines] == [12, 0]
    assert parts.rows(desk.store, [shelf.capacitor])[shelf.capacitor].cost == Decimal("11.90")
    assert work_orders.get(desk.store, job).status is WorkOrderStatus.APPROVED
    assert front.toasts[-1] == "PO-0001 taken in. To schedule: WO-2310"


def test_an_order_is_saved_as_a_paper_and_for_the_supplier(
    page: PurchaseOrdersPage, desk: Desk, shelf: Shelf, tmp_path: Path
) -> None:
    order = placed(desk.store, line(shelf.filters, 18))
    page.go_to(order)
    answers = desk.ask
    assert isinstance(answers, Answers)
    answers.path = tmp_path / "PO-0001.pdf"
    page.commands["save_pdf"].trigger()
    assert (tmp_path / "PO-0001.pdf").read_bytes().startswith(b"%PDF")
    answers.path = tmp_path / "PO-0001.csv"
    page.commands["save_csv"].trigger()
    assert "MV-2025,FLT-2" in (tmp_path / "PO-0001.csv").read_text("utf-8-sig")


def test_cancelling_asks_why_and_a_draft_is_thrown_away(
    page: PurchaseOrdersPage, desk: Desk, shelf: Shelf
) -> None:
    order = placed(desk.store, line(shelf.filters, 18))
    page.go_to(order)
    page.commands["cancel"].trigger()
    page.asking.reason.set_value("Too dear")
    page.asking.do.click()
    assert purchase_orders.get(desk.store, order).cancel_reason == "Too dear"
    (draft,) = purchase_orders.make(desk.store, [line(shelf.filters, 6)])
    page.go_to(draft)
    page.commands["discard"].trigger()
    page.refresh()
    assert purchase_orders.counts(desk.store).open == 0


def test_the_supplier_of_an_order_is_changed_beside_it(
    qtbot: QtBot, page: PurchaseOrdersPage, desk: Desk, shelf: Shelf
) -> None:
    order = placed(desk.store, line(shelf.filters, 18))
    purchase_orders.receive_rest(desk.store, order)
    page.go_to(order)
    page.commands["show_supplier"].trigger()
    assert "Takes 0 days" in page.supplier.lead.text()
    write(qtbot, page.supplier.form.boxes["account"], "RM-7")
    page.pane.button.click()
    assert purchase_orders.get(desk.store, order).account == "RM-7"


@pytest.fixture
def today(qtbot: QtBot, desk: Desk, clock: Clock, shelf: Shelf) -> TodayPage:
    assert shelf.shop
    clock.moment = july(14, 10, 24)
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.resize(1240, 780)
    made.show()
    return made


def fill(qtbot: QtBot, page: TodayPage) -> None:
    with qtbot.waitSignal(page.filled):
        page.refresh()


def test_today_orders_what_runs_low(
    qtbot: QtBot, today: TodayPage, desk: Desk, front: Front
) -> None:
    fill(qtbot, today)
    group = today.low_stock
    assert group.all.text() == "Order all, $70.80"
    cells = [group.list.row_of(place).cell for place in (1, 2)]
    assert [(cell.first, cell.right, cell.button) for cell in cells] == [
        ("Motor coupler", "0 free, keep 1", "Order 1"),
        ("Filter 20×25×2", "0 free, keep 12", "Order 12"),
    ]
    group.list.row_of(1).press()
    fill(qtbot, today)
    assert group.list.row_of(2).cell.first == "PO-0001"
    group.all.click()
    assert front.went[-1][0] == "purchase_orders"
    assert purchase_orders.counts(desk.store).draft == 2


def test_today_takes_in_what_a_job_waits_for(
    qtbot: QtBot, today: TodayPage, shelf: Shelf, *, story: Story, front: Front
) -> None:
    desk = today.desk
    job = waiting_job(desk.store, story, (shelf.coupler, 1))
    late = waiting_job(desk.store, story, (shelf.capacitor, 1), title="Compressor")
    for each in (job, late):
        work_orders.edit(desk.store, each, due_on=date(2026, 7, 20))
    placed(desk.store, line(shelf.coupler, 1), promised_on=date(2026, 7, 15))
    placed(desk.store, line(shelf.capacitor, 1), promised_on=date(2026, 7, 14))
    fill(qtbot, today)
    told = {row.cell.first: row.cell for row in (today.parts_group.list.row_of(n) for n in (1, 2))}
    assert told["Boiler"].second_then == "PO-0001, due tomorrow"
    assert told["Boiler"].button == "Part is in"
    today.parts_group.list.row_of(1).press()
    assert work_orders.get(desk.store, job).status is WorkOrderStatus.APPROVED
    assert front.toasts[-1] == "PO-0001 is in, WO-2310 is to schedule"
