"""A window with pages that keep benches, and changes in memory: what its tests work with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.texts import later
from smallcmms.ui.actions import action
from smallcmms.ui.view import View
from smallcmms.ui.widgets.box import LineBox
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.form import Form
from smallcmms.ui.widgets.panel import Panel, row
from smallcmms.ui.window import Window

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


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


def page(window: Window, name: str = "work_orders") -> Benches:
    view = window.view(name)
    assert isinstance(view, Benches)
    return view


def press(qtbot: QtBot, window: Window, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


def menu(window: Window, name: str) -> list[str]:
    [found] = [
        child
        for child in window.menuBar().findChildren(QMenu)
        if child.title().replace("&", "") == name
    ]
    return [act.text() for act in found.actions() if not act.isSeparator()]
