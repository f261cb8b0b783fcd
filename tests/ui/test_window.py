from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from smallcmms.ui import theme
from smallcmms.ui.help import KeysDialog
from smallcmms.ui.places import PLACES
from smallcmms.ui.theme import Mode
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.window import LEAST_HIGH, LEAST_WIDE, Window
from tests.ui.benches import ALT, CTRL, SHIFT, Benches, menu, page, press


def test_every_command_of_window_and_page_is_in_a_menu(window: Window) -> None:
    texts = {
        text
        for name in ("File", "Edit", "View", "Go", "Record", "Tools", "Help")
        for text in menu(window, name)
    }
    view = page(window)
    for act in (*window.commands.values(), *view.commands.values()):
        assert act.text() in texts


def test_the_menus_hold_the_commands_of_the_page_that_is_shown(window: Window) -> None:
    assert menu(window, "Record")[0] == "Print the bench"
    assert menu(window, "Record").count("Print the bench") == 1
    window.go("requests")
    window.go("work_orders")
    assert menu(window, "Record").count("Print the bench") == 1
    assert menu(window, "Tools") == ["Refuse"]


def test_a_key_reaches_the_command_of_the_page_wherever_the_focus_is(
    qtbot: QtBot, window: Window
) -> None:
    window.search()
    press(qtbot, window, Qt.Key.Key_P, CTRL)
    assert page(window).done[-1] == "printed"
    assert "printed" not in page(window, "requests").done


def test_a_number_key_goes_to_the_page_at_that_place(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_2, CTRL)
    assert window.view() is page(window, "requests")
    press(qtbot, window, Qt.Key.Key_Comma, CTRL)
    assert window.view() is page(window, "settings")
    assert window.sidebar.items["settings"].isChecked()
    press(qtbot, window, Qt.Key.Key_4, CTRL)
    assert window.view() is page(window, "settings")


def test_a_page_that_belongs_to_another_shows_that_one_in_the_sidebar(window: Window) -> None:
    window.go("settings")
    window.tools.enter_sheet.click()
    assert window.view() is page(window, "enter_sheet")
    assert window.sidebar.items["work_orders"].isChecked()


def test_back_and_forward_come_to_the_record_that_was_shown(qtbot: QtBot, window: Window) -> None:
    window.go("work_orders", 7)
    page(window).record_id = 9
    window.go("requests")
    page(window).record_id = 0
    press(qtbot, window, Qt.Key.Key_Left, ALT)
    assert window.view() is page(window)
    assert page(window).record_id == 9
    press(qtbot, window, Qt.Key.Key_Right, ALT)
    assert window.view() is page(window, "requests")
    assert not window.commands["forward"].isEnabled()


def test_what_is_typed_is_saved_before_the_page_is_left(qtbot: QtBot, window: Window) -> None:
    view = page(window)
    view.name.setFocus()
    qtbot.keyClicks(view.name.line, "Oak")
    window.go("requests")
    assert "saved {'name': 'Oak'}" in view.done


def test_log_a_call_begins_with_the_customer_that_is_open(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_L, CTRL)
    assert page(window, "requests").done[-1] == "call {'customer_id': 3}"
    press(qtbot, window, Qt.Key.Key_N, CTRL, SHIFT)
    assert page(window).done[-1] == "work_order {'customer_id': 3}"


def test_ctrl_enter_presses_the_filled_button_of_the_pane_with_the_focus(
    qtbot: QtBot, window: Window
) -> None:
    view = page(window)
    view.sift.setFocus()
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    assert view.done[-1] == "first"
    view.name.setFocus()
    press(qtbot, window, Qt.Key.Key_Enter, CTRL)
    assert view.done[-1] == "printed"
    view.commands["print_sheet"].setEnabled(False)
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    assert view.done[-1] == "first"


def test_f6_goes_round_the_panes(qtbot: QtBot, window: Window) -> None:
    view = page(window)
    view.sift.setFocus()
    visited = []
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_F6)
        visited.append(QApplication.focusWidget() or window)
    assert visited[0] is view.name.line
    assert window.tools.isAncestorOf(visited[1])
    assert visited[2] is view.sift.line
    press(qtbot, window, Qt.Key.Key_F6, SHIFT)
    assert window.tools.isAncestorOf(QApplication.focusWidget() or window)


def test_slash_goes_to_search_but_is_a_letter_in_a_box(qtbot: QtBot, window: Window) -> None:
    view = page(window)
    view.name.setFocus()
    qtbot.keyClicks(view.name.line, "a/b")
    assert view.name.line.text() == "a/b"
    view.left.findChildren(Button)[0].setFocus()
    press(qtbot, window, Qt.Key.Key_Slash)
    assert window.tools.search.hasFocus()


def test_ctrl_f_filters_and_esc_clears(qtbot: QtBot, window: Window) -> None:
    view = page(window)
    press(qtbot, window, Qt.Key.Key_F, CTRL)
    assert view.sift.line.hasFocus()
    qtbot.keyClicks(view.sift.line, "oak")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not view.sift.line.text()


def test_a_narrow_window_has_a_rail_and_a_short_search(window: Window) -> None:
    window.resize(1440, 868)
    assert window.sidebar.width() == 196
    window.resize(1100, 700)
    assert window.sidebar.width() == 76
    assert window.tools.search.placeholderText() == "Search everything"
    assert window.minimumWidth() == LEAST_WIDE
    assert window.minimumHeight() == LEAST_HIGH


def test_the_window_comes_back_where_it_stood(qtbot: QtBot, window: Window) -> None:
    window.resize(1200, 800)
    window.close()
    kept = QSettings().value("window/geometry")
    bare, again = QMainWindow(), Window(PLACES)
    bare.setMinimumSize(again.minimumSize())
    for each in (bare, again):
        qtbot.addWidget(each)
    assert bare.restoreGeometry(kept)
    assert again.geometry() == bare.geometry()


def test_colours_and_text_size_change_as_the_program_runs_and_are_remembered(
    window: Window,
) -> None:
    window.commands["dark"].trigger()
    assert theme.is_dark()
    window.commands["larger"].trigger()
    assert theme.percent() == 110
    assert QSettings().value("theme/mode") == "dark"
    for _ in range(9):
        window.commands["smaller"].trigger()
    assert theme.percent() == 90
    window.commands["normal"].trigger()
    window.commands["light"].trigger()
    assert (theme.mode(), theme.percent()) == (Mode.LIGHT, 100)
    window.commands["as_system"].trigger()
    assert theme.mode() is Mode.SYSTEM


def test_f1_lists_the_keys_of_this_page_first(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_F1)
    [dialog] = window.findChildren(KeysDialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert words[0] == "Benches"
    assert "print" in words
    assert "Log a call" in words
    dialog.accept()


def test_the_title_names_page_and_shop(window: Window) -> None:
    window.shop_name = "Ridgeline Mechanical LLC"
    window.go("requests")
    assert window.windowTitle() == "Benches · Ridgeline Mechanical LLC · SmallCMMS"


def test_a_page_takes_the_place_of_the_one_that_waited_for_it(window: Window) -> None:
    new = Benches()
    window.add_page("work_orders", new)
    assert window.view("work_orders") is new
    assert window.view() is new
    assert window.pages.currentWidget() is new
    assert new.done == ["shown"]


def test_no_words_on_the_screen_are_rich_text(window: Window) -> None:
    labels = [label for label in window.findChildren(QLabel) if label.text()]
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_every_button_without_words_has_a_name_and_a_tooltip(window: Window) -> None:
    silent = [button for button in window.findChildren(Button) if not button.words]
    assert silent
    assert all(button.accessibleName() and button.toolTip() for button in silent)


def test_two_commands_never_share_a_key(window: Window) -> None:
    acts: list[QAction] = [*window.menus.every()]
    keys = [key.toString() for act in acts for key in act.shortcuts()]
    assert len(keys) == len(set(keys))
