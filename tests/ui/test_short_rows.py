from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.ui.kit import Cell, Column, column
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.widgets.fact import Fact, Facts
from smallcmms.ui.widgets.panel import block
from smallcmms.ui.widgets.two_columns import TwoColumns


def test_a_short_list_is_as_tall_as_its_rows(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    rows = ShortRows[str]([Column("", lambda word: Cell(first=word))], row=30)
    qtbot.addWidget(rows)
    rows.show_rows(["one", "two"])
    two = rows.sizeHint().height()
    rows.show_rows(["one", "two", "three"])
    assert rows.sizeHint().height() - two == 30
    assert rows.row_of(3) == "three"
    qtmodeltester.check(rows.rows)
    rows.show_rows([])
    assert rows.isHidden()


def test_a_row_opens_at_enter_and_is_left_with_the_keys(qtbot: QtBot) -> None:
    rows = ShortRows[str].of_cells(lambda word: Cell(first=word))
    whole = block(column(rows))
    qtbot.addWidget(whole)
    rows.show_rows(["one", "two"])
    whole.show()
    qtbot.waitExposed(whole)
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert opened.args == [1]
    QApplication.sendEvent(rows, QFocusEvent(QEvent.Type.FocusOut))
    assert rows.chosen_id == 0


def test_two_columns_stand_below_each_other_where_it_is_narrow(qtbot: QtBot) -> None:
    left, right = block(column()), block(column())
    both = TwoColumns(left, right)
    qtbot.addWidget(both)
    both.resize(900, 400)
    both.show()
    qtbot.waitExposed(both)
    qtbot.waitUntil(lambda: right.y() == left.y())
    both.resize(500, 400)
    qtbot.waitUntil(lambda: right.y() > left.y())


def test_facts_stand_in_as_many_columns_as_there_is_room(qtbot: QtBot) -> None:
    facts = [Fact(label) for label in ("One", "Two", "Three")]
    row = Facts(facts)
    qtbot.addWidget(row)
    row.resize(900, 120)
    row.show()
    qtbot.waitExposed(row)
    assert facts[0].y() == facts[2].y()
    row.resize(320, 200)
    qtbot.waitUntil(lambda: facts[2].y() > facts[0].y())
    facts[0].say("")
    assert facts[0].first.text() == "–"
