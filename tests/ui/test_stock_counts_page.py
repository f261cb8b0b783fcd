"""The page of counts: begun, printed, typed in one line below the other, and booked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.stock_counts import CountStatus
from smallcmms.services import parts, stock_counts
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.stock_counts import StockCountsPage
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.conftest import Answers, Front

Look = Callable[[QWidget, str], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: Story) -> StockCountsPage:  # noqa: ARG001
    """Return the page, shown."""
    made = StockCountsPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 780)
    made.show()
    made.shown()
    settle(qtbot, made)
    return made


@pytest.fixture
def count(qtbot: QtBot, page: StockCountsPage, story: Story) -> int:
    """Return a count of the truck that is shown."""
    page.commands["new"].trigger()
    page.new_form.place.set_value(story.truck_id)
    page.new_form.by.put_back("Marco")
    page.pane.button.click()
    settle(qtbot, page)
    return page.current_id()


def settle(qtbot: QtBot, page: StockCountsPage) -> None:
    """Wait until everything that was asked is shown."""
    qtbot.waitUntil(lambda: not page.desk.background.is_busy, timeout=10_000)


def type_count(qtbot: QtBot, page: StockCountsPage, digits: str) -> None:
    """Type a figure into the line that the person stands on, and go down."""
    lines = page.details.lines
    qtbot.keyClicks(lines, digits[0])
    box = next(box for box in lines.viewport().findChildren(QLineEdit) if box.isVisible())
    qtbot.keyClicks(box, digits[1:])
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle(qtbot, page)


def test_without_a_count_the_page_says_how_to_begin(page: StockCountsPage) -> None:
    assert page.right.currentWidget() is page.empty
    assert not page.commands["book"].isEnabled()
    page.commands["new"].trigger()
    assert page.leave()
    assert page.right.currentWidget() is page.empty


def test_a_count_is_typed_line_by_line_and_booked_in_one_step(
    qtbot: QtBot, page: StockCountsPage, count: int, story: Story, front: Front
) -> None:
    lines = page.details.lines
    before = {line.id: line for line in stock_counts.get(page.desk.store, count).lines}
    assert page.details.facts.text().endswith("counted by Marco")
    lines.choose_first()
    lines.setFocus()
    first = lines.chosen_id
    type_count(qtbot, page, "12")
    assert lines.chosen_id != first
    counted = stock_counts.get(page.desk.store, count)
    assert next(line.counted for line in counted.lines if line.id == first) == 12
    assert counted.row.counted == 1
    assert "1 differs" in page.details.foot.text()
    page.commands["count_again"].trigger()
    settle(qtbot, page)
    assert stock_counts.get(page.desk.store, count).lines[0].is_recount
    lines.choose(first)
    type_count(qtbot, page, "9")
    page.commands["book"].trigger()
    settle(qtbot, page)
    assert front.toasts[-1] == "ST-001: 1 quantity changed"
    lying = parts.where(page.desk.store, before[first].part_id)
    assert [at.quantity for at in lying if at.location_id == story.truck_id] == [Decimal(9)]
    assert not page.commands["book"].isEnabled()
    page.desk.store.undo()
    assert stock_counts.rows(page.desk.store, [count])[count].status is CountStatus.OPEN


def test_what_moved_after_the_count_is_no_difference_once_its_moment_is_typed(  # noqa: PLR0917
    qtbot: QtBot, page: StockCountsPage, count: int, story: Story, clock: Clock, look: Look
) -> None:
    clock.moment = july(14, 10, 24)
    part = stock_counts.get(page.desk.store, count).lines[0].part_id
    parts.receive(
        page.desk.store, part, location_id=story.truck_id, quantity=Decimal(5),
        moved_on=july(14, 7, 0).date(),
    )  # fmt: skip
    expected = stock_counts.get(page.desk.store, count).lines[0].begun_with
    page.details.lines.choose_first()
    page.details.lines.setFocus()
    type_count(qtbot, page, f"{expected:f}")
    assert "1 differs" in page.details.foot.text()
    box = page.details.counted_at
    box.put_back("Jul 13 16:30")
    box.changed.emit()
    box.left.emit()
    settle(qtbot, page)
    assert stock_counts.get(page.desk.store, count).row.said_at == july(13, 16, 30)
    qtbot.waitUntil(lambda: "no difference" in page.details.foot.text(), timeout=5_000)
    look(page, "counted_at")
    page.desk.store.undo()
    qtbot.waitUntil(lambda: not box.typed, timeout=5_000)
    box.put_back("Jul 41 16:30")
    box.changed.emit()
    box.left.emit()
    assert box.error.text() == "July has 31 days. Try Jul 31."
    page.commands["give_up"].trigger()
    qtbot.waitUntil(lambda: not box.isVisible(), timeout=5_000)


def test_the_sheet_is_printed_and_saved(
    page: StockCountsPage, count: int, ask: Answers, front: Front, tmp_path: Path
) -> None:
    ask.path = tmp_path / "sheet.pdf"
    page.commands["print_sheet"].trigger()
    assert front.toasts[-1] == "Printed ST-001"
    assert stock_counts.rows(page.desk.store, [count])[count].printed_at is not None
    page.commands["save_sheet"].trigger()
    assert ask.path.read_bytes().startswith(b"%PDF")


def test_a_count_is_given_up(qtbot: QtBot, page: StockCountsPage, count: int, front: Front) -> None:
    page.commands["give_up"].trigger()
    settle(qtbot, page)
    assert stock_counts.rows(page.desk.store, [count])[count].status is CountStatus.CANCELLED
    assert front.toasts[-1] == "ST-001 given up"
    page.details.lines.typing.emit("4")
    assert stock_counts.get(page.desk.store, count).row.counted == 0


def test_a_count_that_undo_takes_back_is_no_longer_shown(
    qtbot: QtBot, page: StockCountsPage, count: int
) -> None:
    assert page.current_id() == count
    page.desk.store.undo()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.empty, timeout=5_000)
