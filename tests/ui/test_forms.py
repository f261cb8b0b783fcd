from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.formats import Formats
from smallcmms.ui import errors
from smallcmms.ui.widgets.box import Box, LineBox, TextBox
from smallcmms.ui.widgets.boxes import ClockBox, DateBox, MoneyBox, PriceBox, QuantityBox
from smallcmms.ui.widgets.choice import Choice
from smallcmms.ui.widgets.form import Form

FORMATS = Formats()
Place = Callable[..., QWidget]


def today() -> date:
    return date(2026, 7, 14)


@pytest.fixture
def place(qtbot: QtBot, owner: QWidget) -> Place:
    """Return a function that shows boxes in a window and makes it the active one."""

    def show(*boxes: QWidget) -> QWidget:
        window = owner
        layout = QVBoxLayout(window)
        for box in boxes:
            layout.addWidget(box)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return show


@pytest.mark.parametrize(
    ("box", "typed", "value", "tidy"),
    [
        (lambda: LineBox("Name"), " Priya ", "Priya", " Priya "),
        (lambda: MoneyBox("Amount", FORMATS), "$1,234.5", Decimal("1234.5"), "1,234.50"),
        (lambda: PriceBox("Price", FORMATS), "0.0275", Decimal("0.0275"), "$0.0275"),
        (lambda: QuantityBox("Used", FORMATS), "1.50", Decimal("1.5"), "1.5"),
        (lambda: DateBox("Date", FORMATS, today), "7/13", date(2026, 7, 13), "Jul 13, 2026"),
        (lambda: DateBox("Date", FORMATS, today), "", None, ""),
    ],
)
def test_a_box_reads_what_is_typed_and_tidies_it_when_left(  # noqa: PLR0917
    qtbot: QtBot, place: Place, box: Callable[[], LineBox], typed: str, value: object, tidy: str
) -> None:
    made, other = box(), LineBox("Other")
    place(made, other)
    made.setFocus()
    qtbot.keyClicks(made.line, typed)
    assert made.value == value
    assert made.typed == typed
    other.setFocus()
    assert made.line.text() == tidy


def test_what_is_wrong_stands_below_the_box_with_a_repair_until_the_next_key(
    qtbot: QtBot, place: Place
) -> None:
    box, other = DateBox("Invoice date", FORMATS, today), LineBox("Other")
    place(box, other)
    box.setFocus()
    qtbot.keyClicks(box.line, "Jul 41")
    assert not box.error.isVisible()
    other.setFocus()
    assert box.error.text() == "July has 31 days. Try Jul 31."
    assert box.error.isVisible()
    assert box.line.accessibleDescription() == box.error.text()
    qtbot.keyClick(box.line, Qt.Key.Key_Backspace)
    assert not box.error.isVisible()


def test_plus_adds_a_quarter_of_an_hour_to_a_time(qtbot: QtBot, place: Place) -> None:
    box = ClockBox("Arrived")
    place(box)
    qtbot.keyClicks(box.line, "805")
    qtbot.keyClicks(box.line, "++")
    assert box.line.text() == "8:35"
    box.line.clear()
    qtbot.keyClicks(box.line, "+")
    assert not box.line.text()


def test_a_needed_box_says_so(place: Place) -> None:
    line, text = LineBox("Name", is_needed=True), TextBox("What is wrong", is_needed=True)
    place(line, text)
    assert not line.check()
    assert not text.check()
    assert line.error.text() == text.error.text() == "Write something here."


def test_tab_leaves_a_box_of_several_lines(qtbot: QtBot, place: Place) -> None:
    box, other = TextBox("What is wrong"), LineBox("Other")
    place(box, other)
    box.setFocus()
    qtbot.keyClicks(box.text_edit, "Water is high")
    qtbot.keyClick(box.text_edit, Qt.Key.Key_Tab)
    assert other.line.hasFocus()
    assert box.value == "Water is high"


def test_a_choice_keeps_its_key_when_other_things_are_offered(place: Place) -> None:
    box = Choice("Site", [(3, "410 Chapel Rd"), (4, "1200 Riverside Dr")])
    place(box)
    assert box.value == 3
    box.set_value(4)
    box.set_items([(4, "1200 Riverside Dr"), (5, "Unit 2")])
    assert box.value == 4
    box.set_items([(5, "Unit 2")])
    assert box.value == 5
    box.set_value(None)
    assert box.value is None


class Saved:
    """What a form saved, in order."""

    def __init__(self) -> None:
        self.steps: list[dict[str, Any]] = []

    def __call__(self, values: dict[str, Any]) -> None:
        self.steps.append(values)


def form_of(qtbot: QtBot, owner: QWidget, **ways: Any) -> tuple[Form, LineBox, Box]:
    form = Form(owner, **ways)
    name = form.add("name", LineBox("Name", is_needed=True))
    due = form.add("due_on", DateBox("Due", FORMATS, today))
    layout = QVBoxLayout(owner)
    layout.addWidget(name)
    layout.addWidget(due)
    with qtbot.waitActive(owner):
        owner.show()
        owner.activateWindow()
    return form, name, due


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_change_is_saved_a_moment_after_the_last_key(qtbot: QtBot, owner: QWidget) -> None:
    saved = Saved()
    form, name, _due = form_of(qtbot, owner, save=saved)
    form.fill({"name": "Harbor View", "due_on": today()})
    assert not saved.steps
    name.setFocus()
    qtbot.keyClicks(name.line, "The ")
    assert form.is_dirty
    qtbot.waitUntil(lambda: saved.steps == [{"name": "The Harbor View"}])
    assert not form.is_dirty


def test_a_change_is_saved_when_its_box_is_left(qtbot: QtBot, owner: QWidget) -> None:
    saved = Saved()
    _form, name, due = form_of(qtbot, owner, save=saved)
    name.setFocus()
    qtbot.keyClicks(name.line, "Harbor View")
    due.setFocus()
    assert saved.steps == [{"name": "Harbor View"}]


def test_what_cannot_be_read_is_not_saved_and_not_lost(qtbot: QtBot, owner: QWidget) -> None:
    saved = Saved()
    form, name, due = form_of(qtbot, owner, save=saved)
    due.setFocus()
    qtbot.keyClicks(due.editor, "Jul 41")
    name.setFocus()
    form.fill({"due_on": today()})
    assert not saved.steps
    assert due.typed == "Jul 41"
    assert form.is_dirty


def test_a_draft_has_every_key(qtbot: QtBot, owner: QWidget) -> None:
    kept = Saved()
    form, name, _due = form_of(qtbot, owner, draft=kept)
    qtbot.keyClicks(name.line, "Pr")
    assert kept.steps == [{"name": "P", "due_on": ""}, {"name": "Pr", "due_on": ""}]
    form.clear()
    assert not name.line.text()
    form.put_back(kept.steps[-1])
    assert name.line.text() == "Pr"


def test_the_first_wrong_box_gets_the_cursor(qtbot: QtBot, owner: QWidget) -> None:
    form, name, due = form_of(qtbot, owner)
    due.setFocus()
    assert not form.check()
    assert name.line.hasFocus()
    with pytest.raises(RuleBroken) as broken:
        form.values()
    assert broken.value.field == "name"


def test_an_error_stands_beside_the_box_that_it_names(qtbot: QtBot, owner: QWidget) -> None:
    form, name, _due = form_of(qtbot, owner)
    taken = RuleBroken("{name} is taken.", "name", name="Harbor View")
    assert form.show_error(taken)
    assert name.error.text() == "Harbor View is taken."
    assert not form.show_error(RuleBroken("Elsewhere", "color"))


def test_a_rule_that_saving_breaks_is_announced(qtbot: QtBot, owner: QWidget) -> None:
    def refuse(_values: dict[str, Any]) -> None:
        raise RuleBroken("No.", "name")

    _form, name, due = form_of(qtbot, owner, save=refuse)
    name.setFocus()
    qtbot.keyClicks(name.line, "x")
    with qtbot.waitSignal(errors.signals.broken) as broken:
        due.setFocus()
    assert str(broken.args[0]) == "No."
