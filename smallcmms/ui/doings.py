"""What can be done about a text that is searched for: begin something, or any command after >."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QKeySequence

from smallcmms.texts import _
from smallcmms.ui.search_entries import Doing
from smallcmms.ui.widgets.button import native

COMMAND = ">"


class Frame(Protocol):
    """The window, as far as it is used here."""

    commands: dict[str, QAction]

    def begin(self, name: str, what: str, **facts: object) -> None:
        """Show a page and begin something new there."""

    def page_commands(self) -> Iterable[QAction]:
        """Return the commands of the page that is shown."""


def about(frame: Frame, text: str) -> list[Doing]:
    """Return what can be done about a text."""
    if text.startswith(COMMAND):
        return _commands(frame, text[1:].strip().lower())
    order, call = frame.commands["new_work_order"], frame.commands["log_call"]
    quoted, about_it = _("“{text}”", text=text), _("about “{text}”", text=text)
    make, log = (
        _begin(frame, "work_orders", "work_order"),
        _begin(frame, "requests", "call"),
    )
    return [
        Doing(_("New work order"), "plus", _key(order), make, quoted),
        Doing(_("Log a call"), "phone-call", _key(call), log, about_it),
    ]


def _begin(frame: Frame, page: str, what: str) -> Callable[[str], object]:
    return lambda words: frame.begin(page, what, words=words)


def _commands(frame: Frame, word: str) -> list[Doing]:
    acts = [*frame.page_commands(), *frame.commands.values()]
    return [
        Doing(_plain(act), act.data().icon or "chevron-right", _key(act), partial(_do, act))
        for act in acts
        if act.isEnabled() and word in act.text().lower()
    ]


def _plain(act: QAction) -> str:
    """Return a command's words as they are read: && in a menu is one &."""
    return act.text().replace("&&", "&")


def _do(act: QAction, _text: str) -> None:
    act.trigger()


def _key(act: QAction) -> str:
    return native(act.shortcut().toString(QKeySequence.SequenceFormat.PortableText))
