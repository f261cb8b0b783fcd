"""A question that stands in the pane itself: why, or which one; never a window of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.services import search
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    LineBox,
    Option,
    Options,
    block,
    column,
    row,
)


class Asking(QWidget):
    """Ask for a reason, or what is repeated, and then do it; ``closed`` tells that it is over."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._act: Callable[[], object] | None = None
        self.form = Form(self)
        self.title = Label("", "h3", wraps=True)
        self.options = Options()
        self.well = block(column(self.options, margins=(1, 1, 1, 1)), "well")
        self.reason = self.form.add("reason", LineBox(_("Why")))
        words = _("Another work order or request")
        other = FindBox(words, self._look, hint=_("Number, asset, problem"), says=words)
        self.other = self.form.add("duplicate_of", other)
        self.button = Button("", "primary", on=self._press)
        back = Button(_("Back"), on=self.close_question)
        self.setLayout(
            column(
                self.title, self.well, self.reason, self.other, None, row(self.button, back, None)
            )
        )
        self.options.chosen.connect(lambda _key: self.other.set_value(None))
        self.other.taken.connect(lambda _key: self.options.set_value(None))

    def ask_why(
        self, title: str, button: str, act: Callable[[], object], reasons: Sequence[str] = ()
    ) -> None:
        """Ask why, of usual reasons or in words."""
        self.reason.label.setText(_("Why") if not reasons else _("More, or another reason"))
        options = [Option(reason, reason) for reason in reasons]
        self._ask(title, button, act, options)
        self.reason.show()
        self.other.hide()
        self._enter()

    def ask_which(
        self, title: str, button: str, act: Callable[[], object], offered: Sequence[Option]
    ) -> None:
        """Ask which work order or request, of those offered or any other."""
        self._ask(title, button, act, offered)
        if offered:
            self.options.set_value(offered[0].key)
        self.reason.hide()
        self.other.show()
        self._enter()

    @property
    def why(self) -> str:
        """Return the reason, as it is kept."""
        return ": ".join(filter(None, (str(self.options.value or ""), self.reason.text)))

    @property
    def which(self) -> tuple[str, int]:
        """Return the kind and id of what was picked: a work_order or a request.

        Raises:
            RuleBroken: none was.
        """
        key = self.other.value or self.options.value
        if not isinstance(key, tuple):
            raise RuleBroken("Say which request or work order it repeats.", "duplicate_of")
        kind, record_id = key
        return str(kind), int(record_id)

    def close_question(self) -> None:
        """Ask no more."""
        self._act = None
        self.closed.emit()

    def _ask(
        self, title: str, button: str, act: Callable[[], object], options: Sequence[Option]
    ) -> None:
        self._act = act
        self.form.clear()
        self.title.setText(title)
        self.button.say(button)
        self.options.set_options(options)
        self.options.set_value(None)
        self.well.setVisible(bool(options))

    def _enter(self) -> None:
        if self.options.value is not None or self.reason.isHidden():
            self.options.enter()
        if not self.reason.isHidden():
            self.reason.setFocus()
        elif self.well.isHidden():
            self.other.setFocus()

    def _press(self) -> None:
        if self._act is not None:
            self._act()
            self.close_question()

    def _look(self, text: str) -> Sequence[Found]:
        hits = search.find(self._desk.store, text)
        kinds = ("work_order", "request")
        return [
            Found((hit.kind, hit.id), hit.number, hit.title) for hit in hits if hit.kind in kinds
        ]
