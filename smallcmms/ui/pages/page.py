"""What every page of an open shop is made from: it looks again when its tables change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from smallcmms.store.store import Changed, Store
from smallcmms.ui.desk import Desk
from smallcmms.ui.view import View

Result = TypeVar("Result")
_NO_MORE = object()


class Page(View):
    """A page of the open shop.

    ``tables`` are the tables that it shows: when one changes, ``refresh`` is called, at once while
    the page is shown, or else when it is shown next. The first ``refresh`` comes with the first
    ``shown``. Its ``pieces`` are made at once, or else each by a call of ``make_piece``, so that
    the screen's thread is held for none of them longer than a person notices: ``has_all`` tells
    that they are there.
    """

    tables: tuple[str, ...] = ()

    def __init__(self, desk: Desk, *, is_whole: bool = True) -> None:
        super().__init__()
        self.desk = desk
        self._is_stale = True
        self._asked = 0
        desk.relay.changed.connect(self._on_changed)
        self.has_all = False
        self._pieces: Iterator[None] = chain(self.pieces(), self._settle())
        if is_whole:
            self.finish()

    def pieces(self) -> Iterator[None]:
        """Make what the page is made of, and yield after each piece."""
        yield

    def make_piece(self) -> bool:
        """Make the next piece; return whether there was one."""
        return next(self._pieces, _NO_MORE) is not _NO_MORE

    def finish(self) -> None:
        """Make the pieces that are still missing; what is done ahead would be too late."""
        while not self.has_all and self.make_piece():
            pass
        self._pieces = iter(())

    def _settle(self) -> Iterator[None]:
        """Do ahead in the window what would be done when the page is shown first."""
        self.has_all = True
        place = self.parentWidget()
        if place is not None:
            for piece in self.findChildren(QWidget):
                piece.ensurePolished()
            yield
            self.resize(place.size())
            if (layout := self.layout()) is not None:
                layout.activate()
            yield
            yield from self.rehearse(self.desk.store)

    def refresh(self) -> None:
        """Look everything up again."""

    @classmethod
    def waiting(cls, store: Store) -> tuple[int, bool]:  # noqa: ARG003
        """Return how much waits here for the person, and whether some of it is critical.

        It is asked in a thread of its own, and before the page is made.
        """
        return 0, False

    @classmethod
    def rehearse(cls, store: Store) -> Iterator[None]:  # noqa: ARG003
        """Ask what the page will ask when it is shown first, which takes ten times as long then.

        It is asked in a thread before the page is made, and once more by the screen's own
        connection when it is whole, a piece at a time.
        """
        yield from ()

    @classmethod
    def is_interrupted(cls, store: Store) -> bool:  # noqa: ARG003
        """Tell whether something was being typed here when the program ended."""
        return False

    def shown(self) -> None:
        """Catch up with what changed while the page was hidden."""
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def ask(self, work: Callable[[], Result], then: Callable[[Result], object]) -> None:
        """Ask in the background; an answer that a later question overtook is dropped."""
        self._asked += 1
        asked = self._asked

        def take(answer: Result) -> None:
            if asked == self._asked:
                then(answer)

        self.desk.background.run(self, work, take)

    def toast(self, words: str, *, has_undo: bool = True) -> None:
        """Tell for eight seconds what was done, with Undo."""
        self.desk.front.toast(words, has_undo=has_undo)

    def go(self, name: str, record_id: int = 0) -> None:
        """Show another page, and a record on it."""
        self.desk.front.go(name, record_id)

    def _on_changed(self, changed: Changed) -> None:
        if not changed.touches(*self.tables):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True
