"""Commands declared above the method that does them: one line gives menu, key, icon and words.

``@action(later("Done, enter sheet"), shortcut="Ctrl+D", icon="check")`` above a method of a page
makes a QAction that stands in the Record menu while the page is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from smallcmms.texts import _
from smallcmms.ui import errors, icons, theme

Method = TypeVar("Method", bound=Callable[..., Any])
MENUS = ("file", "edit", "view", "go", "record", "tools", "help")


@dataclass(frozen=True)
class Command:
    """What is said above a method: ``text`` is a message id, ``shortcut`` one or more keys."""

    text: str
    shortcut: str = ""
    menu: str = "record"
    icon: str = ""
    has_line: bool = False


def action(
    text: str, *, shortcut: str = "", menu: str = "record", icon: str = "", has_line: bool = False
) -> Callable[[Method], Method]:
    """Make the method below a command; several keys are parted by ``"; "``.

    ``has_line`` draws a line above it in its menu.
    """
    if menu not in MENUS:
        raise ValueError(menu)

    def declare(method: Method) -> Method:
        method.command = Command(text, shortcut, menu, icon, has_line)  # type: ignore[attr-defined]
        return method

    return declare


def declared(kind: type) -> dict[str, Command]:
    """Return the commands of a class by the names of their methods, as they were written."""
    found: dict[str, Command] = {}
    for ancestor in reversed(kind.__mro__):
        for name, value in vars(ancestor).items():
            if isinstance(command := getattr(value, "command", None), Command):
                found[name] = command
    return found


def collect(owner: QWidget, source: object | None = None) -> dict[str, QAction]:
    """Make the commands of a widget, or of what stands for it, and give the widget their keys."""
    doer = owner if source is None else source
    commands = declared(type(doer))
    return {name: _make(owner, getattr(doer, name), commands[name]) for name in commands}


def _make(owner: QWidget, method: Callable[[], object], command: Command) -> QAction:
    made = QAction(_(command.text), owner)
    made.setData(command)
    keys = QKeySequence.listFromString(command.shortcut, QKeySequence.SequenceFormat.PortableText)
    made.setShortcuts(keys)
    if command.icon:
        put_on_icon = partial(_put_on_icon, made, command.icon)
        put_on_icon()
        theme.follow(made, put_on_icon)
    made.triggered.connect(errors.guarded(owner, method))
    owner.addAction(made)
    return made


def _put_on_icon(made: QAction, name: str) -> None:
    made.setIcon(icons.icon(name))
