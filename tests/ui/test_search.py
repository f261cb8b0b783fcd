from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.ui.desk import Desk
from smallcmms.ui.search import SearchBox
from smallcmms.ui.search_entries import Doing, Hit
from smallcmms.ui.search_popup import SearchPopup

HITS = (
    Hit(
        "work_order",
        7,
        "WO-2313",
        "Replace hot-water mixing valve",
        "Harbor View",
        "scheduled",
        2,
        ("work_order", 7),
    ),
    Hit("asset", 3, "A-0132", "Mixing valve", "Basement", "", 0, ("asset", 3), "MV-A"),
    Hit(
        "sheet",
        9,
        "WO-2187",
        "…closed valve V-12…",
        "",
        "closed",
        3,
        ("work_order", 9),
        on=date(2026, 2, 11),
    ),
)


def find(text: str) -> Sequence[Hit]:
    return [hit for hit in HITS if text in hit.title]


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def box(qtbot: QtBot) -> SearchBox:
    made = SearchBox()
    qtbot.addWidget(made)
    made.resize(440, 32)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def popup(desk: Desk, box: SearchBox, done: list[str]) -> SearchPopup:
    def doings(text: str) -> list[Doing]:
        return [Doing("Log a call", "phone", "Ctrl L", done.append, f"about “{text}”")]

    return SearchPopup(desk, box, find, doings)


def words(popup: SearchPopup) -> list[str]:
    model = popup.model
    return [model.index(at).data() for at in range(model.rowCount())]


def look_for(qtbot: QtBot, box: SearchBox, popup: SearchPopup, text: str) -> None:
    qtbot.keyClicks(box, text)
    qtbot.waitUntil(lambda: popup.isVisible() and popup.model.text == text)


def test_what_is_found_stands_in_groups_with_the_first_chosen(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup, qtmodeltester: ModelTester
) -> None:
    look_for(qtbot, box, popup, "valve")
    assert words(popup) == [
        "Work orders 1",
        "WO-2313 Replace hot-water mixing valve Harbor View Scheduled",
        "Assets 1",
        "MV-A Mixing valve A-0132, Basement",
        "Written on sheets 1",
        "“…closed valve V-12…” WO-2187, Feb 11",
        "Do",
        "Log a call about “valve”",
    ]
    assert popup.preview.title.text() == "Replace hot-water mixing valve"
    qtmodeltester.check(popup.model)
    assert not popup.grab().toImage().isNull()


def test_enter_opens_the_chosen_record(qtbot: QtBot, box: SearchBox, popup: SearchPopup) -> None:
    look_for(qtbot, box, popup, "valve")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(popup.opened) as opened:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert opened.args == ["work_order", 9]
    assert not popup.isVisible()
    assert not box.text()


def test_up_from_the_first_row_comes_to_the_last_which_does_something(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup, done: list[str]
) -> None:
    look_for(qtbot, box, popup, "valve")
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert popup.preview.title.text() == "Log a call about “valve”"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert done == ["valve"]


def test_a_click_opens_a_row_but_not_a_title(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup
) -> None:
    look_for(qtbot, box, popup, "valve")
    opened: list[tuple[str, int]] = []
    popup.opened.connect(lambda kind, record_id: opened.append((kind, record_id)))
    for at in (0, 3):
        popup.list.clicked.emit(popup.model.index(at))
    assert opened == [("asset", 3)]


def test_esc_and_an_empty_box_close_the_rows(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup
) -> None:
    look_for(qtbot, box, popup, "v")
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not popup.isVisible())
    look_for(qtbot, box, popup, "v")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_after_a_greater_sign_only_commands_are_offered(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup
) -> None:
    look_for(qtbot, box, popup, ">valve")
    assert words(popup) == ["Do", "Log a call about “>valve”"]
