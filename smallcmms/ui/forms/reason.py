"""Asking why, inline in a pane: one line, at times a choice above it, and the verb."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Choice,
    Form,
    Label,
    LineBox,
    Panel,
    PanelHeader,
    line,
    row,
)

Act = Callable[[str, object], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: ``field`` is the service's name of the reason, ``do`` the verb on the button.

    Without a field nothing is to be typed; with ``choices`` one of them is picked.
    """

    title: str
    do: str
    field: str = ""
    label: str = ""
    why: str = ""
    icon: str = "info"
    is_needed: bool = True
    choices: Sequence[tuple[object, str]] = ()


class ReasonForm(Panel):
    """Ask one question; ``closed`` tells that it is answered or left."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "")
        self.form = Form(self)
        self.title, self.why = PanelHeader("info", ""), Label("", "second", wraps=True)
        self.choice, self.reason = Choice(_("What for")), LineBox(_("Why"))
        self.do = Button("", "primary", icon="check", key="Ctrl+Return", on=self.answer)
        back = Button(_("Back"), on=self.closed.emit)
        self._act: Act | None = None
        self._question: Question | None = None
        self.add(self.title)
        self.pad(self.why, self.choice, self.reason, row(self.do, back, None))
        self.add(line())
        self.hide()

    def ask(self, question: Question, act: Act) -> None:
        """Ask a question; its answer goes to ``act``: the words, and the key of the choice."""
        self._question, self._act = question, act
        self.title.title.setText(question.title)
        self.why.setText(question.why)
        self.why.setVisible(bool(question.why))
        self.do.say(question.do)
        self.choice.set_items(question.choices)
        self.choice.setVisible(bool(question.choices))
        self.form.boxes = {question.field: self.reason} if question.field else {}
        self.reason.label.setText(question.label or _("Why"))
        self.reason.set_value("")
        self.reason.setVisible(bool(question.field))
        self.show()
        first = self.reason if question.field else self.do
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self) -> None:
        """Do the verb with what was typed; what the rules refuse is said below the box."""
        question, act = self._question, self._act
        if question is None or act is None:
            return
        if question.is_needed and question.field and not self.reason.text:
            self.reason.show_error(_("Write something here."))
            self.reason.setFocus()
            return
        act(self.reason.text, self.choice.value)
        if self._question is question:
            self.closed.emit()
