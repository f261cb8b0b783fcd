"""The pages of the window, one above the other: made when they are wanted, or ahead in pieces."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from smallcmms.ui.view import View


class PageStack(QStackedWidget):
    """Holds the pages by their names; ``title_changed`` tells that one of them has another title.

    A page is whole before anybody sees it.
    """

    title_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pages")
        self._views: dict[str, View] = {}
        self._later: dict[str, Callable[[], View]] = {}

    def put(self, name: str, view: View) -> bool:
        """Put a page in its place; return whether the one that stood there was shown."""
        old = self._views.get(name)
        self._later.pop(name, None)
        self._views[name] = view
        self.addWidget(view)
        view.title_changed.connect(self.title_changed)
        is_shown = old is not None and self.currentWidget() is old
        if is_shown:
            view.finish()
        if old is not None:
            self._remove(old)
        return is_shown

    def put_later(self, name: str, make: Callable[[], View]) -> bool:
        """Put a page in its place once it is wanted; return whether it is, for it is shown."""
        old = self._views.get(name)
        if old is not None and self.currentWidget() is old:
            return self.put(name, make())
        if old is not None:
            self._remove(self._views.pop(name))
        self._later[name] = make
        return False

    def view(self, name: str) -> View | None:
        """Return a page if it is there, whole or not."""
        return self._views.get(name)

    def want(self, name: str) -> View | None:
        """Return a page, whole."""
        view = self._begin(name)
        if view is not None:
            view.finish()
        return view

    def make_piece(self) -> bool:
        """Make a piece of a page that nobody has wanted yet; return whether there was one."""
        if any(view.make_piece() for view in self._views.values()):
            return True
        name = next(iter(self._later), "")
        return bool(name) and self._begin(name) is not None

    def clear(self) -> None:
        """Let every page go."""
        for view in self._views.values():
            self._remove(view)
        self._views.clear()
        self._later.clear()

    def _begin(self, name: str) -> View | None:
        make = self._later.get(name)
        if make is not None:
            self.put(name, make())
        return self._views.get(name)

    def _remove(self, view: View) -> None:
        self.removeWidget(view)
        view.deleteLater()
