from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.ui.search import SearchBox
from smallcmms.ui.search_popup import Doing, Hit


@dataclass(frozen=True)
class Record:
    kind: str
    id: int
    number: str
    title: str
    second: str
    state: str
    level: int
    opens: tuple[str, int]


HITS = (
    Record(
        "work_order",
        7,
        "WO-2313",
        "Replace hot-water mixing valve",
        "Harbor View",
        "scheduled",
        2,
        ("work_order", 7),
    ),
    Record("asset", 3, "A-0132", "Hot-water mixing valve", "Basement", "", 0, ("asset", 3)),
    Record("sheet", 9, "WO-2187", "…closed valve V-12…", "WO-2187", "closed", 3, ("work_order", 9)),
)


def find(text: str) -> Sequence[Hit]:
    return [hit for hit in HITS if text in hit.title]


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def box(qtbot: QtBot, done: list[str]) -> SearchBox:
    made = SearchBox()
    qtbot.addWidget(made)
    made.use(find, lambda text: [Doing(f"Log a call about {text}", "phone", "Ctrl+L", done.append)])
    made.resize(440, 32)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def words(box: SearchBox) -> list[str]:
    model = box.popup.model
    return [model.index(at).data() for at in range(model.rowCount())]


def look_for(qtbot: QtBot, box: SearchBox, text: str) -> None:
    qtbot.keyClicks(box, text)
    qtbot.waitUntil(lambda: box.popup.isVisible() and box.popup.model.text == text)


def test_what_is_found_stands_in_groups_with_the_first_chosen(
    qtbot: QtBot, box: SearchBox, qtmodeltester: ModelTester
) -> None:
    look_for(qtbot, box, "valve")
    assert words(box) == [
        "Work orders",
        "WO-2313 Replace hot-water mixing valve Harbor View",
        "Assets",
        "A-0132 Hot-water mixing valve Basement",
        "Written on sheets",
        "WO-2187 …closed valve V-12… WO-2187",
        "Do",
        "Log a call about valve",
    ]
    assert box.popup.title.text() == "Replace hot-water mixing valve"
    qtmodeltester.check(box.popup.model)
    assert not box.popup.grab().toImage().isNull()


def test_enter_opens_the_chosen_record(qtbot: QtBot, box: SearchBox) -> None:
    look_for(qtbot, box, "valve")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.opened) as opened:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert opened.args == ["work_order", 9]
    assert not box.popup.isVisible()
    assert not box.text()


def test_up_from_the_first_row_comes_to_the_last_which_does_something(
    qtbot: QtBot, box: SearchBox, done: list[str]
) -> None:
    look_for(qtbot, box, "valve")
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.popup.title.text() == "Log a call about valve"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert done == ["valve"]


def test_a_click_opens_a_row_but_not_a_title(qtbot: QtBot, box: SearchBox) -> None:
    look_for(qtbot, box, "valve")
    opened: list[tuple[str, int]] = []
    box.opened.connect(lambda kind, record_id: opened.append((kind, record_id)))
    for at in (0, 3):
        box.popup.list.clicked.emit(box.popup.model.index(at))
    assert opened == [("asset", 3)]


def test_esc_and_an_empty_box_close_the_rows(qtbot: QtBot, box: SearchBox) -> None:
    look_for(qtbot, box, "v")
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not box.popup.isVisible())
    look_for(qtbot, box, "v")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.popup.isVisible()


def test_after_a_greater_sign_only_commands_are_offered(qtbot: QtBot, box: SearchBox) -> None:
    look_for(qtbot, box, ">valve")
    assert words(box) == ["Do", "Log a call about >valve"]
