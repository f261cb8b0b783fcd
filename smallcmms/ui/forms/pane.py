"""The pane in which a form stands beside the list: its title, its boxes, its one filled button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Form,
    Label,
    Panel,
    PanelHeader,
    TextBox,
    block,
    row,
    scrolled,
    theme,
)


class Fillable(Protocol):
    """A form in a pane."""

    form: Form
    first: QWidget


class FormPane(Panel):
    """Show one of several forms; the filled button adds what is new, or ends an edit.

    ``closed`` tells that the person is done with it.
    """

    closed = Signal()

    def __init__(self, *forms: QWidget) -> None:
        super().__init__()
        self.header = PanelHeader("file-pen", "", is_big=True)
        self.add(self.header)
        self._forms, self.stack = forms, QStackedWidget()
        for form in forms:
            form.setContentsMargins(16, 12, 16, 12)
            self.stack.addWidget(scrolled(form))
        self.add(self.stack, 1)
        self.button = Button("", "primary", key="Ctrl+Return", on=self._press)
        self.leave = Button(_("Back"), on=self.close_form)
        self.hint = Label("", "second")
        foot = row(self.button, self.leave, self.hint, None, margins=(16, 8, 16, 8))
        self.add(block(foot, "footer"))
        self._act: Callable[[], object] | None = None
        theme.signals.changed.connect(self._fit)
        self._fit()

    def show_new(
        self, form: QWidget, title: str, words: str, make: Callable[[], object], hint: str = ""
    ) -> None:
        """Show a form of something new; the filled button makes it."""
        self._show(form, title)
        self._act = make
        self.button.say(words)
        self.leave.setVisible(True)
        self.hint.setText(hint)

    def show_edit(self, form: QWidget, title: str) -> None:
        """Show a form of something that is there; it saves by itself."""
        self._show(form, title)
        self._act = None
        self.button.say(_("Done"))
        self.leave.setVisible(False)
        self.hint.setText(_("Saved when you leave a box."))

    def holds(self, form: QWidget) -> bool:
        """Tell whether this form is the one that is shown."""
        return self.stack.currentIndex() == self._forms.index(form)

    def close_form(self) -> None:
        """Save what can be saved and go back to the page."""
        self._current().form.keep()
        self.closed.emit()

    def _fit(self) -> None:
        for box in self.findChildren(TextBox):
            box.text_edit.setMaximumHeight(box.text_edit.minimumHeight())

    def _show(self, form: QWidget, title: str) -> None:
        self.header.title.setText(title)
        self.stack.setCurrentIndex(self._forms.index(form))
        self._current().first.setFocus()

    def _press(self) -> None:
        if self._act is None:
            self._current().form.keep()
            if self._current().form.check():
                self.closed.emit()
        elif self._current().form.check():
            self._act()

    def _current(self) -> Fillable:
        return self._forms[self.stack.currentIndex()]  # type: ignore[return-value]
