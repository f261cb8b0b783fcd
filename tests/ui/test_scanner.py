from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from smallcmms.ui.scanner import BURST_MS, Scanner

CODE = "SC7KQ2:W2310.1:P"
NOTHING = Qt.KeyboardModifier.NoModifier


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
    keys("Pump ")
    with qtbot.waitSignal(scanner.scanned) as told:
        keys(CODE)
        keys(Qt.Key.Key_Return)
    assert told.args == [CODE]
    assert box.text() == "Pump "
    assert not pressed


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
@pytest.mark.parametrize("typed", [CODE, CODE.lower(), "SC7KQ2ÖW2310.1ÖP", 'SCèKAéMZé"&à:&MP'])
def test_a_scan_is_told_whatever_the_keyboard_and_the_key_at_its_end(
    qtbot: QtBot, scanner: Scanner, box: QLineEdit, key: Qt.Key, typed: str
) -> None:
    other = QLineEdit(box)
    with qtbot.waitSignal(scanner.scanned) as told:
        type_signs(typed)
        keys(key)
        keys(Qt.Key.Key_Return)
    assert told.args == [CODE]
    assert not box.text()
    assert not other.hasFocus()


def keys(typed: str | Qt.Key, held: Qt.KeyboardModifier = NOTHING, *, rest: int = 0) -> None:
    """Press keys as a keyboard does: the window gets them, and hands them on to who has the focus.

    ``rest`` is how many milliseconds lie between two of them.
    """
    for key in typed if isinstance(typed, str) else [typed]:
        QTest.keyClick(QGuiApplication.focusWindow(), key, held)  # type: ignore[arg-type]
        if rest:
            QTest.qWait(rest)


def type_signs(text: str) -> None:
    """Type signs that no key of the tests' keyboard has."""
    for sign in text:
        shift = Qt.KeyboardModifier.ShiftModifier if sign.isupper() else NOTHING
        event = QKeyEvent(QEvent.Type.KeyPress, 0, shift, sign)
        QApplication.sendEvent(QGuiApplication.focusWindow(), event)


def test_a_scan_is_known_on_a_busy_pc_by_when_its_keys_were_taken(
    qtbot: QtBot, scanner: Scanner, box: QLineEdit
) -> None:
    with qtbot.waitSignal(scanner.scanned) as told:
        for number, sign in enumerate(CODE):
            event = QKeyEvent(QEvent.Type.KeyPress, 0, NOTHING, sign)
            event.setTimestamp(1_000 + 5 * number)
            QApplication.sendEvent(QGuiApplication.focusWindow(), event)
            if number == 3:
                QTest.qSleep(2 * BURST_MS)
    assert told.args == [CODE]
    assert not box.text()


def test_a_scanner_without_a_key_at_the_end_is_told_after_a_moment(
    qtbot: QtBot, scanner: Scanner, box: QLineEdit
) -> None:
    with qtbot.waitSignal(scanner.scanned) as told:
        keys(CODE)
    assert told.args == [CODE]
    assert not box.text()


@pytest.mark.usefixtures("box")
def test_a_code_that_was_misread_is_told_so_that_someone_says_so(
    qtbot: QtBot, scanner: Scanner
) -> None:
    with qtbot.waitSignal(scanner.scanned) as told:
        keys("SC7KQ2:W2311.1:S")
        keys(Qt.Key.Key_Return)
    assert told.args == ["SC7KQ2:W2311.1:S"]


def test_no_key_of_a_scan_starts_a_command(qtbot: QtBot, scanner: Scanner, box: QLineEdit) -> None:
    done: list[str] = []
    for letter in "KQW":
        shortcut = QShortcut(QKeySequence(f"Shift+{letter}"), box)
        shortcut.activated.connect(lambda letter=letter: done.append(letter))
    with qtbot.waitSignal(scanner.scanned):
        keys(CODE)
        keys(Qt.Key.Key_Return)
    assert not done


def test_a_scan_closes_the_menu_that_is_open(
    qtbot: QtBot, scanner: Scanner, box: QLineEdit
) -> None:
    menu = QMenu(box)
    menu.addAction("Sort")
    menu.popup(box.mapToGlobal(box.rect().bottomLeft()))
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() == menu.windowHandle())
    with qtbot.waitSignal(scanner.scanned):
        keys(CODE)
        keys(Qt.Key.Key_Return)
    assert not menu.isVisible()


def test_a_scan_answers_no_question(qtbot: QtBot, scanner: Scanner, box: QLineEdit) -> None:
    told: list[str] = []
    scanner.scanned.connect(told.append)
    dialog = QDialog(box)
    answer = QLineEdit(dialog)
    dialog.open()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    answer.setFocus()
    qtbot.waitUntil(answer.hasFocus)
    keys(CODE)
    keys(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not answer.text()
    assert not told
    dialog.close()


@pytest.mark.parametrize(
    "words", ["Sump pump", "SCHOOL IS SHUT", "SC", "S", "Call S.C. back", "scrub", "sc"]
)
def test_what_a_person_types_reaches_the_box_in_order(
    scanner: Scanner, box: QLineEdit, words: str
) -> None:
    told: list[str] = []
    scanner.scanned.connect(told.append)
    keys(words)
    keys(Qt.Key.Key_Return)
    assert box.text() == words
    assert not told


@pytest.mark.usefixtures("scanner")
def test_letters_held_back_are_let_go_after_a_moment(qtbot: QtBot, box: QLineEdit) -> None:
    keys("SC")
    assert not box.text()
    qtbot.waitUntil(lambda: box.text() == "SC")


def test_a_code_typed_by_hand_is_only_text(scanner: Scanner, box: QLineEdit) -> None:
    told: list[str] = []
    scanner.scanned.connect(told.append)
    keys(CODE, rest=BURST_MS * 2)
    keys(Qt.Key.Key_Return)
    assert box.text() == CODE
    assert not told


@pytest.mark.usefixtures("scanner")
def test_a_key_with_ctrl_goes_its_way(box: QLineEdit) -> None:
    box.setText("Oak")
    keys(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert box.selectedText() == "Oak"


class CountingScanner(Scanner):
    """Counts what it is asked about."""

    def __init__(self, parent: QObject) -> None:
        self.asked: list[QEvent.Type] = []
        super().__init__(parent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Count, and decide as ever."""
        self.asked.append(event.type())
        return super().eventFilter(watched, event)


def test_the_scanner_is_not_asked_about_what_widgets_do(qtbot: QtBot, box: QLineEdit) -> None:
    scanner = CountingScanner(box)
    for _ in range(20):
        QLineEdit(box).show()
    qtbot.waitExposed(box)
    assert QEvent.Type.Polish not in scanner.asked
    assert len(scanner.asked) < 20
    keys("w")
    assert QEvent.Type.KeyPress in scanner.asked
    scanner.end()


def test_the_scanner_follows_the_keys_to_another_window(
    qtbot: QtBot, scanner: Scanner, box: QLineEdit
) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    other.setFocus()
    with qtbot.waitSignal(scanner.scanned):
        keys(CODE)
        keys(Qt.Key.Key_Return)
    assert not other.text()
    assert not box.text()
