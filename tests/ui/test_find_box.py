from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.texts import _
from smallcmms.ui import theme
from smallcmms.ui.theme import Mode
from smallcmms.ui.widgets.box import LineBox
from smallcmms.ui.widgets.find_box import FindBox, Found, is_enough

PEOPLE = (
    Found(1, "Tom Veldkamp", "St. Brendan", "(937) 555-0163"),
    Found(2, "Priya Natarajan", "Harbor View", "(937) 555-0117"),
    Found(3, "Priya Shah", "Bluebird"),
)


def people(text: str) -> Sequence[Found]:
    return [row for row in PEOPLE if text.lower() in f"{row.text} {row.right}".lower()]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def box(qtbot: QtBot, window: QWidget) -> FindBox:
    made = FindBox(
        "Who is calling",
        people,
        icon="user",
        new=lambda text: _("New customer “{text}”", text=text),
        is_needed=True,
    )
    theme.dress(window)
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addWidget(LineBox("Other"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.setFocus()
    return made


def offered(box: FindBox) -> list[str]:
    return [box.model.index(at).data() for at in range(box.model.rowCount())]


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_what_is_offered_stands_on_a_ground_of_its_own(
    qtbot: QtBot, box: FindBox, mode: Mode
) -> None:
    theme.use(mode, 100)
    qtbot.keyClicks(box.line, "priya")
    picture = box.popup.grab().toImage()
    row = box.list.visualRect(box.model.index(1))
    place = box.list.mapTo(box.popup, row.topLeft())
    assert picture.pixelColor(place.x() + 3, place.y() + 3) == theme.color("panel")


@pytest.mark.parametrize(
    ("text", "enough"), [("ve", False), ("vel", True), ("016", False), ("0163", True), ("", False)]
)
def test_it_looks_after_three_letters_or_four_digits(text: str, enough: bool) -> None:  # noqa: FBT001
    assert is_enough(text) is enough


def test_enter_takes_the_best_row(qtbot: QtBot, box: FindBox, qtmodeltester: ModelTester) -> None:
    qtbot.keyClicks(box.line, "priya")
    assert offered(box) == [
        "Priya Natarajan Harbor View (937) 555-0117",
        "Priya Shah Bluebird",
        "New customer “priya”",
    ]
    qtmodeltester.check(box.model)
    with qtbot.waitSignal(box.taken) as taken:
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert taken.args == [2]
    assert (box.value, box.text) == (2, "Priya Natarajan")
    assert not box.popup.isVisible()


def test_the_arrows_choose_and_a_click_takes(qtbot: QtBot, box: FindBox) -> None:
    qtbot.keyClicks(box.line, "priya")
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert box.value == 3
    box.line.clear()
    qtbot.keyClicks(box.line, "priya")
    qtbot.keyClick(box.line, Qt.Key.Key_Up)
    box.list.clicked.emit(box.model.index(0))
    assert box.value == 2


def test_ctrl_enter_takes_the_new_customer(qtbot: QtBot, box: FindBox) -> None:
    qtbot.keyClicks(box.line, "0163")
    with qtbot.waitSignal(box.wants_new) as wanted:
        qtbot.keyClick(box.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == ["0163"]
    assert box.typed == (None, "0163")


def test_typing_on_drops_what_was_taken(qtbot: QtBot, box: FindBox) -> None:
    box.show_taken(1, "Tom Veldkamp")
    with qtbot.waitSignal(box.cleared):
        qtbot.keyClicks(box.line, "x")
    with pytest.raises(RuleBroken):
        _value = box.value


def test_the_cross_empties_the_box(qtbot: QtBot, box: FindBox) -> None:
    box.put_back((1, "Tom Veldkamp"))
    with qtbot.waitSignal(box.cleared):
        box._clear.trigger()
    assert box.typed == (None, "")
    box.set_value(None)


def test_esc_closes_the_rows_and_down_opens_them(qtbot: QtBot, box: FindBox) -> None:
    qtbot.keyClicks(box.line, "priya")
    assert box.popup.isVisible()
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert not box.popup.isVisible()
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    assert box.popup.isVisible()
    qtbot.keyClick(box.line, Qt.Key.Key_Tab)
    assert not box.popup.isVisible()


def test_the_rows_can_be_painted_in_either_theme(qtbot: QtBot, box: FindBox) -> None:
    qtbot.keyClicks(box.line, "0163")
    for mode in (Mode.DARK, Mode.LIGHT):
        theme.use(mode, 100)
        assert not box.popup.grab().toImage().isNull()


def test_ctrl_enter_is_the_lists_while_it_is_open_and_the_windows_otherwise(
    qtbot: QtBot, window: QWidget, box: FindBox
) -> None:
    pressed: list[bool] = []
    button = QAction("The filled button", window)
    button.setShortcut("Ctrl+Return")
    button.triggered.connect(lambda: pressed.append(True))
    window.addAction(button)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClicks(box.line, "priya")
    with qtbot.waitSignal(box.wants_new):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, control)
    assert pressed == []
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, control)
    assert pressed == [True]
