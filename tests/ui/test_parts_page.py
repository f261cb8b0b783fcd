"""The page of parts: counted and edited in the list, moved, ordered, tagged."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.stock import MoveKind
from smallcmms.services import parts, purchase_orders, stock, technicians
from smallcmms.services.parts import PartRow
from smallcmms.ui import part_words
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.parts import PartsPage
from tests.build import Story, july
from tests.ui.conftest import Answers, Front

Look = Callable[[QWidget, str], None]


@pytest.fixture
def shelf(desk: Desk, story: Story) -> int:  # noqa: ARG001
    """Return the shop."""
    return next(place.id for place in parts.locations(desk.store) if place.name == "Shop")


@pytest.fixture
def seal(desk: Desk, shelf: int) -> int:
    """Return a part with four on the shelf, of which six are kept."""
    made = parts.add(
        desk.store,
        number="SK-100",
        name="Seal kit",
        cost=Decimal("38.40"),
        price=Decimal(74),
        supplier="Great Lakes Pump",
        bin="B-3",
        keep=Decimal(6),
    )
    on = july(13, 7, 0).date()
    parts.count(desk.store, made, location_id=shelf, counted=Decimal(4), counted_on=on)
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, seal: int) -> PartsPage:
    """Return the page with the seal kit, shown."""
    made = PartsPage(desk)
    qtbot.addWidget(made)
    made.resize(1240, 780)
    made.show()
    made.go_to(seal)
    made.shown()
    settle(qtbot, made)
    assert made.list.cells.chosen_id == seal
    return made


def settle(qtbot: QtBot, page: PartsPage) -> None:
    """Wait until everything that was asked is shown."""
    qtbot.waitUntil(lambda: not page.desk.background.is_busy, timeout=10_000)


def row(page: PartsPage, part_id: int) -> PartRow:
    return parts.rows(page.desk.store, [part_id])[part_id]


def box_over_cell(page: PartsPage) -> QLineEdit:
    boxes = page.list.cells.viewport().findChildren(QLineEdit)
    return next(box for box in boxes if box.isVisible())


def choose(page: PartsPage, key: str, qtbot: QtBot) -> list[int]:
    """Press a chip and return which parts are left."""
    page.begin("list", chip=key)
    settle(qtbot, page)
    model = page.list.model
    return [model.id_at(model.index(at, 0)) for at in range(model.rowCount())]


def test_the_list_and_the_details_say_what_lies_where(
    page: PartsPage, seal: int, qtbot: QtBot, look: Look
) -> None:
    assert page.details.name.text() == "Seal kit"
    assert page.details.facts.text() == "Great Lakes Pump · cost $38.40"
    assert [box.number.text() for box in page.details._boxes] == ["4", "0"]
    assert page.list.worth.text() == "$209"
    state = part_words.state(row(page, seal), page.desk.formats)
    assert state is not None
    assert (state.text, state.tone) == ("Low, order 2", "amber")
    assert seal in choose(page, "low", qtbot)
    assert seal not in choose(page, "on_order", qtbot)
    assert PartsPage.waiting(page.desk.store) == (1, False)
    look(page, "parts")


def test_plus_and_minus_count_the_cell_that_the_person_stands_in(
    qtbot: QtBot, page: PartsPage, seal: int, story: Story, front: Front
) -> None:
    cells = page.list.cells
    cells.setFocus()
    qtbot.keyClick(cells, Qt.Key.Key_Minus)
    assert row(page, seal).on_hand == 3
    assert front.toasts[-1] == "Shop: 3 counted"
    cells.go_to_cell(story.truck_id)
    qtbot.keyClick(cells, Qt.Key.Key_Plus)
    qtbot.keyClick(cells, Qt.Key.Key_Plus)
    assert part_words.lying(row(page, seal), story.truck_id) == 2
    page.desk.store.undo()
    assert part_words.lying(row(page, seal), story.truck_id) == 1


def test_a_cell_is_edited_where_it_stands(qtbot: QtBot, page: PartsPage, seal: int) -> None:
    cells = page.list.cells
    cells.setFocus()
    page.commands["edit_cell"].trigger()
    assert cells.cell == page.places[0].id
    box = box_over_cell(page)
    assert box.text() == "4"
    qtbot.keyClicks(box, "7")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert row(page, seal).on_hand == 7
    for name, typed in (("keep", "9"), ("bin", "B-4"), ("price", "75.50")):
        cells.go_to_cell(name)
        page.commands["edit_cell"].trigger()
        qtbot.keyClicks(box_over_cell(page), typed)
        qtbot.keyClick(box_over_cell(page), Qt.Key.Key_Return)
    found = row(page, seal)
    assert (found.keep, found.bin, found.price) == (9, "B-4", Decimal("75.50"))
    page.commands["edit_cell"].trigger()
    qtbot.keyClicks(box_over_cell(page), "1")
    qtbot.keyClick(box_over_cell(page), Qt.Key.Key_Escape)
    assert row(page, seal).price == Decimal("75.50")


def test_the_arrows_go_from_cell_to_cell(qtbot: QtBot, page: PartsPage) -> None:
    cells = page.list.cells
    cells.setFocus()
    seen = []
    for _step in range(7):
        qtbot.keyClick(cells, Qt.Key.Key_Right)
        seen.append(cells.cell)
    places = [place.id for place in page.places]
    assert seen[: len(places) + 3] == ["bin", *places, "keep", "price"]
    for _step in range(8):
        qtbot.keyClick(cells, Qt.Key.Key_Left)
    assert cells.cell == "name"


def test_a_new_part_is_a_draft_from_its_first_key(
    qtbot: QtBot, page: PartsPage, front: Front
) -> None:
    page.commands["new"].trigger()
    qtbot.keyClicks(page.new_form.first.line, "Ball valve")
    page.leave()
    page.commands["new"].trigger()
    assert page.new_form.first.text == "Ball valve"
    page.new_form.form.put_back({"number": "BV-1", "cost": "16.25", "price": "34"})
    page.pane.button.click()
    settle(qtbot, page)
    [made] = parts.find(page.desk.store, text="BV-1")
    assert page.current_id() == made
    assert page.details.name.text() == "Ball valve"
    page.commands["new"].trigger()
    assert page.new_form.first.text == ""
    assert front.told == []


def test_everything_of_a_part_can_be_edited(
    qtbot: QtBot, page: PartsPage, seal: int, story: Story
) -> None:
    page.commands["edit"].trigger()
    settle(qtbot, page)
    boxes = page.form.form.boxes
    boxes["purchase_unit"].put_back("box")
    boxes["purchase_factor"].put_back("6")
    for name in ("purchase_unit", "purchase_factor"):
        boxes[name].changed.emit()
    page.form.form.keep()
    page.form.pars.boxes[story.truck_id].put_back("2")
    page.form.pars.boxes[story.truck_id].left.emit()
    page.form.fits.box.taken.emit(("asset_id", story.asset_id))
    page.form.after.show_taken(story.hose_clamp_id, "Hose clamp")
    page.form.after.changed.emit()
    page.form.after.taken.emit(story.hose_clamp_id)
    settle(qtbot, page)
    found = parts.get(page.desk.store, seal)
    assert (found.purchase_unit, found.purchase_factor) == ("box", 6)
    assert found.pars[story.truck_id] == 2
    assert [fit.asset_id for fit in found.fits] == [story.asset_id]
    assert found.superseded_by is not None
    page.form.fits.list.opened.emit(1)
    assert parts.get(page.desk.store, seal).fits == ()
    page.pane.button.click()
    settle(qtbot, page)
    assert page.details.facts.text() == "Great Lakes Pump · cost $38.40 · box of 6"
    assert page.details.after.words.startswith("Superseded by Hose clamp")


def test_parts_are_moved_to_a_truck_and_scrapped_with_a_reason(
    qtbot: QtBot, page: PartsPage, seal: int, story: Story, shelf: int
) -> None:
    page.details.wants_move.emit(shelf)
    settle(qtbot, page)
    form = page.move_form
    assert form.what.value is MoveKind.TRANSFER
    assert form.now.text() == "4 there now."
    form.to.set_value(story.truck_id)
    form.quantity.put_back("3")
    page.pane.button.click()
    settle(qtbot, page)
    assert part_words.lying(row(page, seal), story.truck_id) == 3
    page.commands["scrap"].trigger()
    settle(qtbot, page)
    assert not form.to.isVisible()
    form.quantity.put_back("1")
    with pytest.raises(RuleBroken, match="Say why"):
        page._move()
    form.reason.put_back("Dropped")
    page.pane.button.click()
    settle(qtbot, page)
    assert row(page, seal).on_hand == 3
    moved = part_words.told(stock.moves(page.desk.store, seal)[0])
    assert moved == "Scrapped, Shop, Dropped"


@pytest.mark.parametrize(
    ("command", "typed", "on_hand"), [("receive", "2", 6), ("count", "9", 9), ("adjust", "-1", 3)]
)
def test_parts_are_received_counted_and_corrected(  # noqa: PLR0917
    qtbot: QtBot, page: PartsPage, seal: int, command: str, typed: str, on_hand: int
) -> None:
    page.commands[command].trigger()
    settle(qtbot, page)
    page.move_form.quantity.put_back(typed)
    page.move_form.reason.put_back("Found behind the shelf")
    page.pane.button.click()
    assert row(page, seal).on_hand == on_hand


def test_a_move_is_taken_back_in_the_history(qtbot: QtBot, page: PartsPage, seal: int) -> None:
    page.commands["history"].trigger()
    settle(qtbot, page)
    assert page.moves.list.chosen_id
    page.moves.why.put_back("Wrong part")
    page.moves.reverse.click()
    settle(qtbot, page)
    assert row(page, seal).on_hand == 0
    assert page.moves.model.rowCount() == 2
    assert page.leave()
    assert page.right.currentWidget() is page.side


def test_what_is_low_is_ordered_at_its_supplier(
    qtbot: QtBot, page: PartsPage, front: Front, seal: int
) -> None:
    settle(qtbot, page)
    pane = page.to_order
    assert pane.count.text() == "1"
    assert pane.total.text() == "$76.80"
    pane.lines[0].tick.click()
    assert not page.commands["make_orders"].isEnabled()
    pane.lines[0].tick.click()
    pane.lines[0].box.line.selectAll()
    qtbot.keyClicks(pane.lines[0].box.line, "5")
    assert pane.total.text() == "$192.00"
    assert pane.make.words == "Make 1 order"
    page.commands["make_orders"].trigger()
    settle(qtbot, page)
    [order_id] = purchase_orders.find(page.desk.store)
    lines = purchase_orders.get(page.desk.store, order_id).lines
    assert [(line.part_id, line.quantity) for line in lines] == [(seal, 5)]
    assert front.went[-1] == ("purchase_orders", order_id)
    assert pane.lines == []
    assert pane.nothing.isVisibleTo(pane)


def test_orders_are_made_and_printed_at_once(
    qtbot: QtBot, page: PartsPage, ask: Answers, front: Front, tmp_path: Path
) -> None:
    ask.path = tmp_path / "order.pdf"
    page.commands["print_orders"].trigger()
    settle(qtbot, page)
    assert ask.path.read_bytes().startswith(b"%PDF")
    assert front.toasts[-1] == "Printed PO-0001"
    assert not page.commands["print_orders"].isEnabled()


def test_the_tag_of_a_shelf_is_printed(
    page: PartsPage, ask: Answers, front: Front, tmp_path: Path
) -> None:
    ask.path = tmp_path / "tag.pdf"
    page.commands["shelf_tag"].trigger()
    assert page.whole.currentIndex() == 1
    page.tags.print_sheet()
    assert ask.path.read_bytes().startswith(b"%PDF")
    assert front.toasts[-1] == "Printed 1 tag"
    assert page.whole.currentIndex() == 0


def test_the_buttons_lead_to_the_truck_the_counts_and_the_orders(
    page: PartsPage, front: Front
) -> None:
    for name in ("load_truck", "count_stock", "orders"):
        page.commands[name].trigger()
    assert [name for name, _id in front.went] == ["load_truck", "stock_counts", "purchase_orders"]


def test_a_part_that_undo_takes_back_is_no_longer_shown(qtbot: QtBot, page: PartsPage) -> None:
    page.commands["new"].trigger()
    page.new_form.form.put_back({"name": "Odd one", "number": "OD-1", "cost": "1"})
    page.pane.button.click()
    settle(qtbot, page)
    page.desk.store.undo()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.details.name.text() != "Odd one", timeout=5_000)


def test_an_archived_part_leaves_the_list(qtbot: QtBot, page: PartsPage, seal: int) -> None:
    page.commands["archive"].trigger()
    settle(qtbot, page)
    assert seal not in choose(page, "all", qtbot)


def test_a_truck_that_is_added_meanwhile_has_its_column_chip_and_boxes(
    qtbot: QtBot, page: PartsPage, seal: int, look: Look
) -> None:
    page.commands["edit"].trigger()
    settle(qtbot, page)
    technicians.add(page.desk.store, name="Ann Lee", truck="Truck 9")
    settle(qtbot, page)
    truck = next(each for each in parts.locations(page.desk.store) if each.name == "Truck 9")
    headings = [column.heading for column in page.list.model.columns]
    assert headings[2:5] == ["Shop", "Truck 1", "Truck 9"]
    header = page.list.cells.horizontalHeader()
    assert header.sectionSize(0) > header.sectionSize(4) > 0
    assert [box.label.text() for box in page.details._boxes] == ["Shop B-3", "Truck 1", "Truck 9"]
    assert page.form.pars.boxes[truck.id].isVisible()
    page.form.pars.boxes[truck.id].put_back("2")
    page.form.pars.boxes[truck.id].left.emit()
    assert parts.get(page.desk.store, seal).pars[truck.id] == Decimal(2)
    page.leave()
    assert choose(page, f"place:{truck.id}", qtbot) == []
    choose(page, "all", qtbot)
    page.list.cells.choose(seal)
    page.list.cells.go_to_cell(truck.id)
    qtbot.keyClick(page.list.cells, Qt.Key.Key_Plus)
    assert choose(page, f"place:{truck.id}", qtbot) == [seal]
    look(page, "parts_new_truck")


def test_an_empty_register_prints_no_shelf_tag(qtbot: QtBot, desk: Desk) -> None:
    made = PartsPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    made.commands["shelf_tag"].trigger()
    assert made.whole.currentIndex() == 0
