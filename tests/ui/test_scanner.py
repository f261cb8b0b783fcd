from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from smallcmms.ui.scanner import BURST_MS, Scanner

CODE = "SC7KQ2:W2310.1:S"


@pytest.fixture
def scanner(qapp: QApplication) -> Iterator[Scanner]:
    owner = QObject()
    yield Scanner(owner)
    qapp.processEvents()
    shiboken6.delete(owner)


@pytest.fixture
def box(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def test_a_scan_is_told_and_nothing_of_it_is_typed(
    qtbot: QtBot, scanner: Scanner, box: QLineEdit
) -> None:
    pressed: list[bool] = []
    box.returnPressed.connect(lambda: pressed.append(True))
    qtbot.keyClicks(box, "Pump ")
    with qtbot.waitSignal(scanner.scanned) as told:
        qtbot.keyClicks(box, CODE)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told.args == [CODE]
    assert box.text() == "Pump "
    assert not pressed


@pytest.mark.parametrize("words", ["Sump pump", "SCHOOL IS SHUT", "SC", "S", "Call S.C. back"])
def test_what_a_person_types_reaches_the_box_in_order(
    qtbot: QtBot, scanner: Scanner, box: QLineEdit, words: str
) -> None:
    told: list[str] = []
    scanner.scanned.connect(told.append)
    qtbot.keyClicks(box, words)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == words
    assert not told


@pytest.mark.usefixtures("scanner")
def test_letters_held_back_are_let_go_after_a_moment(qtbot: QtBot, box: QLineEdit) -> None:
    qtbot.keyClicks(box, "SC")
    assert not box.text()
    qtbot.waitUntil(lambda: box.text() == "SC")


def test_a_code_typed_by_hand_is_only_text(qtbot: QtBot, scanner: Scanner, box: QLineEdit) -> None:
    told: list[str] = []
    scanner.scanned.connect(told.append)
    qtbot.keyClicks(box, CODE, delay=BURST_MS * 2)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == CODE
    assert not told


@pytest.mark.usefixtures("scanner")
def test_a_key_with_ctrl_goes_its_way(qtbot: QtBot, box: QLineEdit) -> None:
    box.setText("Oak")
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert box.selectedText() == "Oak"
