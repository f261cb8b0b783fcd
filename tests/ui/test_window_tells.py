from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.ui import errors
from smallcmms.ui.background import Job
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.window import Window
from tests.ui.benches import CTRL, Barrier, Steps, menu, page, press


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


def test_a_toast_hides_no_filled_button(window: Window) -> None:
    window.toast("WO-2310 closed")
    button = Button("Print and mark sent", "primary")
    button.setParent(window.toasts.parentWidget())
    button.setGeometry(window.toasts.geometry())
    button.show()
    window.toast("WO-2310 closed")
    assert not window.toasts.geometry().intersects(button.geometry())


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


def test_about_says_which_program_this_is(window: Window) -> None:
    window.commands["about"].trigger()
    assert window.toasts.words.text().startswith("SmallCMMS 0")


def test_a_count_is_told_to_a_screen_reader_and_painted(window: Window) -> None:
    window.set_count("requests", 5, is_hot=True)
    window.set_count("nowhere", 5)
    item = window.sidebar.items["requests"]
    assert item.accessibleName() == "Requests, 5 wait for you"
    for width in (1440, 1100):
        window.resize(width, 800)
        item.setFocus()
        assert not window.grab().toImage().isNull()
