"""The menus: the window's commands, the pages, and the commands of the page that is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from smallcmms.texts import _, later
from smallcmms.ui.actions import MENUS
from smallcmms.ui.places import LAST_GROUP, Place

_TITLES = (
    later("&File"),
    later("&Edit"),
    later("&View"),
    later("&Go"),
    later("&Record"),
    later("&Tools"),
    later("&Help"),
)


class Menus:
    """Every command is in one of seven menus."""

    def __init__(self, window: QMainWindow, commands: Mapping[str, QAction]) -> None:
        self._window = window
        self._menus: dict[str, QMenu] = {}
        for name, title in zip(MENUS, _TITLES, strict=True):
            self._menus[name] = window.menuBar().addMenu(_(title))
        self._page: list[tuple[QMenu, QAction]] = []
        self._firsts: dict[str, QAction] = {}
        for act in commands.values():
            self._put(act)
        self._hide_empty()

    def add_pages(self, places: Sequence[Place], go: Callable[[str], object]) -> None:
        """List the pages in the Go menu, with their keys."""
        self._menus["go"].addSeparator()
        for number, place in enumerate((place for place in places if place.group), start=1):
            key = "Ctrl+," if place.group == LAST_GROUP else f"Ctrl+{number % 10}"
            act = QAction(_(place.title), self._window)
            act.setShortcut(QKeySequence(key))
            act.triggered.connect(lambda _checked=False, name=place.name: go(name))
            self._menus["go"].addAction(act)

    def show_page(self, commands: Mapping[str, QAction]) -> None:
        """Put the commands of a page first in their menus, and take those of the last one out."""
        for menu, act in self._page:
            menu.removeAction(act)
            if act.isSeparator():
                act.deleteLater()
        self._page = []
        used: set[str] = set()
        for act in commands.values():
            name = act.data().menu
            menu, before = self._menus[name], self._firsts.get(name)
            if act.data().has_line and name in used:
                self._page.append((menu, menu.insertSeparator(before)))  # type: ignore[arg-type]
            menu.insertAction(before, act)  # type: ignore[arg-type]
            self._page.append((menu, act))
            used.add(name)
        for name in used & self._firsts.keys():
            menu = self._menus[name]
            self._page.append((menu, menu.insertSeparator(self._firsts[name])))
        self._hide_empty()

    def every(self) -> list[QAction]:
        """Return all commands that have a key, menu by menu."""
        acts = [act for menu in self._menus.values() for act in menu.actions()]
        return [act for act in acts if not act.shortcut().isEmpty()]

    def _put(self, act: QAction) -> None:
        command = act.data()
        menu = self._menus[command.menu]
        if command.has_line and menu.actions():
            menu.addSeparator()
        menu.addAction(act)
        self._firsts.setdefault(command.menu, act)

    def _hide_empty(self) -> None:
        for menu in self._menus.values():
            menu.menuAction().setVisible(bool(menu.actions()))
