"""The pages of the window, one above the other: made when they are wanted, or ahead in pieces."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from smallcmms.ui.view import View


class PageStack(QStackedWidget):
    """Holds the pages by their names; a page is whole before anybody sees it.

    ``came`` tells that a page stands in the place of one that was shown; ``title_changed`` that
    one of them has another title.
    """

    came = Signal(str)
    title_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pages")
        self._views: dict[str, View] = {}
        self._later: dict[str, Callable[[], View]] = {}
        self._coming: tuple[str, View] | None = None

    @property
    def is_waiting(self) -> bool:
        """Tell whether a page is still to take the place of another."""
        return self._coming is not None

    def put(self, name: str, view: View) -> None:
        """Put a page in its place; the one that stood there stays until it is whole."""
        self._later.pop(name, None)
        self.addWidget(view)
        view.title_changed.connect(self.title_changed)
        if name in self._views:
            self._coming = name, view
            QTimer.singleShot(0, self, self._go_on)
        else:
            self._views[name] = view

    def put_later(self, name: str, make: Callable[[], View]) -> None:
        """Put a page in its place once it is wanted, or now, where one stands that is shown."""
        old = self._views.get(name)
        if old is not None and self.currentWidget() is old:
            self.put(name, make())
            return
        if old is not None:
            self._remove(self._views.pop(name))
        self._later[name] = make

    def view(self, name: str) -> View | None:
        """Return a page if it is there, whole or not."""
        return self._views.get(name)

    def want(self, name: str) -> View | None:
        """Return a page, whole."""
        if self._coming is not None and self._coming[0] == name:
            self._coming[1].finish()
            self._go_on()
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
        if self._coming is not None:
            self._remove(self._coming[1])
        self._coming = None
        self._views.clear()
        self._later.clear()

    def _go_on(self) -> None:
        """Make a piece of the page that comes, or else let it take its place."""
        if self._coming is None:
            return
        name, view = self._coming
        if view.make_piece():
            QTimer.singleShot(0, self, self._go_on)
            return
        old, self._views[name] = self._views[name], view
        self._coming = None
        is_shown = self.currentWidget() is old
        self._remove(old)
        if is_shown:
            self.came.emit(name)

    def _begin(self, name: str) -> View | None:
        make = self._later.get(name)
        if make is not None:
            self.put(name, make())
        return self._views.get(name)

    def _remove(self, view: View) -> None:
        self.removeWidget(view)
        view.deleteLater()
