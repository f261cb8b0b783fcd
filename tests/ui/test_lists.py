from __future__ import annotations

import tracemalloc
from array import array
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.ui import states, theme
from smallcmms.ui.lists.cell import Cell, Column, Group
from smallcmms.ui.lists.rows_model import LOOK, PAGE, PAGES_KEPT, RowsModel
from smallcmms.ui.lists.rows_view import ROW, TITLE, TWO_LINES, RowsView
from smallcmms.ui.theme import Mode


class Numbers:
    """Rows that are the squares of their ids; it remembers what was fetched."""

    def __init__(self) -> None:
        self.fetched: list[list[int]] = []

    def __call__(self, ids: Sequence[int]) -> dict[int, int]:
        self.fetched.append(list(ids))
        return {row_id: row_id * row_id for row_id in ids}


DRAFT = states.work_order("draft")
COLUMNS = (
    Column("Square", str, sort="square"),
    Column(
        "State", lambda row: Cell(first=str(row), level=2, pill=states.work_order("draft")), 120
    ),
)


@pytest.fixture
def numbers() -> Numbers:
    return Numbers()


@pytest.fixture
def model(numbers: Numbers) -> RowsModel[int]:
    return RowsModel[int](COLUMNS, numbers)


@pytest.fixture
def view(qtbot: QtBot, model: RowsModel[int]) -> RowsView:
    view = RowsView(model, says="Squares")
    qtbot.addWidget(view)
    view.resize(400, 300)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view


def test_a_list_keeps_the_rules_of_models(
    model: RowsModel[int], qtmodeltester: ModelTester
) -> None:
    model.set_ids(range(1, 251))
    qtmodeltester.check(model)
    model.set_groups([Group("Odd", [1, 3]), Group("Even", [2, 4])])
    qtmodeltester.check(model)


def test_only_the_pages_in_sight_are_fetched(model: RowsModel[int], numbers: Numbers) -> None:
    model.set_ids(range(1, 200_001))
    assert model.index(150_000, 0).data() == str(150_001**2)
    assert numbers.fetched == [list(range(150_001, 150_101))]


def test_an_array_of_ids_is_kept_as_it_is(model: RowsModel[int]) -> None:
    ids = array("q", range(1, 100_001))
    tracemalloc.start()
    model.set_ids(ids)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert model.rowCount() == len(ids)
    assert most < len(ids)


def test_a_page_seen_long_ago_is_fetched_again(model: RowsModel[int], numbers: Numbers) -> None:
    model.set_ids(range(1, 10_001))
    for page in range(PAGES_KEPT + 1):
        model.index(page * PAGE, 0).data()
    model.index(0, 0).data()
    assert len(numbers.fetched) == PAGES_KEPT + 2


def test_a_group_stands_above_its_rows_and_an_empty_one_is_left_out(
    model: RowsModel[int],
) -> None:
    model.set_groups([Group("None", []), Group("Odd", [1, 3]), Group("Even", [2])])
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert shown == ["Odd 2", "1", "9", "Even 1", "4"]
    assert model.flags(model.index(0, 0)) == Qt.ItemFlag.NoItemFlags
    assert model.id_at(model.index(0, 0)) == 0
    assert model.row_at(model.index(3, 0)) is None
    assert list(model.titles()) == [0, 3]


def test_a_row_is_told_to_a_screen_reader_with_its_level_and_state(
    model: RowsModel[int],
) -> None:
    model.set_ids([3])
    spoken = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Level 2 High, 9, Draft"
    assert isinstance(model.index(0, 1).data(LOOK), Cell)
    assert model.index(0, 1).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def test_headings_stand_over_their_columns(model: RowsModel[int]) -> None:
    across = Qt.Orientation.Horizontal
    assert [model.headerData(at, across) for at in (0, 1, 2)] == ["Square", "State", None]


def test_the_choice_stays_on_its_row_when_the_list_changes(
    qtbot: QtBot, view: RowsView, model: RowsModel[int]
) -> None:
    model.set_ids([1, 2, 3, 4])
    with qtbot.waitSignal(view.chosen) as told:
        view.choose(3)
    assert told.args == [3]
    model.set_ids([9, 3, 1])
    assert view.chosen_id == 3
    assert view.currentIndex().row() == 1


def test_the_same_rows_keep_their_choice_and_show_their_new_words(
    view: RowsView, model: RowsModel[int], numbers: Numbers
) -> None:
    model.set_ids([1, 2])
    view.choose(2)
    model.index(0, 0).data()
    model.set_ids([1, 2])
    model.index(0, 0).data()
    assert view.chosen_id == 2
    assert len(numbers.fetched) >= 2


def test_a_choice_that_left_the_list_is_told_as_none(
    qtbot: QtBot, view: RowsView, model: RowsModel[int]
) -> None:
    model.set_ids([1, 2])
    view.choose(2)
    with qtbot.waitSignal(view.chosen) as told:
        model.set_ids([1])
    assert told.args == [0]


def test_the_details_follow_the_last_of_many_keys(
    qtbot: QtBot, view: RowsView, model: RowsModel[int]
) -> None:
    model.set_ids(range(1, 50))
    told: list[int] = []
    view.chosen.connect(told.append)
    view.setFocus()
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [view.chosen_id]


def test_enter_opens_space_presses_and_end_goes_to_the_last_row(
    qtbot: QtBot, view: RowsView, model: RowsModel[int]
) -> None:
    model.set_groups([Group("All", [5, 6, 7])])
    opened: list[int] = []
    view.opened.connect(opened.append)
    view.pressed_at.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert opened == [7, 5]


def test_typing_goes_to_the_next_row_that_holds_the_letters(
    qtbot: QtBot, view: RowsView, model: RowsModel[int]
) -> None:
    model.set_ids(range(1, 20))
    view.choose_first()
    qtbot.keyClicks(view, "169")
    assert view.chosen_id == 13


def test_a_list_settles_on_what_is_wanted_on_where_one_stood_or_on_the_first(
    view: RowsView, model: RowsModel[int]
) -> None:
    assert not view.settle()
    model.set_ids([5, 6, 7])
    assert view.settle(99)
    assert view.chosen_id == 0
    assert view.settle()
    assert view.chosen_id == 5
    assert view.settle(7)
    assert view.settle()
    assert view.chosen_id == 7


def test_entering_a_list_stands_on_its_first_row(view: RowsView, model: RowsModel[int]) -> None:
    model.set_groups([Group("All", [5, 6])])
    view.clearFocus()
    view.setFocus()
    assert view.chosen_id == 5


def test_an_empty_list_tells_that_nothing_is_chosen(view: RowsView, model: RowsModel[int]) -> None:
    model.set_ids([])
    view.choose_first()
    assert view.chosen_id == 0
    assert not view.choose(3)


def test_titles_are_lower_than_rows_and_all_grow_with_the_text(
    view: RowsView, model: RowsModel[int]
) -> None:
    model.set_groups([Group("All", [5, 6])])
    assert [view.rowHeight(row) for row in (0, 1)] == [TITLE, ROW]
    theme.use(Mode.LIGHT, 150)
    assert [view.rowHeight(row) for row in (0, 1)] == [TITLE * 1.5, ROW * 1.5]


def test_a_heading_asks_for_its_order_and_then_for_the_other_way_round(
    view: RowsView, model: RowsModel[int]
) -> None:
    asked: list[tuple[str, bool]] = []
    model.sorted.connect(lambda key, is_falling: asked.append((key, is_falling)))
    header = view.horizontalHeader()
    for section in (0, 0, 1):
        header.sectionClicked.emit(section)
    assert asked == [("square", False), ("square", True)]


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_every_kind_of_row_can_be_painted(qtbot: QtBot, mode: Mode) -> None:
    theme.use(mode, 100)
    cells = [
        Cell(first="One"),
        Cell(first="One", then="and more", right="$5.00", is_right_bold=True, icon="phone"),
        Cell(right="5"),
        Cell(first="One", second="Two", right="1 d late", right_tone="red", level=1),
        Cell(first="One", second_right="Two", icon="mail", pill=states.invoice("late", 3)),
        Cell(first="A long one " * 20, pill=states.request("new"), is_bold=True),
        Cell(first="Ticked", has_tick=True),
    ]
    columns = [
        Column("", lambda row: cells[row]),
        Column("", lambda _row: "text", 60, is_right=True),
    ]
    model = RowsModel[int](columns, lambda ids: {row_id: row_id - 1 for row_id in ids})
    view = RowsView(model, row=TWO_LINES)
    qtbot.addWidget(view)
    model.setParent(view)
    model.set_groups([Group("All", range(1, len(cells) + 1), "clock", "red")])
    view.resize(500, 500)
    view.show()
    view.choose_first()
    view.setFocus()
    assert not view.grab().toImage().isNull()
