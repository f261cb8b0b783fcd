from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.texts import later
from smallcmms.ui import errors, theme
from smallcmms.ui.actions import action
from smallcmms.ui.background import Job
from smallcmms.ui.help import KeysDialog
from smallcmms.ui.places import PLACES
from smallcmms.ui.theme import Mode
from smallcmms.ui.view import View
from smallcmms.ui.widgets.box import LineBox
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.form import Form
from smallcmms.ui.widgets.panel import Panel, row
from smallcmms.ui.window import LEAST_HIGH, LEAST_WIDE, Window


class Benches(View):
    """A page with a list at the left and a form at the right."""

    title = later("Benches")
    keys = (("Ctrl+P", later("print")),)

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.record_id = 0
        self.left, self.right = Panel(), Panel()
        self.sift = LineBox(hint="Filter this list")
        self.filter_box = self.sift.line
        self.form = Form(self, save=self._save)
        self.name = self.form.add("name", LineBox("Name"))
        self.left.pad(self.sift, Button("First", "primary", on=lambda: self.done.append("first")))
        self.right.pad(self.name, self.button("print_sheet", "primary"))
        self.setLayout(row(self.left, self.right))

    @action(later("Print the bench"), shortcut="Ctrl+P", icon="printer", has_line=True)
    def print_sheet(self) -> None:
        self.done.append("printed")

    @action(later("Refuse"), shortcut="Ctrl+T", menu="tools")
    def refuse(self) -> None:
        raise RuleBroken("{name} is taken.", "name", name="Oak")

    def shown(self) -> None:
        self.done.append("shown")

    def go_to(self, record_id: int) -> None:
        self.record_id = record_id

    def current_id(self) -> int:
        return self.record_id

    def begin(self, what: str, **facts: object) -> None:
        self.done.append(f"{what} {facts}")

    def about(self) -> dict[str, object]:
        return {"customer_id": 3}

    def _save(self, values: dict[str, object]) -> None:
        self.done.append(f"saved {values}")


class Step:
    """The name of a change."""

    is_barrier = False
    message = "Close {number}"

    def __init__(self, number: str) -> None:
        self.values: dict[str, object] = {"number": number}


class Barrier(Step):
    """An issued document, which undo does not cross."""

    is_barrier = True
    message = "Issued; make a credit note"


class Steps:
    """Changes in memory."""

    def __init__(self) -> None:
        self.done, self.undone = [Step("WO-2309"), Step("WO-2310")], [Step("")]
        self.undone.clear()

    def undo(self) -> Step:
        self.undone.append(self.done.pop())
        return self.undone[-1]

    def redo(self) -> Step:
        self.done.append(self.undone.pop())
        return self.done[-1]

    def next_undo(self) -> Step | None:
        return self.done[-1] if self.done else None

    def next_redo(self) -> Step | None:
        return self.undone[-1] if self.undone else None


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window(PLACES)
    qtbot.addWidget(made)
    for name in ("requests", "work_orders", "settings", "enter_sheet"):
        made.add_page(name, Benches())
    made.go("work_orders")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def page(window: Window, name: str = "work_orders") -> Benches:
    view = window.view(name)
    assert isinstance(view, Benches)
    return view


def press(qtbot: QtBot, window: Window, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def menu(window: Window, name: str) -> list[str]:
    [found] = [
        child
        for child in window.menuBar().findChildren(QMenu)
        if child.title().replace("&", "") == name
    ]
    return [act.text() for act in found.actions() if not act.isSeparator()]


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
    press(qtbot, window, Qt.Key.Key_1, CTRL)
    assert window.view() is page(window, "requests")
    press(qtbot, window, Qt.Key.Key_Comma, CTRL)
    assert window.view() is page(window, "settings")
    assert window.sidebar.items["settings"].isChecked()
    press(qtbot, window, Qt.Key.Key_3, CTRL)
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


def test_ctrl_s_says_that_all_is_saved(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_S, CTRL)
    assert window.status.saved.text() == "All changes saved"


def test_the_edit_menu_names_what_would_be_taken_back(qtbot: QtBot, window: Window) -> None:
    steps = Steps()
    window.use_steps(steps)
    assert menu(window, "Edit")[:2] == ["Undo Close WO-2310", "Redo"]
    window.sidebar.items["requests"].setFocus()
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    window.refresh_steps()
    assert menu(window, "Edit")[:2] == ["Undo Close WO-2309", "Redo Close WO-2310"]
    assert window.toasts.words.text() == "Taken back: Close WO-2310"
    press(qtbot, window, Qt.Key.Key_Y, CTRL)
    assert [step.values["number"] for step in steps.done] == ["WO-2309", "WO-2310"]


def test_undo_says_why_it_stops_at_an_issued_document(window: Window) -> None:
    steps = Steps()
    steps.done = [Barrier("INV-1187")]
    window.use_steps(steps)
    assert window.commands["undo"].text() == "Issued; make a credit note"
    assert not window.commands["undo"].isEnabled()


def test_in_a_box_ctrl_z_belongs_to_the_box(qtbot: QtBot, window: Window) -> None:
    steps = Steps()
    window.use_steps(steps)
    view = page(window)
    view.name.setFocus()
    qtbot.keyClicks(view.name.line, "Oak")
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert not view.name.line.text()
    assert len(steps.done) == 2


def test_a_toast_offers_undo_and_stays_while_the_mouse_is_on_it(
    qtbot: QtBot, window: Window
) -> None:
    steps = Steps()
    window.use_steps(steps)
    window.toast("WO-2310 closed")
    toast = window.toasts
    assert toast.isVisible()
    toast._clock.setInterval(1)
    toast.undo.setFocus()
    toast._clock.start()
    qtbot.waitUntil(toast._clock.isActive)
    toast.undo.click()
    assert [step.values["number"] for step in steps.undone] == ["WO-2310"]
    window.toast("Printed", has_undo=False)
    assert not toast.undo.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_broken_rule_stands_beside_its_box(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_T, CTRL)
    assert page(window).name.error.text() == "Oak is taken."
    assert not window.error_line.isVisible()


def test_a_broken_rule_without_a_box_stands_in_a_line_until_esc(
    qtbot: QtBot, window: Window
) -> None:
    errors.show(RuleBroken("The disk is full. {kept} is kept.", kept="WO-2310"), window)
    assert window.error_line.words.text() == "The disk is full. WO-2310 is kept."
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.error_line.isVisible()


def test_a_fault_of_the_program_is_handed_on_once_and_told_in_words(window: Window) -> None:
    faults: list[BaseException] = []
    window.faulted.connect(faults.append)
    for _ in range(2):
        errors.show(ZeroDivisionError("Priya Natarajan"), window)
    assert [errors.kind(fault) for fault in faults] == ["builtins.ZeroDivisionError"]
    assert window.error_line.words.text() == errors.words()
    assert "Priya" not in errors.details(faults[0])


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


def test_a_count_is_told_to_a_screen_reader_and_painted(window: Window) -> None:
    window.set_count("requests", 5, is_hot=True)
    window.set_count("nowhere", 5)
    item = window.sidebar.items["requests"]
    assert item.accessibleName() == "Requests, 5 wait for you"
    for width in (1440, 1100):
        window.resize(width, 800)
        item.setFocus()
        assert not window.grab().toImage().isNull()


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
    assert window.view() is new
    assert window.pages.currentWidget() is new
    assert new.done == ["shown"]


def test_long_work_is_shown_and_can_be_stopped(window: Window) -> None:
    job = Job("Making 12 work orders", window)
    window.status.show_job(job)
    job.step(7, 12)
    assert (window.status.bar.value(), window.status.bar.maximum()) == (7, 12)
    window.status.stop.click()
    with pytest.raises(RuleBroken):
        job.step(8, 12)
    window.status.end_job(job)
    assert not window.status.progress.isVisible()


def test_the_age_of_the_backup_stands_in_the_status_row(window: Window) -> None:
    window.status.tell_backup("Copies are on this same disk", is_worry=True)
    assert window.status.backup.isVisible()
    window.status.tell_backup("")
    assert not window.status.backup.isVisible()


def test_no_words_on_the_screen_are_rich_text(window: Window) -> None:
    labels = [label for label in window.findChildren(QLabel) if label.text()]
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_every_button_without_words_has_a_name_and_a_tooltip(window: Window) -> None:
    silent = [button for button in window.findChildren(Button) if not button.words]
    assert silent
    assert all(button.accessibleName() and button.toolTip() for button in silent)


def test_about_says_which_program_this_is(window: Window) -> None:
    window.commands["about"].trigger()
    assert window.toasts.words.text().startswith("SmallCMMS 0")


def test_two_commands_never_share_a_key(window: Window) -> None:
    acts: list[QAction] = [*window.menus.every()]
    keys = [key.toString() for act in acts for key in act.shortcuts()]
    assert len(keys) == len(set(keys))
